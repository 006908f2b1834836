//! What a taker would get: resting orders, implied levels and the pool, best first (§5).
//!
//! A route only computes. Execution and `quote` use the same one; they differ in what
//! they know of the resting orders ([`Resting`]).

use crate::{
    amount::{MICRO, Price, RATE_ONE, Tokens, Usdc, saturate},
    auto_fill::{self, AutoFill},
    book::{Book, Share, Who},
    curve::{self, Trade},
    order::{Direction, Side, UserId},
    pool::Terms,
    public::PoolState,
    report::FillType,
};

/// What a route may know of the resting orders.
pub(crate) trait Resting {
    /// The `rank`-th best level of a ladder, and what it offers.
    fn level(&self, ladder: LadderId, rank: usize, who: Who) -> Option<(Price, Tokens)>;
    /// Splits a fill of a level over its orders.
    fn split(&self, ladder: LadderId, rank: usize, size: Tokens, who: Who, shares: &mut Vec<Share>);
}

/// One side and direction of one outcome's book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LadderId {
    pub(crate) outcome: usize,
    pub(crate) side: Side,
    pub(crate) direction: Direction,
}

/// The market's own books.
pub(crate) struct Books<'a>(pub(crate) &'a [Book]);

/// The position of the `rank`-th best price: bids from the top, asks from the bottom.
pub(crate) fn position(direction: Direction, len: usize, rank: usize) -> Option<usize> {
    match direction {
        Direction::Buy => len.checked_sub(rank + 1),
        Direction::Sell => (rank < len).then_some(rank),
    }
}

impl Resting for Books<'_> {
    fn level(&self, id: LadderId, rank: usize, who: Who) -> Option<(Price, Tokens)> {
        let ladder = self.0[id.outcome].ladder(id.side, id.direction);
        let pool = &ladder[position(id.direction, ladder.len(), rank)?];
        Some((pool.price, pool.available(who)))
    }

    fn split(&self, id: LadderId, rank: usize, size: Tokens, who: Who, shares: &mut Vec<Share>) {
        let ladder = self.0[id.outcome].ladder(id.side, id.direction);
        if let Some(position) = position(id.direction, ladder.len(), rank) {
            let pool = &ladder[position];
            pool.split(size, pool.available(who), who, shares);
        }
    }
}

/// What a taker asks for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Taker {
    pub(crate) user: UserId,
    pub(crate) outcome: usize,
    pub(crate) side: Side,
    pub(crate) direction: Direction,
    pub(crate) size: Tokens,
    /// A limit order takes nothing worse; a market order takes all of its size.
    pub(crate) limit: Option<Price>,
    /// D₀.
    pub(crate) done: Tokens,
}

impl Taker {
    pub(crate) fn place(&self) -> (usize, Side, Direction) {
        (self.outcome, self.side, self.direction)
    }
}

/// A level of the book on a route.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Part {
    pub(crate) fill_type: FillType,
    pub(crate) ladder: LadderId,
    /// The resting orders' limit.
    pub(crate) price: Price,
    pub(crate) size: Tokens,
    /// What the taker pays or gets, without the fee.
    pub(crate) value: Usdc,
    pub(crate) fee: Usdc,
    /// Which of the route's shares are its.
    pub(crate) shares: (usize, usize),
}

/// What a taker would get, and the pools afterwards. Reused from order to order.
#[derive(Debug, Default)]
pub(crate) struct Route {
    pub(crate) parts: Vec<Part>,
    pub(crate) shares: Vec<Share>,
    pub(crate) pool: Option<Trade>,
    pub(crate) pool_fee: Usdc,
    pub(crate) auto_fills: Vec<AutoFill>,
    pub(crate) refund: Usdc,
    pub(crate) filled: Tokens,
    /// What the taker pays or gets, without fees and refund.
    pub(crate) value: Usdc,
    pub(crate) fee: Usdc,
    /// The pools after the route, auto-fills included.
    pub(crate) pools: Vec<PoolState>,
    /// Whether the pool's part exceeds what a pool can buy back.
    pub(crate) exhausted: bool,
    /// Room for sharing an amount among the orders of a level.
    pub(crate) apportioned: Vec<Share>,
}

impl Route {
    fn clear(&mut self, pools: &[PoolState]) {
        self.parts.clear();
        self.shares.clear();
        self.auto_fills.clear();
        self.pool = None;
        self.exhausted = false;
        (self.pool_fee, self.refund, self.value, self.fee) = (Usdc::ZERO, Usdc::ZERO, Usdc::ZERO, Usdc::ZERO);
        self.filled = Tokens::ZERO;
        self.pools.clear();
        self.pools.extend_from_slice(pools);
    }

    /// Average price with refunds taken off, without the fee f.
    pub(crate) fn average(&self) -> f64 {
        (self.value - self.refund).0 as f64 / self.filled.0 as f64
    }
}

/// A level that competes with the pool.
#[derive(Clone, Copy)]
struct Candidate {
    ladder: LadderId,
    rank: usize,
    limit: Price,
    free: Tokens,
    fill_type: FillType,
    /// The pool is better up to this marginal price.
    pool_price: f64,
}

/// Computes the route of `taker`.
pub(crate) fn plan(terms: &Terms<'_>, pools: &[PoolState], resting: &impl Resting, taker: &Taker, route: &mut Route) {
    route.clear(pools);
    let mut levels = Levels::new(terms, resting, taker);
    let (mut from_levels, mut from_pool) = (Tokens::ZERO, Tokens::ZERO);
    let left = |from_levels: Tokens, from_pool: Tokens| taker.size - from_levels - from_pool;
    let depth = |price: f64, at_most| curve::depth(terms, pools, taker.place(), taker.done, price, at_most);
    while left(from_levels, from_pool).0 > 0
        && let Some(level) = levels.next()
    {
        from_pool = from_pool.max(depth(level.pool_price, taker.size - from_levels));
        let size = left(from_levels, from_pool).min(level.free);
        if size.0 <= 0 {
            continue;
        }
        from_levels += size;
        take_level(terms, resting, taker, &level, size, route);
    }
    from_pool = match taker.limit {
        Some(limit) => from_pool.max(depth(limit.as_f64(), taker.size - from_levels)),
        None => taker.size - from_levels,
    };
    route.filled = from_levels + from_pool;
    take_pool(terms, pools, taker, from_pool, route);
    if let Some(trade) = route.pool
        && terms.params.af_enabled
    {
        auto_fill::plan(terms, pools, resting, &trade, route);
    }
}

fn take_level(
    terms: &Terms<'_>,
    resting: &impl Resting,
    taker: &Taker,
    level: &Candidate,
    size: Tokens,
    route: &mut Route,
) {
    let start = route.shares.len();
    resting.split(level.ladder, level.rank, size, Who::Except(taker.user), &mut route.shares);
    let shares = &route.shares[start..];
    let each = |share: &Share| share_value(terms, level.fill_type, taker.direction, level.limit, share.size);
    let value = shares.iter().map(each).sum();
    let fee = shares.iter().map(|share| share_fee(terms, level.fill_type, each(share))).sum();
    let shares = (start, route.shares.len());
    let Candidate { ladder, limit: price, fill_type, .. } = *level;
    route.parts.push(Part { fill_type, ladder, price, size, value, fee, shares });
    route.value += value;
    route.fee += fee;
}

fn take_pool(terms: &Terms<'_>, pools: &[PoolState], taker: &Taker, size: Tokens, route: &mut Route) {
    if size.0 <= 0 {
        return;
    }
    if taker.direction == Direction::Sell && size >= pools[taker.outcome].supply(taker.side) {
        route.exhausted = true;
        return;
    }
    let trade = curve::solve(terms, pools, taker.place(), size, taker.done);
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
    Usdc(saturate(-(-i128::from(size.0) * numerator).div_euclid(net * i128::from(MICRO))))
}

/// A YES sale against a NO ask at S brings 1/(1 + f_match/2) − S a token; rounded down.
fn implied_proceeds(terms: &Terms<'_>, limit: Price, size: Tokens) -> Usdc {
    let (one, f_match) = (i128::from(2 * RATE_ONE), i128::from(terms.params.f_match.0));
    let gross = one + f_match;
    let numerator = one * i128::from(MICRO) - i128::from(limit.0) * gross;
    Usdc(saturate((i128::from(size.0) * numerator).div_euclid(gross * i128::from(MICRO))))
}

/// The levels that a taker may take, best all-in price first.
struct Levels<'a, R> {
    terms: &'a Terms<'a>,
    resting: &'a R,
    taker: &'a Taker,
    /// The best level not yet taken of either kind.
    direct: Option<Candidate>,
    implied: Option<Candidate>,
}

impl<'a, R: Resting> Levels<'a, R> {
    fn new(terms: &'a Terms<'a>, resting: &'a R, taker: &'a Taker) -> Self {
        let mut levels = Self { terms, resting, taker, direct: None, implied: None };
        levels.direct = levels.direct(0);
        levels.implied = levels.implied(0);
        levels
    }

    fn next(&mut self) -> Option<Candidate> {
        let take_direct = match (&self.direct, &self.implied) {
            (Some(direct), Some(implied)) => match self.taker.direction {
                Direction::Buy => direct.pool_price <= implied.pool_price,
                Direction::Sell => direct.pool_price >= implied.pool_price,
            },
            (direct, _) => direct.is_some(),
        };
        if take_direct {
            let level = self.direct?;
            self.direct = self.direct(level.rank + 1);
            return Some(level);
        }
        let level = self.implied?;
        self.implied = self.implied(level.rank + 1);
        Some(level)
    }

    /// The next level of the same token's opposite orders, which carries the same fee as
    /// the pool: compared without it.
    fn direct(&self, rank: usize) -> Option<Candidate> {
        let Taker { outcome, side, direction, user, limit, .. } = *self.taker;
        let ladder = LadderId { outcome, side, direction: direction.opposite() };
        let (price, free) = self.resting.level(ladder, rank, Who::Except(user))?;
        let passes = limit.is_none_or(|limit| match direction {
            Direction::Buy => price <= limit,
            Direction::Sell => price >= limit,
        });
        let fill_type = FillType::Lob;
        passes.then_some(Candidate { ladder, rank, limit: price, free, fill_type, pool_price: price.as_f64() })
    }

    /// The next level that a pair with an order of the other token implies. It carries
    /// no fee f: the pool must be better with its fee.
    fn implied(&self, rank: usize) -> Option<Candidate> {
        let Taker { outcome, side, direction, user, limit, .. } = *self.taker;
        if limit.is_some() || !self.terms.params.cm_enabled {
            return None;
        }
        let ladder = LadderId { outcome, side: side.other(), direction };
        let (price, free) = self.resting.level(ladder, rank, Who::Except(user))?;
        // All-in, a token costs 1/(1 − f_match/2) − S (brings 1/(1 + f_match/2) − S): in parts of a
        // micro-USDC, so that it is exact.
        let f_match = self.terms.params.f_match.0.unsigned_abs();
        let (parts, fill_type) = match direction {
            Direction::Buy => (2 * RATE_ONE.unsigned_abs() - f_match, FillType::Mint),
            Direction::Sell => (2 * RATE_ONE.unsigned_abs() + f_match, FillType::Merge),
        };
        let pair = 2 * (RATE_ONE * MICRO).unsigned_abs();
        let all_in = pair.checked_sub(parts * u64::from(price.0)).filter(|&all_in| all_in > 0)?;
        let pool_price = self.terms.before_fee(direction, all_in, parts);
        Some(Candidate { ladder, rank, limit: price, free, fill_type, pool_price })
    }
}
