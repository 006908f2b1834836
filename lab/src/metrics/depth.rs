//! What it costs to move a price, and how far money moves it.

use crate::metrics::probe::{Probe, Tried, leg};
use outcry_engine::{Direction, Side};

/// Halvings of a search for a size.
const STEPS: u32 = 60;

/// A purchase of YES.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bought {
    /// Tokens.
    pub tokens: f64,
    /// What a token cost on average (USDC), without fees.
    pub average: f64,
    /// The YES price afterwards.
    pub price: f64,
}

/// What so many USDC, fees apart, buy of an outcome's YES; `None` where not so much can be spent.
pub fn buy_for(market: &impl Probe, outcome: usize, usdc: f64) -> Option<Bought> {
    let (tokens, tried) = largest(market, outcome, |tried| -tried.cash <= usdc)?;
    let spent = -tried.cash;
    // Less than a thousandth missing is the search's and the grid's; more is an order that is refused.
    let price = tried.spots[outcome]?[0];
    (spent >= usdc * 0.999).then_some(Bought { tokens, average: spent / tokens, price })
}

/// `cost_25`, `cost_100`, `cost_500`: how much dearer than the spot a market buy of YES for so many USDC is on
/// average, as a fraction of the spot; the mean over the outcomes in the game. `None` where one cannot be bought.
pub fn cost_of(market: &impl Probe, usdc: f64) -> Option<f64> {
    let spots = market.spots();
    mean(market.active().into_iter().map(|outcome| {
        let spot = spots[outcome]?[0];
        Some(buy_for(market, outcome, usdc)?.average / spot - 1.0)
    }))
}

/// `depth_5` where `points` is 0.05: USDC of market buys, fees apart, that raise p_yes by so much; the mean over the
/// outcomes in the game. `None` where one cannot be raised.
pub fn depth(market: &impl Probe, points: f64) -> Option<f64> {
    let spots = market.spots();
    mean(market.active().into_iter().map(|outcome| {
        let goal = spots[outcome]?[0] + points;
        let reached = |tried: &Tried| tried.spots[outcome].is_some_and(|[yes, _]| yes <= goal);
        let (_, tried) = largest(market, outcome, reached)?;
        let short = goal - tried.spots[outcome]?[0];
        (short <= points / 1_000.0).then_some(-tried.cash)
    }))
}

/// `depth_per_loss`: the headline, [`depth`] ÷ the attained worst loss (both USDC).
#[must_use]
pub fn depth_per_loss(depth: f64, attained_loss: f64) -> f64 {
    depth / attained_loss
}

/// The largest purchase of YES that is not refused and for which `holds`, which it does up to some size.
fn largest(market: &impl Probe, outcome: usize, holds: impl Fn(&Tried) -> bool) -> Option<(f64, Tried)> {
    let attempt = |tokens: f64| {
        let tried = market.attempt(&[(leg(outcome, Side::Yes, Direction::Buy), tokens)]);
        tried.filter(|tried| holds(tried)).map(|tried| (tokens, tried))
    };
    let (mut low, mut high) = (None, 0.01);
    while let Some(found) = attempt(high) {
        (low, high) = (Some(found), 2.0 * high);
        if high > 1e8 {
            return low;
        }
    }
    let (mut at, mut found) = low?;
    for _ in 0..STEPS {
        let middle = f64::midpoint(at, high);
        // What was tried before comes to the same.
        if market.same_order(middle, at) {
            at = middle;
        } else if market.same_order(middle, high) {
            high = middle;
        } else {
            match attempt(middle) {
                Some(passed) => (at, found) = (middle, passed.1),
                None => high = middle,
            }
        }
    }
    Some((at, found))
}

fn mean(values: impl Iterator<Item = Option<f64>>) -> Option<f64> {
    let values: Vec<f64> = values.collect::<Option<_>>()?;
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}
