//! The work that ticks are measured on: 60 % market orders of 1–20 tokens, 40 % limit orders
//! at 0.30–0.70, half of them opted in; 20 users; the book of the last 20 ticks.

use crate::{dice::Dice, plain::Plain, seeds, step::Steps};
use outcry_engine::{
    Direction, Input, Market, Order, OrderId, OrderKind, OutcomeId, Params, Price, Rate, Report, Side, Tokens, Usdc,
    UserId, params::default_names,
};
use std::collections::VecDeque;

/// Participants.
const USERS: u32 = 20;
/// Ticks after which an order is taken back.
const TICKS_KEPT: usize = 20;

/// Ticks of one size in one market, one after the other.
pub(crate) struct Ticks {
    pub(crate) outcomes: u8,
    pub(crate) orders: usize,
    /// Ticks before those that are measured.
    pub(crate) after: usize,
    pub(crate) count: usize,
}

impl Ticks {
    pub(crate) fn run(&self) -> Steps {
        let (mut work, mut plain) = (Work::new(self.outcomes), Plain::new(self.outcomes));
        let mut steps = Steps::default();
        for tick in 0..self.after + self.count {
            let inputs = [work.tick(self.orders)];
            plain.age();
            if tick < self.after {
                let report = work.market.apply(&inputs[0]).unwrap();
                work.note(&report);
                plain.apply(&inputs[0]);
                continue;
            }
            let report = steps.market(&mut work.market, &inputs);
            work.note(&report);
            steps.plain(&mut plain, &inputs);
        }
        steps
    }
}

/// A market with its participants and what they send.
pub(crate) struct Work {
    pub(crate) market: Market,
    dice: Dice,
    next_id: u64,
    now_ms: u64,
    recent: VecDeque<Vec<(UserId, OrderId)>>,
}
impl Work {
    pub(crate) fn new(outcomes: u8) -> Self {
        let outcome_names = default_names(outcomes);
        let mut params = Params { n_outcomes: outcomes, outcome_names, ..Params::default() };
        params.kappa_start = Rate(100_000);
        params.kappa_end = Rate(100_000);
        params.total_duration = 86_400;
        params.q0 = params.q0_default();
        let mut market = Market::new(params).unwrap();
        for user in 0..USERS {
            market.apply(&Input::Join { user: UserId(user), deposit: Usdc::whole(1_000_000) }).unwrap();
            for outcome in 0..outcomes {
                market.endow(UserId(user), OutcomeId(outcome), Tokens::whole(100_000)).unwrap();
            }
        }
        Self { market, dice: Dice::new(seeds::ANY), next_id: 0, now_ms: 0, recent: VecDeque::new() }
    }

    /// The next tick's orders; takes back those of the tick that is now too old.
    pub(crate) fn tick(&mut self, orders: usize) -> Input {
        self.now_ms += 1_000;
        let now_ms = self.now_ms;
        if self.recent.len() >= TICKS_KEPT {
            for (user, order) in self.recent.pop_front().unwrap_or_default() {
                self.market.apply(&Input::Cancel { user, order, now_ms }).unwrap();
            }
        }
        // Accepted one after the other, and numbered so.
        let accepted_ms = |index: usize| now_ms - 1_000 + (1_000 * index / orders) as u64;
        Input::Orders { now_ms, orders: (0..orders).map(|index| self.order(accepted_ms(index))).collect() }
    }

    /// Remembers the orders that came to rest.
    pub(crate) fn note(&mut self, report: &Report) {
        self.recent
            .push_back(report.orders.iter().filter(|update| update.remaining.0 > 0).map(|u| (u.user, u.id)).collect());
    }

    fn order(&mut self, ts_ms: u64) -> Order {
        self.next_id += 1;
        let outcomes = self.market.params().n_outcomes;
        let is_market = self.dice.below(10) < 6;
        let is_buy = self.dice.below(10) < 7;
        let kind = if is_market {
            OrderKind::Market { max_slippage: Rate(1_000_000_000) }
        } else {
            OrderKind::Limit {
                price: Price(300_000 + 10_000 * self.dice.below(41) as u32),
                af_opt_in: self.dice.below(2) == 0,
            }
        };
        Order {
            id: OrderId(self.next_id),
            user: UserId(self.dice.below(u64::from(USERS)) as u32),
            outcome: OutcomeId(self.dice.below(u64::from(outcomes)) as u8),
            side: Side::BOTH[self.dice.below(2) as usize],
            direction: if is_buy { Direction::Buy } else { Direction::Sell },
            kind,
            size: Tokens(1_000_000 + self.dice.below(19_000_001) as i64),
            ts_ms,
        }
    }
}
