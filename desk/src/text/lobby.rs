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
        "One of them wins",
        "Each YES pays $1 if its outcome wins, and nothing if not. Each NO pays $1 if its outcome does not win. \
         Buy what you think is too cheap.",
    ),
    (
        "You can always buy or sell",
        "The market maker trades with you at any time. Buying pushes a price up, selling pushes it down; \
         whoever sells for more than they paid has gained.",
    ),
    (
        "Rounds thin the field",
        "At set times trading stops for a moment and outcomes leave: their NO pays $1 at once, their YES is worth \
         nothing. Most money at the end wins.",
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
