//! The words of the ticket.

use super::{
    names,
    sentence::{sentence, two_readings},
};
use crate::{
    format::{self, cents, gain_bp, limit_cents, money, percent, percent_up, tokens, with_unit},
    number::Misread,
    preview::Repair,
};
use outcry_engine::{Direction, OrderKind, Price, Quote, Rate, RejectReason, Side, Tokens, Usdc, amount::RATE_ONE};
use outcry_shared::{message::NewOrder, phase::Phase};

words! {
    TYPE_AMOUNT = "Choose an amount to see what you would get.";
    BAD_AMOUNT = "The amount is not a number above 0: try 10 or 12.50.";
    TOO_SMALL = "Too small: the smallest order is 0.01 tokens.";
    WATCHING = "You are watching. Join with a name to trade.";
    OFFLINE = "Not connected: orders can be sent once the connection is back.";
    /// What the auto-fill opt-in does.
    AUTO_FILL = "Let trades in other outcomes fill it too, for a rebate";
    CONFIRM = "Send this order?";
    /// The switch of the confirmation step.
    ASK_FIRST = "Ask before sending";
}

/// Why orders cannot be sent in a phase.
#[must_use]
pub const fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Draft | Phase::Lobby => "Trading begins when the host starts it.",
        Phase::Running => "Trading is open.",
        Phase::Frozen => "Trading is frozen while a round is resolved. You can cancel orders.",
        Phase::Paused => "The host paused the session. You can cancel orders.",
        Phase::Resolved => "The game is over.",
    }
}

/// Why what was typed is no amount; `None` when it is a number, but not above 0.
#[must_use]
pub fn misread(misread: Option<&Misread>) -> String {
    match misread {
        Some(Misread::Empty) => TYPE_AMOUNT.to_owned(),
        Some(Misread::NotANumber) | None => BAD_AMOUNT.to_owned(),
        Some(Misread::Ambiguous { thousands, decimals }) => {
            sentence(&format!("this amount {}", two_readings(thousands, decimals)))
        }
    }
}

/// The outcome is out.
#[must_use]
pub fn eliminated(name: &str) -> String {
    format!("{name} is out of the game: choose another outcome.")
}

/// No tokens to sell.
#[must_use]
pub fn nothing_to_sell(side: Side, name: &str) -> String {
    format!("You have no free {} to sell.", names::token(side, name))
}

/// "Buy 120 YES Ada for $64.10", "Sell 50 NO Ada at 60¢ or more".
#[must_use]
pub fn button(order: &NewOrder, quote: &Quote, name: &str) -> String {
    let verb = names::direction(order.direction);
    let what = format!("{verb} {} {}", tokens(order.size), names::token(order.side, name));
    match (order.kind, order.direction) {
        (OrderKind::Market { .. }, _) => format!("{what} for {}", money(quote.total)),
        (OrderKind::Limit { price, .. }, Direction::Buy) => format!("{what} at {} or less", limit_cents(price)),
        (OrderKind::Limit { price, .. }, Direction::Sell) => format!("{what} at {} or more", limit_cents(price)),
    }
}

/// "if Ada wins", "if Ada does not win": when a token pays.
#[must_use]
pub fn when(side: Side, name: &str) -> String {
    let wins = match side {
        Side::Yes => "wins",
        Side::No => "does not win",
    };
    format!("if {name} {wins}")
}

/// "Pays $18.40": what tokens bring if they win.
#[must_use]
pub fn pays_figure(win: Usdc) -> String {
    format!("Pays {}", money(win))
}

/// "Sell for $26.10": the button of a sale.
#[must_use]
pub fn sell_for(total: Usdc) -> String {
    format!("Sell for {}", money(total))
}

/// "You pay $10.00; nothing comes back if Ada does not win.": the other half of a purchase's promise.
#[must_use]
pub fn otherwise(total: Usdc, side: Side, name: &str) -> String {
    let other = if side == Side::Yes { Side::No } else { Side::Yes };
    format!("You pay {} now; nothing comes back {}.", money(total), when(other, name))
}

/// "$10.00 on YES Ada → $18.40 if Ada wins": a purchase in one sentence.
#[must_use]
pub fn pays(total: Usdc, side: Side, name: &str, win: Usdc) -> String {
    format!("{} on {} → {} {}", money(total), names::token(side, name), money(win), when(side, name))
}

/// "Waits for 55¢: once bought, 40 YES Ada pay $40.00 if Ada wins": a purchase, or its rest, in the book.
#[must_use]
pub fn waits_to_buy(limit: Price, size: Tokens, side: Side, name: &str) -> String {
    let (limit, token, win) = (limit_cents(limit), names::token(side, name), money(Usdc(size.0)));
    format!("Waits for {limit} or less: once bought, {} {token} pay {win} {}", tokens(size), when(side, name))
}

/// "Waits for 60¢ or more: 40 YES Ada to sell": a sale, or its rest, in the book.
#[must_use]
pub fn waits_to_sell(limit: Price, size: Tokens, side: Side, name: &str) -> String {
    let (limit, token) = (limit_cents(limit), names::token(side, name));
    format!("Waits for {limit} or more: {} {token} to sell", tokens(size))
}

/// "50 YES Ada for $26.10 now": a sale in one sentence.
#[must_use]
pub fn brings(size: Tokens, side: Side, name: &str, total: Usdc) -> String {
    format!("{} {} for {} now", tokens(size), names::token(side, name), money(total))
}

/// "Of $0.10, $0.01 stays yours: it buys no further hundredth of a token.": where an amount cannot be spent to the cent.
/// `dear`: whether one step more costs more than was typed, or cannot be had at all.
#[must_use]
pub fn left(typed: Usdc, left: Usdc, dear: bool) -> String {
    let why = if dear { "it buys no further hundredth of a token" } else { "no more can be bought at once" };
    format!("Of {}, {} stays yours: {why}.", money(typed), money(left))
}

/// "YES Ada costs less than 47.8¢: somebody's order meets yours.": where a price turns out better than the one on its
/// button.
#[must_use]
pub fn better(direction: Direction, token: &str, told: Price) -> String {
    let turns_out = match direction {
        Direction::Buy => "costs less",
        Direction::Sell => "brings more",
    };
    format!("{token} {turns_out} than {}: somebody's order meets yours.", cents(told))
}

/// The button while it cannot be pressed.
#[must_use]
pub fn idle_button(direction: Direction, side: Side, name: &str) -> String {
    format!("{} {}", names::direction(direction), names::token(side, name))
}

/// Why the engine would reject the order, with figures as they look everywhere.
#[must_use]
pub fn reject(reason: &RejectReason) -> String {
    match reason {
        RejectReason::Slippage { slippage_percent, limit_percent, size } => {
            let [is, limit] = [slippage_percent, limit_percent].map(|text| share(text));
            too_much(is, limit, &format!("take at most {} tokens", tokens(*size)))
        }
        RejectReason::Funds { needed, balance, size } => {
            format!(
                "This costs {}, you have {}: take at most {} tokens.",
                money(*needed),
                money(*balance),
                tokens(*size)
            )
        }
        RejectReason::InsufficientTokens { held } => {
            format!("You have {} to sell: sell no more than that.", tokens(*held))
        }
        RejectReason::NoProceeds { size } => {
            format!("So many at once bring nothing more: sell at most {}.", tokens(*size))
        }
        RejectReason::NeverPaysBack { average, size } => {
            format!("At {} each it can never pay back: take at most {} tokens.", cents(*average), tokens(*size))
        }
        RejectReason::BadLimit { low, high, tick_size, nearest, .. } => format!(
            "Limit prices go from {} to {} in steps of {}: try {}.",
            limit_cents(*low),
            limit_cents(*high),
            cents(*tick_size),
            limit_cents(*nearest)
        ),
        RejectReason::Insolvent { size } => {
            format!("The market maker cannot bear so many at once: take at most {}.", tokens(*size))
        }
        other => sentence(&other.to_string()),
    }
}

/// "NO Carl – Too much at once …", of the side that the ticket does not stand on.
#[must_use]
pub fn of_token(side: Side, name: &str, reason: &str) -> String {
    format!("{} – {reason}", names::token(side, name))
}

/// The same of a purchase that counts money, of which so much would pass.
#[must_use]
pub fn too_much_money(slippage: Rate, limit: Rate, passes: Usdc) -> String {
    too_much(slippage, limit, &format!("spend at most {}", money(passes)))
}

/// Nobody can allow more than the whole.
fn too_much(is: Rate, limit: Rate, passes: &str) -> String {
    let (is, limit, may) = (percent_up(is), percent(limit), is.0 <= RATE_ONE);
    let or_allow = if may { format!(" or allow {is}") } else { String::new() };
    format!(
        "Too much at once: the average price would be {is} worse than now, and you allow {limit}: {passes}{or_allow}."
    )
}

/// The engine's "6.21", of a hundred, as a share.
fn share(percent: &str) -> Rate {
    percent.parse::<Rate>().map(|percent| Rate(percent.0 / 100)).unwrap_or_default()
}

/// "4.5 %", or "51.5 % better" where somebody gives a better price than the pool: a minus is read as a loss.
#[must_use]
pub fn slippage(rate: Rate) -> String {
    let said = percent_up(rate);
    said.strip_prefix(format::MINUS).map_or_else(|| said.clone(), |better| format!("{better} better"))
}

/// What a repair does, on its button.
#[must_use]
pub fn repair(repair: Repair) -> String {
    match repair {
        Repair::Money(money) => format!("Spend {}", format::money(money)),
        Repair::Size(size) => format!("Take {} tokens", tokens(size)),
        Repair::Slippage(rate) => format!("Allow {}", percent(rate)),
        Repair::Limit(price) => format!("Use {}", limit_cents(price)),
    }
}

/// A large order moves the price.
#[must_use]
pub fn slippage_warning(slippage: Rate) -> String {
    let much = if slippage.0 >= RATE_ONE / 5 { "far " } else { "" };
    format!("This order moves the price: the average is {much}worse than the price now, by {}.", percent_up(slippage))
}

/// A purchase for half the balance or more.
#[must_use]
pub fn large_order(total: Usdc, balance: Usdc) -> String {
    let share = i128::from(total.0) * 100 / i128::from(balance.0.max(1));
    format!("This is {} of your balance.", with_unit(share, "%"))
}

words! {
    HOW_MUCH = "How much?";
    HOW_MANY = "How many to sell?";
    /// Leaves a sale.
    KEEP = "Keep them";
    /// Opens the whole ticket.
    MORE = "More: limits, slippage, every figure";
    /// Leaves it for the simple one.
    LESS = "Fewer controls";
    BACK = "Back";
    MAX = "Max";
    /// All that is held.
    ALL = "All";
    /// Unit of an amount, on a small button.
    TOKENS = "tokens";
}

/// "you have $1,000.00"
#[must_use]
pub fn you_have(money: &str) -> String {
    format!("you have {money}")
}

/// "$54.35 is the most that passes at once.": what a slider's end stands for.
#[must_use]
pub fn passes_up_to(amount: &str) -> String {
    format!("{amount} is the most that passes at once.")
}

/// "120 to sell"
#[must_use]
pub fn you_hold(tokens: &str) -> String {
    format!("{tokens} to sell")
}

/// "80 at 54¢"
#[must_use]
pub fn rests(size: Tokens, limit: Price) -> String {
    format!("{} at {}", tokens(size), limit_cents(limit))
}

/// "$120.00 (+$55.90)": what the tokens pay if they win, and the gain in it.
#[must_use]
pub fn to_win(win: Usdc, gain: Usdc, total: Usdc) -> String {
    let share = (i128::from(gain.0) * 10_000).checked_div(i128::from(total.0)).unwrap_or(0);
    let share = i64::try_from(share).map_or_else(|_| String::new(), gain_bp);
    format!("{} ({share})", money(win))
}

/// "2 orders go to market in a moment…"
#[must_use]
pub fn pending(count: usize) -> String {
    if count == 1 {
        "1 order goes to market in a moment…".to_owned()
    } else {
        format!("{count} orders go to market in a moment…")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_better_price_is_no_minus() {
        let of = |thousandths: i64| slippage(Rate(thousandths * RATE_ONE / 1_000));
        assert_eq!([of(45), of(0), of(-515)], ["4.5\u{a0}%", "0.0\u{a0}%", "51.5\u{a0}% better"]);
        assert_eq!(slippage(Rate(-1)), "0.0\u{a0}%");
    }

    #[test]
    fn nobody_is_told_to_allow_more_than_the_whole() {
        let said = |percent: i64| too_much_money(Rate(percent * RATE_ONE / 100), Rate(RATE_ONE / 20), Usdc(10_000_000));
        assert!(said(6).ends_with("you allow 5.0\u{a0}%: spend at most $10.00 or allow 6.0\u{a0}%."), "{}", said(6));
        assert!(said(100).ends_with("or allow 100.0\u{a0}%."), "{}", said(100));
        assert!(said(108).ends_with("you allow 5.0\u{a0}%: spend at most $10.00."), "{}", said(108));
    }
}
