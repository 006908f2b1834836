//! An order tried: planned, checked, and if it is refused, the size named that would pass (§5.5). Changes
//! nothing; a tick and a quote ask alike.

use crate::{
    amount::{MICRO, RATE_ONE, Rate, Tokens, Usdc},
    book::{Place, Resting, Who},
    check::{Bounds, Fault},
    exact::in_range,
    levels::{Taker, Venue},
    order::{Direction, SIZE_MAX, SIZE_MIN},
    reason::RejectReason,
    route::{self, Route, Total},
    search,
    way::Way,
    ways::Ways,
};

/// Sizes that are further apart than so many times are searched by their ratio.
const NEAR: i64 = 4;

/// Plans and checks: a size that passes is looked for only when this one does not.
pub(crate) struct Trial<'a, R> {
    pub(crate) venue: Venue<'a, R>,
    pub(crate) taker: Taker,
    pub(crate) bounds: Bounds<'a>,
    /// The user's own resting orders, as far as they are not known to `venue` already.
    pub(crate) own: &'a [Place],
}

impl<R: Resting> Trial<'_, R> {
    /// Plans the order into `plan`, which is whole when it passes.
    ///
    /// # Errors
    /// Why it is refused, with the size that would pass.
    pub(crate) fn run(&self, ways: &mut Ways, plan: &mut Route) -> Result<(), RejectReason> {
        if !self.is_held() {
            return Err(RejectReason::InsufficientTokens { held: self.bounds.means.held });
        }
        self.attempt(ways, plan).map_err(|fault| {
            let reason = self.reason(fault, ways);
            ways.note_refused(&self.taker, self.own);
            reason
        })
    }

    /// Plans the order into `plan` and says whether it may be carried out.
    pub(crate) fn passes(&self, ways: &mut Ways, plan: &mut Route) -> bool {
        self.is_held() && self.attempt(ways, plan).is_ok()
    }

    fn is_held(&self) -> bool {
        self.taker.leg.direction == Direction::Buy || self.taker.size <= self.bounds.means.held
    }

    fn attempt(&self, ways: &mut Ways, plan: &mut Route) -> Result<(), Fault> {
        let checked = in_range(|| {
            // Where another order has been refused on the same way, it costs little to ask at once.
            let warned = ways.warn(&self.taker, self.own);
            let mut foreseen = if warned { self.foresee(ways) } else { Ok(()) };
            foreseen?;
            let goes_on = || {
                foreseen = if warned { Ok(()) } else { self.foresee(ways) };
                foreseen.is_ok()
            };
            if route::plan(&self.venue, &self.taker, goes_on, plan) {
                self.bounds.check(&self.taker, &plan.total, plan.refund())?;
                self.bounds.check_pools(&plan.pools)?;
            }
            foreseen
        });
        checked.unwrap_or_else(|_| {
            // What was computed on the way means nothing.
            ways.clear();
            Err(Fault::OutOfRange)
        })
    }

    /// Whether the order can only be refused, without planning it: all that is wrong with it but for what
    /// it does to the pools.
    fn foresee(&self, ways: &mut Ways) -> Result<(), Fault> {
        let (way, room) = ways.of(&self.venue, &self.taker, self.own);
        let total = way.total(&self.venue, &self.taker, |total| self.is_beyond_means(total));
        let total = total.map_err(|total| Fault::Funds(total.value + total.fee))?;
        self.bounds.check(&self.taker, &total, self.refund(&total, room).unwrap_or_default())
    }

    /// Whether so much costs more than there is: a larger size does not cost less.
    fn is_beyond_means(&self, total: &Total) -> bool {
        self.taker.leg.direction == Direction::Buy && total.value + total.fee > self.bounds.means.balance
    }

    /// What comes back of a penalty, of an order that pays one; its auto-fills are then in `room`.
    fn refund(&self, total: &Total, room: &mut Route) -> Option<Usdc> {
        let trade = total.pool.filter(|trade| trade.excess > 1.0)?;
        room.settle(&self.venue, Some(&trade));
        Some(room.refund())
    }

    /// By how much an order of some size misses what is asked of it, likewise without planning it; not above 0
    /// when it misses nothing. What it does to the pools is looked at only `with_pools`.
    fn worse(&self, size: Tokens, with_pools: bool, way: &mut Way, room: &mut Route) -> f64 {
        let taker = Taker { size, ..self.taker };
        let tried = in_range(|| {
            let total = way.whole(&self.venue, &taker);
            let refund = self.refund(&total, room);
            let by = self.bounds.misses_by(&taker, &total, refund.unwrap_or_default());
            let verdict = self.bounds.check(&taker, &total, refund.unwrap_or_default()).and_then(|()| {
                if with_pools && refund.is_none() {
                    room.settle(&self.venue, total.pool.as_ref());
                }
                if with_pools { self.bounds.check_pools(&room.pools) } else { Ok(()) }
            });
            (verdict.is_ok(), by)
        });
        let (passes, by) = tried.unwrap_or((false, f64::INFINITY));
        // A spot or a balance of 0 makes no number.
        let by = if by.is_nan() { 0.0 } else { by };
        if passes { by.clamp(-1.0, -f64::MIN_POSITIVE) } else { by.clamp(f64::MIN_POSITIVE, f64::MAX) }
    }

    /// The largest size that passes, in hundredths of a token; 0 when none does. Whether a
    /// size passes changes once, from yes to no, but for rounding.
    fn largest_passing(&self, ways: &mut Ways) -> Tokens {
        let (way, room) = ways.of(&self.venue, &self.taker, self.own);
        // In a sound market no order that passes otherwise is more than the pools bear: looked at once, in the end.
        let size = self.search(false, way, room);
        let borne = size.0 == 0 || self.worse(size, true, way, room) <= 0.0;
        if borne { size } else { self.search(true, way, room) }
    }

    fn search(&self, with_pools: bool, way: &mut Way, room: &mut Route) -> Tokens {
        let bound = Taker { size: self.taker.size.min(self.means_bound()), ..self.taker };
        let [below, above] = self.bracket(&bound, way);
        let mut worse = |hundredths| self.worse(Tokens(hundredths * SIZE_MIN.0), with_pools, way, room);
        let (mut low, mut high) = ((0, -1.0), bound.size.0 / SIZE_MIN.0 + 1);
        high = high.min(above.map_or(high, |total| total.filled.0 / SIZE_MIN.0 + 1));
        let sure = below.map_or(0, |total| total.filled.0 / SIZE_MIN.0).min(high - 1);
        if sure > 0 {
            match worse(sure) {
                by if by <= 0.0 => low = (sure, by),
                _ => high = sure,
            }
        }
        while high > NEAR * low.0.max(1) {
            let middle = ((low.0.max(1) as f64 * high as f64).sqrt() as i64).clamp(low.0 + 1, high - 1);
            match worse(middle) {
                by if by <= 0.0 => low = (middle, by),
                _ => high = middle,
            }
        }
        if high - low.0 <= 1 {
            return Tokens(low.0 * SIZE_MIN.0);
        }
        let by = worse(high).max(f64::MIN_POSITIVE);
        Tokens(search::last_good(low, (high, by), worse) * SIZE_MIN.0)
    }

    /// What was come to after the last level that leaves the order as it should be, and after the next.
    fn bracket(&self, bound: &Taker, way: &mut Way) -> [Option<Total>; 2] {
        let fails = |total: &Total, orders: usize| {
            // What rounding alone has made worse passes at another size.
            let rounded = Usdc(2 + 2 * orders as i64);
            let rounded = if bound.leg.direction == Direction::Buy { rounded } else { Usdc::ZERO - rounded };
            self.bounds.check(&Taker { size: total.filled, ..*bound }, total, rounded).is_err()
        };
        in_range(|| way.bracket(&self.venue, bound, fails)).unwrap_or([None; 2])
    }

    /// No larger size can be affordable: each token costs as much as the cheapest, at least.
    fn means_bound(&self) -> Tokens {
        let Taker { leg, limit, .. } = self.taker;
        if leg.direction == Direction::Sell {
            return self.bounds.means.held;
        }
        let pool = &self.venue.pools[leg.outcome.index()];
        let spot = pool.price(leg.side, self.venue.terms.params);
        let best = |leg| self.venue.resting.level(leg, 0, Who::Everyone).map(|(price, _)| price.as_f64());
        let implied = best(leg.paired()).map_or(spot, |price| 1.0 - price);
        let cheapest = best(leg.opposite()).unwrap_or(spot).min(implied).min(spot);
        let cheapest = limit.map_or(cheapest, |limit| cheapest.min(limit.as_f64()));
        // A micro more than the quotient, for what its digits leave out.
        let most = self.bounds.means.balance.as_f64() / cheapest.max(f64::MIN_POSITIVE);
        Tokens(((most * MICRO as f64) as i64).saturating_add(SIZE_MIN.0)).min(SIZE_MAX)
    }

    fn reason(&self, fault: Fault, ways: &mut Ways) -> RejectReason {
        let mut size = || self.largest_passing(ways);
        match fault {
            Fault::Slippage(slippage) => RejectReason::Slippage {
                slippage_percent: percent_up(slippage),
                limit_percent: percent(self.bounds.max_slippage.unwrap_or(Rate::ZERO)),
                size: size(),
            },
            Fault::Funds(needed) => RejectReason::Funds { needed, balance: self.bounds.means.balance, size: size() },
            Fault::OutOfRange => RejectReason::OutOfRange,
            Fault::NoProceeds => RejectReason::NoProceeds { size: size() },
            Fault::NeverPaysBack(average) => RejectReason::NeverPaysBack { average, size: size() },
            Fault::Insolvent => RejectReason::Insolvent { size: size() },
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

#[cfg(test)]
mod judge;
