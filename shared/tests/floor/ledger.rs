//! The books agree with the market, whatever happens on it.

use crate::random::{RandomFloor, USERS, happening};
use outcry_engine::{Direction, OutcomeId, Side, Tokens, Usdc, UserId};
use outcry_shared::floor::Floor;
use proptest::prelude::*;
use std::collections::BTreeMap;

fn check(floor: &Floor) {
    let (market, ledger) = (floor.market(), floor.ledger());
    ledger.audit(market).expect("statements are the market's accounts");
    for (user, account) in market.accounts() {
        let mut held: BTreeMap<(OutcomeId, Side), i64> = BTreeMap::new();
        for (outcome, free) in (0..).map(OutcomeId).zip(&account.free) {
            Side::BOTH.into_iter().for_each(|side| *held.entry((outcome, side)).or_default() += free[side.index()].0);
        }
        for order in market.open_orders(user).iter().filter(|order| order.direction == Direction::Sell) {
            *held.entry((order.outcome, order.side)).or_default() += order.size.0 - order.filled.0;
        }
        held.retain(|_, tokens| *tokens != 0);
        let positions = ledger.positions(user);
        let booked = positions.iter().filter(|position| position.tokens.0 != 0);
        let booked: BTreeMap<_, _> = booked.map(|held| ((held.outcome, held.side), held.tokens.0)).collect();
        assert_eq!(booked, held, "positions of {user:?}");
        let statement = ledger.statement(user);
        let realised: i64 = positions.iter().map(|position| position.realised.0).sum();
        let cost: i64 = positions.iter().map(|position| position.cost.0).sum();
        let change = statement.balance().0 + statement.escrow.0 - statement.start.0;
        assert_eq!(realised - cost - statement.gas.0, change, "{user:?}: {statement:?} {positions:?}");
        assert!(positions.iter().all(|position| position.tokens.0 != 0 || position.cost.0 == 0));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn statements_and_positions_are_the_market_s(happenings in prop::collection::vec(happening(), 1..30), winner in any::<prop::sample::Index>()) {
        let mut random = RandomFloor::new();
        for happening in &happenings {
            random.happen(happening);
            check(&random.floor);
        }
        random.settle(winner);
        check(&random.floor);
        let ledger = random.floor.ledger();
        for user in (0..USERS).map(UserId) {
            let statement = ledger.statement(user);
            prop_assert_eq!(statement.escrow, Usdc::ZERO);
            prop_assert!(ledger.positions(user).iter().all(|position| position.tokens == Tokens::ZERO));
        }
    }
}
