//! Takes what prices that contradict each other pay whoever wins: complete sets, all YES, all NO (the arbitrage that
//! Manifold's multiple-choice markets do by themselves, and that Kroer, Dudík and others build makers without). Every
//! basket is priced through the market's own quotes, fees included, and bought or sold only at a sure profit.

use crate::{action::Action, strategy::Strategy, view::View};
use outcry_engine::{Direction, Side};
use rand_chacha::ChaCha8Rng;

/// A smaller sure profit is left alone, in USDC.
const PROFIT_MIN: f64 = 0.05;
/// The largest share of the balance in one basket.
const STAKE_MAX: f64 = 0.5;
/// Sizes tried at most, each half of the one before.
const SIZES: u32 = 16;
/// Accepted slippage of a leg, in percent: the basket was priced with it.
const SLIPPAGE_PERCENT: u8 = 100;

/// Legs that together pay the same whoever wins.
#[derive(Clone, Debug)]
struct Basket {
    legs: Vec<(outcry_engine::OutcomeId, Side)>,
    /// What one of each pays.
    pays: f64,
}

/// Buys baskets below and sells baskets above what they pay.
#[derive(Clone, Debug, Default)]
pub struct Arbitrageur;

impl Strategy for Arbitrageur {
    fn act(&mut self, view: &View<'_>, _rng: &mut ChaCha8Rng) -> Vec<Action> {
        let mut best: Option<(f64, Vec<Action>)> = None;
        for basket in baskets(view) {
            for direction in Direction::BOTH {
                let found = trade(view, &basket, direction);
                best = match (best, found) {
                    (Some(best), Some(found)) if found.0 <= best.0 => Some(best),
                    (best, found) => found.or(best),
                };
            }
        }
        best.map(|(_, actions)| actions).unwrap_or_default()
    }
}

/// Every basket of the outcomes in the game.
fn baskets(view: &View<'_>) -> Vec<Basket> {
    let active = view.active();
    let all = |side: Side| active.iter().map(|&outcome| (outcome, side)).collect();
    let pair = |&outcome| Basket { legs: Side::BOTH.map(|side| (outcome, side)).into(), pays: 1.0 };
    let whole = [(Side::Yes, 1.0), (Side::No, active.len() as f64 - 1.0)];
    let whole = whole.into_iter().map(|(side, pays)| Basket { legs: all(side), pays });
    active.iter().map(pair).chain(whole.filter(|_| active.len() > 1)).collect()
}

/// The orders of the most profitable size of a basket, and the sure profit.
fn trade(view: &View<'_>, basket: &Basket, direction: Direction) -> Option<(f64, Vec<Action>)> {
    let fee = view.params().f.as_f64();
    let spots: f64 = basket.legs.iter().map(|&(outcome, side)| view.spot(outcome, side)).sum();
    // No size is better than the first token: most baskets need no quote.
    let first = match direction {
        Direction::Buy => basket.pays - spots * (1.0 + fee),
        Direction::Sell => spots * (1.0 - fee) - basket.pays,
    };
    if first <= 0.0 {
        return None;
    }
    let most = match direction {
        Direction::Buy => view.balance().as_f64() * STAKE_MAX / (spots * (1.0 + fee)).max(0.01),
        Direction::Sell => {
            let held = basket.legs.iter().map(|&(outcome, side)| view.free(outcome, side).as_f64());
            held.fold(f64::INFINITY, f64::min)
        }
    };
    let mut best: Option<(f64, Vec<Action>)> = None;
    for half in 0..SIZES {
        let found = priced(view, basket, direction, most / f64::from(1_u32 << half));
        let found = found.filter(|(profit, _)| *profit > PROFIT_MIN);
        // Profit rises with the size to a top and falls beyond it: once it falls, the top is passed.
        match (&best, found) {
            (Some(top), found) if found.as_ref().is_none_or(|found| found.0 <= top.0) => break,
            (_, found) => best = found.or(best),
        }
    }
    best
}

/// A basket of so many tokens of each leg: its sure profit by quotes, and its orders.
fn priced(view: &View<'_>, basket: &Basket, direction: Direction, tokens: f64) -> Option<(f64, Vec<Action>)> {
    let order = |&(outcome, side): &(_, Side)| Action::market(outcome, side, direction, tokens, SLIPPAGE_PERCENT);
    let actions: Vec<Action> = basket.legs.iter().map(order).collect::<Option<_>>()?;
    let mut totals = 0.0;
    for action in &actions {
        let quote = view.quote(action).filter(|quote| quote.reject.is_none())?;
        totals += quote.total.as_f64();
    }
    let Some(Action::Order { size, .. }) = actions.first() else { return None };
    let pays = basket.pays * size.as_f64();
    // What is bought with the money must be there for every leg.
    let affordable = direction == Direction::Sell || totals <= view.balance().as_f64();
    let profit = if direction == Direction::Buy { pays - totals } else { totals - pays };
    affordable.then_some((profit, actions))
}
