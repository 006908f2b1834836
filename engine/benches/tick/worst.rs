//! P11: ticks full of orders that are refused as dearly as can be, beside an ordinary tick: a rejection
//! costs a small multiple of a fill, whatever its size, its reason and what its account holds.

use crate::{
    clock::{median, timed},
    work::Work,
};
use outcry_engine::{
    Direction, Event, Input, Market, Order, OrderId, OrderKind, OrderStatus, OutcomeId, Params, Price, Rate,
    RejectReason, Report, SIZE_MAX, SIZE_MIN, Side, Tokens, Usdc, UserId, amount::RATE_ONE, params::default_names,
};

/// As many orders as a tick admits.
const ORDERS: u64 = 4_000;
const OUTCOMES: u8 = 10;
/// Who rests on every level, who has a dollar, and who has all that the market can hold for one.
const MAKER: UserId = UserId(0);
const POOR: UserId = UserId(1);
const RICH: UserId = UserId(2);
/// Who left.
const CLOSED: UserId = UserId(3);
/// As rich, but each with an order of their own among the levels.
const OWNERS: std::ops::Range<u32> = 10..30;
/// Runs of a worst tick; the fastest counts.
const RUNS: usize = 3;
/// Ordinary ticks, and those before them.
const ORDINARY: usize = 200;
const WARM_UP: usize = 30;

/// A way to be refused. No two orders of a tick are the same.
struct Refused {
    name: &'static str,
    direction: Direction,
    /// The n-th order; what is left as it is buys or sells YES of the first outcome for the rich.
    order: fn(u64, Order) -> Order,
    reason: fn(&RejectReason) -> bool,
}

const fn market(max_slippage: i64) -> OrderKind {
    OrderKind::Market { max_slippage: Rate(max_slippage) }
}

const fn limit(price: u32) -> OrderKind {
    OrderKind::Limit { price: Price(price), af_opt_in: true }
}

/// Any price, and not twice the same.
const fn any_price(n: u64) -> OrderKind {
    market(1_000 * RATE_ONE + n as i64)
}

fn tokens(n: u64) -> Tokens {
    Tokens(Tokens::whole(100_000).0 + n as i64)
}

fn largest(n: u64) -> Tokens {
    Tokens(SIZE_MAX.0 - n as i64)
}

#[rustfmt::skip]
const REFUSED: [Refused; 20] = [
    Refused { name: "funds, 1 USDC for the largest size", direction: Direction::Buy, order: |n, order| Order { user: POOR, kind: any_price(n), size: largest(n), ..order }, reason: is_funds },
    Refused { name: "funds, 10⁶ USDC for the largest size", direction: Direction::Buy, order: |n, order| Order { kind: any_price(n), size: largest(n), ..order }, reason: is_dear },
    Refused { name: "funds, limit 0.99", direction: Direction::Buy, order: |n, order| Order { kind: limit(990_000), size: largest(n), ..order }, reason: is_funds },
    Refused { name: "funds, any limit", direction: Direction::Buy, order: |n, order| Order { kind: limit(510_000 + n as u32 % 480 * 1_000), size: largest(n), ..order }, reason: is_funds },
    Refused { name: "slippage 0", direction: Direction::Buy, order: |n, order| Order { kind: market(0), size: tokens(n), ..order }, reason: is_slippage },
    Refused { name: "slippage 5 %", direction: Direction::Buy, order: |n, order| Order { kind: market(50_000_000 + n as i64), size: tokens(n), ..order }, reason: is_slippage },
    Refused { name: "slippage 90 %", direction: Direction::Buy, order: |n, order| Order { kind: market(900_000_000 + n as i64), size: tokens(n), ..order }, reason: is_dear },
    Refused { name: "never pays back", direction: Direction::Buy, order: |n, order| Order { kind: any_price(n), size: tokens(n), ..order }, reason: is_dear },
    Refused { name: "funds, twenty with orders of their own", direction: Direction::Buy, order: |n, order| Order { user: owner(n), kind: any_price(n), size: largest(n), ..order }, reason: is_dear },
    Refused { name: "sale, tokens", direction: Direction::Sell, order: |n, order| Order { kind: any_price(n), size: largest(n), ..order }, reason: |reason| matches!(reason, RejectReason::InsufficientTokens { .. }) },
    Refused { name: "sale, proceeds", direction: Direction::Sell, order: |n, order| Order { kind: any_price(n), size: tokens(n), ..order }, reason: |reason| matches!(reason, RejectReason::NoProceeds { .. }) },
    Refused { name: "sale, slippage 0", direction: Direction::Sell, order: |n, order| Order { kind: market(0), size: Tokens(Tokens::whole(100).0 + n as i64), ..order }, reason: is_slippage },
    Refused { name: "sale, slippage 50 %", direction: Direction::Sell, order: |n, order| Order { kind: market(500_000_000 + n as i64), size: Tokens(Tokens::whole(1_000).0 + n as i64), ..order }, reason: |reason| is_slippage(reason) || matches!(reason, RejectReason::NoProceeds { .. }) },
    Refused { name: "size", direction: Direction::Buy, order: |n, order| Order { size: Tokens(-(n as i64)), ..order }, reason: |reason| matches!(reason, RejectReason::BadSize { .. }) },
    Refused { name: "limit off the grid", direction: Direction::Buy, order: |n, order| Order { kind: limit(1 + n as u32 * 1_000), ..order }, reason: |reason| matches!(reason, RejectReason::BadLimit { .. }) },
    Refused { name: "outcome", direction: Direction::Buy, order: |n, order| Order { outcome: OutcomeId(10 + (n % 200) as u8), ..order }, reason: |reason| matches!(reason, RejectReason::UnknownOutcome(_)) },
    Refused { name: "user", direction: Direction::Buy, order: |n, order| Order { user: UserId(1_000 + n as u32), ..order }, reason: |reason| matches!(reason, RejectReason::UnknownUser(_)) },
    Refused { name: "closed seat", direction: Direction::Buy, order: |_, order| Order { user: CLOSED, ..order }, reason: |reason| matches!(reason, RejectReason::SeatClosed) },
    Refused { name: "number taken", direction: Direction::Buy, order: |_, order| Order { id: OrderId(1), ..order }, reason: |reason| matches!(reason, RejectReason::DuplicateId(_)) },
    Refused { name: "frozen", direction: Direction::Buy, order: |_, order| order, reason: |reason| matches!(reason, RejectReason::Frozen) },
];

fn is_funds(reason: &RejectReason) -> bool {
    matches!(reason, RejectReason::Funds { .. })
}

fn is_slippage(reason: &RejectReason) -> bool {
    matches!(reason, RejectReason::Slippage { .. })
}

fn is_dear(reason: &RejectReason) -> bool {
    is_funds(reason) || is_slippage(reason) || matches!(reason, RejectReason::NeverPaysBack { .. })
}

fn owner(n: u64) -> UserId {
    UserId(OWNERS.start + n as u32 % OWNERS.len() as u32)
}

pub(crate) fn print() {
    let usual = ordinary();
    println!("P11 tick of 200 orders, N = {OUTCOMES}: {usual:.1} µs");
    let markets = Direction::BOTH.map(levels);
    let say = |name: &str, micros: f64| {
        println!("{name:<58} {micros:>12.1} µs, ÷ ordinary {:>8.1}", micros / usual);
        micros
    };
    let run = |refused: &Refused| {
        let micros = refused.run(&markets[refused.direction as usize]);
        (say(&format!("P11 {ORDERS} refused: {}", refused.name), micros), refused.name)
    };
    if let Some((micros, name)) = REFUSED.iter().map(run).max_by(|a, b| a.0.total_cmp(&b.0)) {
        say(&format!("P11 the worst: {name}"), micros);
    }
    let [mixed, accepted] = mixed(&markets[0]);
    let half = ORDERS / 2;
    say(&format!("P11 {half} accepted, alone"), accepted);
    say(&format!("P11 {half} accepted, {half} refused in turns: funds, 10⁶ USDC"), mixed);
}

/// The middle of some ordinary ticks.
fn ordinary() -> f64 {
    let mut work = Work::new(OUTCOMES);
    let mut times = Vec::new();
    for tick in 0..WARM_UP + ORDINARY {
        let input = work.tick(200);
        let (report, micros) = timed(|| work.market.apply(&input).unwrap());
        work.note(&report);
        times.extend((tick >= WARM_UP).then_some(micros));
    }
    median(&times)
}

/// A market whose first outcome has a level, of the smallest size, at every tick of its grid: of those
/// that a taker of YES meets.
fn levels(taker: Direction) -> Market {
    let mut params = Params { n_outcomes: OUTCOMES, outcome_names: default_names(OUTCOMES), ..Params::default() };
    params.tick_size = Price(1_000);
    params.q0 = params.q0_default();
    let spot = 500;
    let mut market = Market::new(params).unwrap();
    for (user, deposit) in [(MAKER, 100_000), (POOR, 1), (RICH, 1_000_000), (CLOSED, 1)] {
        market.apply(&Input::Join { user, deposit: Usdc::whole(deposit) }).unwrap();
    }
    for user in OWNERS.map(UserId) {
        market.apply(&Input::Join { user, deposit: Usdc::whole(1_000_000) }).unwrap();
        market.endow(user, OutcomeId(0), Tokens::whole(1)).unwrap();
    }
    market.apply(&Input::Close { user: CLOSED, now_ms: 0 }).unwrap();
    market.endow(MAKER, OutcomeId(0), Tokens::whole(1_000)).unwrap();
    market.endow(RICH, OutcomeId(0), Tokens::whole(1_000_000)).unwrap();
    let mut orders: Vec<Order> = Vec::new();
    for thousandths in 10..=990 {
        let (side, direction) = match (thousandths, taker) {
            (_, Direction::Buy) if thousandths > spot + 9 => (Side::Yes, Direction::Sell),
            (_, Direction::Buy) if thousandths < spot - 9 => (Side::No, Direction::Buy),
            (_, Direction::Sell) if thousandths > spot + 9 => (Side::No, Direction::Sell),
            (_, Direction::Sell) if thousandths < spot - 9 => (Side::Yes, Direction::Buy),
            _ => continue,
        };
        let (id, kind) = (orders.len() as u64 + 1, limit(thousandths * 1_000));
        let user = if thousandths % 24 == 0 && thousandths > spot { owner(id) } else { MAKER };
        orders.push(Order { id: OrderId(id), user, side, kind, size: SIZE_MIN, ..order(direction) });
    }
    market.apply(&Input::Orders { now_ms: 0, orders }).unwrap();
    assert_eq!(market.all_open_orders().len(), 962, "all of them rest");
    market
}

fn order(direction: Direction) -> Order {
    let (outcome, side, kind) = (OutcomeId(0), Side::Yes, any_price(0));
    Order { id: OrderId(0), user: RICH, outcome, side, direction, kind, size: Tokens::whole(1), ts_ms: 0 }
}

impl Refused {
    /// µs of a tick full of such orders: of the fastest of some runs.
    fn run(&self, market: &Market) -> f64 {
        let order = |n| (self.order)(n, Order { id: OrderId(10_000 + n), ..order(self.direction) });
        let orders: Vec<Order> = (0..ORDERS).map(order).collect();
        let tick = match self.name {
            "frozen" => Input::Frozen { now_ms: 1_000, orders },
            _ => Input::Orders { now_ms: 1_000, orders },
        };
        fastest(market, &tick, |report| {
            let reasons = report.events.iter().filter_map(|event| match event {
                Event::OrderRejected { reason, .. } => Some(reason),
                _ => None,
            });
            let (as_meant, others): (Vec<_>, Vec<_>) = reasons.partition(|reason| (self.reason)(reason));
            assert!(as_meant.len() as u64 == ORDERS, "{}: {} and {:?}", self.name, as_meant.len(), others.first());
        })
    }
}

/// µs of a tick in which every other order is refused, and of one without those.
fn mixed(market: &Market) -> [f64; 2] {
    let order = |n: u64| {
        let size = if n.is_multiple_of(2) { Tokens(SIZE_MIN.0 + n as i64) } else { largest(n) };
        Order { id: OrderId(10_000 + n), user: RICH, kind: any_price(n), size, ts_ms: n, ..order(Direction::Buy) }
    };
    let orders: Vec<Order> = (0..ORDERS).map(order).collect();
    let accepted = orders.iter().filter(|order| order.size < tokens(0)).cloned().collect();
    [orders, accepted].map(|orders: Vec<Order>| {
        fastest(market, &Input::Orders { now_ms: 1_000, orders }, |report| {
            let filled =
                report.orders.iter().filter(|update| update.user == RICH && update.status == OrderStatus::Filled);
            let count = filled.count() as u64;
            assert_eq!(count, ORDERS / 2);
        })
    })
}

/// µs of a tick: of the fastest of some runs.
fn fastest(market: &Market, tick: &Input, check: impl Fn(&Report)) -> f64 {
    let mut fastest = f64::INFINITY;
    for _ in 0..RUNS {
        let mut market = market.clone();
        let (report, micros) = timed(|| market.apply(tick).unwrap());
        check(&report);
        fastest = fastest.min(micros);
    }
    fastest
}
