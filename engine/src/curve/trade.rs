//! A trade with the pool: rounded value, penalty, solvency floor and cap, impact (§4).

use super::formula::Curve;
use crate::{
    amount::{AMOUNT_MAX, Tokens, Usdc},
    order::{Direction, Leg, Side},
    params::OUTCOMES_MAX,
    pool::{PoolState, Terms, round_down, round_up, within_cap},
};

/// A value no balance can reach; a solve that leaves the range ends here and the
/// order is refused for its price.
const VALUE_MAX: f64 = 4.0 * AMOUNT_MAX as f64;

/// A trade with one pool, solved and rounded but not yet made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Trade {
    pub(crate) leg: Leg,
    pub(crate) size: Tokens,
    /// X: what the user pays or gets, without the fee.
    pub(crate) value: Usdc,
    /// X before penalty, floor, cap and rounding.
    pub(crate) raw: f64,
    /// p′/p_max of a buy that paid the penalty, else 1.
    pub(crate) excess: f64,
    /// m(Δ): the price of the next token.
    pub(crate) marginal: f64,
}

impl Trade {
    /// The pool that it trades with.
    pub(crate) fn pool(&self) -> usize {
        self.leg.outcome.index()
    }
}

/// Solves a trade of `size`. A sale needs `size` below the supply.
pub(crate) fn solve(terms: &Terms<'_>, pools: &[PoolState], leg: Leg, size: Tokens, done: Tokens) -> Trade {
    let curve = Curve::new(terms, pools, leg, done);
    let raw = curve.raw(size.0 as f64);
    let price = curve.price_after(size.0 as f64, raw);
    let marginal = curve.marginal(size.0 as f64, raw);
    let mut trade = Trade { leg, size, value: Usdc::ZERO, raw, excess: 1.0, marginal };
    match leg.direction {
        Direction::Buy => settle_buy(terms, pools, price, &mut trade),
        Direction::Sell => settle_sale(terms, pools, price, &mut trade),
    }
    trade
}

fn settle_buy(terms: &Terms<'_>, pools: &[PoolState], price: f64, trade: &mut Trade) {
    if price > terms.p_max {
        trade.excess = price / terms.p_max;
    }
    trade.value = penalised(trade, terms.eta);
    trade.value = raise_to_floor(terms, &pools[trade.pool()], trade.leg.side, trade.size, trade.value);
}

/// X·(p′/p_max)^η, rounded up.
fn penalised(trade: &Trade, eta: f64) -> Usdc {
    let factor = if trade.excess > 1.0 { libm::pow(trade.excess, eta) } else { 1.0 };
    Usdc(round_up((trade.raw * factor).min(VALUE_MAX)))
}

/// The value of a bought trade if its penalty had the exponent `eta` (§6).
pub(crate) fn value_with_exponent(terms: &Terms<'_>, pool_before: &PoolState, trade: &Trade, eta: f64) -> Usdc {
    raise_to_floor(terms, pool_before, trade.leg.side, trade.size, penalised(trade, eta))
}

/// The solvency floor: the least value, not below `value`, that keeps p ≤ p_max.
fn raise_to_floor(terms: &Terms<'_>, pool: &PoolState, side: Side, size: Tokens, value: Usdc) -> Usdc {
    let supply = pool.supply(side) + size;
    let kept = |value: Usdc| pool.v + own_part(terms, value);
    if within_cap(supply, terms.depth_of(kept(value)), terms.params.p_max) {
        return value;
    }
    let missing = terms.least_collateral(supply) - pool.v;
    // The pool keeps X − others·⌊ζX⌋ < (1 − others·ζ)·X + others: no less X can be enough. What it
    // lacks then is what the least X has more, at least: so the least is met, not passed.
    let start = terms.whole_of(missing - Usdc(terms.others as i64), terms.others);
    let mut value = value.max(start).min(Usdc(VALUE_MAX as i64));
    while own_part(terms, value) < missing && (value.0 as f64) < VALUE_MAX {
        value += missing - own_part(terms, value);
    }
    value
}

/// What a bought trade of value X leaves in its own pool: X − (N_active − 1)·⌊ζX⌋.
fn own_part(terms: &Terms<'_>, value: Usdc) -> Usdc {
    Usdc(value.0 - terms.others as i64 * terms.diverted(value).0)
}

fn settle_sale(terms: &Terms<'_>, pools: &[PoolState], price: f64, trade: &mut Trade) {
    let mut value = trade.raw;
    if price < terms.p_min {
        value *= libm::pow(price.max(0.0) / terms.p_min, terms.eta);
    }
    trade.value = lower_to_cap(terms, pools, trade.leg, Usdc(round_down(value)));
}

/// The solvency cap: the largest value, not above `value`, that leaves the other side
/// of the same pool at most at p_max.
fn lower_to_cap(terms: &Terms<'_>, pools: &[PoolState], leg: Leg, value: Usdc) -> Usdc {
    let outcome = leg.outcome.index();
    let pool = &pools[outcome];
    let other = pool.supply(leg.side.other());
    let rest = |value: Usdc| taken(terms, pools, outcome, value)[outcome];
    let fits = |value: Usdc| within_cap(other, terms.depth_of(pool.v - rest(value)), terms.params.p_max);
    if fits(value) {
        return value;
    }
    let cap = pool.v - terms.least_collateral(other);
    let mut value = value.min(capped_by_shares(terms, pools, outcome, cap));
    // What is too much of the rest is too much of X, at least: so the largest is met, not passed.
    while value.0 > 0 && rest(value) > cap {
        value -= rest(value) - cap;
    }
    value.max(Usdc::ZERO)
}

/// The largest sale of which its own pool bears at most `cap` if ζX were not rounded: the others
/// bear their shares, those with the least room no more than that.
fn capped_by_shares(terms: &Terms<'_>, pools: &[PoolState], outcome: usize, cap: Usdc) -> Usdc {
    let others = pools.iter().enumerate().filter(|(index, pool)| *index != outcome && pool.active);
    let (mut rooms, mut count) = ([Usdc::ZERO; OUTCOMES_MAX], 0);
    for (_, pool) in others {
        rooms[count] = pool.room(terms);
        count += 1;
    }
    rooms[..count].sort_unstable();
    let mut borne = cap;
    let mut most = terms.whole_of(borne, count);
    for (full, room) in (1..).zip(&rooms[..count]) {
        borne += *room;
        most = most.min(terms.whole_of(borne, count - full));
    }
    most
}

/// What a sale of value X takes from each outcome: min(⌊ζX⌋, room) from the others, the
/// rest from its own.
fn taken(terms: &Terms<'_>, pools: &[PoolState], outcome: usize, value: Usdc) -> [Usdc; OUTCOMES_MAX] {
    let mut parts = [Usdc::ZERO; OUTCOMES_MAX];
    let share = terms.diverted(value);
    let mut rest = value;
    for (index, pool) in pools.iter().enumerate() {
        if index == outcome || !pool.active {
            continue;
        }
        let mut drained = *pool;
        drained.v -= share;
        let part = if drained.is_solvent(terms) { share } else { share.min(pool.room(terms)) };
        parts[index] = part;
        rest -= part;
    }
    parts[outcome] = rest;
    parts
}

/// Makes a solved trade: supply and collateral of its pool, impact on the others.
pub(crate) fn apply(terms: &Terms<'_>, pools: &mut [PoolState], trade: &Trade) {
    match trade.leg.direction {
        Direction::Buy => {
            let share = terms.diverted(trade.value);
            for (index, pool) in pools.iter_mut().enumerate().filter(|(_, pool)| pool.active) {
                pool.v += if index == trade.pool() { own_part(terms, trade.value) } else { share };
            }
            pools[trade.pool()].issue(trade.leg.side, trade.size);
        }
        Direction::Sell => {
            let parts = taken(terms, pools, trade.pool(), trade.value);
            for (pool, part) in pools.iter_mut().zip(parts) {
                pool.v -= part;
            }
            pools[trade.pool()].issue(trade.leg.side, Tokens(-trade.size.0));
        }
    }
}
