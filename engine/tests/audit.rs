//! A state that cannot be is found, named, and never built upon.
#![expect(clippy::unwrap_used, reason = "a test may stop")]

use outcry_engine::{
    Direction, Input, Market, Order, OrderId, OrderKind, OutcomeId, Params, Price, Rate, Refusal, RejectReason, Side,
    Tokens, Usdc, UserId, quote,
};
use serde_json::{Value, json};

/// A market with a bid, an ask and a trade with the pool.
fn market() -> Market {
    let mut market = Market::new(Params::default()).unwrap();
    for user in 1..=2 {
        market.apply(&Input::Join { user: UserId(user), deposit: Usdc::whole(1_000) }).unwrap();
        market.endow(UserId(user), OutcomeId(0), Tokens::whole(50)).unwrap();
    }
    let order = |id, direction, kind| {
        let (id, user, outcome, side) = (OrderId(id), UserId(1 + (id % 2) as u32), OutcomeId(0), Side::Yes);
        Order { id, user, outcome, side, direction, kind, size: Tokens::whole(10), ts_ms: 0 }
    };
    let limit = |price| OrderKind::Limit { price: Price(price), af_opt_in: false };
    let orders = vec![
        order(1, Direction::Buy, limit(300_000)),
        order(2, Direction::Sell, limit(700_000)),
        order(3, Direction::Buy, OrderKind::Market { max_slippage: Rate(1_000_000_000) }),
    ];
    market.apply(&Input::Orders { now_ms: 0, orders }).unwrap();
    market.audit().unwrap();
    market
}

/// The market with one value of its record changed.
fn tampered(market: &Market, place: &str, value: &str) -> Market {
    let mut record = serde_json::to_value(market).unwrap();
    let old = record.pointer_mut(place).unwrap_or_else(|| panic!("nothing at {place}"));
    assert_ne!(*old, json!(value), "{place}");
    *old = Value::String(value.to_owned());
    serde_json::from_value(record).unwrap()
}

#[test]
fn every_invariant_that_is_broken_is_named() {
    let cases = [
        ("/state/pools/0/v", "-3000", "price of A YES: supply"),
        ("/state/pools/1/q_no", "0", "price of B NO: supply"),
        ("/state/paid_in", "20000", "worst-case loss"),
        ("/state/fees", "5", "money:"),
        ("/state/books/0/0/0/0/orders/0/escrow", "2.9", "money:"),
        ("/state/seats/0/account/free/0/0", "7", "tokens of A YES"),
        ("/state/books/0/0/0/0/total", "9", "tick pool at 0.300000"),
        ("/state/books/0/0/1/0/orders/0/rested", "9", "order 2:"),
        ("/state/seats/1/account/gas_paid", "-0.01", "account 2:"),
        ("/state/seats/1/account/deposit", "7", "deposits:"),
        ("/state/seats/0/orders/0/price", "0.31", "seat 1:"),
        ("/state/volume", "-1", "a negative sum"),
    ];
    let market = market();
    for (place, value, named) in cases {
        let found = tampered(&market, place, value).audit().unwrap_err();
        assert!(found.starts_with(named), "{place}: {found}");
    }
}

#[test]
fn a_step_that_would_break_an_invariant_changes_nothing() {
    let mut market = tampered(&market(), "/state/fees", "5");
    let before = market.clone();
    let tick = Input::Orders { now_ms: 1_000, orders: Vec::new() };
    assert!(matches!(market.apply(&tick), Err(Refusal::Invariant(what)) if what.starts_with("money:")));
    assert_eq!(market, before);
}

#[test]
fn a_step_in_which_an_amount_leaves_its_range_changes_nothing() {
    let mut market = tampered(&market(), "/state/volume", "9223372036854.775807");
    let before = market.clone();
    let size = Tokens::whole(1);
    let kind = OrderKind::Market { max_slippage: Rate(1_000_000_000) };
    let (id, user, outcome, side, direction) = (OrderId(9), UserId(1), OutcomeId(1), Side::Yes, Direction::Buy);
    let orders = vec![Order { id, user, outcome, side, direction, kind, size, ts_ms: 0 }];
    let tick = Input::Orders { now_ms: 1_000, orders };
    assert!(matches!(market.apply(&tick), Err(Refusal::Invariant(what)) if what.starts_with("an amount is beyond")));
    assert_eq!(market, before);
}

#[test]
fn an_order_that_leads_beyond_all_amounts_is_rejected() {
    let market = market();
    let mut public = market.public();
    public.outcomes[1].pool.v = Usdc(i64::MAX);
    let kind = OrderKind::Market { max_slippage: Rate(1_000_000_000) };
    let (id, user, outcome, side, direction) = (OrderId(9), UserId(1), OutcomeId(1), Side::Yes, Direction::Buy);
    let order = Order { id, user, outcome, side, direction, kind, size: Tokens::whole(1), ts_ms: 0 };
    let told = quote(&public, &market.own_view(user), &[], &order, 0);
    assert_eq!(told.reject, Some(RejectReason::OutOfRange));
}

#[test]
fn what_cannot_be_is_refused_by_name() {
    let mut market = market();
    let (one, nine) = (UserId(1), UserId(9));
    let join = |user, deposit| Input::Join { user, deposit };
    let eliminate = |outcomes: &[u8]| {
        let outcomes = outcomes.iter().copied().map(OutcomeId).collect();
        Input::Eliminate { outcomes, round: None, now_ms: 0, resume_ms: 0 }
    };
    let cases = [
        (join(one, Usdc(1)), Refusal::AlreadyJoined(1)),
        (join(nine, Usdc(-1)), Refusal::OutOfRange),
        (join(nine, Usdc(i64::MAX)), Refusal::OutOfRange),
        (join(nine, Usdc::whole(1_000_000_000)), Refusal::OutOfRange),
        (Input::Close { user: nine, now_ms: 0 }, Refusal::UnknownUser(9)),
        (Input::Cancel { user: nine, order: OrderId(1), now_ms: 0 }, Refusal::UnknownUser(9)),
        (Input::Extend { by_ms: 1_500, now_ms: 0 }, Refusal::Extension { by_ms: 1_500 }),
        (Input::Extend { by_ms: 86_400_000, now_ms: 0 }, Refusal::Extension { by_ms: 86_400_000 }),
        (eliminate(&[]), Refusal::NoOutcome),
        (eliminate(&[1, 1]), Refusal::Duplicate(1)),
        (eliminate(&[7]), Refusal::NotActive(7)),
        (eliminate(&[0, 1, 2]), Refusal::NoneRemains),
        (Input::Final { winner: OutcomeId(3), now_ms: 0 }, Refusal::NotActive(3)),
    ];
    let before = market.clone();
    for (input, refusal) in cases {
        assert_eq!(market.apply(&input), Err(refusal), "{input:?}");
    }
    assert_eq!(market.endow(nine, OutcomeId(0), Tokens(1)), Err(Refusal::UnknownUser(9)));
    assert_eq!(market.endow(one, OutcomeId(3), Tokens(1)), Err(Refusal::NotActive(3)));
    assert_eq!(market, before);
    market.apply(&Input::Final { winner: OutcomeId(0), now_ms: 0 }).unwrap();
    let settled = [
        join(nine, Usdc(1)),
        Input::Orders { now_ms: 0, orders: Vec::new() },
        Input::Frozen { now_ms: 0, orders: Vec::new() },
        Input::Extend { by_ms: 1_000, now_ms: 0 },
        eliminate(&[1]),
        Input::Final { winner: OutcomeId(0), now_ms: 0 },
    ];
    for input in settled {
        assert_eq!(market.apply(&input), Err(Refusal::Settled), "{input:?}");
    }
}
