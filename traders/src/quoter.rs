//! Quotes both sides of every outcome around its price, and adapts: the spread widens with what prices have lately moved
//! (Glosten and Milgrom 1985), both quotes shift against what it holds (Ho and Stoll 1981), as ABIDES'
//! `AdaptiveMarketMakerAgent` does. What others traded is not told, so it sizes by its own money.

use crate::{action::Action, dice::Dice, strategy::Strategy, view::View};
use outcry_engine::{Direction, OutcomeId, Side};
use rand_chacha::ChaCha8Rng;

/// Ticks over which it looks at prices.
const WINDOW_TICKS: usize = 20;
/// Distance of a quote from the middle: steps of the grid, and so many times the mean move of a tick.
const SPREAD_STEPS: f64 = 1.5;
const SPREAD_MOVES: f64 = 4.0;
/// The furthest that a quote stands from the middle: in a storm it still quotes.
const SPREAD_MAX: f64 = 0.15;
/// Shift of both quotes when all its money is in one token.
const SKEW: f64 = 0.1;
/// A quote further from where it would now be is taken back, in steps of the grid.
const STALE_STEPS: f64 = 2.5;
/// Quotes taken back at once.
const CANCELS_MAX: usize = 3;
/// Open orders beyond which nothing is added.
const OPEN_ORDERS_MAX: usize = 12;

/// Bids for YES and for NO below their prices and asks above them for what it holds, so that both sides of the book
/// are filled.
#[derive(Clone, Debug, Default)]
pub struct Quoter;

impl Strategy for Quoter {
    fn act(&mut self, view: &View<'_>, rng: &mut ChaCha8Rng) -> Vec<Action> {
        let step = view.params().tick_size.as_f64();
        let stale = view.own.orders.iter().filter(|order| {
            let now = quote(view, (order.outcome, order.side, order.direction), step);
            (now - order.price.as_f64()).abs() > STALE_STEPS * step
        });
        let mut actions: Vec<_> = stale.take(CANCELS_MAX).map(|order| Action::Cancel(order.id)).collect();
        if view.own.orders.len() >= OPEN_ORDERS_MAX {
            return actions;
        }
        let Some(&outcome) = rng.pick(&view.active()) else { return actions };
        for (side, direction) in Side::BOTH.into_iter().flat_map(|side| Direction::BOTH.map(|way| (side, way))) {
            let price = view.on_grid(quote(view, (outcome, side, direction), step));
            let tokens = match direction {
                Direction::Buy => view.balance().as_f64() * rng.between(0.01, 0.03) / price.as_f64().max(0.01),
                Direction::Sell => view.free(outcome, side).as_f64() * rng.between(0.3, 0.7),
            };
            // Where the grid ends a quote would cross the price.
            let spot = view.spot(outcome, side);
            let outside = if direction == Direction::Buy { price.as_f64() < spot } else { price.as_f64() > spot };
            actions.extend(Action::limit(outcome, side, direction, tokens, price, true).filter(|_| outside));
        }
        actions
    }
}

/// Where it quotes a token.
fn quote(view: &View<'_>, (outcome, side, direction): (OutcomeId, Side, Direction), step: f64) -> f64 {
    let half = SPREAD_STEPS * step + SPREAD_MOVES * view.prices.mean_move(outcome, WINDOW_TICKS);
    let half = half.min(SPREAD_MAX);
    let spot = view.spot(outcome, side);
    let middle = spot - SKEW * inventory(view, outcome, side);
    // The skew never takes a quote across the price.
    match direction {
        Direction::Buy => (middle - half).min(spot - step),
        Direction::Sell => (middle + half).max(spot + step),
    }
}

/// What it holds of a token beyond the other of its outcome, as a share of its cash and that.
fn inventory(view: &View<'_>, outcome: OutcomeId, side: Side) -> f64 {
    let value = |side| view.free(outcome, side).as_f64() * view.spot(outcome, side);
    let (long, short) = (value(side), value(side.other()));
    let all = view.balance().as_f64() + long + short;
    if all > 0.0 { (long - short) / all } else { 0.0 }
}
