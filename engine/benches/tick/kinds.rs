//! What one order of each kind costs, in a tick of a hundred such orders.

use crate::{median, timed};
use outcry_engine::{
    Direction, Input, Market, Order, OrderId, OrderKind, OutcomeId, Params, Price, Rate, Side, Tokens, Usdc, UserId,
};

/// Orders of a kind in a tick, and how often the tick is repeated.
const ORDERS: u64 = 100;
const REPEATS: usize = 200;

/// How each kind is brought about: what rests before, and what is sent.
struct Kind {
    name: &'static str,
    rests: Option<(u8, Side, Direction, u32, bool)>,
    sent: (Side, Direction, Option<u32>),
}

#[rustfmt::skip]
const KINDS: [Kind; 5] = [
    Kind { name: "pool trade", rests: None, sent: (Side::Yes, Direction::Buy, None) },
    Kind { name: "resting match", rests: Some((0, Side::Yes, Direction::Sell, 500_000, false)), sent: (Side::Yes, Direction::Buy, None) },
    Kind { name: "implied match", rests: Some((0, Side::No, Direction::Buy, 500_000, false)), sent: (Side::Yes, Direction::Buy, None) },
    Kind { name: "limit order placed", rests: None, sent: (Side::Yes, Direction::Buy, Some(300_000)) },
    Kind { name: "auto-fill trigger", rests: Some((1, Side::Yes, Direction::Buy, 500_000, true)), sent: (Side::Yes, Direction::Buy, None) },
];

/// Every kind with its median time in µs; a cancel last.
pub(crate) fn all() -> Vec<(&'static str, f64)> {
    let mut times: Vec<(&'static str, f64)> = KINDS.iter().map(|kind| (kind.name, per_order(kind))).collect();
    times.push(("cancel", per_cancel()));
    times
}

fn open() -> Market {
    let mut market = Market::new(Params::default()).unwrap();
    for user in 0..3 {
        market.apply(&Input::Join { user: UserId(user), deposit: Usdc::whole(10_000_000) }).unwrap();
        market.endow(UserId(user), OutcomeId(0), Tokens::whole(1_000_000)).unwrap();
    }
    market
}

fn order(
    id: u64,
    user: u32,
    outcome: u8,
    (side, direction): (Side, Direction),
    kind: OrderKind,
    size: Tokens,
) -> Order {
    let (id, user, outcome) = (OrderId(id), UserId(user), OutcomeId(outcome));
    Order { id, user, outcome, side, direction, kind, size, ts_ms: 0 }
}

fn tick(now_ms: u64, orders: Vec<Order>) -> Input {
    Input::Orders { now_ms, orders }
}

/// Before the measured tick, what rests is placed while the pool's price passes it by.
fn prepared(kind: &Kind) -> Market {
    let mut market = open();
    let Some((outcome, side, direction, price, af_opt_in)) = kind.rests else { return market };
    let limit = OrderKind::Limit { price: Price(price), af_opt_in };
    let size = Tokens::whole(100_000);
    market.apply(&tick(0, vec![order(1, 0, outcome, (side, direction), limit, size)])).unwrap();
    market
}

fn per_order(kind: &Kind) -> f64 {
    let start = prepared(kind);
    let (side, direction, limit) = kind.sent;
    let sent = limit.map_or(OrderKind::Market { max_slippage: Rate(i64::MAX) }, |price| OrderKind::Limit {
        price: Price(price),
        af_opt_in: false,
    });
    let orders = (2..2 + ORDERS).map(|id| order(id, 1 + (id % 2) as u32, 0, (side, direction), sent, Tokens::whole(1)));
    let input = tick(1_000, orders.collect());
    let times: Vec<f64> = (0..REPEATS)
        .map(|_| {
            let mut market = start.clone();
            timed(|| market.apply(&input).unwrap()).1
        })
        .collect();
    median(&times) / ORDERS as f64
}

fn per_cancel() -> f64 {
    let limit = OrderKind::Limit { price: Price(300_000), af_opt_in: false };
    let place = |id| order(id, 1, 0, (Side::Yes, Direction::Buy), limit, Tokens::whole(1));
    let mut start = open();
    start.apply(&tick(0, (1..=ORDERS).map(place).collect())).unwrap();
    let times: Vec<f64> = (0..REPEATS)
        .map(|_| {
            let mut market = start.clone();
            let cancel = |id| Input::Cancel { user: UserId(1), order: OrderId(id), now_ms: 1 };
            timed(|| (1..=ORDERS).for_each(|id| drop(market.apply(&cancel(id))))).1
        })
        .collect();
    median(&times) / ORDERS as f64
}
