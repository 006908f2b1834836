//! The words of the panels.

use crate::{format, page::Tab};

words! {
    APP = "Outcry";
    CONNECTING = "connecting…";
    RECONNECTING = "reconnecting…";
    DISCONNECTED = "disconnected";
    NO_SEAT = "no seat yet";
    RELOAD = "Reload";
    TRY_NOW = "Try now";
    LOADING = "Getting the market…";
    SETTLING = "Paying out and ranking…";
}

/// "live 42 ms"
#[must_use]
pub fn live(lag_ms: Option<u64>) -> String {
    lag_ms.map_or_else(|| "live".to_owned(), |lag_ms| format!("live {}", format::with_unit(lag_ms, "ms")))
}

/// "no data for 4 s"
#[must_use]
pub fn no_data(silence_ms: u64) -> String {
    format!("no data for {}", format::with_unit(silence_ms / 1_000, "s"))
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

words! {
    /// The tab of all that has none of its own on a phone.
    MORE = "More";
}

/// Fate of an outcome.
#[must_use]
pub fn fate(fate: outcry_shared::message::Outcome) -> Option<String> {
    use outcry_shared::message::Outcome;
    match fate {
        Outcome::Active => None,
        Outcome::Eliminated { at_ms } => Some(format!("Out at {}: NO paid $1, YES nothing", format::moment(at_ms))),
        Outcome::Won => Some("Won: YES paid $1".to_owned()),
        Outcome::Lost => Some("Not drawn: NO paid $1".to_owned()),
    }
}

words! {
    BEAT = "Orders trade together, each time the ring is full.";
    CONNECTION = "Time for a message to the server and back.";
    HOST = "Host";
    HELP_BUTTON = "Rules, words and keys (?)";
    HOST_BUTTON = "Run the session (password)";
    MUTE_BUTTON = "Sound on or off";
    HISTORY_BUTTON = "What happened";
    YOU_HOLD = "You hold";
    /// The same where there is no room for it.
    YOURS = "yours";
    /// The maker, as a party of a trade.
    POOL = "pool";
}

/// Who traded with whom.
#[must_use]
pub fn trade_between(buyer: &str, seller: &str, fill_type: outcry_engine::FillType) -> String {
    use outcry_engine::FillType;
    match fill_type {
        FillType::Mint | FillType::Merge => format!("{buyer} + {seller}"),
        _ => format!("{buyer} from {seller}"),
    }
}

/// "97.70 tokens, bought at 56.9¢"
#[must_use]
pub fn bought_at(tokens: &str, average: &str) -> String {
    format!("{tokens} tokens, bought at {average}")
}

/// "Closed: +$12.40": of a holding that was sold or paid out.
#[must_use]
pub fn closed(realised: &str) -> String {
    format!("Closed: {realised}")
}

/// "Sell now, about $81.87", or without a figure where not all of it passes at once.
#[must_use]
pub fn sell(brings: Option<&str>) -> String {
    brings.map_or_else(|| "Sell".to_owned(), |brings| format!("Sell now, about {brings}"))
}

/// "30 of 120 filled"
#[must_use]
pub fn filled_of(filled: &str, size: &str) -> String {
    format!("{filled} of {size} filled")
}

/// "Gas paid by all: $12.00", below the rankings.
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
words! {
    NO_TRADES = "No trades yet.";
    BIDS = "Bids";
    ASKS = "Asks";
    /// At a level.
    CLICK_LEVEL = "Puts this price into the ticket.";
    /// Dots in the chart.
    OWN_FILLS = "Your trades";
    NO_POSITIONS = "You hold no tokens yet. Choose a price to buy some.";
    NO_ORDERS = "None. Limit orders wait here until they fill.";
    OPEN_ORDERS = "Open orders";
    POSITION = "Position";
    CANCEL = "Cancel";
    CANCEL_ALL = "Cancel all";
    PLAYER = "Player";
    NO_LEADERS = "Nobody to rank yet.";
    NOTHING_HAPPENED = "Nothing happened yet.";
    /// A spectator's portfolio.
    NO_SEAT_PORTFOLIO = "You are watching: there is no portfolio without a seat.";
}

/// "and 2 more": what a list leaves out, if it does.
#[must_use]
pub fn and_more(count: usize) -> Option<String> {
    (count > 0).then(|| format!("and {} more", format::count(count as u64)))
}

/// No bids, no asks.
#[must_use]
pub const fn no_orders(direction: outcry_engine::Direction) -> &'static str {
    match direction {
        outcry_engine::Direction::Buy => "No bids: the pool buys at its price.",
        outcry_engine::Direction::Sell => "No asks: the pool sells at its price.",
    }
}
