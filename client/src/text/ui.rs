//! The words of the panels.

use crate::format;

/// The product.
pub const APP: &str = "Outcry";
/// First attempt.
pub const CONNECTING: &str = "connecting…";
/// Lost, trying.
pub const RECONNECTING: &str = "reconnecting…";
/// Gone.
pub const DISCONNECTED: &str = "disconnected";
/// No name yet.
pub const NO_SEAT: &str = "no seat yet";
/// Button.
pub const RELOAD: &str = "Reload";
/// Button.
pub const TRY_NOW: &str = "Try now";
/// While the first state is on its way.
pub const LOADING: &str = "Getting the market…";

/// "live 42 ms"
#[must_use]
pub fn live(lag_ms: Option<u64>) -> String {
    lag_ms.map_or_else(|| "live".to_owned(), |lag_ms| format!("live {lag_ms} ms"))
}

/// "no data for 4 s"
#[must_use]
pub fn no_data(silence_ms: u64) -> String {
    format!("no data for {} s", silence_ms / 1_000)
}

/// Tabs of the panel under the floor.
pub mod tab {
    /// Every outcome.
    pub const OUTCOMES: &str = "Market";
    /// The ticket (phone).
    pub const TICKET: &str = "Trade";
    /// Bids and asks.
    pub const BOOK: &str = "Book";
    /// Recent trades.
    pub const TAPE: &str = "Trades";
    /// Price history.
    pub const CHART: &str = "Chart";
    /// Own things.
    pub const PORTFOLIO: &str = "Portfolio";
    /// Who leads.
    pub const LEADERS: &str = "Leaders";
    /// The rest (phone).
    pub const MORE: &str = "More";
}

/// The lobby.
pub mod lobby {
    /// Heading.
    pub const WELCOME: &str = "Welcome to the floor";
    /// Under the heading, before the start.
    pub const WAIT: &str = "The market opens when the host starts it. You keep your seat if you reload or lose the network.";
    /// While the host is still setting up.
    pub const DRAFT: &str = "The host is setting up the session.";
    /// Who is here.
    pub const HERE: &str = "Who is here";
    /// Nobody.
    pub const ALONE: &str = "Nobody yet. Share the link.";
    /// Bring others.
    pub const INVITE: &str = "Bring others";
    /// Button.
    pub const COPY: &str = "Copy link";
    /// After the button.
    pub const COPIED: &str = "Copied.";
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
        let mark = if you { " (you)" } else if bot { " (bot)" } else { "" };
        format!("{name}{mark}")
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
        format!("You start with {}. {outcomes} outcomes, {minutes} minutes, {rounds}.", super::format::money(amount))
    }
}

/// Fate of an outcome.
#[must_use]
pub fn fate(fate: outcry_shared::message::Outcome) -> Option<String> {
    use outcry_shared::message::Outcome;
    match fate {
        Outcome::Active => None,
        Outcome::Eliminated { at_ms } => Some(format!("Out at {}: NO paid $1, YES nothing", format::clock(at_ms))),
        Outcome::Won => Some("Won: YES paid $1".to_owned()),
        Outcome::Lost => Some("Lost: NO paid $1".to_owned()),
    }
}

/// The metronome.
pub const BEAT: &str = "All orders of one beat trade together when the ring is full.";
/// The connection.
pub const CONNECTION: &str = "Time for a message to the server and back.";
/// Button.
pub const HOST: &str = "Host";
/// Help of buttons.
pub const HELP_BUTTON: &str = "Rules, words and keys (?)";
/// Help of buttons.
pub const HOST_BUTTON: &str = "Run the session (password)";
/// Help of buttons.
pub const MUTE_BUTTON: &str = "Sound on or off";
/// Help of buttons.
pub const HISTORY_BUTTON: &str = "What happened";
/// Before holdings.
pub const YOU_HOLD: &str = "You hold";
