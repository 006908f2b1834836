//! A quote knows one's own orders that wait for the same tick.
#![expect(clippy::unwrap_used, reason = "a test may stop")]

use outcry_engine::{
    Direction, Input, Market, Order, OrderId, OrderKind, OrderStatus, OutcomeId, Params, Price, Rate, RejectReason,
    Side, Tokens, Usdc, UserId, quote,
};

const ME: UserId = UserId(1);
const ANY_PRICE: OrderKind = OrderKind::Market { max_slippage: Rate(1_000_000_000_000) };

fn market(balance: i64) -> Market {
    let params = Params { gas_fee: Usdc(50_000), ..Params::default() };
    let mut market = Market::new(params).unwrap();
    for user in [ME, UserId(2)] {
        market.apply(&Input::Join { user, deposit: Usdc::whole(balance) }).unwrap();
        market.endow(user, OutcomeId(0), Tokens::whole(200)).unwrap();
    }
    // Somebody to meet: an ask a little above the pool, and a bid a little below.
    let other = |id, direction, price| Order {
        user: UserId(2),
        ..order(id, direction, OrderKind::Limit { price: Price(price), af_opt_in: false }, 20)
    };
    let orders = vec![other(1, Direction::Sell, 520_000), other(2, Direction::Buy, 480_000)];
    market.apply(&Input::Orders { now_ms: 0, orders }).unwrap();
    market
}

fn order(id: u64, direction: Direction, kind: OrderKind, size: i64) -> Order {
    let (user, outcome, side) = (ME, OutcomeId(0), Side::Yes);
    Order { id: OrderId(id), user, outcome, side, direction, kind, size: Tokens::whole(size), ts_ms: id }
}

/// What the last of the orders gets in a tick of all of them is what its quote says, the others
/// waiting.
fn check(market: &Market, orders: &[Order]) -> OrderStatus {
    let (last, waiting) = orders.split_last().unwrap();
    let told = quote(&market.public(), &market.own_view(ME), waiting, last, 1_000);
    let mut after = market.clone();
    let report = after.apply(&Input::Orders { now_ms: 1_000, orders: orders.to_vec() }).unwrap();
    let update = report.orders.iter().rfind(|update| update.id == last.id).unwrap();
    assert_eq!(told.reject, update.reason, "{orders:?}");
    let mine = report.cash.iter().filter(|cash| cash.order == Some(last.id));
    let moved: Usdc = mine.map(|cash| cash.amount).sum();
    if told.reject.is_none() {
        assert_eq!(told.filled, update.filled, "{orders:?}");
        let total = if last.direction == Direction::Buy { Usdc::ZERO - told.total } else { told.total };
        assert_eq!(total, moved, "{orders:?}");
        // What the slippage is measured from is told with it.
        let (average, slippage) = (told.average.map_or(0.0, Price::as_f64), told.slippage.as_f64());
        let worse = (average / told.spot - 1.0) * if last.direction == Direction::Buy { 1.0 } else { -1.0 };
        assert!(is_resting(last) || (worse - slippage).abs() < 1e-5, "{worse} and {slippage} of {orders:?}");
        // Market orders come last: nothing moves the prices after this one.
        let is_last = matches!(last.kind, OrderKind::Market { .. });
        assert!(!is_last || told.spots_after[0] == Side::BOTH.map(|side| after.spot(OutcomeId(0), side)));
    }
    update.status
}

/// Whether a part of it may rest, which has no average.
fn is_resting(order: &Order) -> bool {
    matches!(order.kind, OrderKind::Limit { .. })
}

#[test]
fn the_pieces_of_one_order_cost_what_a_tick_of_them_does() {
    for direction in Direction::BOTH {
        let market = market(1_000);
        let pieces: Vec<Order> = (10..16).map(|id| order(id, direction, ANY_PRICE, 15)).collect();
        for count in 1..=pieces.len() {
            assert_eq!(check(&market, &pieces[..count]), OrderStatus::Filled);
        }
    }
}

#[test]
fn what_waits_is_paid_first() {
    let market = market(40);
    let buy = |id, size| order(id, Direction::Buy, ANY_PRICE, size);
    assert_eq!(check(&market, &[buy(10, 40)]), OrderStatus::Filled);
    let orders = [buy(10, 40), buy(11, 40)];
    assert_eq!(check(&market, &orders), OrderStatus::Rejected);
    let told = quote(&market.public(), &market.own_view(ME), &orders[..1], &orders[1], 1_000);
    assert!(matches!(told.reject, Some(RejectReason::Funds { .. })), "{told:?}");
    // What waits and is refused costs its gas alone.
    assert_eq!(check(&market, &[buy(10, 400), buy(11, 40)]), OrderStatus::Filled);
    let sell = |id, size| order(id, Direction::Sell, ANY_PRICE, size);
    assert_eq!(check(&market, &[sell(10, 150), sell(11, 51)]), OrderStatus::Rejected);
    assert_eq!(check(&market, &[sell(10, 150), sell(11, 50)]), OrderStatus::Filled);
    // Tokens that are bought may be sold in the same tick, by the order after.
    assert_eq!(check(&market, &[buy(10, 20), sell(11, 210)]), OrderStatus::Filled);
}

/// All that is held may be sold, however little it is: all that was held as the tick began.
#[test]
fn what_waits_does_not_make_a_small_rest_all_that_is_held() {
    let market = market(1_000);
    let sell = |id, size| Order { size: Tokens(size), ..order(id, Direction::Sell, ANY_PRICE, 1) };
    let most = Tokens::whole(200).0 - 5_000;
    assert_eq!(check(&market, &[sell(10, most), sell(11, 5_000)]), OrderStatus::Rejected);
    let told = quote(&market.public(), &market.own_view(ME), &[sell(10, most)], &sell(11, 5_000), 1_000);
    assert!(matches!(told.reject, Some(RejectReason::BadSize { .. })), "{told:?}");
}

#[test]
fn limit_orders_come_before_market_orders() {
    let market = market(100);
    let limit =
        |id, price, size| order(id, Direction::Buy, OrderKind::Limit { price: Price(price), af_opt_in: true }, size);
    let buy = |id, size| order(id, Direction::Buy, ANY_PRICE, size);
    assert_eq!(check(&market, &[buy(10, 30), limit(11, 550_000, 30)]), OrderStatus::Filled);
    assert_eq!(check(&market, &[limit(10, 300_000, 250), buy(11, 60)]), OrderStatus::Rejected);
    assert_eq!(check(&market, &[limit(10, 300_000, 100), buy(11, 60)]), OrderStatus::Filled);
    assert_ne!(check(&market, &[limit(10, 550_000, 40), limit(11, 550_000, 40)]), OrderStatus::Rejected);
}
