//! The words of the panels.

use crate::{format, page::Tab};

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

/// While the result is on its way.
pub const SETTLING: &str = "Paying out and ranking…";

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

/// The name of a tab.
#[must_use]
pub const fn tab(tab: Tab) -> &'static str {
    match tab {
        Tab::Outcomes => "Market",
        Tab::Ticket => "Trade",
        Tab::Book => "Book",
        Tab::Tape => "Trades",
        Tab::Chart => "Chart",
        Tab::Portfolio => "Portfolio",
        Tab::Leaders => "Leaders",
    }
}

/// The tab of all that has none of its own on a phone.
pub const MORE: &str = "More";

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

/// The maker, as a party of a trade.
pub const POOL: &str = "pool";

/// Who traded with whom.
#[must_use]
pub fn trade_between(buyer: &str, seller: &str, fill_type: outcry_engine::FillType) -> String {
    use outcry_engine::FillType;
    match fill_type {
        FillType::Mint | FillType::Merge => format!("{buyer} + {seller}"),
        _ => format!("{buyer} from {seller}"),
    }
}

/// "97.70 at 56.9¢"
#[must_use]
pub fn bought_at(tokens: &str, average: &str) -> String {
    format!("{tokens} at {average}")
}

/// "30 of 120 filled"
#[must_use]
pub fn filled_of(filled: &str, size: &str) -> String {
    format!("{filled} of {size} filled")
}

/// "You finished 2nd of 8 with $1,034.20."
#[must_use]
pub fn finished(place: &str, of: usize, balance: &str) -> String {
    format!("You finished {place} of {of} with {balance}.")
}

/// Below the rankings.
#[must_use]
pub fn gas_of_all(amount: &str) -> String {
    format!("Gas paid by all: {amount}")
}

/// Lines of a statement: the start, its changes, the sum.
pub const STATEMENT: [&str; 10] = [
    "Cash at the start",
    "Received for tokens sold",
    "Paid for tokens",
    "Paid out for winning tokens",
    "Rebates",
    "Penalties given back",
    "Fees",
    "Gas",
    "Locked in open bids",
    "Final balance",
];

/// Columns of the tape.
pub const TAPE_COLUMNS: [&str; 7] = ["Time", "Outcome", "", "Price", "Size", "Buyer from seller", "How"];
/// Empty tape.
pub const NO_TRADES: &str = "No trades yet.";
/// Heading of bids.
pub const BIDS: &str = "Bids";
/// Heading of asks.
pub const ASKS: &str = "Asks";
/// Hover over a level.
pub const CLICK_LEVEL: &str = "Click to put this price into the ticket.";
/// Shaded in the chart.
pub const FROZEN: &str = "❄";
/// Dots in the chart.
pub const OWN_FILLS: &str = "Your trades";
/// Nothing held.
pub const NO_POSITIONS: &str = "You hold no tokens yet. Click a price to buy some.";
/// Nothing rests.
pub const NO_ORDERS: &str = "None. Limit orders wait here until they fill.";
/// Heading.
pub const OPEN_ORDERS: &str = "Open orders";
/// Column.
pub const POSITION: &str = "Position";
/// Button.
pub const CANCEL: &str = "Cancel";
/// Button.
pub const CANCEL_ALL: &str = "Cancel all";
/// Column.
pub const PLAYER: &str = "Player";
/// Nobody to rank.
pub const NO_LEADERS: &str = "Nobody to rank yet.";
/// Empty history.
pub const NOTHING_HAPPENED: &str = "Nothing happened yet.";
/// A spectator's portfolio.
pub const NO_SEAT_PORTFOLIO: &str = "You are watching: there is no portfolio without a seat.";

/// No bids, no asks.
#[must_use]
pub const fn no_orders(direction: outcry_engine::Direction) -> &'static str {
    match direction {
        outcry_engine::Direction::Buy => "No bids: the pool buys at its price.",
        outcry_engine::Direction::Sell => "No asks: the pool sells at its price.",
    }
}
