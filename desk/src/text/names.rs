//! What the things of a market are called.

use outcry_engine::{Direction, FillType, OutcomeId, Side, UserId};
use outcry_shared::phase::Phase;

/// Begin and end a part of a sentence that has a direction of its own.
pub const ISOLATE: [char; 2] = ['\u{2068}', '\u{2069}'];

/// A name, or other words of a person, as it enters a sentence: what stands around it keeps its order, also beside words
/// that are read from right to left.
#[must_use]
pub fn apart(name: &str) -> String {
    if name.chars().any(reads_back) { format!("{}{name}{}", ISOLATE[0], ISOLATE[1]) } else { name.to_owned() }
}

/// Whether a character is of a script from right to left: its blocks, and those that are kept free for more of them.
const fn reads_back(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// A seat whose name is not known.
#[must_use]
pub fn unknown_player(user: UserId) -> String {
    format!("player {}", user.0)
}

/// "YES Ada"
#[must_use]
pub fn token(side: Side, name: &str) -> String {
    format!("{} {name}", side.name())
}

/// "A Ada"
#[must_use]
pub fn badge_and_name(outcome: OutcomeId, name: &str) -> String {
    format!("{} {name}", outcome.letter())
}

/// "Buy" or "Sell".
#[must_use]
pub const fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Buy => "Buy",
        Direction::Sell => "Sell",
    }
}

/// A phase, for the top bar.
#[must_use]
pub const fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Draft => "Being set up",
        Phase::Lobby => "Lobby",
        Phase::Running => "Trading",
        Phase::Frozen => "Frozen",
        Phase::Paused => "Paused",
        Phase::Resolved => "Over",
    }
}

/// How a fill came about, in one word.
#[must_use]
pub const fn fill_type(fill_type: FillType) -> &'static str {
    match fill_type {
        FillType::Amm => "pool",
        FillType::Lob => "order book",
        FillType::Mint | FillType::Merge => "matched pair",
        FillType::AutoFill => "auto-fill",
    }
}
