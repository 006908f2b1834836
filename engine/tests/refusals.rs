//! What refusals name, and what they cost: an order that only a market that is not sound can meet, and memory
//! asked for among many levels.
#![expect(clippy::unwrap_used, reason = "a test may stop")]

use outcry_engine::{
    Direction, Input, Market, Order, OrderId, OrderKind, OutcomeId, Params, Price, Rate, RejectReason, SIZE_MAX, Side,
    Tokens, Usdc, UserId, amount::RATE_ONE, quote,
};

#[path = "support/counting.rs"]
mod counting;

const ME: UserId = UserId(1);

fn order(direction: Direction, size: i64) -> Order {
    let kind = OrderKind::Market { max_slippage: Rate(1_000 * RATE_ONE) };
    let (id, outcome, side) = (OrderId(1), OutcomeId(0), Side::Yes);
    Order { id, user: ME, outcome, side, direction, kind, size: Tokens::whole(size), ts_ms: 0 }
}

/// A server that tells another market than there can be: an outcome whose tokens cost more than p_max.
#[test]
fn a_quote_refuses_what_would_leave_a_pool_insolvent() {
    let mut market = Market::new(Params::default()).unwrap();
    market.apply(&Input::Join { user: ME, deposit: Usdc::whole(1_000_000) }).unwrap();
    market.endow(ME, OutcomeId(0), Tokens::whole(100)).unwrap();
    let (sound, own) = (market.public(), market.own_view(ME));
    for direction in Direction::BOTH {
        let order = order(direction, 10);
        assert_eq!(quote(&sound, &own, &[], &order, 1_000).reject, None);
        for side in Side::BOTH {
            let mut told = sound.clone();
            let pool = &mut told.outcomes[1].pool;
            match side {
                Side::Yes => pool.q_yes = Tokens(pool.q_yes.0 * 2),
                Side::No => pool.q_no = Tokens(pool.q_no.0 * 2),
            }
            let quoted = quote(&told, &own, &[], &order, 1_000);
            let none = RejectReason::Insolvent { size: Tokens::ZERO };
            assert_eq!((quoted.reject, quoted.nearest), (Some(none), None), "{direction:?} {side:?}");
        }
    }
    // A little is borne where the diverted money brings the other pool back within its cap, less of it is not.
    let mut told = sound;
    told.outcomes[1].pool.q_no = Tokens(told.outcomes[1].pool.depth(&told.params).0 / 100 * 99 + 1_000_000);
    let small = quote(&told, &own, &[], &order(Direction::Buy, 1), 1_000);
    assert!(matches!(small.reject, Some(RejectReason::Insolvent { .. })), "{small:?}");
    let large = quote(&told, &own, &[], &order(Direction::Buy, 100), 1_000);
    assert_eq!(large.reject, None);
}

/// A market with a level at each of so many prices above the pool's.
fn levels(count: u32) -> Market {
    let params = Params { tick_size: Price(1_000), ..Params::default() };
    let mut market = Market::new(params).unwrap();
    for user in [ME, UserId(2)] {
        market.apply(&Input::Join { user, deposit: Usdc::whole(1_000_000) }).unwrap();
        market.endow(user, OutcomeId(0), Tokens::whole(200_000)).unwrap();
    }
    let ask = |n: u32| Order {
        id: OrderId(n.into()),
        user: UserId(2),
        kind: OrderKind::Limit { price: Price(510_000 + n * 1_000), af_opt_in: false },
        ..order(Direction::Sell, 1)
    };
    market.apply(&Input::Orders { now_ms: 0, orders: (1..=count).map(ask).collect() }).unwrap();
    assert_eq!(market.all_open_orders().len(), count as usize);
    market
}

/// How often a tick of so many orders that are all refused asks for memory.
fn allocations(market: &Market, orders: u64, refused: &Order) -> usize {
    let orders = (0..orders).map(|n| Order { id: OrderId(1_000 + n), ..refused.clone() }).collect();
    let mut market = market.clone();
    let (report, count) = counting::allocations(|| market.apply(&Input::Orders { now_ms: 1, orders }).unwrap());
    assert!(report.fills.is_empty(), "{refused:?}");
    count
}

/// Words and nothing else: the same whatever stands in the way, since that is looked at once for all.
#[test]
fn a_refusal_asks_for_as_much_memory_among_many_levels_as_among_few() {
    const FEW: u64 = 50;
    const MANY: u64 = 400;
    let funds = Order { size: SIZE_MAX, ..order(Direction::Buy, 1) };
    let slippage = Order { kind: OrderKind::Market { max_slippage: Rate(0) }, ..order(Direction::Buy, 100_000) };
    let limit = Order { kind: OrderKind::Limit { price: Price(990_000), af_opt_in: true }, ..funds.clone() };
    let proceeds = order(Direction::Sell, 190_000);
    for refused in [funds, slippage, limit, proceeds] {
        let more = [levels(10), levels(400)].map(|market| {
            let [few, many] = [FEW, MANY].map(|orders| allocations(&market, orders, &refused));
            (many - few) as u64 / (MANY - FEW)
        });
        assert_eq!(more[0], more[1], "{refused:?}");
        assert!(more[0] <= 6, "{more:?} times for each of {refused:?}");
    }
}
