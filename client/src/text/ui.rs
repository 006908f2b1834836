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
    pub const WAIT: &str =
        "The market opens when the host starts it. You keep your seat if you reload or lose the network.";
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
        let mark = if you {
            " (you)"
        } else if bot {
            " (bot)"
        } else {
            ""
        };
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

/// The maker, as a party of a trade.
pub const POOL: &str = "pool";

/// Who traded with whom.
#[must_use]
pub fn trade_between(buyer: &str, seller: &str, fill_type: outcry_engine::FillType) -> String {
    use outcry_engine::FillType;
    match fill_type {
        FillType::Mint | FillType::Merge => format!("{buyer} + {seller}"),
        _ => format!("{buyer} ← {seller}"),
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
pub const TAPE_COLUMNS: [&str; 7] = ["Time", "Outcome", "", "Price", "Size", "Buyer ← seller", "How"];
/// Empty tape.
pub const NO_TRADES: &str = "No trades yet.";
/// Heading of bids.
pub const BIDS: &str = "Bids";
/// Heading of asks.
pub const ASKS: &str = "Asks";
/// Hover over a level.
pub const CLICK_LEVEL: &str = "Click to put this price into the ticket.";
/// Shaded in the chart.
pub const FROZEN: &str = "Frozen";
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

/// What stands over the floor.
pub mod banner {
    use outcry_shared::message::RefusalCode;

    /// Title.
    pub const FROZEN: &str = "❄ Trading is frozen";
    /// Title.
    pub const PAUSED: &str = "⏸ Paused by the host";
    /// Body.
    pub const PAUSED_BODY: &str = "The clock stands still. You can cancel orders.";
    /// Title.
    pub const HOST_SAYS: &str = "The host says";
    /// Title.
    pub const CONNECTING: &str = "Going to the floor…";
    /// Body.
    pub const CONNECTING_BODY: &str = "One moment.";
    /// Title.
    pub const RECONNECTING: &str = "Connection lost";
    /// Title.
    pub const CLOSED: &str = "This seat is used elsewhere, or was closed";
    /// Button.
    pub const JOIN_AGAIN: &str = "Join again";
    /// Title.
    pub const JOIN: &str = "Join the floor";
    /// Body.
    pub const JOIN_BODY: &str = "Choose a name; everyone sees it.";
    /// Hint.
    pub const NAME: &str = "Your name";
    /// Button.
    pub const JOIN_BUTTON: &str = "Join";

    /// "The round is being resolved. Trading goes on in 0:09."
    #[must_use]
    pub fn frozen(left: &str) -> String {
        format!("The round is being resolved. Trading goes on in {left}. You can cancel orders.")
    }

    /// Trying again.
    #[must_use]
    pub fn reconnecting(attempt: u32) -> String {
        let times = if attempt == 0 { String::new() } else { format!(" (attempt {})", attempt + 1) };
        format!("Trying again by itself{times}. Your seat, money and orders are kept.")
    }

    /// Why the server refused.
    #[must_use]
    pub const fn refused(code: RefusalCode) -> &'static str {
        match code {
            RefusalCode::Version => "There is a new version",
            RefusalCode::UnknownSeat => "This seat is not known here",
            RefusalCode::Name => "That name cannot be had",
            RefusalCode::Door => "The door is closed",
            RefusalCode::Busy => "The server is busy",
        }
    }
}

/// The end.
pub mod end {
    /// Heading.
    pub const RANKINGS: &str = "Rankings";
    /// Heading.
    pub const STATEMENT: &str = "Where your money went";
    /// Heading.
    pub const MAKER: &str = "The market maker";
    /// Column.
    pub const BALANCE: &str = "Final balance";

    /// "Ada wins!"
    #[must_use]
    pub fn wins(name: &str) -> String {
        format!("{name} wins!")
    }
}
