//! What everyone may see of a market, whoever makes it. Strategies know it through this alone.

use outcry_engine::{Direction, Level, Order, OutcomeId, OwnView, Params, PublicMarket, Quote, Side, quote};
use std::fmt::Debug;

/// A market as everyone sees it, and what an order would get from it.
pub trait Seen: Debug {
    /// The public parameters: outcomes, price grid, fees, times.
    fn params(&self) -> &Params;

    /// Whether an outcome is in the game.
    fn is_active(&self, outcome: OutcomeId) -> bool;

    /// What the next token costs without the fee, 0 to 1; 0 of an outcome that there is not.
    fn spot(&self, outcome: OutcomeId, side: Side) -> f64;

    /// The best price somebody bids (`Buy`) or asks (`Sell`), with all that rests there.
    fn best(&self, outcome: OutcomeId, side: Side, direction: Direction) -> Option<Level>;

    /// What an order of somebody who owns so much would get, fees included, in a tick now of which nobody else's orders
    /// are; `waiting` are one's own that wait for the same tick.
    fn quote(&self, own: &OwnView, waiting: &[Order], order: &Order, now_ms: u64) -> Quote;
}

impl Seen for PublicMarket {
    fn params(&self) -> &Params {
        &self.params
    }

    fn is_active(&self, outcome: OutcomeId) -> bool {
        self.outcomes.get(outcome.index()).is_some_and(|outcome| outcome.pool.active)
    }

    fn spot(&self, outcome: OutcomeId, side: Side) -> f64 {
        Self::spot(self, outcome, side)
    }

    fn best(&self, outcome: OutcomeId, side: Side, direction: Direction) -> Option<Level> {
        let levels = self.outcomes.get(outcome.index())?.levels.iter();
        let levels = levels.filter(|level| (level.side, level.direction) == (side, direction)).copied();
        match direction {
            Direction::Buy => levels.max_by_key(|level| level.price),
            Direction::Sell => levels.min_by_key(|level| level.price),
        }
    }

    fn quote(&self, own: &OwnView, waiting: &[Order], order: &Order, now_ms: u64) -> Quote {
        quote(self, own, waiting, order, now_ms)
    }
}
