//! What a taker would get: resting orders, implied levels and the pool, best first (§5).
//!
//! A route only computes. Execution and `quote` use the same one; they differ in what
//! they know of the resting orders ([`Resting`]).

use crate::{
    amount::{MICRO, Price, RATE_ONE, Tokens, Usdc},
    auto_fill::AutoFills,
    book::{Resting, Share, Who},
    curve::{self, Trade},
    exact::narrow,
    fill::FillType,
    fraction::Fraction,
    order::{Direction, Leg, UserId},
    pool::{PoolState, Terms},
};

/// What a taker asks for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Taker {
    pub(crate) user: UserId,
    pub(crate) leg: Leg,
    pub(crate) size: Tokens,
    /// A limit order takes nothing worse; a market order takes all of its size.
    pub(crate) limit: Option<Price>,
    /// D₀.
    pub(crate) done: Tokens,
}

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

/// What a taker would get, and the pools afterwards. Reused from order to order.
#[derive(Debug, Default)]
pub(crate) struct Route {
    pub(crate) parts: Vec<Part>,
    shares: Vec<Share>,
    pub(crate) pool: Option<Trade>,
    pub(crate) pool_fee: Usdc,
    pub(crate) auto_fills: AutoFills,
    pub(crate) filled: Tokens,
    /// What the taker pays or gets, without fees and refund.
    pub(crate) value: Usdc,
    pub(crate) fee: Usdc,
    /// The pools after the route, auto-fills included.
    pub(crate) pools: Vec<PoolState>,
    /// Whether the pool's part exceeds what a pool can buy back.
    pub(crate) exhausted: bool,
    /// Set where the plan ended before its size.
    pub(crate) stop: Option<Stop>,
}

/// Where a plan ended, since no order of that size or a larger one can pass.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stop {
    /// Of the level before, where nothing was wrong yet.
    pub(crate) sure: Tokens,
    pub(crate) reached: Tokens,
    /// What so many cost, fees included.
    pub(crate) needed: Usdc,
}

/// What a plan has come to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reached {
    pub(crate) size: Tokens,
    pub(crate) value: Usdc,
    pub(crate) fee: Usdc,
}

/// Levels that are taken before it is looked whether a plan can still pass: a few more are as cheap.
const LEVELS_UNWATCHED: usize = 4;

impl Route {
    fn clear(&mut self, pools: &[PoolState]) {
        self.parts.clear();
        self.shares.clear();
        self.auto_fills.clear();
        self.pool = None;
        (self.exhausted, self.stop) = (false, None);
        (self.pool_fee, self.value, self.fee) = (Usdc::ZERO, Usdc::ZERO, Usdc::ZERO);
        self.filled = Tokens::ZERO;
        self.pools.clear();
        self.pools.extend_from_slice(pools);
    }

    /// How a part is split over the orders of its level.
    pub(crate) fn shares_of(&self, part: &Part) -> &[Share] {
        &self.shares[part.shares.0..part.shares.1]
    }

    /// What of a penalty comes back from auto-fills.
    pub(crate) fn refund(&self) -> Usdc {
        self.auto_fills.refund
    }

    /// What the taker pays with refunds taken off (gets), without the fee f.
    pub(crate) fn net(&self) -> Usdc {
        self.value - self.refund()
    }
}

/// A level that competes with the pool.
#[derive(Clone, Copy)]
struct Offer {
    leg: Leg,
    rank: usize,
    limit: Price,
    free: Tokens,
    fill_type: FillType,
    /// The pool is better up to this marginal price.
    pool_price: Fraction,
}

/// Computes the route of `taker`, or that of a part of it: up to the level at which it can only be
/// refused, which `is_over` says of what the plan has come to.
pub(crate) fn plan(
    terms: &Terms<'_>,
    pools: &[PoolState],
    resting: &impl Resting,
    taker: &Taker,
    is_over: impl Fn(Reached) -> bool,
    route: &mut Route,
) {
    route.clear(pools);
    let mut levels = Levels::new(terms, resting, taker);
    let mut watched = None;
    let (mut from_levels, mut from_pool) = (Tokens::ZERO, Tokens::ZERO);
    let left = |from_levels: Tokens, from_pool: Tokens| taker.size - from_levels - from_pool;
    let depth = |price: Fraction, at_most| curve::depth(terms, pools, taker.leg, taker.done, price, at_most);
    while left(from_levels, from_pool).0 > 0
        && let Some(offer) = levels.next()
    {
        from_pool = from_pool.max(depth(offer.pool_price, taker.size - from_levels));
        let size = left(from_levels, from_pool).min(offer.free);
        if size.0 <= 0 {
            continue;
        }
        from_levels += size;
        take_level(terms, resting, taker, &offer, size, route);
        if route.parts.len() > LEVELS_UNWATCHED {
            let before = watched.map_or(Tokens::ZERO, |reached: Reached| reached.size);
            let reached = reached(terms, pools, taker, from_levels, from_pool, route);
            if is_over(reached) {
                let needed = reached.value + reached.fee;
                route.stop = Some(Stop { sure: before, reached: reached.size, needed });
                return;
            }
            watched = Some(reached);
        }
    }
    from_pool = match taker.limit {
        Some(limit) => from_pool.max(depth(limit.into(), taker.size - from_levels)),
        None => taker.size - from_levels,
    };
    route.filled = from_levels + from_pool;
    take_pool(terms, pools, taker, from_pool, route);
    if let Some(trade) = route.pool
        && terms.params.af_enabled
    {
        route.auto_fills.plan(terms, &pools[trade.pool()], resting, &trade, &mut route.pools);
    }
}

/// What the levels taken so far and the pool's part, as one trade, come to.
fn reached(
    terms: &Terms<'_>,
    pools: &[PoolState],
    taker: &Taker,
    from_levels: Tokens,
    from_pool: Tokens,
    route: &Route,
) -> Reached {
    let (mut value, mut fee) = (route.value, route.fee);
    if from_pool.0 > 0 {
        let trade = curve::solve(terms, pools, taker.leg, from_pool, taker.done);
        value += trade.value;
        fee += terms.params.f.of_up(trade.value);
    }
    Reached { size: from_levels + from_pool, value, fee }
}

fn take_level(
    terms: &Terms<'_>,
    resting: &impl Resting,
    taker: &Taker,
    offer: &Offer,
    size: Tokens,
    route: &mut Route,
) {
    let start = route.shares.len();
    resting.split(offer.leg, offer.rank, size, Who::Except(taker.user), &mut route.shares);
    let shares = &route.shares[start..];
    let each = |share: &Share| share_value(terms, offer.fill_type, taker.leg.direction, offer.limit, share.size);
    let value = shares.iter().map(each).sum();
    let fee = shares.iter().map(|share| share_fee(terms, offer.fill_type, each(share))).sum();
    let shares = (start, route.shares.len());
    let Offer { leg, limit: price, fill_type, .. } = *offer;
    route.parts.push(Part { fill_type, leg, price, size, value, fee, shares });
    route.value += value;
    route.fee += fee;
}

fn take_pool(terms: &Terms<'_>, pools: &[PoolState], taker: &Taker, size: Tokens, route: &mut Route) {
    if size.0 <= 0 {
        return;
    }
    let Leg { outcome, side, direction } = taker.leg;
    if direction == Direction::Sell && size >= pools[outcome.index()].supply(side) {
        route.exhausted = true;
        return;
    }
    let trade = curve::solve(terms, pools, taker.leg, size, taker.done);
    route.pool_fee = terms.params.f.of_up(trade.value);
    route.value += trade.value;
    route.fee += route.pool_fee;
    curve::apply(terms, &mut route.pools, &trade);
    route.pool = Some(trade);
}

/// What the taker pays or gets for its fill with one resting order, without the fee.
pub(crate) fn share_value(
    terms: &Terms<'_>,
    fill_type: FillType,
    direction: Direction,
    limit: Price,
    size: Tokens,
) -> Usdc {
    match (fill_type, direction) {
        (FillType::Mint, _) => implied_cost(terms, limit, size),
        (FillType::Merge, _) => implied_proceeds(terms, limit, size),
        (_, Direction::Buy) => limit.cost(size),
        (_, Direction::Sell) => limit.proceeds(size),
    }
}

/// The taker's fee on a fill with one resting order: an implied level carries f_match
/// in its price instead.
pub(crate) fn share_fee(terms: &Terms<'_>, fill_type: FillType, value: Usdc) -> Usdc {
    if fill_type == FillType::Lob { terms.params.f.of_up(value) } else { Usdc::ZERO }
}

/// A YES buy against a NO bid at S costs 1/(1 − f_match/2) − S a token; rounded up.
fn implied_cost(terms: &Terms<'_>, limit: Price, size: Tokens) -> Usdc {
    let (one, f_match) = (i128::from(2 * RATE_ONE), i128::from(terms.params.f_match.0));
    let net = one - f_match;
    let numerator = one * i128::from(MICRO) - i128::from(limit.0) * net;
    Usdc(narrow(-(-i128::from(size.0) * numerator).div_euclid(net * i128::from(MICRO))))
}

/// A YES sale against a NO ask at S brings 1/(1 + f_match/2) − S a token; rounded down.
fn implied_proceeds(terms: &Terms<'_>, limit: Price, size: Tokens) -> Usdc {
    let (one, f_match) = (i128::from(2 * RATE_ONE), i128::from(terms.params.f_match.0));
    let gross = one + f_match;
    let numerator = one * i128::from(MICRO) - i128::from(limit.0) * gross;
    Usdc(narrow((i128::from(size.0) * numerator).div_euclid(gross * i128::from(MICRO))))
}

/// The levels that a taker may take, best all-in price first.
struct Levels<'a, R> {
    terms: &'a Terms<'a>,
    resting: &'a R,
    taker: &'a Taker,
    /// The best level not yet taken of either kind.
    direct: Option<Offer>,
    implied: Option<Offer>,
}

impl<'a, R: Resting> Levels<'a, R> {
    fn new(terms: &'a Terms<'a>, resting: &'a R, taker: &'a Taker) -> Self {
        let mut levels = Self { terms, resting, taker, direct: None, implied: None };
        levels.direct = levels.direct(0);
        levels.implied = levels.implied(0);
        levels
    }

    fn next(&mut self) -> Option<Offer> {
        let take_direct = match (&self.direct, &self.implied) {
            (Some(direct), Some(implied)) => match self.taker.leg.direction {
                Direction::Buy => direct.pool_price <= implied.pool_price,
                Direction::Sell => direct.pool_price >= implied.pool_price,
            },
            (direct, _) => direct.is_some(),
        };
        if take_direct {
            let offer = self.direct?;
            self.direct = self.direct(offer.rank + 1);
            return Some(offer);
        }
        let offer = self.implied?;
        self.implied = self.implied(offer.rank + 1);
        Some(offer)
    }

    /// The next level of the same token's opposite orders, which carries the same fee as
    /// the pool: compared without it.
    fn direct(&self, rank: usize) -> Option<Offer> {
        let Taker { leg: taken, user, limit, .. } = *self.taker;
        let leg = taken.opposite();
        let (price, free) = self.resting.level(leg, rank, Who::Except(user))?;
        let passes = limit.is_none_or(|limit| match taken.direction {
            Direction::Buy => price <= limit,
            Direction::Sell => price >= limit,
        });
        let fill_type = FillType::Lob;
        passes.then_some(Offer { leg, rank, limit: price, free, fill_type, pool_price: price.into() })
    }

    /// The next level that a pair with an order of the other token implies. It carries
    /// no fee f: the pool must be better with its fee.
    fn implied(&self, rank: usize) -> Option<Offer> {
        let Taker { leg: taken, user, limit, .. } = *self.taker;
        if limit.is_some() || !self.terms.params.cm_enabled {
            return None;
        }
        let leg = taken.paired();
        let (price, free) = self.resting.level(leg, rank, Who::Except(user))?;
        // All-in, a token costs 1/(1 − f_match/2) − S (brings 1/(1 + f_match/2) − S): in parts of a
        // micro-USDC, so that it is exact.
        let f_match = self.terms.params.f_match.0;
        let (parts, fill_type) = match leg.direction {
            Direction::Buy => (2 * RATE_ONE - f_match, FillType::Mint),
            Direction::Sell => (2 * RATE_ONE + f_match, FillType::Merge),
        };
        let all_in = Some(2 * RATE_ONE * MICRO - parts * i64::from(price.0)).filter(|&all_in| all_in > 0)?;
        let pool_price = self.terms.before_fee(leg.direction, all_in, parts);
        Some(Offer { leg, rank, limit: price, free, fill_type, pool_price })
    }
}
