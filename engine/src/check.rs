//! Whether an order is well formed, and whether what it comes to may be carried out (§5.3, §5.5). Changes
//! nothing; a tick and a quote ask alike.

use crate::{
    amount::{Price, RATE_ONE, Rate, Tokens, Usdc},
    levels::Taker,
    order::{Direction, Order, OrderKind, SIZE_MAX, SIZE_MIN},
    params::Params,
    pool::{PoolState, Terms},
    reason::RejectReason,
    route::Total,
};

/// What the taker has for the order, gas taken off.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Means {
    pub(crate) balance: Usdc,
    /// Free tokens of the order's outcome and side.
    pub(crate) held: Tokens,
}

/// What is wrong with a route, before a size that passes has been looked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Fault {
    Slippage(Rate),
    Funds(Usdc),
    OutOfRange,
    NoProceeds,
    NeverPaysBack(Price),
    Insolvent,
}

/// Checks an order's form: size, outcome, limit. `held` are the free tokens of its outcome and side:
/// all of them may be sold, however few they are.
pub(crate) fn form(params: &Params, pools: &[PoolState], order: &Order, held: Tokens) -> Result<(), RejectReason> {
    if !pools.get(order.outcome.index()).is_some_and(|pool| pool.active) {
        return Err(RejectReason::UnknownOutcome(order.outcome.0));
    }
    let all_held = order.direction == Direction::Sell && order.size == held && held.0 > 0;
    if (order.size < SIZE_MIN && !all_held) || order.size > SIZE_MAX {
        return Err(RejectReason::BadSize { size: order.size });
    }
    match order.kind {
        OrderKind::Market { .. } => Ok(()),
        OrderKind::Limit { price, .. } => limit_form(params, price),
    }
}

fn limit_form(params: &Params, price: Price) -> Result<(), RejectReason> {
    let grid = params.grid();
    if grid.contains(price) {
        return Ok(());
    }
    let (tick_size, low, high, nearest) = (grid.tick(), grid.low(), grid.high(), grid.nearest(price));
    Err(RejectReason::BadLimit { price, tick_size, low, high, nearest })
}

/// What an order comes to beside what the same tokens are worth at the spot before: by how much it is worse,
/// and that worth, in the same exact unit.
fn beside_spot(terms: &Terms<'_>, pools: &[PoolState], taker: &Taker, filled: Tokens, net: Usdc) -> (i128, i128) {
    let pool = &pools[taker.leg.outcome.index()];
    let (q, l) = (pool.supply(taker.leg.side), terms.depth_of(pool.v));
    let at_spot = i128::from(q.0) * i128::from(filled.0);
    let worse = match taker.leg.direction {
        Direction::Buy => i128::from(net.0) * i128::from(l.0) - at_spot,
        Direction::Sell => at_spot - i128::from(net.0) * i128::from(l.0),
    };
    (worse, at_spot)
}

/// How much worse the average price is than the spot before, as a fraction of it: rounded up to
/// the unit that limits are given in, so that it is above a limit where the exact one is.
pub(crate) fn slippage(terms: &Terms<'_>, pools: &[PoolState], taker: &Taker, filled: Tokens, net: Usdc) -> Rate {
    let (worse, at_spot) = beside_spot(terms, pools, taker, filled, net);
    if at_spot <= 0 {
        return Rate::ZERO;
    }
    let up = match worse.checked_mul(RATE_ONE.into()) {
        Some(scaled) => scaled.div_euclid(at_spot) + i128::from(scaled.rem_euclid(at_spot) != 0),
        None => digit_by_digit(worse, at_spot),
    };
    Rate(up.clamp(i64::MIN.into(), i64::MAX.into()) as i64)
}

/// ⌈num/den⌉ in units of a rate, where the product has more digits than there are.
fn digit_by_digit(num: i128, den: i128) -> i128 {
    let (mut whole, mut rest) = (num.div_euclid(den), num.rem_euclid(den));
    for _ in 0..RATE_ONE.ilog10() {
        whole = whole.saturating_mul(10).saturating_add(rest * 10 / den);
        rest = rest * 10 % den;
    }
    whole.saturating_add(i128::from(rest != 0))
}

/// Whether the slippage is above `most`: the same as comparing it, mostly without a division.
fn is_above(most: Rate, (worse, at_spot): (i128, i128)) -> Option<bool> {
    let worse = worse.checked_mul(RATE_ONE.into())?;
    Some(worse > i128::from(most.0).checked_mul(at_spot)?).filter(|_| at_spot > 0 && most.0 < i64::MAX)
}

impl Total {
    /// What the taker pays with a refund taken off (gets), without the fee f.
    pub(crate) fn net(&self, refund: Usdc) -> Usdc {
        self.value - refund
    }

    /// What a buy takes from the balance: cost, fees and the escrow of a limit order's rest.
    pub(crate) fn needed(&self, taker: &Taker) -> Usdc {
        self.value + self.fee + self.escrow(taker)
    }

    /// ⌈rest·limit⌉ of a limit buy.
    pub(crate) fn escrow(&self, taker: &Taker) -> Usdc {
        match (taker.limit, taker.leg.direction) {
            (Some(limit), Direction::Buy) => limit.cost(taker.size - self.filled),
            _ => Usdc::ZERO,
        }
    }
}

/// What is asked of an order that is to be carried out.
pub(crate) struct Bounds<'a> {
    pub(crate) terms: &'a Terms<'a>,
    pub(crate) pools: &'a [PoolState],
    pub(crate) max_slippage: Option<Rate>,
    pub(crate) means: Means,
}

impl Bounds<'_> {
    /// The first thing wrong with what an order comes to.
    ///
    /// # Errors
    /// What that is.
    pub(crate) fn check(&self, taker: &Taker, total: &Total, refund: Usdc) -> Result<(), Fault> {
        if total.exhausted {
            return Err(Fault::NoProceeds);
        }
        if let Some(max_slippage) = self.max_slippage {
            self.check_price(taker, total, refund, max_slippage)?;
        }
        let needed = total.needed(taker);
        if taker.leg.direction == Direction::Buy && needed > self.means.balance {
            return Err(Fault::Funds(needed));
        }
        Ok(())
    }

    fn check_price(&self, taker: &Taker, total: &Total, refund: Usdc, max_slippage: Rate) -> Result<(), Fault> {
        let net = total.net(refund);
        let slippage = || slippage(self.terms, self.pools, taker, total.filled, net);
        let beside_spot = beside_spot(self.terms, self.pools, taker, total.filled, net);
        if is_above(max_slippage, beside_spot).unwrap_or_else(|| slippage() > max_slippage) {
            return Err(Fault::Slippage(slippage()));
        }
        let wasteful = total.pool.is_some_and(|trade| trade.marginal < 0.0);
        match taker.leg.direction {
            Direction::Sell if total.value.0 == 0 || wasteful => Err(Fault::NoProceeds),
            Direction::Buy if net >= total.filled.at_par() => {
                Err(Fault::NeverPaysBack(Price::average(net, total.filled)))
            }
            _ => Ok(()),
        }
    }

    /// Whether a route leaves every pool within §9.1.
    ///
    /// # Errors
    /// When it does not.
    pub(crate) fn check_pools(&self, after: &[PoolState]) -> Result<(), Fault> {
        let solvent = after.iter().filter(|pool| pool.active).all(|pool| pool.is_solvent(self.terms));
        if solvent { Ok(()) } else { Err(Fault::Insolvent) }
    }

    /// By how much an order misses what [`Bounds::check`] asks, as a fraction of it: a number that grows with
    /// the size and is about 0 where the order just passes. For a search; it decides nothing.
    pub(crate) fn misses_by(&self, taker: &Taker, total: &Total, refund: Usdc) -> f64 {
        let (net, filled) = (total.net(refund).0 as f64, total.filled.0 as f64);
        let buys = taker.leg.direction == Direction::Buy;
        let mut by = f64::NEG_INFINITY;
        if let Some(max_slippage) = self.max_slippage {
            let pool = &self.pools[taker.leg.outcome.index()];
            let at_spot = filled * pool.price(taker.leg.side, self.terms.params);
            let worst = max_slippage.as_f64();
            let wasted = total.pool.map_or(f64::NEG_INFINITY, |trade| -trade.marginal);
            by = if buys {
                (net / (at_spot * (1.0 + worst)) - 1.0).max(net / filled - 1.0)
            } else {
                (1.0 - worst - net / at_spot).max(wasted)
            };
        }
        if buys { by.max(total.needed(taker).0 as f64 / self.means.balance.0 as f64 - 1.0) } else { by }
    }
}
