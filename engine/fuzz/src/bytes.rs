//! Bytes as a market and its inputs: every value is possible, likely ones are short.

use outcry_engine::{
    Direction, Input, Order, OrderId, OrderKind, OutcomeId, Params, Price, Rate, Side, Tokens, Usdc, UserId,
};

const MICRO: i64 = 1_000_000;

pub(crate) struct Bytes<'a> {
    rest: &'a [u8],
    now_ms: u64,
    next_order: u64,
}

impl<'a> Bytes<'a> {
    pub(crate) fn new(rest: &'a [u8]) -> Self {
        Self { rest, now_ms: 0, next_order: 0 }
    }

    fn byte(&mut self) -> u8 {
        let Some((&first, rest)) = self.rest.split_first() else { return 0 };
        self.rest = rest;
        first
    }

    fn wide(&mut self) -> i64 {
        i64::from_le_bytes(std::array::from_fn(|_| self.byte()))
    }

    /// One of a few round amounts, or any at all.
    fn amount(&mut self) -> i64 {
        match self.byte() {
            0 => self.wide(),
            1 => 10_000,
            2 => 9_999,
            3 => 1_000_000_000 * MICRO,
            n => i64::from(n) * i64::from(self.byte()) * MICRO / 16,
        }
    }

    fn rate(&mut self) -> Rate {
        match self.byte() {
            0 => Rate(self.wide()),
            n => Rate(i64::from(n) * 10_000_000),
        }
    }

    /// The defaults with some fields changed; invalid ones are the engine's to refuse.
    pub(crate) fn params(&mut self) -> Params {
        let mut params = Params::default();
        for _ in 0..self.byte() % 8 {
            match self.byte() % 16 {
                0 => params.n_outcomes = self.byte(),
                1 => params.z = Usdc(self.amount()),
                2 => params.q0 = Tokens(self.amount()),
                3 => params.kappa_start = Rate(i64::from(self.byte()) * 10_000),
                4 => params.kappa_end = self.rate(),
                5 => params.zeta_start = self.rate(),
                6 => params.zeta_end = self.rate(),
                7 => params.mu_start = self.rate(),
                8 => params.nu_start = self.rate(),
                9 => params.f = Rate(i64::from(self.byte()) * 100_000),
                10 => params.f_match = Rate(i64::from(self.byte()) * 50_000),
                11 => params.p_max = Price(500_001 + u32::from(self.byte()) * 1_900),
                12 => params.gamma = Rate(i64::from(self.byte()) * 3_900),
                13 => params.gas_fee = Usdc(self.amount()),
                14 => params.cm_enabled = !params.cm_enabled,
                _ => params.sigma = self.rate(),
            }
        }
        let count = usize::from(params.n_outcomes);
        params.outcome_names = (0..count).map(|i| format!("Outcome {i}")).collect();
        params
    }

    pub(crate) fn input(&mut self) -> Option<Input> {
        if self.rest.is_empty() {
            return None;
        }
        let kind = self.byte();
        self.now_ms += u64::from(self.byte()) * 100;
        let now_ms = self.now_ms;
        let user = UserId(u32::from(self.byte() % 6));
        Some(match kind {
            0..=31 => Input::Join { user, deposit: Usdc(self.amount()) },
            32..=47 => Input::Cancel { user, order: OrderId(self.byte().into()), now_ms },
            48..=51 => Input::Close { user, now_ms },
            52..=55 => Input::Extend { by_ms: u64::from(self.byte()) * 500, now_ms },
            56..=63 => {
                Input::Eliminate { outcomes: vec![OutcomeId(self.byte())], round: None, now_ms, resume_ms: now_ms }
            }
            64 => Input::Final { winner: OutcomeId(self.byte()), now_ms },
            65..=69 => Input::Frozen { now_ms, orders: self.orders() },
            _ => Input::Orders { now_ms, orders: self.orders() },
        })
    }

    fn orders(&mut self) -> Vec<Order> {
        let count = self.byte() % 12;
        (0..count).map(|_| self.order()).collect()
    }

    fn order(&mut self) -> Order {
        let flags = self.byte();
        self.next_order += 1;
        let again = self.byte();
        let id = OrderId(if again < 8 { again.into() } else { self.next_order });
        let outcome = self.byte();
        let price = match self.byte() {
            0 => self.wide() as u32,
            n => u32::from(n % 100) * 10_000,
        };
        let kind = match flags & 4 {
            0 => OrderKind::Market { max_slippage: Rate(i64::from(price) * 1_000_000) },
            _ => OrderKind::Limit { price: Price(price), af_opt_in: flags & 8 == 0 },
        };
        Order {
            id,
            user: UserId(u32::from(flags >> 5)),
            outcome: OutcomeId(if outcome < 250 { outcome % 5 } else { outcome }),
            side: if flags & 1 == 0 { Side::Yes } else { Side::No },
            direction: if flags & 2 == 0 { Direction::Buy } else { Direction::Sell },
            kind,
            size: Tokens(self.amount()),
            ts_ms: self.now_ms,
        }
    }
}
