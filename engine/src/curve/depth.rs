//! How much the pool trades before its price gets worse than a given one (§4).

use super::{
    formula::Curve,
    trade::{Trade, solve},
};
use crate::{
    amount::{Tokens, Usdc},
    fraction::Fraction,
    order::{Direction, Leg},
    params::OUTCOMES_MAX,
    pool::{PoolState, Terms},
    search,
};

/// How many micro-tokens the rounding of a solve can cost at the end of a search.
const MICROS_BACK_MAX: u32 = 64;

/// `depth(t)`, but at most `at_most`: the largest size whose marginal price, and whose
/// price afterwards, are no worse than `price`, with no penalty, floor or cap binding.
/// The whole never costs more than ⌈t·Δ⌉ (brings less than ⌊t·Δ⌋).
pub(crate) fn depth(
    terms: &Terms<'_>,
    pools: &[PoolState],
    leg: Leg,
    done: Tokens,
    price: Fraction,
    at_most: Tokens,
) -> Tokens {
    let exact = price;
    let price = exact.as_f64();
    let Leg { side, direction, .. } = leg;
    let pool = &pools[leg.outcome.index()];
    let at_most = match direction {
        Direction::Buy => at_most,
        Direction::Sell => at_most.min(pool.supply(side) - Tokens(1)),
    };
    let curve = Curve::new(terms, pools, leg, done);
    // The curve starts at the spot: mostly that alone is too much.
    let beyond = worse_by(direction, curve.spot(), price);
    if at_most.0 <= 0 || beyond >= 0.0 {
        return Tokens::ZERO;
    }
    // What the first token costs beyond the wanted price.
    let start = beyond.max(worse_by(direction, curve.marginal(0.0, 0.0), price));
    if start >= 0.0 {
        return Tokens::ZERO;
    }
    let probe = Probe { terms, v: pool.v.0 as f64, direction, curve, price, limits: Limits::new(terms, pools, leg) };
    let end = probe.at(at_most.0);
    let found = || Tokens(search::last_good((0, start), (at_most.0, end), |size| probe.at(size)));
    let mut size = if end <= 0.0 { at_most } else { found() };
    for _ in 0..MICROS_BACK_MAX {
        let trade = solve(terms, pools, leg, size, done);
        if size.0 == 0 || keeps_average(&trade, exact) {
            return size;
        }
        size -= Tokens(1);
    }
    Tokens::ZERO
}

/// By how much one price is worse than another for whoever trades in a direction.
fn worse_by(direction: Direction, price: f64, than: f64) -> f64 {
    match direction {
        Direction::Buy => price - than,
        Direction::Sell => than - price,
    }
}

/// Whether the whole costs at most ⌈t·Δ⌉ (brings at least ⌊t·Δ⌋) with its rounding.
fn keeps_average(trade: &Trade, price: Fraction) -> bool {
    match trade.leg.direction {
        Direction::Buy => trade.value <= Usdc(price.of_up(trade.size.0)),
        Direction::Sell => trade.value >= Usdc(price.of_down(trade.size.0)),
    }
}

/// What bounds a sale besides its price: how far the others' collateral and its own go.
struct Limits {
    rooms: [f64; OUTCOMES_MAX],
    others: usize,
    cap: f64,
}

impl Limits {
    fn new(terms: &Terms<'_>, pools: &[PoolState], leg: Leg) -> Self {
        let mut limits = Self { rooms: [0.0; OUTCOMES_MAX], others: 0, cap: f64::INFINITY };
        if leg.direction == Direction::Buy {
            return limits;
        }
        let outcome = leg.outcome.index();
        let others = pools.iter().enumerate().filter(|(index, pool)| *index != outcome && pool.active);
        for (_, pool) in others {
            limits.rooms[limits.others] = pool.room(terms).0 as f64;
            limits.others += 1;
        }
        let pool = &pools[outcome];
        limits.cap = (pool.v - terms.least_collateral(pool.supply(leg.side.other()))).0 as f64;
        limits
    }

    /// What a sale of value X takes from its own pool.
    fn rest(&self, zeta: f64, value: f64) -> f64 {
        self.rooms[..self.others].iter().fold(value, |rest, room| rest - room.min(zeta * value))
    }
}

struct Probe<'a> {
    terms: &'a Terms<'a>,
    v: f64,
    direction: Direction,
    curve: Curve,
    price: f64,
    limits: Limits,
}

impl Probe<'_> {
    /// Positive where `size` is too much, by how much its worst price misses.
    fn at(&self, size: i64) -> f64 {
        let size = size as f64;
        let value = self.curve.raw(size);
        let marginal = worse_by(self.direction, self.curve.marginal(size, value), self.price);
        let solved = self.curve.price_after(size, value);
        let (after, bound) = match self.direction {
            Direction::Buy => {
                let v = self.v + self.terms.own_share * value;
                let after = self.curve.supply_after(size) / self.terms.true_depth(v);
                (after, solved.max(after) - self.terms.p_max)
            }
            Direction::Sell => {
                let rest = self.limits.rest(self.terms.zeta, value);
                let after = self.curve.supply_after(size) / self.terms.true_depth(self.v - rest);
                let beyond_cap = (rest - self.limits.cap) / self.curve.l;
                (after, (self.terms.p_min - solved).max(beyond_cap))
            }
        };
        marginal.max(worse_by(self.direction, after, self.price)).max(bound)
    }
}
