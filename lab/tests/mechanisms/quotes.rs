//! What is quoted is what the tick does.

use crate::{
    DEPOSIT, N, balances,
    deeds::{Deed, deeds, input},
    house, houses, market, params,
};
use outcry_engine::{Direction, Input, Leg, Order, OrderKind, OrderStatus, OutcomeId, Side, Tokens, Usdc, UserId};
use outcry_lab::{house::House, mechanism::Mechanism, rivals::RivalKind};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_quote_is_kept(deeds in deeds(20)) {
        keeps_quotes(&deeds);
    }
}

/// The smallest sale that there is may be more than a pool bears: then no order is named in place of one that is too small.
#[test]
fn no_order_is_named_that_is_refused() {
    let deed = |kind, user, yes, magnitude| Deed { kind, user, outcome: 4, yes, magnitude, cents: 1 };
    keeps_quotes(&[deed(7, 1, true, 0.0), deed(0, 0, false, -1.181_898_487_424_319_5), deed(4, 0, false, 0.0)]);
}

fn keeps_quotes(deeds: &[Deed]) {
    for kind in houses() {
        let mut house = house(kind, &params(N));
        for (number, deed) in (1..).zip(deeds) {
            let input = input(deed, &house, number);
            // Resting orders of the taker's own may be served before it is.
            if let Input::Orders { orders, now_ms } = &input
                && house.own_view(orders[0].user).orders.is_empty()
            {
                keeps_quote(&house, &input, &orders[0], *now_ms);
            }
            let _ = house.apply(&input);
        }
    }
}

fn keeps_quote(house: &House, input: &Input, order: &Order, now_ms: u64) {
    let own = house.own_view(order.user);
    let quote = |order: &Order| house.seen().quote(&own, &[], order, now_ms);
    let (told, mut tried) = (quote(order), house.clone());
    let report = tried.apply(input).expect("a tick");
    let update = report.orders.iter().find(|update| update.id == order.id).expect("its standing");
    assert_eq!(told.reject.is_some(), update.status == OrderStatus::Rejected, "{house:?} {order:?}");
    if let Some(nearest) = &told.nearest {
        assert_eq!(quote(nearest).reject, None, "{told:?}");
    }
    if told.reject.is_some() || !tried.own_view(order.user).orders.is_empty() {
        return;
    }
    let moved = balances(&tried)[&order.user] - balances(house)[&order.user];
    let expected = if order.direction == Direction::Buy { Usdc::ZERO - told.total } else { told.total };
    assert_eq!(moved, expected, "{house:?} {order:?}");
    if matches!(order.kind, OrderKind::Market { .. }) {
        assert_eq!(told.spots_after, prices(&tried), "{house:?} {order:?}");
    }
}

/// YES and NO price of every outcome.
fn prices(mechanism: &dyn Mechanism) -> Vec<[f64; 2]> {
    (0..N).map(|outcome| Side::BOTH.map(|side| mechanism.price(OutcomeId(outcome), side))).collect()
}

/// A second order's quote counts the first, which waits for the same tick: together they are what the tick does.
#[test]
fn what_waits_counts() {
    let leg = |outcome| Leg { outcome: OutcomeId(outcome), side: Side::Yes, direction: Direction::Buy };
    let orders = [market(1, leg(0), Tokens::whole(100)), market(2, leg(1), Tokens::whole(100))];
    for kind in RivalKind::ALL {
        let mut house = house(Some(kind), &params(N));
        let own = house.own_view(UserId(0));
        let quote = |waiting: &[Order], order: &Order| house.seen().quote(&own, waiting, order, 2);
        let quotes = [quote(&[], &orders[0]), quote(&orders[..1], &orders[1])];
        let alone = quote(&[], &orders[1]);
        assert_eq!(quote(&orders[1..], &orders[0]), quotes[0], "{kind:?}: what comes later does not count");
        house.apply(&Input::Orders { now_ms: 2, orders: orders.to_vec() }).expect("a tick");
        let paid = Usdc::whole(DEPOSIT) - house.account(UserId(0)).expect("a seat").balance;
        assert_eq!(quotes[0].total + quotes[1].total, paid, "{kind:?}");
        assert_eq!(quotes[1].spots_after, prices(&house), "{kind:?}");
        // Pools that are tied to nothing do not move each other.
        assert_eq!(alone.total == quotes[1].total, kind == RivalKind::PmAmm, "{kind:?}");
    }
}
