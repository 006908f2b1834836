//! What the things of a market are called.

use outcry_engine::{Direction, FillType, OutcomeId, Side, UserId};
use outcry_shared::phase::Phase;

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
