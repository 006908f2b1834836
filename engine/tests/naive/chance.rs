//! Random markets and what happens in them: every parameter at its ends and in
//! between, every kind of input, sizes and prices where something turns.

use super::dice::Dice;
use outcry_engine::{
    Direction, Input, InterpolationMode, Market, Order, OrderId, OrderKind, OutcomeId, Params, Price, Rate, Side,
    Tokens, Usdc, UserId, params::Round,
};

const MICRO: i64 = 1_000_000;
const ONE: i64 = 1_000_000_000;

/// Parameters within §2.
pub(crate) fn any_params(dice: &mut Dice) -> Params {
    let n = dice.pick(&[3, 3, 3, 4, 5, 7, 10]);
    let z = dice.pick(&[i64::from(n), 50, 1_000, 10_000, 10_000, 1_000_000, 100_000_000]) * MICRO;
    let s = z / i64::from(n);
    let p_max = dice.pick(&[990_000, 990_000, 990_000, 900_000, 999_999, 500_001]);
    let tick_size = dice.pick(&[10_000, 10_000, 1_000, 100_000, 5_000, 8_000]);
    let p_min = dice.pick(&[10_000, 10_000, 1, 100_000, 499_999]);
    // Some tick must lie between.
    let p_min = if i64::from(p_max) / tick_size * tick_size < p_min { 10_000 } else { p_min };
    let most_q0 = s / MICRO * i64::from(p_max) - 1;
    let zeta_max = ONE / 100 * 99 / (i64::from(n) - 1);
    let zeta = |dice: &mut Dice| {
        let any = dice.between(0, zeta_max);
        dice.pick(&[0, zeta_max, ONE / 10, ONE / 20, any]).min(zeta_max)
    };
    let (zeta_start, zeta_end) = (zeta(dice), zeta(dice));
    let weight = |dice: &mut Dice| {
        let any = dice.log_between(ONE / 1000, 1000 * ONE);
        dice.pick(&[ONE, ONE, ONE, 2 * ONE, ONE / 1000, 1000 * ONE, any])
    };
    let (mu, nu) = ([weight(dice), weight(dice)], [weight(dice), weight(dice)]);
    let kappa = |dice: &mut Dice| {
        let any = dice.log_between(1, ONE / 100);
        dice.pick(&[0, 0, 10_000, 100_000, 300_000, ONE / 1000, ONE, any])
    };
    let (kappa_start, kappa_end) = (kappa(dice), kappa(dice));
    let steady = dice.once_in(2);
    let end = |start: i64, end: i64| Rate(if steady { start } else { end });
    let total_duration = dice.pick(&[900, 900, 60, 1, 86_400]);
    let mr_enabled = dice.once_in(2);
    let any_q0 = dice.log_between(1, most_q0);
    Params {
        n_outcomes: n,
        outcome_names: (0..n).map(|i| format!("Outcome {i}")).collect(),
        z: Usdc(z),
        gamma: Rate(dice.pick(&[0, 100_000, 100_000, 999_999, 1])),
        q0: Tokens(dice.pick(&[s / 2, s / 2, s / 2, s / 2, 1, most_q0, most_q0 / 2, any_q0])),
        mu_start: Rate(mu[0]),
        mu_end: end(mu[0], mu[1]),
        nu_start: Rate(nu[0]),
        nu_end: end(nu[0], nu[1]),
        kappa_start: Rate(kappa_start),
        kappa_end: end(kappa_start, kappa_end),
        zeta_start: Rate(zeta_start),
        zeta_end: end(zeta_start, zeta_end),
        interpolation_mode: dice.pick(&[InterpolationMode::Continue, InterpolationMode::Reset]),
        f: Rate(dice.pick(&[0, ONE / 100, ONE / 100, 49_999_999, 1])),
        p_max: Price(p_max),
        p_min: Price(p_min as u32),
        eta: Rate(dice.pick(&[2 * ONE, 2 * ONE, ONE + 1, 10 * ONE, 3 * ONE / 2])),
        tick_size: Price(tick_size as u32),
        f_match: Rate(dice.pick(&[0, ONE / 200, ONE / 200, 19_999_999])),
        sigma: Rate(dice.pick(&[0, ONE / 2, ONE / 2, ONE, 333_333_333])),
        af_cap_frac: Rate(dice.pick(&[ONE / 10, ONE / 10, ONE / 5, 1])),
        af_max_pools: dice.pick(&[1, 3, 3, 5]),
        af_max_surplus: Rate(dice.pick(&[ONE / 20, ONE / 20, ONE, ONE / 1000, 1])),
        renorm_cap: Price(dice.pick(&[900_000, 900_000, 500_001, p_max]).min(p_max)),
        cm_enabled: !dice.once_in(4),
        af_enabled: !dice.once_in(4),
        mr_enabled,
        vc_enabled: !dice.once_in(4),
        gas_fee: Usdc(dice.pick(&[0, 0, 0, 1, 50_000, MICRO, 10_000 * MICRO])),
        starting_balance: Usdc(1_000 * MICRO),
        batch_interval_ms: 1_000,
        total_duration,
        rounds: if mr_enabled && total_duration >= 60 {
            vec![Round { at_s: 20, freeze_s: 5 }, Round { at_s: 40, freeze_s: 0 }]
        } else {
            Vec::new()
        },
    }
}

/// Two outcomes of three are left, and much of a trade goes next door, where all that it leaves is the maker's.
fn wall(params: &mut Params) {
    (params.n_outcomes, params.z, params.q0) = (3, Usdc(30_000 * MICRO), Tokens(48 * MICRO));
    params.outcome_names.truncate(3);
    (params.p_max, params.renorm_cap) = (Price(680_000), Price(680_000));
    (params.mu_start, params.mu_end, params.eta) = (Rate(10 * ONE), Rate(10 * ONE), Rate(57 * ONE / 10));
    (params.zeta_start, params.zeta_end) = (Rate(43 * ONE / 100), Rate(43 * ONE / 100));
    (params.f, params.f_match, params.gamma) = (Rate(0), Rate(0), Rate(0));
    (params.af_cap_frac, params.af_max_pools, params.cm_enabled) = (Rate(ONE / 5), 5, false);
    params.mr_enabled = true;
}

/// A market order of no number at any price.
fn buy(user: UserId, outcome: u8, side: Side) -> Order {
    let kind = OrderKind::Market { max_slippage: Rate(1_000 * ONE) };
    let (id, outcome, direction) = (OrderId(0), OutcomeId(outcome), Direction::Buy);
    Order { id, user, outcome, side, direction, kind, size: Tokens(0), ts_ms: 0 }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mood {
    /// Sizes and prices near what people do.
    Calm,
    /// Cheap outcomes and purchases that run into p_max: penalties, and refunds of them.
    Capped,
    /// The same, after a purchase beside opted-in bids that stand at the cap.
    Walled,
    /// Anything.
    Wild,
}

/// What a random scenario keeps in mind.
pub(crate) struct Chance {
    pub(crate) dice: Dice,
    now_ms: u64,
    last_order: u64,
    last_user: u32,
    mood: Mood,
    /// What comes next, the next last.
    script: Vec<Input>,
}

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let mut mood =
            dice.pick(&[Mood::Calm, Mood::Calm, Mood::Calm, Mood::Wild, Mood::Wild, Mood::Wild, Mood::Capped]);
        if mood == Mood::Capped && dice.once_in(2) {
            mood = Mood::Walled;
        }
        Self { dice, now_ms: 0, last_order: 0, last_user: 0, mood, script: Vec::new() }
    }

    /// Parameters for this scenario.
    pub(crate) fn params(&mut self) -> Params {
        let mut params = any_params(&mut self.dice);
        match self.mood {
            Mood::Wild => {}
            Mood::Calm => {
                params.z = Usdc(self.dice.pick(&[1_000, 10_000]) * MICRO);
                params.q0 = Tokens(params.z.0 / i64::from(params.n_outcomes) / 2);
                params.kappa_start = Rate(params.kappa_start.0.min(ONE / 1000));
                params.kappa_end = Rate(params.kappa_end.0.min(ONE / 1000));
            }
            Mood::Capped => self.cap(&mut params),
            Mood::Walled => {
                self.cap(&mut params);
                wall(&mut params);
            }
        }
        params
    }

    /// Moods in which everybody has money enough to run into the cap.
    fn is_capped(&self) -> bool {
        matches!(self.mood, Mood::Capped | Mood::Walled)
    }

    fn cap(&mut self, params: &mut Params) {
        params.z = Usdc(i64::from(params.n_outcomes) * 1_000 * MICRO);
        params.q0 = Tokens(100 * MICRO);
        (params.p_max, params.p_min, params.renorm_cap) = (Price(700_000), Price(10_000), Price(600_000));
        (params.tick_size, params.eta) = (Price(1_000), Rate(10 * ONE));
        (params.kappa_start, params.kappa_end) = (Rate(0), Rate(0));
        let zeta = Rate(ONE / 5 / i64::from(params.n_outcomes));
        (params.zeta_start, params.zeta_end) = (zeta, zeta);
        let weight = Rate(ONE);
        (params.mu_start, params.mu_end, params.nu_start, params.nu_end) = (weight, weight, weight, weight);
        (params.af_enabled, params.af_max_surplus, params.sigma) = (true, Rate(ONE), Rate(ONE));
        params.gas_fee = Usdc(0);
    }

    /// The next input, given how the market stands.
    pub(crate) fn input(&mut self, market: &Market) -> Input {
        if self.last_user < 3 {
            return self.join();
        }
        if self.mood == Mood::Walled && self.last_order == 0 {
            self.script = self.walls();
            self.script.reverse();
        }
        if let Some(input) = self.script.pop() {
            return input;
        }
        let length = u64::from(market.params().total_duration) * 1000 / 40;
        self.now_ms += self.dice.between(0, length as i64) as u64;
        let now_ms = self.now_ms;
        match self.dice.between(0, 99) {
            0..=1 if self.last_user < 6 => self.join(),
            2..=7 => self.cancel(market),
            8 if self.dice.once_in(4) => Input::Close { user: self.user(), now_ms },
            9 if self.dice.once_in(2) => Input::Extend { by_ms: self.dice.pick(&[0, 1_000, 30_000, 999]), now_ms },
            10..=11 => self.eliminate(market),
            12 if self.dice.once_in(8) => Input::Final { winner: self.outcome(market), now_ms },
            _ => self.orders(market),
        }
    }

    fn join(&mut self) -> Input {
        self.last_user += 1;
        let any = self.dice.log_between(1, 1_000_000 * MICRO);
        if self.is_capped() {
            return Input::Join { user: UserId(self.last_user), deposit: Usdc(1_000_000 * MICRO) };
        }
        let deposit = self.dice.pick(&[10_000, 1_000 * MICRO, 1_000 * MICRO, 1_000_000 * MICRO, any]);
        Input::Join { user: UserId(self.last_user), deposit: Usdc(deposit) }
    }

    fn user(&mut self) -> UserId {
        UserId(self.dice.between(1, i64::from(self.last_user)) as u32)
    }

    fn outcome(&mut self, market: &Market) -> OutcomeId {
        OutcomeId(self.dice.between(0, i64::from(market.params().n_outcomes) - 1) as u8)
    }

    fn cancel(&mut self, market: &Market) -> Input {
        let open = market.all_open_orders();
        let none = OrderId(self.dice.between(0, 99) as u64);
        let order = open.get(self.dice.between(0, open.len() as i64) as usize);
        let (order, owner) = order.map_or((none, None), |order| (order.id, Some(order.user)));
        let user = owner.filter(|_| !self.dice.once_in(5)).unwrap_or_else(|| self.user());
        Input::Cancel { user, order, now_ms: self.now_ms }
    }

    fn eliminate(&mut self, market: &Market) -> Input {
        let mut outcomes: Vec<OutcomeId> = Vec::new();
        for _ in 0..self.dice.pick(&[0, 1, 1, 1, 1, 2, 2]) {
            let any = self.outcome(market);
            outcomes.push(any);
        }
        let held = market.rounds_held();
        let round = self.dice.pick(&[None, Some(held), Some(held), Some(held + 1), held.checked_sub(1)]);
        let now_ms = self.now_ms;
        let resume_ms = now_ms + self.dice.pick(&[0, 0, 5_000]);
        self.now_ms = resume_ms;
        Input::Eliminate { outcomes, round, now_ms, resume_ms }
    }

    fn orders(&mut self, market: &Market) -> Input {
        let count = self.dice.pick(&[0, 1, 1, 2, 3, 5, 8, 12]);
        let orders = (0..count).map(|_| self.order(market)).collect();
        if self.dice.once_in(40) {
            return Input::Frozen { now_ms: self.now_ms, orders };
        }
        Input::Orders { now_ms: self.now_ms, orders }
    }

    fn order(&mut self, market: &Market) -> Order {
        if !self.dice.once_in(50) {
            self.last_order += 1;
        }
        let user = if self.dice.once_in(60) { UserId(999) } else { self.user() };
        let any = self.outcome(market);
        let active = market.active();
        let outcome = match active.len() {
            0 => any,
            _ if self.dice.once_in(40) => self.dice.pick(&[any, OutcomeId(77)]),
            n => active[self.dice.between(0, (n as i64 - 1).min(2)) as usize],
        };
        let side = self.dice.pick(&Side::BOTH);
        let mut direction = self.dice.pick(&[Direction::Buy, Direction::Buy, Direction::Sell]);
        let held = market.account(user).and_then(|account| account.free.get(outcome.index()));
        let held = held.map_or(0, |free| free[side.index()].0);
        if held < 10_000 && !self.dice.once_in(20) {
            direction = Direction::Buy;
        }
        let size = self.size(direction, held, market);
        let kind = if self.dice.once_in(2) { self.limit(market, outcome, side) } else { self.market() };
        let ts_ms = self.now_ms.saturating_sub(self.dice.between(0, 3) as u64);
        Order { id: OrderId(self.last_order), user, outcome, side, direction, kind, size: Tokens(size), ts_ms }
    }

    fn size(&mut self, direction: Direction, held: i64, market: &Market) -> i64 {
        let s = market.params().subsidy_start().0;
        let few = self.dice.between(1, 60) * MICRO;
        let odd = self.dice.log_between(10_000, (s / 4).max(20_000));
        if direction == Direction::Sell {
            let part = self.dice.log_between(1, held.max(1));
            return self.dice.pick(&[held, held, part, held + 1, held / 2, few.min(held)]);
        }
        match self.mood {
            Mood::Calm => return self.dice.pick(&[few, few, odd]),
            Mood::Capped | Mood::Walled => {
                return if self.dice.once_in(4) { self.dice.between(s * 7 / 10, s * 9 / 10) } else { few };
            }
            Mood::Wild => {}
        }
        let huge = self.dice.log_between(10_000, 1_000_000_000 * MICRO);
        self.dice.pick(&[few, few, odd, odd, 10_000, 9_999, 10_001, 1_000_000_000 * MICRO, huge, 1, 0, -1])
    }

    fn market(&mut self) -> OrderKind {
        let max_slippage = Rate(self.dice.pick(&[ONE / 20, ONE / 2, ONE, 1_000 * ONE, 1_000 * ONE, 0, 1]));
        OrderKind::Market { max_slippage }
    }

    /// Bids for NO at the cap and a little below it, for more than the pool gives, which hold the price there; and
    /// a purchase next door that runs into the cap, lowers that price and has the bids auto-filled.
    fn walls(&mut self) -> Vec<Input> {
        let dice = &mut self.dice;
        let bid = |outcome, price, tokens: i64, af_opt_in| Order {
            kind: OrderKind::Limit { price: Price(price), af_opt_in },
            size: Tokens(tokens * MICRO),
            ..buy(UserId(1), outcome, Side::No)
        };
        let mut ticks = vec![
            vec![bid(1, 680_000, dice.between(19_500, 20_500), true)],
            vec![bid(0, 680_000, 20_000, false)],
            (1..=4).map(|nth| bid(1, 680_000 - 1_000 * nth, dice.between(4_500, 5_500), true)).collect(),
        ];
        ticks.resize(11, Vec::new());
        let size = Tokens(dice.between(16_800, 16_960) * MICRO);
        ticks.push(vec![Order { size, ..buy(UserId(2), 0, Side::Yes) }]);
        let (round, now_ms, resume_ms) = (None, 1_000, 1_000);
        let eliminated = Input::Eliminate { outcomes: vec![OutcomeId(2)], round, now_ms, resume_ms };
        let tick = |orders: Vec<Order>| {
            self.now_ms += 1_000;
            let number = |order: Order| {
                self.last_order += 1;
                Order { id: OrderId(self.last_order), ..order }
            };
            Input::Orders { now_ms: self.now_ms, orders: orders.into_iter().map(number).collect() }
        };
        std::iter::once(eliminated).chain(ticks.into_iter().map(tick)).collect()
    }

    fn limit(&mut self, market: &Market, outcome: OutcomeId, side: Side) -> OrderKind {
        let p = market.params();
        let (tick, low, high) = (i64::from(p.tick_size.0), i64::from(p.p_min.0), i64::from(p.p_max.0));
        let active = market.active().contains(&outcome);
        let spot = if active { (market.spot(outcome, side) * 1e6) as i64 } else { MICRO / 2 };
        let near = (spot / tick + self.dice.between(-3, 3)) * tick;
        let any = self.dice.between(low / tick, high / tick) * tick;
        let ends = [(low + tick - 1) / tick * tick, high / tick * tick];
        let end = self.dice.pick(&ends);
        let at = self.dice.pick(&[near, near, near, near, any, any, end]);
        let off = if self.dice.once_in(40) { self.dice.pick(&[-1, 1]) } else { 0 };
        let price = Price((at + off).clamp(0, 2 * MICRO) as u32);
        OrderKind::Limit { price, af_opt_in: self.dice.once_in(2) }
    }
}
