//! What an order would get, by the route of execution itself (§5).

use crate::{
    amount::{Price, Rate, Tokens, Usdc},
    book::{Share, Who},
    check::{self, Means, Trial, to_price, to_rate},
    order::{Direction, Order, OrderKind, Side},
    pool::Terms,
    public::{Level, OwnOrder, OwnView, PoolState, PublicMarket, Quote, QuotePart},
    report::{FillType, RejectReason},
    route::{LadderId, Resting, Route, Taker, position},
};

/// The resting orders as everyone sees them, one's own apart.
struct PublicBooks<'a> {
    market: &'a PublicMarket,
    own: &'a [OwnOrder],
}

impl PublicBooks<'_> {
    fn level(&self, id: LadderId, rank: usize) -> Option<&Level> {
        let levels = &self.market.outcomes.get(id.outcome)?.levels;
        let key = |level: &Level| (level.side, level.direction);
        let wanted = (id.side, id.direction);
        let start = levels.partition_point(|level| key(level) < wanted);
        let len = levels[start..].partition_point(|level| key(level) == wanted);
        Some(&levels[start + position(id.direction, len, rank)?])
    }

    fn own_volume(&self, id: LadderId, price: Price) -> Tokens {
        let here = |order: &&OwnOrder| {
            let ladder = (order.outcome.index(), order.side, order.direction);
            ladder == (id.outcome, id.side, id.direction) && order.price == price
        };
        self.own.iter().filter(here).map(|order| order.remaining).sum()
    }
}

impl Resting for PublicBooks<'_> {
    fn level(&self, id: LadderId, rank: usize, who: Who) -> Option<(Price, Tokens)> {
        let level = self.level(id, rank)?;
        let volume = match who {
            Who::Everyone => level.total,
            Who::OptIn => level.opt_in,
            Who::Except(_) => level.total - self.own_volume(id, level.price),
        };
        Some((level.price, volume))
    }

    /// Who gets which part is not public: the fill of a level counts as one, which can
    /// differ by the rounding of a micro per order.
    fn split(&self, id: LadderId, rank: usize, size: Tokens, _who: Who, shares: &mut Vec<Share>) {
        let Some(level) = self.level(id, rank) else { return };
        let cash = match id.direction {
            Direction::Buy => level.price.cost(size),
            Direction::Sell => level.price.proceeds(size),
        };
        shares.push(Share { index: 0, size, cash });
    }
}

/// What `order` would get at session time `now_ms`, by the route of execution itself.
#[must_use]
pub fn quote(market: &PublicMarket, own: &OwnView, order: &Order, now_ms: u64) -> Quote {
    let pools: Vec<PoolState> = market.outcomes.iter().map(|outcome| outcome.pool).collect();
    let rates = market.params.rates_at(now_ms, (market.segment_start_ms, market.segment_end_ms));
    let active = pools.iter().filter(|pool| pool.active).count();
    let terms = Terms::new(&market.params, rates, active);
    let gas = market.params.gas_fee.min(own.balance);
    if let Err(reason) = check::form(&market.params, &pools, order) {
        let nearest = nearest(order, &reason);
        return Quote { reject: Some(reason), nearest, ..empty(&terms, &pools, order, gas) };
    }
    let held = own.free.get(order.outcome.index()).map_or(Tokens::ZERO, |free| free[order.side.index()]);
    let (limit, max_slippage) = match order.kind {
        OrderKind::Market { max_slippage } => (None, Some(max_slippage)),
        OrderKind::Limit { price, .. } => (Some(price), None),
    };
    let taker = Taker {
        user: order.user,
        outcome: order.outcome.index(),
        side: order.side,
        direction: order.direction,
        size: order.size,
        limit,
        done: Tokens::ZERO,
    };
    let means = Means { balance: own.balance - gas, held };
    let resting = &PublicBooks { market, own: &own.orders };
    let trial = Trial { terms: &terms, pools: &pools, resting, taker, max_slippage, means };
    let mut route = Route::default();
    let verdict = trial.run(&mut route);
    let mut quote = describe(&terms, &pools, &taker, &mut route, resting, gas);
    if let Err(reason) = verdict {
        quote.nearest = nearest(order, &reason);
        quote.reject = Some(reason);
    }
    quote
}

fn empty(terms: &Terms<'_>, pools: &[PoolState], order: &Order, gas: Usdc) -> Quote {
    Quote {
        parts: Vec::new(),
        filled: Tokens::ZERO,
        rests: order.size,
        escrow: Usdc::ZERO,
        average: None,
        worst: None,
        slippage: Rate::ZERO,
        fee: Usdc::ZERO,
        gas,
        refund: Usdc::ZERO,
        total: gas,
        spots_after: spots(terms, pools),
        reject: None,
        nearest: None,
    }
}

fn spots(terms: &Terms<'_>, pools: &[PoolState]) -> Vec<[f64; 2]> {
    pools.iter().map(|pool| Side::BOTH.map(|side| pool.price(side, terms.params))).collect()
}

/// The route in figures; planned anew, since the search for a size that passes does not
/// leave one for an order that sells more than is held.
fn describe(
    terms: &Terms<'_>,
    pools: &[PoolState],
    taker: &Taker,
    route: &mut Route,
    resting: &PublicBooks<'_>,
    gas: Usdc,
) -> Quote {
    crate::route::plan(terms, pools, resting, taker, route);
    let escrow = check::escrow(taker, route);
    let total = match taker.direction {
        Direction::Buy => route.value + route.fee + escrow + gas - route.refund,
        Direction::Sell => route.value - route.fee - gas,
    };
    Quote {
        parts: parts(route),
        filled: route.filled,
        rests: taker.size - route.filled,
        escrow,
        average: if route.filled.0 > 0 { to_price(route.average()) } else { None },
        worst: worst(taker, route),
        slippage: to_rate(check::slippage(terms, pools, taker, route)),
        fee: route.fee,
        gas,
        refund: route.refund,
        total,
        spots_after: spots(terms, &route.pools),
        reject: None,
        nearest: None,
    }
}

fn parts(route: &Route) -> Vec<QuotePart> {
    let part = |fill_type, size: Tokens, value: Usdc, fee| {
        let price = to_price(value.0 as f64 / size.0 as f64).unwrap_or(Price(u32::MAX));
        QuotePart { fill_type, price, size, value, fee }
    };
    let levels = route.parts.iter().map(|level| part(level.fill_type, level.size, level.value, level.fee));
    let pool = route.pool.iter().map(|trade| part(FillType::Amm, trade.size, trade.value, route.pool_fee));
    levels.chain(pool).collect()
}

/// The worst price reached: of the levels, and the pool's price of the last token.
fn worst(taker: &Taker, route: &Route) -> Option<Price> {
    let levels = route.parts.iter().map(|part| part.value.0 as f64 / part.size.0 as f64);
    let pool = route.pool.iter().map(|trade| trade.marginal.max(0.0));
    let prices = levels.chain(pool);
    let worst = match taker.direction {
        Direction::Buy => prices.reduce(f64::max),
        Direction::Sell => prices.reduce(f64::min),
    };
    to_price(worst?)
}

/// The nearest order that would pass, if the reason names one.
fn nearest(order: &Order, reason: &RejectReason) -> Option<Order> {
    let with_size = |size: Tokens| (size >= check::SIZE_MIN).then(|| Order { size, ..order.clone() });
    match *reason {
        RejectReason::Slippage { size, .. }
        | RejectReason::Funds { size, .. }
        | RejectReason::NoProceeds { size }
        | RejectReason::NeverPaysBack { size, .. } => with_size(size),
        RejectReason::InsufficientTokens { held } => with_size(held),
        RejectReason::BadSize { size } => with_size(size.clamp(check::SIZE_MIN, check::SIZE_MAX)),
        RejectReason::BadLimit { nearest: price, .. } => match order.kind {
            OrderKind::Limit { af_opt_in, .. } => {
                Some(Order { kind: OrderKind::Limit { price, af_opt_in }, ..order.clone() })
            }
            OrderKind::Market { .. } => None,
        },
        _ => None,
    }
}
