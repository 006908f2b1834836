//! Whoever holds less than the smallest order can still sell all of it.
#![expect(clippy::unwrap_used, reason = "a test may stop")]

use outcry_engine::{
    Direction, Input, Market, Order, OrderId, OrderKind, OrderStatus, OutcomeId, Params, Price, Rate, RejectReason,
    Side, Tokens, Usdc, UserId, quote,
};

const HELD: Tokens = Tokens(9_999);

fn market() -> Market {
    let mut market = Market::new(Params::default()).unwrap();
    market.apply(&Input::Join { user: UserId(1), deposit: Usdc::whole(10) }).unwrap();
    market.endow(UserId(1), OutcomeId(0), HELD).unwrap();
    market
}

fn order(direction: Direction, kind: OrderKind, size: Tokens) -> Order {
    let (id, user, outcome, side) = (OrderId(1), UserId(1), OutcomeId(0), Side::No);
    Order { id, user, outcome, side, direction, kind, size, ts_ms: 0 }
}

#[test]
fn all_that_is_held_may_be_sold_below_the_smallest_size() {
    let at_market = OrderKind::Market { max_slippage: Rate(1_000_000_000) };
    let limit = |price| OrderKind::Limit { price: Price(price), af_opt_in: false };
    let cases = [
        (order(Direction::Sell, at_market, HELD), OrderStatus::Filled),
        (order(Direction::Sell, limit(400_000), HELD), OrderStatus::Filled),
        (order(Direction::Sell, limit(700_000), HELD), OrderStatus::Open),
        // Part of it, more than it, or as little of a purchase, are too small.
        (order(Direction::Sell, at_market, Tokens(9_998)), OrderStatus::Rejected),
        (order(Direction::Sell, limit(400_000), Tokens(1)), OrderStatus::Rejected),
        (order(Direction::Buy, at_market, HELD), OrderStatus::Rejected),
        (order(Direction::Buy, limit(400_000), HELD), OrderStatus::Rejected),
    ];
    for (order, status) in cases {
        let mut market = market();
        let told = quote(&market.public(), &market.own_view(UserId(1)), &[], &order, 0);
        let report = market.apply(&Input::Orders { now_ms: 0, orders: vec![order.clone()] }).unwrap();
        assert_eq!(report.orders.last().unwrap().status, status, "{order:?}");
        assert_eq!(told.reject.is_some(), status == OrderStatus::Rejected, "{order:?}: {told:?}");
        market.audit().unwrap();
    }
}

#[test]
fn what_would_pass_of_too_small_a_sale_is_all_that_is_held() {
    let market = market();
    let at_market = OrderKind::Market { max_slippage: Rate(1_000_000_000) };
    for size in [Tokens(0), Tokens(1), Tokens(9_998), Tokens::whole(1)] {
        let order = order(Direction::Sell, at_market, size);
        let told = quote(&market.public(), &market.own_view(UserId(1)), &[], &order, 0);
        assert!(
            matches!(told.reject, Some(RejectReason::BadSize { .. } | RejectReason::InsufficientTokens { .. })),
            "{told:?}"
        );
        assert_eq!(told.nearest.unwrap().size, HELD);
    }
}
