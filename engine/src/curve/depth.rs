//! How much the pool trades before its price gets worse than a given one (§4).

use super::{Curve, trade};
use crate::{
    amount::{Tokens, Usdc},
    order::{Direction, Side},
    pool::Terms,
    public::PoolState,
};

/// Steps of the search; bisection alone would need no more for any size.
const STEPS_MAX: u32 = 120;

/// `depth(t)`, but at most `at_most`: the largest size whose marginal price, and whose
/// price afterwards, are no worse than `price`, with no penalty, floor or cap binding.
pub(crate) fn depth(
    terms: &Terms<'_>,
    pools: &[PoolState],
    place: (usize, Side, Direction),
    done: Tokens,
    price: f64,
    at_most: Tokens,
) -> Tokens {
    let (outcome, side, direction) = place;
    let pool = &pools[outcome];
    let curve = Curve::new(terms, pool, side, direction, done);
    let at_most = match direction {
        Direction::Buy => at_most,
        Direction::Sell => at_most.min(pool.supply(side) - Tokens(1)),
    };
    let probe = Probe { terms, pools, place, done, curve, price };
    let at_start = curve.marginal(0.0, 0.0);
    if at_most.0 <= 0 || probe.worse_by(at_start).max(probe.worse_by(curve.spot())) >= 0.0 {
        return Tokens::ZERO;
    }
    let at_end = probe.at(at_most);
    if at_end <= 0.0 {
        return at_most;
    }
    let start = probe.worse_by(at_start).max(probe.worse_by(curve.spot()));
    search(&probe, (0, start), (at_most.0, at_end))
}

/// The last good size between a good `low` and a bad `high`: false position with the
/// Illinois rule, bisection where that is slow, ended by neighbouring sizes.
fn search(probe: &Probe<'_>, mut low: (i64, f64), mut high: (i64, f64)) -> Tokens {
    let mut kept = 0_i32;
    for step in 0..STEPS_MAX {
        let width = high.0 - low.0;
        if width <= 1 {
            break;
        }
        let fraction = low.1 / (low.1 - high.1);
        // A bad end that only a bound makes bad has no price to aim by.
        let halve = step % 8 == 7 || high.1 <= f64::EPSILON;
        let guess = if halve { width / 2 } else { (width as f64 * fraction) as i64 };
        let size = low.0 + guess.clamp(1, width - 1);
        let worse = probe.at(Tokens(size));
        if worse <= 0.0 {
            low = (size, worse.min(-f64::MIN_POSITIVE));
            kept = kept.max(0) + 1;
            high.1 /= if kept > 1 { 2.0 } else { 1.0 };
        } else {
            high = (size, worse);
            kept = kept.min(0) - 1;
            low.1 /= if kept < -1 { 2.0 } else { 1.0 };
        }
    }
    Tokens(low.0)
}

struct Probe<'a> {
    terms: &'a Terms<'a>,
    pools: &'a [PoolState],
    place: (usize, Side, Direction),
    done: Tokens,
    curve: Curve,
    price: f64,
}

impl Probe<'_> {
    /// How much worse than the wanted price this one is.
    fn worse_by(&self, price: f64) -> f64 {
        match self.place.2 {
            Direction::Buy => price - self.price,
            Direction::Sell => self.price - price,
        }
    }

    /// Positive where `size` is too much, by how much its worst price misses.
    fn at(&self, size: Tokens) -> f64 {
        let trade = trade::solve(self.terms, self.pools, self.place, size, self.done);
        let marginal = self.worse_by(trade.marginal);
        let after = self.worse_by(self.price_after(&trade));
        let worst = marginal.max(after);
        if worst <= 0.0 && (trade.bound || self.breaks_average(&trade)) { f64::EPSILON } else { worst }
    }

    /// The price after the trade, at the true L.
    fn price_after(&self, trade: &trade::Trade) -> f64 {
        let (outcome, side, direction) = self.place;
        let pool = &self.pools[outcome];
        if trade.bound {
            return self.curve.price_after(trade.size.0 as f64, trade.raw);
        }
        let (supply, v) = match direction {
            Direction::Buy => (pool.supply(side) + trade.size, pool.v + trade::own_part(self.terms, trade.value)),
            Direction::Sell => {
                let taken = trade::taken(self.terms, self.pools, outcome, trade.value)[outcome];
                (pool.supply(side) - trade.size, pool.v - taken)
            }
        };
        supply.0 as f64 / self.terms.depth_of(v).0 as f64
    }

    /// Whether rounding makes the whole cost more than ⌈t·Δ⌉ (bring less than ⌊t·Δ⌋).
    fn breaks_average(&self, trade: &trade::Trade) -> bool {
        let at_price = self.price * trade.size.0 as f64;
        match self.place.2 {
            Direction::Buy => trade.value > Usdc(at_price.ceil() as i64),
            Direction::Sell => trade.value < Usdc(at_price.floor() as i64),
        }
    }
}
