//! The engine on the last state: what an order would get, before it is sent.

use outcry_engine::{
    Direction, Order, OrderId, OrderKind, OwnView, PublicMarket, Quote, Rate, RejectReason, SIZE_MAX, SIZE_MIN, Tokens,
    Usdc, UserId,
    amount::{AMOUNT_MAX, MICRO, RATE_ONE},
    quote,
};
use outcry_shared::{message::NewOrder, phase::Clock};
use serde::Serialize;

/// An order with what it would get.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Preview {
    /// The order as the engine was asked.
    pub order: Order,
    /// What the engine says.
    pub quote: Quote,
}

/// The session time a quote is made for: that of the next tick, or the last known.
#[must_use]
pub fn quote_ms(clock: &Clock) -> u64 {
    clock.next_tick_ms.max(clock.now_ms)
}

/// An order as the engine takes it, from one as it is sent.
#[must_use]
pub fn order(new: &NewOrder, user: UserId, now_ms: u64) -> Order {
    Order {
        id: OrderId(u64::MAX),
        user,
        outcome: new.outcome,
        side: new.side,
        direction: new.direction,
        kind: new.kind,
        size: new.size,
        ts_ms: now_ms,
    }
}

/// What the engine would do with this order now, after `waiting`, one's own orders for the same tick. No promise:
/// other people's orders may come first.
#[must_use]
pub fn run(market: &PublicMarket, own: &OwnView, waiting: &[Order], order: Order, now_ms: u64) -> Preview {
    let quote = quote(market, own, waiting, &order, now_ms);
    Preview { order, quote }
}

/// The largest size whose total is within `money`: what a purchase by money buys. Whatever
/// slippage it has is not looked at here, so that the answer says what it would be.
#[must_use]
pub fn size_for_money(
    market: &PublicMarket,
    own: &OwnView,
    waiting: &[Order],
    order: &Order,
    money: Usdc,
    now_ms: u64,
) -> Tokens {
    let mut order = order.clone();
    if let OrderKind::Market { max_slippage } = &mut order.kind {
        *max_slippage = Rate(RATE_ONE * 1_000);
    }
    let rich = OwnView { balance: Usdc(AMOUNT_MAX / 2), ..own.clone() };
    largest(market, &rich, waiting, &order, money, now_ms)
}

/// The largest size that passes with the slippage allowed and the money that is there after what waits.
#[must_use]
pub fn max_size(market: &PublicMarket, own: &OwnView, waiting: &[Order], order: &Order, now_ms: u64) -> Tokens {
    if order.direction == Direction::Sell {
        return max_sale(market, own, waiting, order, now_ms);
    }
    largest(market, own, waiting, order, own.balance, now_ms)
}

/// All that is held, or as much of it as the engine says would pass.
fn max_sale(market: &PublicMarket, own: &OwnView, waiting: &[Order], order: &Order, now_ms: u64) -> Tokens {
    let size = own.free.get(order.outcome.index()).map_or(Tokens::ZERO, |free| free[order.side.index()]);
    if size == Tokens::ZERO {
        return size;
    }
    let quote = quote(market, own, waiting, &Order { size, ..order.clone() }, now_ms);
    match (quote.reject, quote.nearest) {
        (None, _) => size,
        (Some(_), Some(nearest)) => Tokens(nearest.size.0 / SIZE_MIN.0 * SIZE_MIN.0).min(size),
        (Some(_), None) => Tokens::ZERO,
    }
}

/// Bisection over the total, which grows with the size, in whole multiples of the smallest order. It starts from what
/// the money would buy at the pool's price or the limit, and doubles that while it passes: the book may sell for far less.
fn largest(market: &PublicMarket, own: &OwnView, waiting: &[Order], order: &Order, money: Usdc, now_ms: u64) -> Tokens {
    let fits = |steps: i64| {
        let order = Order { size: Tokens(steps * SIZE_MIN.0), ..order.clone() };
        let quote = quote(market, own, waiting, &order, now_ms);
        quote.reject.is_none() && quote.total <= money
    };
    let spot = (market.spot(order.outcome, order.side) * MICRO as f64) as i64;
    let price = match order.kind {
        OrderKind::Market { .. } => spot,
        OrderKind::Limit { price, .. } => spot.min(i64::from(price.0)),
    };
    let steps = i128::from(money.0.max(0)) * i128::from(MICRO) / i128::from(price.max(1)) / i128::from(SIZE_MIN.0);
    let most = SIZE_MAX.0 / SIZE_MIN.0;
    let (mut low, mut high) = (0, i64::try_from(steps).unwrap_or(most).min(most) + 1);
    while high <= most && fits(high) {
        (low, high) = (high, high.saturating_mul(2));
    }
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if fits(middle) { low = middle } else { high = middle }
    }
    Tokens(low * SIZE_MIN.0)
}

/// A change of the order that makes it pass.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub enum Repair {
    /// The most money that passes, of a purchase that counts money.
    Money(Usdc),
    /// The largest size that passes.
    Size(Tokens),
    /// The least maximum slippage that passes, in whole tenths of a percent.
    Slippage(Rate),
    /// The nearest limit price that is allowed.
    Limit(outcry_engine::Price),
}

/// Slippage is allowed in steps of this much, a tenth of a percent.
const SLIPPAGE_STEP: i64 = RATE_ONE / 1_000;

/// What would make a refused order pass, best first.
#[must_use]
pub fn repairs(preview: &Preview) -> Vec<Repair> {
    let Some(reason) = &preview.quote.reject else { return vec![] };
    let mut repairs = Vec::new();
    match reason {
        RejectReason::Slippage { size, .. } => {
            repairs.extend(usable(*size));
            let needed = (preview.quote.slippage.0 + SLIPPAGE_STEP - 1) / SLIPPAGE_STEP * SLIPPAGE_STEP;
            if needed <= RATE_ONE {
                repairs.push(Repair::Slippage(Rate(needed)));
            }
        }
        RejectReason::Funds { size, .. }
        | RejectReason::NoProceeds { size }
        | RejectReason::NeverPaysBack { size, .. }
        | RejectReason::Insolvent { size } => repairs.extend(usable(*size)),
        // All that is held may be sold, however little it is.
        RejectReason::InsufficientTokens { held } if *held < SIZE_MIN => {
            repairs.extend((held.0 > 0).then_some(Repair::Size(*held)));
        }
        RejectReason::InsufficientTokens { held } => repairs.extend(usable(*held)),
        RejectReason::BadLimit { nearest, .. } => repairs.push(Repair::Limit(*nearest)),
        _ => {}
    }
    repairs
}

fn usable(size: Tokens) -> Option<Repair> {
    let size = Tokens(size.0 / SIZE_MIN.0 * SIZE_MIN.0);
    (size >= SIZE_MIN).then_some(Repair::Size(size))
}
