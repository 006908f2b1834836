//! Trades anything for no reason, as every market needs.

use crate::{action::Action, dice::Dice, strategy::Strategy, view::View};
use outcry_engine::{Direction, OutcomeId, Side};
use rand_chacha::ChaCha8Rng;

/// Open orders beyond which the oldest is taken back.
const OPEN_ORDERS_MAX: usize = 4;
/// How far from the spot a limit may be.
const DISTANCE_MAX: f64 = 0.08;
/// Accepted slippage of market orders, in percent.
const SLIPPAGE_PERCENT: u8 = 20;

/// Buys, sells and bids at random.
pub struct Noise;

impl Strategy for Noise {
    fn act(&mut self, view: &View<'_>, rng: &mut ChaCha8Rng) -> Vec<Action> {
        if view.own.orders.len() > OPEN_ORDERS_MAX {
            return vec![Action::Cancel(view.own.orders[0].id)];
        }
        let Some(&outcome) = rng.pick(&view.active()) else { return Vec::new() };
        let side = if rng.chance(0.6) { Side::Yes } else { Side::No };
        let action = match rng.between(0.0, 1.0) {
            x if x < 0.35 => buy(view, rng, outcome, side),
            x if x < 0.55 => sell(view, rng, outcome, side),
            x if x < 0.8 => quote(view, rng, outcome, side),
            _ => None,
        };
        action.into_iter().collect()
    }
}

fn buy(view: &View<'_>, rng: &mut ChaCha8Rng, outcome: OutcomeId, side: Side) -> Option<Action> {
    let money = view.balance().as_f64() * rng.between(0.01, 0.05);
    let price = view.spot(outcome, side).max(0.01);
    Action::market(outcome, side, Direction::Buy, money / price, SLIPPAGE_PERCENT)
}

fn sell(view: &View<'_>, rng: &mut ChaCha8Rng, outcome: OutcomeId, side: Side) -> Option<Action> {
    let share = if rng.chance(0.25) { 1.0 } else { rng.between(0.2, 0.8) };
    let tokens = view.free(outcome, side).as_f64() * share;
    Action::market(outcome, side, Direction::Sell, tokens, SLIPPAGE_PERCENT)
}

fn quote(view: &View<'_>, rng: &mut ChaCha8Rng, outcome: OutcomeId, side: Side) -> Option<Action> {
    let price = view.on_grid(view.spot(outcome, side) + rng.between(-DISTANCE_MAX, DISTANCE_MAX / 4.0));
    let money = view.balance().as_f64() * rng.between(0.01, 0.05);
    let tokens = money / price.as_f64().max(0.01);
    Action::limit(outcome, side, Direction::Buy, tokens, price, rng.chance(0.5))
}
