//! Random markets and what happens in them, for tests: seeded, the same every time.
#![allow(dead_code, clippy::allow_attributes, reason = "every test uses its own part")]

mod dice;

pub(crate) use dice::Dice;

use outcry_engine::{
    Direction, Input, InterpolationMode, Market, Order, OrderId, OrderKind, OutcomeId, Params, Price, Rate, Round,
    Side, Tokens, Usdc, UserId, params::default_names,
};

/// Micro-units in 1.
pub(crate) const MICRO: i64 = 1_000_000;
/// Units of a rate in 1.
pub(crate) const ONE: i64 = 1_000_000_000;
/// Participants of a random market.
pub(crate) const USERS: u32 = 6;

/// Parameters within their ranges, at the ends of them and in between.
pub(crate) fn params(dice: &mut Dice) -> Params {
    let n = dice.pick(&[3, 3, 4, 5, 8, 10]);
    let z = dice.pick(&[i64::from(n), 1_000, 10_000, 10_000, 100_000_000]) * MICRO;
    let s = z / i64::from(n);
    let p_max = dice.pick(&[990_000, 990_000, 900_000, 999_999, 500_001]);
    let zeta_max = ONE / 100 * 99 / (i64::from(n) - 1);
    let zeta = |dice: &mut Dice| Rate(dice.pick(&[0, zeta_max, ONE / 10, ONE / 20]).min(zeta_max));
    let weight = |dice: &mut Dice| Rate(dice.pick(&[ONE, ONE, 2 * ONE, ONE / 1_000, 1_000 * ONE]));
    let kappa = |dice: &mut Dice| Rate(dice.pick(&[0, 10_000, 100_000, ONE / 1_000, ONE]));
    let most_q0 = (s / MICRO * i64::from(p_max) - 1).max(1);
    Params {
        n_outcomes: n,
        outcome_names: default_names(n),
        z: Usdc(z),
        gamma: Rate(dice.pick(&[0, 100_000, 999_999])),
        q0: Tokens(dice.pick(&[s / 2, s / 2, s / 2, 1, most_q0])),
        mu_start: weight(dice),
        mu_end: weight(dice),
        nu_start: weight(dice),
        nu_end: weight(dice),
        kappa_start: kappa(dice),
        kappa_end: kappa(dice),
        zeta_start: zeta(dice),
        zeta_end: zeta(dice),
        interpolation_mode: dice.pick(&[InterpolationMode::Continue, InterpolationMode::Reset]),
        f: Rate(dice.pick(&[0, ONE / 100, ONE / 100, 49_999_999])),
        p_max: Price(p_max),
        p_min: Price(dice.pick(&[10_000, 10_000, 1, 499_999])),
        eta: Rate(dice.pick(&[2 * ONE, 2 * ONE, ONE + 1, 10 * ONE])),
        tick_size: Price(dice.pick(&[10_000, 10_000, 1_000, 100_000])),
        f_match: Rate(dice.pick(&[0, ONE / 200, 19_999_999])),
        sigma: Rate(dice.pick(&[0, ONE / 2, ONE])),
        af_cap_frac: Rate(dice.pick(&[ONE / 10, ONE / 5])),
        af_max_pools: dice.pick(&[1, 3, 5]),
        af_max_surplus: Rate(dice.pick(&[ONE / 20, ONE, 1])),
        renorm_cap: Price(dice.pick(&[900_000, 500_001, p_max]).min(p_max)),
        cm_enabled: !dice.once_in(4),
        af_enabled: !dice.once_in(4),
        mr_enabled: true,
        vc_enabled: !dice.once_in(4),
        gas_fee: Usdc(dice.pick(&[0, 0, 50_000, 100 * MICRO])),
        rounds: vec![Round { at_s: 300, freeze_s: 15 }, Round { at_s: 600, freeze_s: 0 }],
        ..Params::default()
    }
}

/// A random session on its way.
pub(crate) struct Play {
    pub(crate) dice: Dice,
    pub(crate) market: Market,
    pub(crate) now_ms: u64,
    last_order: u64,
}

impl Play {
    pub(crate) fn new(seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let params = params(&mut dice);
        assert_eq!(params.validate(None), [], "seed {seed}");
        let mut market = Market::new(params).unwrap();
        for user in 0..USERS {
            let deposit = dice.pick(&[MICRO, 1_000 * MICRO, 1_000 * MICRO, 1_000_000 * MICRO]);
            market.apply(&Input::Join { user: UserId(user), deposit: Usdc(deposit) }).unwrap();
            if dice.once_in(3) {
                let sets = Tokens(dice.of_any_size(10_000, 10_000 * MICRO));
                market.endow(UserId(user), OutcomeId(dice.below(3) as u8), sets).unwrap();
            }
        }
        Self { dice, market, now_ms: 0, last_order: 0 }
    }

    /// The next input: mostly ticks, also cancels, closed seats, extensions, eliminations.
    pub(crate) fn input(&mut self) -> Input {
        self.now_ms += self.dice.below(20_000);
        let now_ms = self.now_ms;
        match self.dice.below(100) {
            0..=7 => self.cancel(),
            8 if self.dice.once_in(4) => Input::Close { user: self.user(), now_ms },
            9 => Input::Extend { by_ms: self.dice.pick(&[1_000, 30_000, 1]), now_ms },
            10..=11 => {
                let outcomes = (0..self.dice.pick(&[1, 1, 2, 0])).map(|_| self.outcome()).collect();
                let held = self.market.rounds_held();
                let round = self.dice.pick(&[None, Some(held), Some(held), Some(held + 1)]);
                Input::Eliminate { outcomes, round, now_ms, resume_ms: now_ms + self.dice.pick(&[0, 5_000]) }
            }
            12 if self.dice.once_in(6) => Input::Final { winner: self.outcome(), now_ms },
            13 => Input::Frozen { now_ms, orders: self.orders(3) },
            _ => {
                let count = self.dice.pick(&[0, 1, 2, 5, 12]);
                Input::Orders { now_ms, orders: self.orders(count) }
            }
        }
    }

    pub(crate) fn orders(&mut self, count: usize) -> Vec<Order> {
        (0..count).map(|_| self.order()).collect()
    }

    fn user(&mut self) -> UserId {
        UserId(self.dice.below(u64::from(USERS)) as u32)
    }

    fn outcome(&mut self) -> OutcomeId {
        OutcomeId(self.dice.below(u64::from(self.market.params().n_outcomes)) as u8)
    }

    fn cancel(&mut self) -> Input {
        let open = self.market.all_open_orders();
        let now_ms = self.now_ms;
        if open.is_empty() {
            return Input::Cancel { user: self.user(), order: OrderId(7), now_ms };
        }
        let order = self.dice.pick(&open);
        Input::Cancel { user: order.user, order: order.id, now_ms }
    }

    /// A random order, mostly one that means something where the market stands.
    pub(crate) fn order(&mut self) -> Order {
        if !self.dice.once_in(60) {
            self.last_order += 1;
        }
        let user = if self.dice.once_in(60) { UserId(99) } else { self.user() };
        let outcome = if self.dice.once_in(40) { OutcomeId(77) } else { self.outcome() };
        let side = self.dice.pick(&Side::BOTH);
        let free = self.market.account(user).and_then(|account| account.free.get(outcome.index()));
        let held = free.map_or(0, |free| free[side.index()].0);
        let sells = self.dice.once_in(3) && (held >= 10_000 || self.dice.once_in(10));
        let (direction, size) = if sells {
            (Direction::Sell, self.dice.pick(&[held, held / 2, held + 1, 10_000]))
        } else {
            let s = self.market.params().subsidy_start().0;
            let any = self.dice.of_any_size(10_000, s.max(20_000));
            (Direction::Buy, self.dice.pick(&[any, any, any, 10_000, 9_999, 1_000_000_000 * MICRO]))
        };
        let kind = if self.dice.once_in(2) { self.limit(outcome, side) } else { self.market_kind() };
        let ts_ms = self.now_ms.saturating_sub(self.dice.below(3));
        Order { id: OrderId(self.last_order), user, outcome, side, direction, kind, size: Tokens(size), ts_ms }
    }

    fn market_kind(&mut self) -> OrderKind {
        OrderKind::Market { max_slippage: Rate(self.dice.pick(&[ONE / 20, ONE, 1_000 * ONE, 0])) }
    }

    fn limit(&mut self, outcome: OutcomeId, side: Side) -> OrderKind {
        let tick = i64::from(self.market.params().tick_size.0);
        let spot = (self.market.spot(outcome, side) * 1e6) as i64;
        let near = (spot / tick + self.dice.between(-4, 4)) * tick;
        let any = self.dice.between(0, MICRO / tick) * tick;
        let price = self.dice.pick(&[near, near, near, any]) + i64::from(self.dice.once_in(50));
        OrderKind::Limit { price: Price(price.clamp(0, MICRO) as u32), af_opt_in: self.dice.once_in(2) }
    }
}
