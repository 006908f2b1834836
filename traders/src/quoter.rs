//! Quotes both sides of one outcome around the pool's price.

use crate::{action::Action, dice::Dice, strategy::Strategy, view::View};
use outcry_engine::{Direction, OutcomeId, Side};
use rand_chacha::ChaCha8Rng;

/// Distance of the quotes from the spot, in steps of the price grid.
const SPREAD_TICKS: f64 = 2.0;
/// A quote further from the spot is taken back, in steps of the price grid.
const STALE_TICKS: f64 = 5.0;
/// Open orders beyond which nothing is added.
const OPEN_ORDERS_MAX: usize = 12;

/// Bids for YES and for NO below their prices and asks above them for what it holds, so
/// that both sides of the book are filled.
pub struct Quoter;

impl Strategy for Quoter {
    fn act(&mut self, view: &View<'_>, rng: &mut ChaCha8Rng) -> Vec<Action> {
        let step = view.market.params.tick_size.as_f64();
        let stale = view.own.orders.iter().filter(|order| {
            let distance = view.spot(order.outcome, order.side) - order.price.as_f64();
            distance.abs() > STALE_TICKS * step
        });
        let mut actions: Vec<_> = stale.take(2).map(|order| Action::Cancel(order.id)).collect();
        if view.own.orders.len() >= OPEN_ORDERS_MAX {
            return actions;
        }
        let Some(&outcome) = rng.pick(&view.active()) else { return actions };
        for side in Side::BOTH {
            actions.extend(bid(view, rng, outcome, side, step));
            actions.extend(ask(view, rng, outcome, side, step));
        }
        actions
    }
}

fn bid(view: &View<'_>, rng: &mut ChaCha8Rng, outcome: OutcomeId, side: Side, step: f64) -> Option<Action> {
    let price = view.on_grid(view.spot(outcome, side) - SPREAD_TICKS * step);
    let money = view.balance().as_f64() * rng.between(0.01, 0.03);
    Action::limit(outcome, side, Direction::Buy, money / price.as_f64().max(0.01), price, true)
}

fn ask(view: &View<'_>, rng: &mut ChaCha8Rng, outcome: OutcomeId, side: Side, step: f64) -> Option<Action> {
    let price = view.on_grid(view.spot(outcome, side) + SPREAD_TICKS * step);
    let tokens = view.free(outcome, side).as_f64() * rng.between(0.3, 0.7);
    Action::limit(outcome, side, Direction::Sell, tokens, price, true)
}
