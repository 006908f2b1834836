//! The words of what stops trading: who is out, and what it meant for the one who looks on.

use super::names::token;
use outcry_engine::Side;

words! {
    /// For a moment, before it is said who.
    WHO = "Who is out?";
    TO_MY_ORDERS = "My orders";
}

/// "Carl is out", "Carl and Emmy are out"; whoever draws it in capitals does so by what it draws with.
#[must_use]
pub fn out(names: &[String]) -> String {
    let verb = if names.len() == 1 { "is out" } else { "are out" };
    format!("{} {verb}", list(names))
}

/// "Carl", "Carl and Emmy", "Ada, Carl and Emmy".
#[must_use]
pub fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [many @ .., last] => format!("{} and {last}", many.join(", ")),
    }
}

/// "Your NO paid $35.00."
#[must_use]
pub fn paid(side: Side, amount: &str) -> String {
    format!("Your {} paid {amount}.", side.name())
}

/// "Your YES is worth nothing."
#[must_use]
pub fn worthless(side: Side) -> String {
    format!("Your {} is worth nothing.", side.name())
}

/// "You held nothing of Carl."
#[must_use]
pub fn untouched(names: &[String]) -> String {
    format!("You held nothing of {}.", list(names))
}

/// "Your YES Dorothy went from 62.0¢ to 76.1¢: +$14.10"
#[must_use]
pub fn moved(side: Side, name: &str, before: &str, after: &str, gain: &str) -> String {
    format!("Your {} went from {before} to {after}: {gain}", token(side, name))
}

/// "Trading again in 0:07"
#[must_use]
pub fn again(left: &str) -> String {
    format!("Trading again in {left}")
}
