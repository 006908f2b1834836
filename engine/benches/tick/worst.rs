//! P11: ticks full of orders that are refused as dearly as can be, beside an ordinary tick: a rejection
//! costs a small multiple of a fill, whatever its size, its reason and what its account holds.

use crate::{
    clock::{median, timed},
    work::Work,
};
use outcry_engine::{
    Direction, Event, Input, Market, Order, OrderId, OrderKind, OutcomeId, Params, Price, PublicMarket, Rate,
    RejectReason, Report, SIZE_MAX, SIZE_MIN, Side, Tokens, Usdc, UserId, amount::RATE_ONE, params::default_names,
    quote,
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

/// A way to be taken between others that are refused: the n-th order, and the kinds that are refused beside it.
struct Mixed {
    name: &'static str,
    order: fn(u64, Order) -> Order,
    /// What is sent to a market with this much at its best price.
    best: Tokens,
    beside: fn(&Refused) -> bool,
}

fn small(n: u64) -> Tokens {
    Tokens(SIZE_MIN.0 + n as i64)
}

#[rustfmt::skip]
const MIXED: [Mixed; 3] = [
    Mixed { name: "from pool and levels", order: |n, order| Order { size: small(n), ..order }, best: Tokens::ZERO, beside: |refused| !refused.is_limit() },
    Mixed { name: "a part of the best level", order: |n, order| Order { size: small(n), ..order }, best: Tokens::whole(100), beside: |refused| !refused.is_limit() },
    Mixed { name: "rests among the levels", order: |n, order| Order { user: MAKER, direction: Direction::Sell, kind: limit(600_000 + n as u32 % 300 * 1_000), size: small(n), ..order }, best: Tokens::ZERO, beside: Refused::is_limit },
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

/// Prints the rows whose names contain `part`.
pub(crate) fn print(part: &str) {
    let usual = ordinary();
    println!("P11 tick of 200 orders, N = {OUTCOMES}: {usual:.1} µs");
    let markets = Direction::BOTH.map(|taker| levels(taker, Tokens::ZERO));
    let say = |name: &str, micros: f64| {
        println!("{name:<58} {micros:>12.1} µs, ÷ ordinary {:>8.1}", micros / usual);
        micros
    };
    let run = |refused: &Refused| {
        let micros = refused.run(&markets[refused.direction as usize]);
        (say(&format!("P11 {ORDERS} refused: {}", refused.name), micros), refused.name)
    };
    if let Some((micros, name)) =
        REFUSED.iter().filter(|refused| refused.name.contains(part)).map(run).max_by(|a, b| a.0.total_cmp(&b.0))
    {
        say(&format!("P11 the worst: {name}"), micros);
    }
    let half = ORDERS / 2;
    for mixed in &MIXED {
        let market = levels(Direction::Buy, mixed.best);
        say(&format!("P11 {half} taken {}", mixed.name), mixed.run(&market, None));
        let beside = REFUSED.iter().filter(|refused| refused.is_planned() && (mixed.beside)(refused));
        for refused in beside.filter(|refused| refused.name.contains(part)) {
            say(&format!("P11   and {half} in turns: {}", refused.name), mixed.run(&market, Some(refused)));
        }
    }
    for (name, told, reason) in unsound(&markets[Direction::Buy as usize]) {
        say(&format!("P11 one quote of a market that cannot be: {name}"), quoted(&markets[0], &told, &reason));
    }
}

/// No sound market refuses an order as insolvent or beyond all amounts, and a tick of one that is not is refused
/// whole: what a client is told by somebody else may be.
fn unsound(market: &Market) -> [(&'static str, PublicMarket, RejectReason); 2] {
    let [mut insolvent, mut beyond] = [market.public(), market.public()];
    let pool = &mut insolvent.outcomes[1].pool;
    pool.q_no = Tokens(pool.q_no.0 * 2);
    beyond.outcomes[0].pool.v = Usdc(i64::MAX);
    let none = RejectReason::Insolvent { size: Tokens::ZERO };
    [("insolvent", insolvent, none), ("beyond all amounts", beyond, RejectReason::OutOfRange)]
}

/// µs of a quote: the middle of some, no two of the same size.
fn quoted(market: &Market, told: &PublicMarket, reason: &RejectReason) -> f64 {
    let own = market.own_view(RICH);
    let micros: Vec<f64> = (0..ORDINARY as u64)
        .map(|n| {
            let order = Order { size: small(n), ..order(Direction::Buy) };
            let (quoted, micros) = timed(|| quote(told, &own, &[], &order, 1_000));
            assert_eq!(quoted.reject.as_ref(), Some(reason));
            micros
        })
        .collect();
    median(&micros)
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
/// that a taker of YES meets; and so much of YES for sale where the pool is.
fn levels(taker: Direction, best: Tokens) -> Market {
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
    let resting = orders.len() + usize::from(best.0 > 0);
    let ask =
        Order { id: OrderId(5_000), user: MAKER, kind: limit(spot * 1_000), size: best, ..order(Direction::Sell) };
    orders.extend((best.0 > 0).then_some(ask));
    market.apply(&Input::Orders { now_ms: 0, orders }).unwrap();
    assert_eq!(market.all_open_orders().len(), resting, "all of them rest");
    assert!(resting >= 962);
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

impl Refused {
    /// Whether what the order comes to is what is wrong with it.
    fn is_planned(&self) -> bool {
        self.direction == Direction::Buy
            && ["funds", "slippage", "never"].iter().any(|kind| self.name.starts_with(kind))
    }

    fn is_limit(&self) -> bool {
        self.name.contains("limit")
    }
}

impl Mixed {
    /// µs of a tick of such orders, every other of which is refused, or of one without those.
    fn run(&self, market: &Market, refused: Option<&Refused>) -> f64 {
        let base = |n| Order { id: OrderId(10_000 + n), ts_ms: n, ..order(Direction::Buy) };
        let taken = |n| (self.order)(n, Order { kind: any_price(n), ..base(n) });
        let both = |n: u64| {
            let refused = refused.map(|refused| (refused.order)(n, base(2 * n + 1)));
            std::iter::once(Order { id: OrderId(10_000 + 2 * n), ts_ms: 2 * n, ..taken(n) })
                .chain(refused.map(|refused| Order { ts_ms: 2 * n + 1, ..refused }))
        };
        let orders: Vec<Order> = (0..ORDERS / 2).flat_map(both).collect();
        fastest(market, &Input::Orders { now_ms: 1_000, orders }, |report| {
            let as_meant = |event: &&Event| match event {
                Event::OrderRejected { reason, .. } => refused.is_some_and(|refused| (refused.reason)(reason)),
                _ => false,
            };
            let taken = report.events.iter().filter(|event| matches!(event, Event::OrderAccepted { .. })).count();
            assert_eq!(taken as u64, ORDERS / 2, "{}", self.name);
            let count = report.events.iter().filter(as_meant).count();
            assert_eq!(count as u64, refused.map_or(0, |_| ORDERS / 2), "{}", self.name);
        })
    }
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
