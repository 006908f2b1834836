//! The words of the lobby.

use crate::format::money;
use std::net::IpAddr;

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
    /// Where the link is one of this computer alone.
    ONLY_HERE = "This address works only on this computer: a QR code of it would lead nowhere. For guests on your network, stop the game in the window where you started it, and start it there with --lan (the server alone: --listen 0.0.0.0:7777); for others, name the address that they reach by --public-url.";
}

/// Whether an address leads to the computer that opens it, and so to nobody else's floor.
#[must_use]
pub fn only_here(link: &str) -> bool {
    let host = link.split_once("://").map_or(link, |(_, rest)| rest).split(['/', '?', '#']).next().unwrap_or_default();
    let (name, port) = host.rsplit_once(':').unwrap_or((host, ""));
    let name = if port.bytes().all(|c| c.is_ascii_digit()) { name } else { host };
    let address = name.trim_matches(['[', ']']).parse::<IpAddr>();
    address.map_or_else(|_| name == "localhost" || name.ends_with(".localhost"), |address| address.is_loopback())
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
/// "You start with $1,000.00 of play money. 5 outcomes, 15 minutes, 2 elimination rounds on the way."
#[must_use]
pub fn start_with(amount: outcry_engine::Usdc, outcomes: u8, minutes: u32, rounds: usize) -> String {
    let rounds = match rounds {
        0 => "no eliminations on the way".to_owned(),
        1 => "one elimination round on the way".to_owned(),
        many => format!("{many} elimination rounds on the way"),
    };
    format!("You start with {} of play money. {outcomes} outcomes, {minutes} minutes, {rounds}.", money(amount))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_this_computer_is_known() {
        for link in [
            "http://127.0.0.1:7777",
            "http://localhost:7777/",
            "https://[::1]",
            "http://127.0.0.1",
            "http://floor.localhost/?host",
        ] {
            assert!(only_here(link), "{link}");
        }
        for link in [
            "http://192.168.1.5:7777",
            "https://floor.example.org",
            "http://[fe80::1]:7777",
            "https://localhost.example.org/",
            "",
        ] {
            assert!(!only_here(link), "{link}");
        }
    }
}
