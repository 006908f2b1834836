//! P11: ticks full of orders that are refused as dearly as can be, beside an ordinary tick: a rejection
//! costs a small multiple of a fill, whatever its size.

use crate::{
    clock::{median, timed},
    work::Work,
};
use outcry_engine::{
    Direction, Input, Market, Order, OrderId, OrderKind, OrderStatus, OutcomeId, Params, Price, Rate, RejectReason,
    SIZE_MAX, SIZE_MIN, Side, Tokens, Usdc, UserId, amount::RATE_ONE, params::default_names,
};

/// As many orders as a tick admits, and those that are run for them: a refusal changes nothing, so that
/// each costs what the others do.
const ORDERS: u64 = 4_000;
const RUN: u64 = 40;
const OUTCOMES: u8 = 10;
/// Who rests on every level, who has a dollar, and who has all that the market can hold for one.
const MAKER: UserId = UserId(0);
const POOR: UserId = UserId(1);
const RICH: UserId = UserId(2);
/// Runs of a worst tick; the fastest counts.
const RUNS: usize = 3;
/// Ordinary ticks, and those before them.
const ORDINARY: usize = 200;
const WARM_UP: usize = 30;

/// A way to be refused.
struct Refused {
    name: &'static str,
    user: UserId,
    direction: Direction,
    kind: OrderKind,
    size: Tokens,
    reason: fn(&RejectReason) -> bool,
}

const ANY_PRICE: OrderKind = OrderKind::Market { max_slippage: Rate(1_000 * RATE_ONE) };

#[rustfmt::skip]
const REFUSED: [Refused; 8] = [
    Refused { name: "funds, 1 USDC for the largest size", user: POOR, direction: Direction::Buy, kind: ANY_PRICE, size: SIZE_MAX, reason: is_funds },
    Refused { name: "funds, 10⁶ USDC for the largest size", user: RICH, direction: Direction::Buy, kind: ANY_PRICE, size: SIZE_MAX, reason: is_dear },
    Refused { name: "funds, limit 0.99", user: RICH, direction: Direction::Buy, kind: OrderKind::Limit { price: Price(990_000), af_opt_in: true }, size: SIZE_MAX, reason: is_funds },
    Refused { name: "slippage 0", user: RICH, direction: Direction::Buy, kind: OrderKind::Market { max_slippage: Rate(0) }, size: Tokens::whole(100_000), reason: is_slippage },
    Refused { name: "slippage 90 %", user: RICH, direction: Direction::Buy, kind: OrderKind::Market { max_slippage: Rate(900_000_000) }, size: Tokens::whole(100_000), reason: is_dear },
    Refused { name: "never pays back", user: RICH, direction: Direction::Buy, kind: ANY_PRICE, size: Tokens::whole(100_000), reason: is_dear },
    Refused { name: "tokens", user: RICH, direction: Direction::Sell, kind: ANY_PRICE, size: SIZE_MAX, reason: |reason| matches!(reason, RejectReason::InsufficientTokens { .. }) },
    Refused { name: "proceeds", user: RICH, direction: Direction::Sell, kind: ANY_PRICE, size: Tokens::whole(100_000), reason: |reason| matches!(reason, RejectReason::NoProceeds { .. }) },
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

pub(crate) fn print() {
    let usual = ordinary();
    println!("P11 tick of 200 orders, N = {OUTCOMES}: {usual:.1} µs");
    let market = market();
    for refused in &REFUSED {
        let micros = refused.run(&market);
        let name = format!("P11 {ORDERS} refused: {}", refused.name);
        println!("{name:<58} {micros:>12.1} µs, ÷ ordinary {:>8.1}", micros / usual);
    }
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

/// A market whose first outcome has a level, of the smallest size, at every tick of its grid.
fn market() -> Market {
    let mut params = Params { n_outcomes: OUTCOMES, outcome_names: default_names(OUTCOMES), ..Params::default() };
    params.tick_size = Price(1_000);
    params.q0 = params.q0_default();
    let spot = 500;
    let mut market = Market::new(params).unwrap();
    for (user, deposit) in [(MAKER, 100_000), (POOR, 1), (RICH, 1_000_000)] {
        market.apply(&Input::Join { user, deposit: Usdc::whole(deposit) }).unwrap();
    }
    market.endow(MAKER, OutcomeId(0), Tokens::whole(1_000)).unwrap();
    market.endow(RICH, OutcomeId(0), Tokens::whole(1_000_000)).unwrap();
    let mut orders: Vec<Order> = Vec::new();
    for thousandths in 10..=990 {
        let (side, direction) = match thousandths {
            _ if thousandths > spot + 9 => (Side::Yes, Direction::Sell),
            _ if thousandths < spot - 9 => (Side::No, Direction::Buy),
            _ => continue,
        };
        let kind = OrderKind::Limit { price: Price(thousandths * 1_000), af_opt_in: false };
        orders.push(order(orders.len() as u64 + 1, MAKER, side, direction, kind, SIZE_MIN));
    }
    market.apply(&Input::Orders { now_ms: 0, orders }).unwrap();
    assert_eq!(market.all_open_orders().len(), 962, "all of them rest");
    market
}

fn order(id: u64, user: UserId, side: Side, direction: Direction, kind: OrderKind, size: Tokens) -> Order {
    Order { id: OrderId(id), user, outcome: OutcomeId(0), side, direction, kind, size, ts_ms: 0 }
}

impl Refused {
    /// µs of a tick full of such orders: of the fastest of some runs.
    fn run(&self, market: &Market) -> f64 {
        let ids = 10_000..10_000 + RUN;
        let orders = ids.map(|id| order(id, self.user, Side::Yes, self.direction, self.kind, self.size)).collect();
        let tick = Input::Orders { now_ms: 1_000, orders };
        let mut fastest = f64::INFINITY;
        for _ in 0..RUNS {
            let mut market = market.clone();
            let (report, micros) = timed(|| market.apply(&tick).unwrap());
            for update in report.orders.iter().filter(|update| update.user == self.user) {
                assert_eq!(update.status, OrderStatus::Rejected, "{}", self.name);
                let reason = update.reason.as_ref();
                assert!(reason.is_some_and(self.reason), "{}: {reason:?}", self.name);
            }
            fastest = fastest.min(micros);
        }
        fastest * (ORDERS / RUN) as f64
    }
}
