//! What a taker would get: resting orders, implied levels and the pool, best first (§5).
//!
//! A route only computes. Execution and `quote` use the same one; they differ in what
//! they know of the resting orders ([`Resting`]).

use crate::{
    amount::{Price, Tokens, Usdc},
    auto_fill::AutoFills,
    book::{Resting, Share},
    curve::{self, Trade},
    fill::FillType,
    fraction::Fraction,
    levels::{Levels, Offer, Taker, Venue},
    order::{Direction, Leg},
    pool::PoolState,
};

/// Levels that a plan takes before it asks whether the order can pass at all: a few are as cheap.
pub(crate) const LEVELS_UNASKED: usize = 4;

/// A level of the book on a route.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Part {
    pub(crate) fill_type: FillType,
    /// Whose orders are taken: the other way, or the other token's.
    pub(crate) leg: Leg,
    /// The resting orders' limit.
    pub(crate) price: Price,
    pub(crate) size: Tokens,
    /// What the taker pays or gets, without the fee.
    pub(crate) value: Usdc,
    pub(crate) fee: Usdc,
    /// Which of the route's shares are its.
    shares: (usize, usize),
}

/// What a route comes to, without who gets what.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Total {
    pub(crate) filled: Tokens,
    /// What the taker pays or gets, without fees and refund.
    pub(crate) value: Usdc,
    pub(crate) fee: Usdc,
    /// The pool's part.
    pub(crate) pool: Option<Trade>,
    /// Whether the pool's part exceeds what a pool can buy back.
    pub(crate) exhausted: bool,
}

/// What a taker would get, and the pools afterwards. Reused from order to order.
#[derive(Debug, Default)]
pub(crate) struct Route {
    pub(crate) parts: Vec<Part>,
    shares: Vec<Share>,
    pub(crate) total: Total,
    pub(crate) auto_fills: AutoFills,
    /// The pools after the route, auto-fills included.
    pub(crate) pools: Vec<PoolState>,
}

impl Route {
    /// How a part is split over the orders of its level.
    pub(crate) fn shares_of(&self, part: &Part) -> &[Share] {
        &self.shares[part.shares.0..part.shares.1]
    }

    /// What of a penalty comes back from auto-fills.
    pub(crate) fn refund(&self) -> Usdc {
        self.auto_fills.refund
    }

    /// Plans what the pool's part does to the pools, and the auto-fills that it triggers.
    pub(crate) fn settle<R: Resting>(&mut self, venue: &Venue<'_, R>, trade: Option<&Trade>) {
        self.auto_fills.clear();
        self.pools.clear();
        self.pools.extend_from_slice(venue.pools);
        let Some(trade) = trade else { return };
        curve::apply(venue.terms, &mut self.pools, trade);
        if venue.terms.params.af_enabled {
            let before = &venue.pools[trade.pool()];
            self.auto_fills.plan(venue.terms, before, venue.resting, trade, &mut self.pools);
        }
    }

    fn take_level<R: Resting>(&mut self, venue: &Venue<'_, R>, taker: &Taker, offer: &Offer, size: Tokens) {
        let start = self.shares.len();
        let (value, fee) = venue.take(taker, offer, size, &mut self.shares);
        let shares = (start, self.shares.len());
        let Offer { leg, limit: price, fill_type, .. } = *offer;
        self.parts.push(Part { fill_type, leg, price, size, value, fee, shares });
        self.total.value += value;
        self.total.fee += fee;
    }
}

impl Total {
    /// Adds the pool's part: one trade of so much.
    pub(crate) fn add_pool<R>(&mut self, venue: &Venue<'_, R>, taker: &Taker, size: Tokens) {
        self.filled += size;
        if size.0 <= 0 {
            return;
        }
        let Leg { outcome, side, direction } = taker.leg;
        if direction == Direction::Sell && size >= venue.pools[outcome.index()].supply(side) {
            self.exhausted = true;
            return;
        }
        let trade = curve::solve(venue.terms, venue.pools, taker.leg, size, taker.done);
        self.pool = Some(trade);
        self.value += trade.value;
        self.fee += venue.terms.pool_fee(trade.value);
    }
}

/// Computes the route of `taker`. Beyond a few levels `goes_on` is asked once whether it is worth it; says
/// whether the route is whole.
pub(crate) fn plan<R: Resting>(
    venue: &Venue<'_, R>,
    taker: &Taker,
    goes_on: impl FnOnce() -> bool,
    route: &mut Route,
) -> bool {
    route.parts.clear();
    route.shares.clear();
    route.total = Total::default();
    let mut goes_on = Some(goes_on);
    let mut levels = Levels::new(venue, taker);
    let (mut from_levels, mut from_pool) = (Tokens::ZERO, Tokens::ZERO);
    let left = |from_levels: Tokens, from_pool: Tokens| taker.size - from_levels - from_pool;
    let depth =
        |price: Fraction, at_most| curve::depth(venue.terms, venue.pools, taker.leg, taker.done, price, at_most);
    while left(from_levels, from_pool).0 > 0
        && let Some(offer) = levels.next(venue, taker)
    {
        from_pool = from_pool.max(depth(offer.pool_price, taker.size - from_levels));
        let size = left(from_levels, from_pool).min(offer.free);
        if size.0 <= 0 {
            continue;
        }
        if route.parts.len() == LEVELS_UNASKED
            && let Some(goes_on) = goes_on.take()
            && !goes_on()
        {
            return false;
        }
        from_levels += size;
        route.take_level(venue, taker, &offer, size);
    }
    from_pool = match taker.limit {
        Some(limit) => from_pool.max(depth(limit.into(), taker.size - from_levels)),
        None => taker.size - from_levels,
    };
    route.total.filled = from_levels;
    route.total.add_pool(venue, taker, from_pool);
    let trade = route.total.pool;
    route.settle(venue, trade.as_ref());
    true
}
