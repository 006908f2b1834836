//! The words of the end.

use super::{lobby, moment::list};
use crate::format::{money, money_signed};
use outcry_engine::Usdc;

words! {
    RANKINGS = "Rankings";
    STATEMENT = "Where your money went";
    MAKER = "The market maker";
    BALANCE = "Final balance";
    YOUR_RESULT = "Your result";
    BEST_TRADE = "Best trade";
    KEEP = "Keep as a picture";
    ALL_RESULTS = "All results";
    TO_THE_FLOOR = "Back to the floor";
    BOUGHT_NOTHING = "You bought nothing, and so kept what you started with.";
}

/// Names that share the first place are told up to this many.
const NAMED_MAX: usize = 3;

/// "Bea Dask (bot) wins with $2,309.29": everyone in the first place, each with whether it is a bot.
#[must_use]
pub fn wins(first: &[(String, bool)], amount: &str) -> String {
    let names: Vec<String> = first.iter().map(|(name, bot)| lobby::person(name, false, *bot)).collect();
    match names.len() {
        0 | 1 => format!("{} wins with {amount}", list(&names)),
        2..=NAMED_MAX => format!("{} win with {amount} each", list(&names)),
        many => format!("{many} players share the first place with {amount} each"),
    }
}

/// "The name drawn was Blaise."
#[must_use]
pub fn drawn(name: &str) -> String {
    format!("The name drawn was {name}.")
}

/// "Best human: Noor, 2nd with $1,120.40"
#[must_use]
pub fn best_human(name: &str, place: &str, amount: &str) -> String {
    format!("Best human: {name}, {place} with {amount}")
}

/// "2nd of 8"
#[must_use]
pub fn place(place: &str, of: usize) -> String {
    format!("{place} of {of}")
}

/// "Exactly $1,034.200001", where a figure is rounded to cents.
#[must_use]
pub fn exactly(amount: &str) -> String {
    format!("Exactly {amount}")
}

/// "YES Blaise, +$120.00"
#[must_use]
pub fn best_trade(token: &str, gain: &str) -> String {
    format!("{token}, {gain}")
}

/// "You paid $35.20, fees included; selling brought $6.00 and winning tokens $14.20.": the gain stands beside it.
#[must_use]
pub fn flows(paid: Usdc, with_fees: bool, sold: Usdc, won: Usdc) -> String {
    let fees = if with_fees { ", fees included" } else { "" };
    let back = match (sold > Usdc::ZERO, won > Usdc::ZERO) {
        (true, true) => format!("selling brought {} and winning tokens {}", money(sold), money(won)),
        (true, false) => format!("selling brought {}, and no token of yours won", money(sold)),
        (false, true) => format!("winning tokens brought {}", money(won)),
        (false, false) => "no token of yours won".to_owned(),
    };
    format!("You paid {}{fees}; {back}.", money(paid))
}

/// "Most was lost on YES Blaise, which paid nothing: −$21.00."
#[must_use]
pub fn worst(token: &str, pays: bool, loss: Usdc) -> String {
    let paid = if pays { "" } else { ", which paid nothing" };
    format!("Most was lost on {token}{paid}: {}.", money_signed(loss))
}

/// "outcry-friday-night.png": a file's name out of the session's.
#[must_use]
pub fn picture_file(session: &str) -> String {
    let kept =
        session.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect::<String>().to_ascii_lowercase();
    let parts: Vec<&str> = kept.split('-').filter(|part| !part.is_empty()).collect();
    format!("outcry-{}.png", if parts.is_empty() { "result".to_owned() } else { parts.join("-") })
}
