//! Prices that contradict each other, as sums and in money.

use crate::metrics::{
    forecast::Spot,
    probe::{Probe, Trade, leg},
};
use outcry_engine::{Direction, Leg, Side};

/// `overround` of all outcomes, Σ p_yes − 1 over those in the game.
#[must_use]
pub fn overround(spots: &[Spot]) -> f64 {
    spots.iter().flatten().map(|[yes, _]| yes).sum::<f64>() - 1.0
}

/// `overround` of each outcome, p_yes + p_no − 1; `None` when it is out.
#[must_use]
pub fn pair_overround(spots: &[Spot]) -> Vec<Option<f64>> {
    spots.iter().map(|spot| spot.map(|[yes, no]| yes + no - 1.0)).collect()
}

/// Trades of equal size that bring the same whoever wins.
#[derive(Clone, Debug, PartialEq)]
pub struct Basket {
    /// What is bought or sold of each.
    pub legs: Vec<Leg>,
    /// What a token of each brings (USDC) apart from the trades: at the end, or, where it is below 0, what making it
    /// costs.
    pub sure: f64,
}

/// Every basket of a market: all YES (pays 1), all NO (pays n − 1), YES with NO of an outcome (pays 1), and a set of
/// an outcome sold, which two accounts make of 1/(1 − f_match/2) USDC.
#[must_use]
pub fn baskets(active: &[usize], f_match: f64) -> Vec<Basket> {
    let buy = |outcome: &usize, side| leg(*outcome, side, Direction::Buy);
    let all = |side| active.iter().map(|outcome| buy(outcome, side)).collect();
    let mut baskets = vec![
        Basket { legs: all(Side::Yes), sure: 1.0 },
        Basket { legs: all(Side::No), sure: active.len() as f64 - 1.0 },
    ];
    for &outcome in active {
        let pair = |direction| Side::BOTH.map(|side| leg(outcome, side, direction)).to_vec();
        baskets.push(Basket { legs: pair(Direction::Buy), sure: 1.0 });
        baskets.push(Basket { legs: pair(Direction::Sell), sure: -1.0 / (1.0 - f_match / 2.0) });
    }
    baskets
}

/// A basket in the size that gains most.
#[derive(Clone, Debug, PartialEq)]
pub struct SureProfit {
    /// What it gains whoever wins (USDC), fees taken off.
    pub profit: f64,
    /// Tokens of each leg.
    pub tokens: f64,
    /// The basket; `None` where none gains.
    pub basket: Option<Basket>,
}

/// Steps of the search for a basket's size: each leaves 0.618 of what there was.
const STEPS: u32 = 36;
/// Tokens of a basket that are tried first: where these gain nothing, no more do.
const FIRST: f64 = 0.1;

/// `sure_profit` (USDC): the largest gain of a basket whoever wins, fees included, of at most so many tokens of each
/// leg. What a basket costs is convex in its size, so that its gain has one summit.
pub fn sure_profit(market: &impl Probe, f_match: f64, at_most: f64) -> SureProfit {
    let nothing = SureProfit { profit: 0.0, tokens: 0.0, basket: None };
    let mut all = baskets(&market.active(), f_match);
    all.retain(|basket| gain(market, basket, FIRST.min(at_most)) > 0.0);
    all.into_iter().fold(nothing, |best, basket| {
        let (tokens, profit) = summit(|tokens| gain(market, &basket, tokens), at_most);
        if profit > best.profit { SureProfit { profit, tokens, basket: Some(basket) } } else { best }
    })
}

fn gain(market: &impl Probe, basket: &Basket, tokens: f64) -> f64 {
    let trades: Vec<Trade> = basket.legs.iter().map(|leg| (*leg, tokens)).collect();
    market.attempt(&trades).map_or(f64::NEG_INFINITY, |tried| basket.sure * tokens + tried.cash - tried.fees)
}

/// Where a function with one summit is largest between 0 and `end`, and how large; by the golden section.
fn summit(f: impl Fn(f64) -> f64, end: f64) -> (f64, f64) {
    let golden = f64::midpoint(5.0_f64.sqrt(), -1.0);
    let (mut low, mut high) = (0.0, end);
    let (mut left, mut right) = (high - golden * (high - low), low + golden * (high - low));
    let (mut at_left, mut at_right) = (f(left), f(right));
    for _ in 0..STEPS {
        // Where both are refused, less may pass.
        if at_left > at_right || at_right == f64::NEG_INFINITY {
            (high, right, at_right) = (right, left, at_left);
            left = high - golden * (high - low);
            at_left = f(left);
        } else {
            (low, left, at_left) = (left, right, at_right);
            right = low + golden * (high - low);
            at_right = f(right);
        }
    }
    if at_left > at_right { (left, at_left) } else { (right, at_right) }
}
