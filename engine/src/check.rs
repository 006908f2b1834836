//! Whether a taker's route may be executed, and which size would pass if not (§5.3, §5.5). Changes
//! nothing; a tick and a quote ask alike.

use crate::{
    amount::{MICRO, Price, RATE_ONE, Rate, Tokens, Usdc},
    book::{Resting, Who},
    exact::in_range,
    order::{Direction, Order, OrderKind, SIZE_MAX, SIZE_MIN},
    params::Params,
    pool::{PoolState, Terms},
    reason::RejectReason,
    route::{self, Reached, Route, Stop, Taker},
};

/// Steps of the search for a size that passes.
const SEARCH_STEPS_MAX: u32 = 40;

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

/// How much worse the average price is than the spot before, as a fraction of it: rounded up to
/// the unit that limits are given in, so that it is above a limit where the exact one is.
pub(crate) fn slippage(terms: &Terms<'_>, pools: &[PoolState], taker: &Taker, filled: Tokens, net: Usdc) -> Rate {
    let pool = &pools[taker.leg.outcome.index()];
    let (q, l) = (pool.supply(taker.leg.side), terms.depth_of(pool.v));
    // Of what the filled tokens are worth at the spot.
    let at_spot = i128::from(q.0) * i128::from(filled.0);
    let worse = match taker.leg.direction {
        Direction::Buy => i128::from(net.0) * i128::from(l.0) - at_spot,
        Direction::Sell => at_spot - i128::from(net.0) * i128::from(l.0),
    };
    if at_spot <= 0 {
        return Rate::ZERO;
    }
    let (mut whole, mut rest) = (worse.div_euclid(at_spot), worse.rem_euclid(at_spot));
    for _ in 0..RATE_ONE.ilog10() {
        whole = whole.saturating_mul(10).saturating_add(rest * 10 / at_spot);
        rest = rest * 10 % at_spot;
    }
    let up = whole.saturating_add(i128::from(rest != 0));
    Rate(up.clamp(i64::MIN.into(), i64::MAX.into()) as i64)
}

/// What a buy takes from the balance: cost, fees and the escrow of a limit order's rest.
pub(crate) fn needed(taker: &Taker, route: &Route) -> Usdc {
    route.value + route.fee + escrow(taker, route)
}

/// ⌈rest·limit⌉ of a limit buy.
pub(crate) fn escrow(taker: &Taker, route: &Route) -> Usdc {
    match (taker.limit, taker.leg.direction) {
        (Some(limit), Direction::Buy) => limit.cost(taker.size - route.filled),
        _ => Usdc::ZERO,
    }
}

/// The first thing wrong with a planned route.
pub(crate) fn route(
    terms: &Terms<'_>,
    pools: &[PoolState],
    taker: &Taker,
    max_slippage: Option<Rate>,
    means: Means,
    route: &Route,
) -> Result<(), Fault> {
    if let Some(stop) = route.stop {
        return Err(Fault::Funds(stop.needed));
    }
    if route.exhausted {
        return Err(Fault::NoProceeds);
    }
    if let Some(max_slippage) = max_slippage {
        let slippage = slippage(terms, pools, taker, route.filled, route.net());
        if slippage > max_slippage {
            return Err(Fault::Slippage(slippage));
        }
        let wasteful = route.pool.is_some_and(|trade| trade.marginal < 0.0);
        if taker.leg.direction == Direction::Sell && (route.value.0 == 0 || wasteful) {
            return Err(Fault::NoProceeds);
        }
        if taker.leg.direction == Direction::Buy && route.net() >= route.filled.at_par() {
            return Err(Fault::NeverPaysBack(Price::average(route.net(), route.filled)));
        }
    }
    let needed = needed(taker, route);
    if taker.leg.direction == Direction::Buy && needed > means.balance {
        return Err(Fault::Funds(needed));
    }
    if !route.pools.iter().filter(|pool| pool.active).all(|pool| pool.is_solvent(terms)) {
        return Err(Fault::Insolvent);
    }
    Ok(())
}

/// Plans and checks: a size that passes is looked for only when this one does not.
pub(crate) struct Trial<'a, R> {
    pub(crate) terms: &'a Terms<'a>,
    pub(crate) pools: &'a [PoolState],
    pub(crate) resting: &'a R,
    pub(crate) taker: Taker,
    pub(crate) max_slippage: Option<Rate>,
    pub(crate) means: Means,
}

impl<R: Resting> Trial<'_, R> {
    /// Plans the order into `plan`.
    ///
    /// # Errors
    /// Why it is refused, with the size that would pass.
    pub(crate) fn run(&self, plan: &mut Route) -> Result<(), RejectReason> {
        if self.taker.leg.direction == Direction::Sell && self.taker.size > self.means.held {
            return Err(RejectReason::InsufficientTokens { held: self.means.held });
        }
        let beyond_means = |reached| self.is_beyond_means(reached);
        self.attempt(self.taker.size, beyond_means, plan).map_err(|fault| self.reason(fault, plan.stop))
    }

    /// Whether so much costs more than there is: a larger size does not cost less.
    fn is_beyond_means(&self, reached: Reached) -> bool {
        self.taker.leg.direction == Direction::Buy && reached.value + reached.fee > self.means.balance
    }

    /// Whether the average is beyond what is allowed: that of a larger size is no better.
    fn is_beyond_price(&self, reached: Reached) -> bool {
        let Some(max_slippage) = self.max_slippage else { return false };
        let never_pays_back = self.taker.leg.direction == Direction::Buy && reached.value >= reached.size.at_par();
        never_pays_back || slippage(self.terms, self.pools, &self.taker, reached.size, reached.value) > max_slippage
    }

    /// Plans the order into `plan` and says whether it may be carried out.
    pub(crate) fn passes(&self, plan: &mut Route) -> bool {
        let enough = self.taker.leg.direction == Direction::Buy || self.taker.size <= self.means.held;
        enough && self.attempt(self.taker.size, |reached| self.is_beyond_means(reached), plan).is_ok()
    }

    fn attempt(&self, size: Tokens, is_over: impl Fn(Reached) -> bool, plan: &mut Route) -> Result<(), Fault> {
        let taker = Taker { size, ..self.taker };
        let checked = in_range(|| {
            route::plan(self.terms, self.pools, self.resting, &taker, is_over, plan);
            route(self.terms, self.pools, &taker, self.max_slippage, self.means, plan)
        });
        checked.unwrap_or(Err(Fault::OutOfRange))
    }

    /// The largest size that passes, in hundredths of a token; 0 when none does. Whether a
    /// size passes changes once, from yes to no, but for rounding. `stop` is where the plan of the
    /// whole ended.
    fn largest_passing(&self, mut stop: Option<Stop>) -> Tokens {
        let mut plan = Route::default();
        let is_over = |reached| self.is_beyond_means(reached) || self.is_beyond_price(reached);
        let (mut low, mut high) = (0, self.taker.size.min(self.means_bound()).0 / SIZE_MIN.0 + 1);
        for _ in 0..SEARCH_STEPS_MAX {
            // Where a plan ended nothing passes; what it had come to before may.
            high = stop.map_or(high, |stop| high.min(stop.reached.0 / SIZE_MIN.0 + 1));
            if high - low <= 1 {
                break;
            }
            let sure = stop.map_or(low, |stop| (stop.sure.0 / SIZE_MIN.0).min(high - 1));
            let middle = if sure > low { sure } else { low + (high - low) / 2 };
            match self.attempt(Tokens(middle * SIZE_MIN.0), is_over, &mut plan) {
                Ok(()) => low = middle,
                Err(_) => high = middle,
            }
            stop = plan.stop;
        }
        Tokens(low * SIZE_MIN.0)
    }

    /// No larger size can be affordable: each token costs as much as the cheapest, at least.
    fn means_bound(&self) -> Tokens {
        let Taker { leg, limit, .. } = self.taker;
        if leg.direction == Direction::Sell {
            return self.means.held;
        }
        let pool = &self.pools[leg.outcome.index()];
        let spot = pool.price(leg.side, self.terms.params);
        let best = |leg| self.resting.level(leg, 0, Who::Everyone).map(|(price, _)| price.as_f64());
        let implied = best(leg.paired()).map_or(spot, |price| 1.0 - price);
        let cheapest = best(leg.opposite()).unwrap_or(spot).min(implied).min(spot);
        let cheapest = limit.map_or(cheapest, |limit| cheapest.min(limit.as_f64()));
        // A micro more than the quotient, for what its digits leave out.
        let most = self.means.balance.as_f64() / cheapest.max(f64::MIN_POSITIVE);
        Tokens(((most * MICRO as f64) as i64).saturating_add(SIZE_MIN.0)).min(SIZE_MAX)
    }

    fn reason(&self, fault: Fault, stop: Option<Stop>) -> RejectReason {
        let size = self.largest_passing(stop);
        match fault {
            Fault::Slippage(slippage) => RejectReason::Slippage {
                slippage_percent: percent_up(slippage),
                limit_percent: percent(self.max_slippage.unwrap_or(Rate::ZERO)),
                size,
            },
            Fault::Funds(needed) => RejectReason::Funds { needed, balance: self.means.balance, size },
            Fault::OutOfRange => RejectReason::OutOfRange,
            Fault::NoProceeds => RejectReason::NoProceeds { size },
            Fault::NeverPaysBack(average) => RejectReason::NeverPaysBack { average, size },
            Fault::Insolvent => RejectReason::Insolvent { size },
        }
    }
}

/// Units of a rate in a hundredth of a percent, to which slippage is told.
const RATES_TOLD: i64 = RATE_ONE / 10_000;

/// Rounded down, so that what is above the limit reads so.
fn percent(fraction: Rate) -> String {
    hundredths(fraction.0.div_euclid(RATES_TOLD))
}

/// Rounded up, so that allowing the number named is enough.
fn percent_up(fraction: Rate) -> String {
    hundredths(fraction.0.div_euclid(RATES_TOLD) + i64::from(fraction.0.rem_euclid(RATES_TOLD) != 0))
}

fn hundredths(units: i64) -> String {
    let sign = if units < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", units.unsigned_abs() / 100, units.unsigned_abs() % 100)
}
