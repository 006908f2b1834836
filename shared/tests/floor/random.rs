//! A floor on which anything may happen.

use outcry_engine::{
    Direction, Input, Order, OrderId, OrderKind, OutcomeId, Params, Price, Rate, Report, Round, Side, Tokens, Usdc,
    UserId,
};
use outcry_shared::floor::Floor;
use proptest::prelude::*;

pub(crate) const USERS: u32 = 5;
pub(crate) const DEPOSIT: Usdc = Usdc::whole(1_000);
const OUTCOMES: u8 = 4;
/// How long a round stops trading: the step after it falls into it.
const FREEZE_MS: u64 = 1_500;

/// What happens in one step.
#[derive(Clone, Debug)]
pub(crate) enum Happening {
    Tick(Vec<Wish>),
    Cancel(prop::sample::Index),
    Close(u32),
    /// Of an outcome, by the next round or by hand.
    Eliminate(u8, bool),
    Extend(u8),
}

/// An order without its number.
#[derive(Clone, Debug)]
pub(crate) struct Wish {
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

pub(crate) fn happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        12 => prop::collection::vec(wish(), 0..8).prop_map(Happening::Tick),
        2 => any::<prop::sample::Index>().prop_map(Happening::Cancel),
        1 => (0..USERS).prop_map(Happening::Close),
        1 => (0..OUTCOMES, any::<bool>()).prop_map(|(outcome, held)| Happening::Eliminate(outcome, held)),
        1 => any::<u8>().prop_map(Happening::Extend),
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

/// A floor that everyone has joined, a second a step.
pub(crate) struct RandomFloor {
    pub(crate) floor: Floor,
    pub(crate) now_ms: u64,
    next_order: u64,
}

/// A step that the market took.
pub(crate) struct Step {
    pub(crate) orders: Vec<Order>,
    pub(crate) report: Report,
}

impl RandomFloor {
    pub(crate) fn new() -> Self {
        let params = Params {
            n_outcomes: OUTCOMES,
            outcome_names: ["A", "B", "C", "D"].map(str::to_owned).into(),
            gas_fee: Usdc(10_000),
            mr_enabled: true,
            // Some before what happens by hand, some after.
            rounds: [8, 16, 90].map(|at_s| Round { at_s, freeze_s: 1 }).into(),
            ..Params::default()
        };
        let params = Params { q0: Tokens(params.subsidy_start().0 / 2), ..params };
        let mut floor = Floor::new(params).expect("valid parameters");
        for user in (0..USERS).map(UserId) {
            floor.apply(&Input::Join { user, deposit: DEPOSIT }).expect("a seat");
        }
        Self { floor, now_ms: 0, next_order: 1 }
    }

    /// Whether a round stops trading now.
    pub(crate) fn is_frozen(&self) -> bool {
        self.floor.resume_ms().is_some_and(|resume_ms| resume_ms > self.now_ms)
    }

    /// Lets it happen, unless the market refuses.
    pub(crate) fn happen(&mut self, happening: &Happening) -> Option<Step> {
        self.now_ms += 1_000;
        let now_ms = self.now_ms;
        match happening {
            Happening::Tick(wishes) => {
                let first = self.next_order;
                self.next_order += wishes.len() as u64;
                let orders: Vec<_> = (first..).zip(wishes).map(|(id, wish)| wish.order(id, now_ms - 1)).collect();
                let taken = orders.clone();
                let input =
                    if self.is_frozen() { Input::Frozen { now_ms, orders } } else { Input::Orders { now_ms, orders } };
                self.step(&input, taken)
            }
            Happening::Cancel(index) => {
                let open = self.floor.market().all_open_orders();
                let order = (!open.is_empty()).then(|| *index.get(&open))?;
                self.step(&Input::Cancel { user: order.user, order: order.id, now_ms }, vec![])
            }
            Happening::Close(user) => self.step(&Input::Close { user: UserId(*user), now_ms }, vec![]),
            Happening::Eliminate(outcome, held) => {
                let outcomes = vec![OutcomeId(*outcome)];
                let round = held.then_some(self.floor.market().rounds_held());
                self.step(&Input::Eliminate { outcomes, round, now_ms, resume_ms: now_ms + FREEZE_MS }, vec![])
            }
            Happening::Extend(by_s) => self.step(&Input::Extend { by_ms: u64::from(*by_s) * 1_000, now_ms }, vec![]),
        }
    }

    /// Ends it: one of those still in the game wins.
    pub(crate) fn settle(&mut self, winner: prop::sample::Index) -> Step {
        self.now_ms += FREEZE_MS;
        let winner = *winner.get(&self.floor.market().active());
        self.step(&Input::Final { winner, now_ms: self.now_ms }, vec![]).expect("a winner")
    }

    fn step(&mut self, input: &Input, orders: Vec<Order>) -> Option<Step> {
        let report = self.floor.apply(input).ok()?;
        self.floor.close_tick(self.now_ms);
        Some(Step { orders, report })
    }
}
