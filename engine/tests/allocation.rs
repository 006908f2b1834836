//! A market order allocates nothing of its own: a tick of many allocates as often as a tick
//! of few.
#![expect(clippy::unwrap_used, reason = "a test may stop")]

use outcry_engine::{
    Direction, FillType, Input, Leg, Market, Order, OrderId, OrderKind, OutcomeId, Params, Price, Rate, Side, Tokens,
    Usdc, UserId,
};

#[path = "support/counting.rs"]
mod counting;

/// Orders in the two ticks that are compared.
const FEW: u64 = 50;
const MANY: u64 = 400;
/// How often the report's lists may grow beyond the room they begin with: doubling does for
/// any number of orders.
const GROWTH_MAX: usize = 4;

const fn leg(outcome: u8, side: Side, direction: Direction) -> Leg {
    Leg { outcome: OutcomeId(outcome), side, direction }
}

fn order(id: u64, user: u32, leg: Leg, kind: OrderKind, tokens: i64) -> Order {
    let (id, user, Leg { outcome, side, direction }) = (OrderId(id), UserId(user), leg);
    Order { id, user, outcome, side, direction, kind, size: Tokens::whole(tokens), ts_ms: id.0 }
}

fn tick(orders: Vec<Order>) -> Input {
    Input::Orders { now_ms: 1_000, orders }
}

const MARKET: OrderKind = OrderKind::Market { max_slippage: Rate(i64::MAX) };

/// A market where a large order rests at ½, if one is to, and where so much of the last
/// outcome's YES was bought, which lowers the other prices.
fn market(rests: Option<Leg>, bought: i64) -> Market {
    let mut market = Market::new(Params::default()).unwrap();
    for user in 0..3 {
        market.apply(&Input::Join { user: UserId(user), deposit: Usdc::whole(10_000_000) }).unwrap();
        market.endow(UserId(user), OutcomeId(0), Tokens::whole(1_000_000)).unwrap();
    }
    let limit = OrderKind::Limit { price: Price(500_000), af_opt_in: true };
    if let Some(leg) = rests {
        market.apply(&tick(vec![order(1, 0, leg, limit, 100_000)])).unwrap();
    }
    if bought > 0 {
        market.apply(&tick(vec![order(2, 1, leg(2, Side::Yes, Direction::Buy), MARKET, bought)])).unwrap();
    }
    market
}

/// How often a tick of so many market orders allocates; each must end in the given fill.
fn allocations(start: &Market, orders: u64, fill_type: FillType) -> usize {
    let buy = |id| order(id, 1 + (id % 2) as u32, leg(0, Side::Yes, Direction::Buy), MARKET, 1);
    let input = tick((10..10 + orders).map(buy).collect());
    let mut market = start.clone();
    let (report, count) = counting::allocations(|| market.apply(&input).unwrap());
    let fills = report.fills.iter().filter(|fill| fill.fill_type == fill_type).count() as u64;
    assert!(fills >= orders, "{fills} fills of {fill_type:?}");
    count
}

#[test]
fn market_orders_allocate_nothing_of_their_own() {
    let cases = [
        (None, 0, FillType::Amm),
        (Some(leg(0, Side::Yes, Direction::Sell)), 0, FillType::Lob),
        (Some(leg(0, Side::No, Direction::Buy)), 0, FillType::Mint),
        (Some(leg(1, Side::Yes, Direction::Buy)), 400, FillType::AutoFill),
    ];
    for (rests, bought, fill_type) in cases {
        let start = market(rests, bought);
        let (few, many) = (allocations(&start, FEW, fill_type), allocations(&start, MANY, fill_type));
        assert!(many <= few + GROWTH_MAX, "{fill_type:?}: {few} times for {FEW} orders, {many} for {MANY}");
    }
}
