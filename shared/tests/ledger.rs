//! The books agree with the market, whatever happens on it.

mod random_market;

use outcry_engine::{Direction, OutcomeId, Report, Side, Tokens, Usdc, UserId};
use outcry_shared::ledger::Ledger;
use proptest::prelude::*;
use random_market::{DEPOSIT, RandomMarket, USERS, happening};
use std::collections::BTreeMap;

/// A market and its books side by side.
struct Floor {
    random: RandomMarket,
    ledger: Ledger,
}

impl Floor {
    fn new() -> Self {
        let mut floor = Self { random: RandomMarket::new(), ledger: Ledger::default() };
        (0..USERS).for_each(|user| floor.ledger.join(UserId(user), DEPOSIT));
        floor.book(&Report::default());
        floor
    }

    fn book(&mut self, report: &Report) {
        self.ledger.book(report, &self.random.market);
    }

    fn check(&self) {
        self.ledger.audit(&self.random.market).expect("statements are the market's accounts");
        for (user, account) in self.random.market.accounts() {
            let mut held: BTreeMap<(OutcomeId, Side), i64> = BTreeMap::new();
            for (outcome, free) in (0..).map(OutcomeId).zip(&account.free) {
                Side::BOTH
                    .into_iter()
                    .for_each(|side| *held.entry((outcome, side)).or_default() += free[side.index()].0);
            }
            for order in self.random.market.open_orders(user).iter().filter(|order| order.direction == Direction::Sell)
            {
                *held.entry((order.outcome, order.side)).or_default() += order.size.0 - order.filled.0;
            }
            held.retain(|_, tokens| *tokens != 0);
            let positions = self.ledger.positions(user);
            let booked = positions.iter().filter(|position| position.tokens.0 != 0);
            let booked: BTreeMap<_, _> = booked.map(|held| ((held.outcome, held.side), held.tokens.0)).collect();
            assert_eq!(booked, held, "positions of {user:?}");
            let statement = self.ledger.statement(user);
            let realised: i64 = positions.iter().map(|position| position.realised.0).sum();
            let cost: i64 = positions.iter().map(|position| position.cost.0).sum();
            let change = statement.balance().0 + statement.escrow.0 - statement.start.0;
            assert_eq!(realised - cost - statement.gas.0, change, "{user:?}: {statement:?} {positions:?}");
            assert!(positions.iter().all(|position| position.tokens.0 != 0 || position.cost.0 == 0));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn statements_and_positions_are_the_market_s(happenings in prop::collection::vec(happening(), 1..30), winner in any::<prop::sample::Index>()) {
        let mut floor = Floor::new();
        for happening in &happenings {
            // What the market refuses changes nothing.
            if let Some(report) = floor.random.happen(happening) {
                floor.book(&report);
            }
            floor.check();
        }
        let report = floor.random.settle(winner);
        floor.book(&report);
        floor.check();
        for user in (0..USERS).map(UserId) {
            let statement = floor.ledger.statement(user);
            prop_assert_eq!(statement.escrow, Usdc::ZERO);
            prop_assert!(floor.ledger.positions(user).iter().all(|position| position.tokens == Tokens::ZERO));
        }
    }
}
