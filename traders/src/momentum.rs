//! What rises goes on rising, until it does not.

use crate::{action::Action, dice::Dice, strategy::Strategy, view::View};
use outcry_engine::{Direction, OutcomeId, Side};
use rand_chacha::ChaCha8Rng;

/// Over how many ticks a trend is seen.
const WINDOW_TICKS: usize = 8;
/// A smaller change of price is no trend.
const TREND_MIN: f64 = 0.004;
/// Accepted slippage, in percent.
const SLIPPAGE_PERCENT: u8 = 10;

/// Buys YES of what rises and NO of what falls; sells when the trend has turned.
pub struct Momentum;

impl Strategy for Momentum {
    fn act(&mut self, view: &View<'_>, rng: &mut ChaCha8Rng) -> Vec<Action> {
        let turned = places(view.outcomes())
            .find(|&(outcome, side)| trend(view, outcome, side) < -TREND_MIN && view.free(outcome, side).0 > 0);
        if let Some((outcome, side)) = turned {
            let tokens = view.free(outcome, side).as_f64();
            return Action::market(outcome, side, Direction::Sell, tokens, SLIPPAGE_PERCENT).into_iter().collect();
        }
        let strongest = places(view.active()).max_by(|a, b| trend(view, a.0, a.1).total_cmp(&trend(view, b.0, b.1)));
        let Some((outcome, side)) = strongest else { return Vec::new() };
        // Without a trend somebody has to begin one.
        if trend(view, outcome, side) < TREND_MIN && !rng.chance(0.05) {
            return Vec::new();
        }
        let money = view.balance().as_f64() * rng.between(0.02, 0.06);
        let price = view.spot(outcome, side).max(0.01);
        Action::market(outcome, side, Direction::Buy, money / price, SLIPPAGE_PERCENT).into_iter().collect()
    }
}

fn trend(view: &View<'_>, outcome: OutcomeId, side: Side) -> f64 {
    match side {
        Side::Yes => view.change(outcome, WINDOW_TICKS),
        Side::No => -view.change(outcome, WINDOW_TICKS),
    }
}

fn places(outcomes: impl IntoIterator<Item = OutcomeId>) -> impl Iterator<Item = (OutcomeId, Side)> {
    outcomes.into_iter().flat_map(|outcome| Side::BOTH.map(|side| (outcome, side)))
}
