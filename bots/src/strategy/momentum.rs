//! What rises goes on rising, until it does not.

use super::{BotAction, Dice, Strategy};
use crate::view::BotView;
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
    fn act(&mut self, view: &BotView, rng: &mut ChaCha8Rng) -> Vec<BotAction> {
        let turned = view.positions.iter().find(|held| {
            let trend = trend(view, held.outcome, held.side);
            trend < -TREND_MIN && view.free(held.outcome, held.side).0 > 0
        });
        if let Some(held) = turned {
            let tokens = view.free(held.outcome, held.side).as_f64();
            let sale = BotAction::market(held.outcome, held.side, Direction::Sell, tokens, SLIPPAGE_PERCENT);
            return sale.into_iter().collect();
        }
        let places = view.active().into_iter().flat_map(|outcome| Side::BOTH.map(|side| (outcome, side)));
        let strongest = places.max_by(|a, b| trend(view, a.0, a.1).total_cmp(&trend(view, b.0, b.1)));
        let Some((outcome, side)) = strongest else { return Vec::new() };
        // Without a trend somebody has to begin one.
        if trend(view, outcome, side) < TREND_MIN && !rng.chance(0.05) {
            return Vec::new();
        }
        let money = view.balance().as_f64() * rng.between(0.02, 0.06);
        let price = view.spot(outcome, side).max(0.01);
        BotAction::market(outcome, side, Direction::Buy, money / price, SLIPPAGE_PERCENT).into_iter().collect()
    }
}

fn trend(view: &BotView, outcome: OutcomeId, side: Side) -> f64 {
    match side {
        Side::Yes => view.change(outcome, WINDOW_TICKS),
        Side::No => -view.change(outcome, WINDOW_TICKS),
    }
}
