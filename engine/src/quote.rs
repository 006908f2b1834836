//! What an order would get, by the route of execution itself (§5), from what is public: what a
//! preview shows is what the tick would do.

use crate::{
    ahead::Ahead,
    amount::{Price, Rate, Tokens, Usdc},
    check::{self, Bounds, Means},
    fill::FillType,
    levels::{Taker, Venue},
    order::{Direction, Order, Side},
    pool::{PoolState, Terms},
    public::{OwnView, PublicBooks, PublicMarket},
    reason::RejectReason,
    route::{self, Route, Total},
    trial::Trial,
    ways::Ways,
};
use serde::{Deserialize, Serialize};

/// One part of a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuotePart {
    /// Pool, resting order or matched pair.
    pub fill_type: FillType,
    /// Average price of the part, without the fee.
    pub price: Price,
    /// Tokens of the part.
    pub size: Tokens,
    /// What the part costs or brings, without the fee.
    pub value: Usdc,
    /// The fee on the part.
    pub fee: Usdc,
}

/// What an order would get in a tick that ran now with nothing else in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quote {
    /// How it would be filled, best first. What is left of a limit order rests.
    pub parts: Vec<QuotePart>,
    /// Tokens filled at once.
    pub filled: Tokens,
    /// Tokens that would rest.
    pub rests: Tokens,
    /// Escrow for what rests, of a buy.
    pub escrow: Usdc,
    /// Average price without fees; `None` when nothing fills at once.
    pub average: Option<Price>,
    /// The worst price reached: the marginal price of the last token.
    pub worst: Option<Price>,
    /// The pool's price that it meets, 0 to 1: after one's own orders that the tick takes first.
    pub spot: f64,
    /// How much worse the average is than [`Self::spot`], as a fraction of it.
    pub slippage: Rate,
    /// All fees, without gas.
    pub fee: Usdc,
    /// Gas of the submission.
    pub gas: Usdc,
    /// Penalty refund expected from auto-fills (§6), already in `total`.
    pub refund: Usdc,
    /// Buy: all that leaves the balance at once (cost, fee, escrow, gas). Sell: what
    /// arrives, fees and gas taken off.
    pub total: Usdc,
    /// YES and NO spot of every outcome after it, 0 to 1.
    pub spots_after: Vec<[f64; 2]>,
    /// Why it would be rejected, and what would pass.
    pub reject: Option<RejectReason>,
    /// The nearest order that would pass, if this one would not.
    pub nearest: Option<Order>,
}

/// What `order` would get at session time `now_ms`, by the route of execution itself. `waiting` are one's
/// own orders that wait for the same tick: those that it takes first count with what they trade,
/// pay and add to D₀. Matches of orders that rest with those of the other token (§5.4) are not foreseen.
#[must_use]
pub fn quote(market: &PublicMarket, own: &OwnView, waiting: &[Order], order: &Order, now_ms: u64) -> Quote {
    let mut ahead = Ahead::new(market, own);
    let gas = ahead.charge_gas(waiting);
    ahead.re_route(now_ms);
    for first in Ahead::of(waiting, order) {
        ahead.take(first, now_ms);
    }
    quote_after(&ahead, gas, order, now_ms)
}

/// The same where the market and one's account are those that the order meets, its gas charged.
fn quote_after(ahead: &Ahead, gas: Usdc, order: &Order, now_ms: u64) -> Quote {
    let mut quote = judged(ahead, gas, order, now_ms);
    let why = |order: &Order| judged(ahead, gas, order, now_ms).reject;
    quote.nearest = quote.reject.as_ref().and_then(|reason| {
        let held = ahead.held_at_start(order.leg());
        reason.nearest(order, held, why)
    });
    quote
}

/// All but what would pass instead.
fn judged(ahead: &Ahead, gas: Usdc, order: &Order, now_ms: u64) -> Quote {
    let Ahead { market, own, .. } = ahead;
    let (pools, terms, done) = (market.pools(), market.terms(now_ms), ahead.done(order.leg()));
    if let Err(reason) = ahead.admit(order) {
        return Quote { reject: Some(reason), ..empty(&terms, &pools, order, gas) };
    }
    let (limit, max_slippage) = order.kind.bounds();
    let taker = Taker { user: order.user, leg: order.leg(), size: order.size, limit, done };
    let means = Means { balance: own.balance, held: own.held(order.leg()) };
    let venue = Venue { terms: &terms, pools: &pools, resting: &PublicBooks { market, own: &own.orders } };
    let bounds = Bounds { terms: &terms, pools: &pools, max_slippage, means };
    let trial = Trial { venue, taker, bounds, own: &[] };
    let mut route = Route::default();
    let verdict = trial.run(&mut Ways::default(), &mut route);
    if verdict.is_err() {
        // Refused without a whole plan, or without any; the figures are told all the same.
        route::plan(&trial.venue, &taker, || true, &mut route);
    }
    Quote { reject: verdict.err(), ..describe(&terms, &pools, &taker, &route, gas) }
}

fn empty(terms: &Terms<'_>, pools: &[PoolState], order: &Order, gas: Usdc) -> Quote {
    Quote {
        parts: Vec::new(),
        filled: Tokens::ZERO,
        rests: order.size,
        escrow: Usdc::ZERO,
        average: None,
        worst: None,
        spot: pools.get(order.outcome.index()).map_or(0.0, |pool| pool.price(order.side, terms.params)),
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

/// The route in figures.
fn describe(terms: &Terms<'_>, pools: &[PoolState], taker: &Taker, route: &Route, gas: Usdc) -> Quote {
    let (refund, Total { filled, value, fee, .. }) = (route.refund(), route.total);
    let (net, escrow) = (route.total.net(refund), route.total.escrow(taker));
    let total = match taker.leg.direction {
        Direction::Buy => net + fee + escrow + gas,
        Direction::Sell => value - fee - gas,
    };
    Quote {
        parts: parts(terms, route),
        filled,
        rests: taker.size - filled,
        escrow,
        average: (filled.0 > 0).then(|| Price::average(net, filled)),
        worst: worst(taker, route),
        spot: pools[taker.leg.outcome.index()].price(taker.leg.side, terms.params),
        slippage: check::slippage(terms, pools, taker, filled, net),
        fee,
        gas,
        refund,
        total,
        spots_after: spots(terms, &route.pools),
        reject: None,
        nearest: None,
    }
}

fn parts(terms: &Terms<'_>, route: &Route) -> Vec<QuotePart> {
    let part = |fill_type, size: Tokens, value: Usdc, fee| {
        let price = Price::average(value, size);
        QuotePart { fill_type, price, size, value, fee }
    };
    let levels = route.parts.iter().map(|level| part(level.fill_type, level.size, level.value, level.fee));
    let trade = route.total.pool.iter();
    let pool = trade.map(|trade| part(FillType::Amm, trade.size, trade.value, terms.pool_fee(trade.value)));
    levels.chain(pool).collect()
}

/// The worst price reached: of the levels, and the pool's price of the last token.
fn worst(taker: &Taker, route: &Route) -> Option<Price> {
    let levels = route.parts.iter().map(|part| part.value.0 as f64 / part.size.0 as f64);
    let pool = route.total.pool.iter().map(|trade| trade.marginal.max(0.0));
    let prices = levels.chain(pool);
    let worst = match taker.leg.direction {
        Direction::Buy => prices.reduce(f64::max),
        Direction::Sell => prices.reduce(f64::min),
    };
    Price::nearest(worst?)
}
