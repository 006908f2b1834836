//! The words of the lobby.

use crate::format::money;

words! {
    WELCOME = "Welcome to the floor";
    /// Under the heading, before the start.
    WAIT = "The market opens when the host starts it. You keep your seat if you reload or lose the network.";
    /// While the host is still setting up.
    DRAFT = "The host is setting up the session.";
    HERE = "Who is here";
    ALONE = "Nobody yet. Share the link.";
    INVITE = "Bring others";
    COPY = "Copy link";
    COPIED = "Copied.";
}
/// Three rules, each a title and a sentence or two.
pub const RULES: [(&str, &str); 3] = [
    (
        "YES pays $1, NO pays $1",
        "Exactly one outcome wins. A YES token pays $1 if its outcome wins; a NO token pays $1 if it does not. \
         Buy what you think is too cheap, sell before you change your mind.",
    ),
    (
        "The floor always trades",
        "A market maker buys and sells at any time. Each order moves its price, in every outcome a little, \
         and all orders of one beat trade together. Limit orders wait for your price.",
    ),
    (
        "Rounds thin the field",
        "At set times trading freezes and outcomes leave: their NO is paid at once, their YES is gone, and \
         prices of the rest rise. Who has the most money at the end wins.",
    ),
];
/// "Ada (you)", "Bea (bot)"
#[must_use]
pub fn person(name: &str, you: bool, bot: bool) -> String {
    format!("{name}{}", mark(you, bot))
}
/// What stands after a name.
#[must_use]
pub const fn mark(you: bool, bot: bool) -> &'static str {
    match (you, bot) {
        (true, _) => " (you)",
        (false, true) => " (bot)",
        (false, false) => "",
    }
}
/// "12 here, 3 of them bots"
#[must_use]
pub fn count(people: usize, bots: usize) -> String {
    let all = people + bots;
    if bots == 0 { format!("{all} here") } else { format!("{all} here, {bots} of them bots") }
}
/// "You start with $1,000.00"
#[must_use]
pub fn start_with(amount: outcry_engine::Usdc, outcomes: u8, minutes: u32, rounds: usize) -> String {
    let rounds = match rounds {
        0 => "no eliminations on the way".to_owned(),
        1 => "one elimination round on the way".to_owned(),
        many => format!("{many} elimination rounds on the way"),
    };
    format!("You start with {}. {outcomes} outcomes, {minutes} minutes, {rounds}.", money(amount))
}
