//! The books agree with the market, whatever happens on it.

use outcry_engine::{
    Direction, Input, Market, Order, OrderId, OrderKind, OutcomeId, Params, Price, Rate, Side, Tokens, Usdc, UserId,
};
use outcry_shared::ledger::Ledger;
use proptest::prelude::*;
use std::collections::BTreeMap;

const USERS: u32 = 5;
const OUTCOMES: u8 = 4;
const DEPOSIT: Usdc = Usdc::whole(1_000);

/// What happens in one step.
#[derive(Clone, Debug)]
enum Happening {
    Tick(Vec<Wish>),
    Cancel(prop::sample::Index),
    Close(u32),
    Eliminate(u8),
}

/// An order without its number.
#[derive(Clone, Debug)]
struct Wish {
    user: u32,
    outcome: u8,
    is_yes: bool,
    is_buy: bool,
    size: i64,
    limit: Option<(u32, bool)>,
}

fn wish() -> impl Strategy<Value = Wish> {
    let limit = prop::option::of((1..=99_u32, any::<bool>()));
    (0..USERS, 0..OUTCOMES, any::<bool>(), prop::bool::weighted(0.7), 10_000..60_000_000_i64, limit)
        .prop_map(|(user, outcome, is_yes, is_buy, size, limit)| Wish { user, outcome, is_yes, is_buy, size, limit })
}

fn happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        12 => prop::collection::vec(wish(), 0..8).prop_map(Happening::Tick),
        2 => any::<prop::sample::Index>().prop_map(Happening::Cancel),
        1 => (0..USERS).prop_map(Happening::Close),
        1 => (0..OUTCOMES).prop_map(Happening::Eliminate),
    ]
}

impl Wish {
    fn order(&self, id: u64, ts_ms: u64) -> Order {
        let kind = match self.limit {
            Some((cents, af_opt_in)) => OrderKind::Limit { price: Price(cents * 10_000), af_opt_in },
            None => OrderKind::Market { max_slippage: Rate(500_000_000) },
        };
        Order {
            id: OrderId(id),
            user: UserId(self.user),
            outcome: OutcomeId(self.outcome),
            side: if self.is_yes { Side::Yes } else { Side::No },
            direction: if self.is_buy { Direction::Buy } else { Direction::Sell },
            kind,
            size: Tokens(self.size),
            ts_ms,
        }
    }
}

/// A market and its books side by side.
struct Floor {
    market: Market,
    ledger: Ledger,
    now_ms: u64,
    next_order: u64,
}

impl Floor {
    fn new() -> Self {
        let params = Params {
            n_outcomes: OUTCOMES,
            outcome_names: ["A", "B", "C", "D"].map(str::to_owned).into(),
            gas_fee: Usdc(10_000),
            mr_enabled: true,
            ..Params::default()
        };
        let params = Params { q0: Tokens(params.subsidy_start().0 / 2), ..params };
        let market = Market::new(params).expect("valid parameters");
        let mut floor = Self { market, ledger: Ledger::default(), now_ms: 0, next_order: 1 };
        for user in (0..USERS).map(UserId) {
            floor.ledger.join(user, DEPOSIT);
            floor.apply(&Input::Join { user, deposit: DEPOSIT });
        }
        floor
    }

    fn apply(&mut self, input: &Input) {
        // What the market refuses changes nothing.
        if let Ok(report) = self.market.apply(input) {
            self.ledger.book(&report, &self.market);
        }
    }

    fn happen(&mut self, happening: &Happening) {
        self.now_ms += 1_000;
        let now_ms = self.now_ms;
        let input = match happening {
            Happening::Tick(wishes) => {
                let first = self.next_order;
                self.next_order += wishes.len() as u64;
                let orders = (first..).zip(wishes).map(|(id, wish)| wish.order(id, now_ms - 1)).collect();
                Input::Orders { now_ms, orders }
            }
            Happening::Cancel(index) => {
                let open = self.market.all_open_orders();
                if open.is_empty() {
                    return;
                }
                let order = index.get(&open);
                Input::Cancel { user: order.user, order: order.id, now_ms }
            }
            Happening::Close(user) => Input::Close { user: UserId(*user), now_ms },
            Happening::Eliminate(outcome) => {
                Input::Eliminate { outcomes: vec![OutcomeId(*outcome)], now_ms, resume_ms: now_ms }
            }
        };
        self.apply(&input);
    }

    fn check(&self) {
        self.ledger.audit(&self.market).expect("statements are the market's accounts");
        for (user, account) in self.market.accounts() {
            let mut held: BTreeMap<(OutcomeId, Side), i64> = BTreeMap::new();
            for (outcome, free) in (0..).map(OutcomeId).zip(&account.free) {
                Side::BOTH
                    .into_iter()
                    .for_each(|side| *held.entry((outcome, side)).or_default() += free[side.index()].0);
            }
            for order in self.market.open_orders(user).iter().filter(|order| order.direction == Direction::Sell) {
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
            floor.happen(happening);
            floor.check();
        }
        let winner = *winner.get(&floor.market.active());
        floor.apply(&Input::Final { winner, now_ms: floor.now_ms + 1 });
        floor.check();
        for user in (0..USERS).map(UserId) {
            let statement = floor.ledger.statement(user);
            prop_assert_eq!(statement.escrow, Usdc::ZERO);
            prop_assert!(floor.ledger.positions(user).iter().all(|position| position.tokens == Tokens::ZERO));
        }
    }
}
