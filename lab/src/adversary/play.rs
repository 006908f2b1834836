//! A plan played on a mechanism, and what it comes to.

use crate::{
    adversary::action::{ANY_PRICE, Action, Kind, order},
    mechanism::Mechanism,
    setup::{Maker, PACE_MS},
};
use outcry_engine::{Direction, Input, Leg, Order, OrderId, OrderKind, OutcomeId, Params, Side, Usdc, UserId};
use outcry_traders::{Kind as TraderKind, Pace, PastPrices, Trader, Wishes};
use rand_chacha::{ChaCha8Rng, rand_core::SeedableRng};
use std::collections::BTreeSet;

/// Where an adversary acts.
#[derive(Clone, Debug)]
pub struct Setting {
    /// The market's.
    pub params: Params,
    /// Who makes it.
    pub maker: Maker,
    /// What a rival can lose at most; Z where nothing is said.
    pub loss: Option<Usdc>,
    /// Accounts that act as one.
    pub accounts: u32,
    /// What each begins with.
    pub deposit: Usdc,
    /// The outcome that leaves, at a moment that the plan may choose.
    pub eliminated: Option<OutcomeId>,
    /// Others who trade, each with the session's start balance; mostly nobody.
    pub crowd: Vec<TraderKind>,
}

/// Accounts that act as one where nothing is said.
const ACCOUNTS: u32 = 3;
/// What each of them has: more than any of it takes.
const DEPOSIT: Usdc = Usdc::whole(300_000);
/// Seed of the others' chances.
const CROWD_SEED: u64 = 1;

impl Setting {
    /// Three accounts alone on the engine, with more than it takes.
    #[must_use]
    pub fn new(params: Params) -> Self {
        let (accounts, deposit, eliminated, crowd) = (ACCOUNTS, DEPOSIT, None, Vec::new());
        Self { params, maker: Maker::Engine, loss: None, accounts, deposit, eliminated, crowd }
    }

    /// The same without fees and gas: what the rule itself gives away.
    #[must_use]
    pub fn without_fees(&self) -> Self {
        let mut free = self.clone();
        let none = outcry_engine::Rate(0);
        (free.params.f, free.params.f_match, free.params.gas_fee) = (none, none, Usdc::ZERO);
        free
    }
}

/// What an adversary is after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// Cash before anybody has won: what is held in the end is sold to whoever buys it, or counts for nothing.
    Cash,
    /// The gain that is sure: with the winner that is the worst for the accounts.
    Sure,
    /// The maker's loss with the winner that is the worst for the maker, fees that it earned taken off.
    Loss,
    /// Cash beyond that of the same plan without its limit orders, none of which is met.
    Shown,
}

/// What became of a plan.
#[derive(Clone, Debug)]
pub struct Played {
    /// What the accounts have more than they began with, by the goal.
    pub gain: Usdc,
    /// Where the gain is to be sure, what it would be on average if every winner were as likely; else the gain.
    pub(crate) hope: Usdc,
    /// The cash of the accounts at the end less what they began with, without what their tokens will pay.
    pub cash: Usdc,
    /// The most that they had spent at once.
    pub capital: Usdc,
    /// Ticks that it took.
    pub ticks: u32,
    /// Every input after the joins, to do it again.
    pub inputs: Vec<Input>,
}

/// The longest play, in ticks: what comes after is left out.
const TICKS_MAX: u32 = 300;

/// A plan on its way.
struct Run<'a> {
    market: Box<dyn Mechanism>,
    setting: &'a Setting,
    crowd: Vec<Trader>,
    prices: PastPrices,
    now_ms: u64,
    next_id: u64,
    waiting: Vec<Order>,
    /// Whether a tick is to come: an order waits for it, or would if it were shown.
    pending: bool,
    /// Whether limit orders are kept to oneself.
    hides: bool,
    /// The adversary's limit orders, and whether one was met.
    shown: BTreeSet<OrderId>,
    met: bool,
    least_cash: Usdc,
    ticks: u32,
    inputs: Vec<Input>,
    keeps: bool,
}

impl<'a> Run<'a> {
    fn new(setting: &'a Setting, start: &dyn Mechanism, keeps: bool) -> Self {
        let trader = |(number, kind): (u32, &TraderKind)| {
            let mut rng = ChaCha8Rng::seed_from_u64(CROWD_SEED);
            rng.set_stream(u64::from(number));
            let pace = Pace::new(PACE_MS, PACE_MS * u64::from(number) / setting.crowd.len() as u64);
            let user = UserId(setting.accounts + number);
            Trader { user, strategy: kind.strategy(number as usize), rng, pace }
        };
        Self {
            market: start.boxed(),
            setting,
            crowd: (0..).zip(&setting.crowd).map(trader).collect(),
            prices: PastPrices::default(),
            now_ms: 0,
            next_id: 1,
            waiting: Vec::new(),
            pending: false,
            hides: false,
            shown: BTreeSet::new(),
            met: false,
            least_cash: Usdc(i64::MAX),
            ticks: 0,
            inputs: Vec::new(),
            keeps,
        }
    }

    fn users(&self) -> impl Iterator<Item = UserId> + use<> {
        (0..self.setting.accounts).map(UserId)
    }

    fn active(&self) -> Vec<OutcomeId> {
        let outcomes = (0..self.setting.params.n_outcomes).map(OutcomeId);
        outcomes.filter(|outcome| self.market.is_active(*outcome)).collect()
    }

    fn apply(&mut self, input: Input) {
        let Ok(report) = self.market.apply(&input) else { return };
        self.met |= report.orders.iter().any(|update| update.filled.0 > 0 && self.shown.contains(&update.id));
        if self.keeps {
            self.inputs.push(input);
        }
    }

    /// What the others send for the tick.
    fn of_crowd(&mut self) -> Vec<Order> {
        if self.crowd.is_empty() {
            return Vec::new();
        }
        let Wishes { cancels, orders } = {
            let seen = self.market.seen();
            self.prices.remember(&*seen);
            let (market, own) = ((&*seen, &self.prices), |user| self.market.own_view(user));
            Wishes::of(&mut self.crowd, market, own, self.now_ms, &mut self.next_id)
        };
        for (user, order) in cancels {
            self.apply(Input::Cancel { user, order, now_ms: self.now_ms });
        }
        orders
    }

    /// A tick with what waits; time passes without one where there is nothing for it.
    fn tick(&mut self) {
        let mut orders = std::mem::take(&mut self.waiting);
        self.pending = false;
        orders.extend(self.of_crowd());
        self.apply(Input::Orders { now_ms: self.now_ms, orders });
        self.ticks += 1;
        self.now_ms += u64::from(self.setting.params.batch_interval_ms);
        self.least_cash = self.least_cash.min(self.cash());
    }

    fn settle_waiting(&mut self) {
        if self.pending {
            self.tick();
        }
    }

    fn act(&mut self, action: &Action) {
        match action.kind {
            Kind::Elimination => {
                self.settle_waiting();
                let outcomes: Vec<OutcomeId> =
                    self.setting.eliminated.filter(|outcome| self.market.is_active(*outcome)).into_iter().collect();
                if !outcomes.is_empty() {
                    let now_ms = self.now_ms;
                    self.apply(Input::Eliminate { outcomes, round: None, now_ms, resume_ms: now_ms });
                }
            }
            Kind::CancelAll => {
                self.settle_waiting();
                self.cancel_all();
            }
            _ => (0..action.times).for_each(|time| self.send(action, time)),
        }
    }

    fn send(&mut self, action: &Action, time: u32) {
        if self.ticks >= TICKS_MAX {
            return;
        }
        if action.kind == Kind::Wait {
            self.tick();
            return;
        }
        // Sizes and prices are chosen as the market stood at the last tick.
        if action.new_tick || time > 0 {
            self.settle_waiting();
        }
        let orders = action.orders(&*self.market, self.setting.accounts, self.next_id, self.now_ms);
        self.next_id += 2;
        self.pending |= !orders.is_empty();
        let is_limit = |order: &Order| matches!(order.kind, OrderKind::Limit { .. });
        self.shown.extend(orders.iter().filter(|order| is_limit(order)).map(|order| order.id));
        self.waiting.extend(orders.into_iter().filter(|order| !self.hides || !is_limit(order)));
    }

    fn cash(&self) -> Usdc {
        self.users().filter_map(|user| self.market.account(user)).map(|account| account.balance).sum()
    }

    /// Takes back what rests.
    fn cancel_all(&mut self) {
        for user in self.users() {
            for order in self.market.own_view(user).orders {
                self.apply(Input::Cancel { user, order: order.id, now_ms: self.now_ms });
            }
        }
    }

    /// Sells what the accounts hold, as far as somebody buys it.
    fn sell_all(&mut self) {
        let mut ids = self.next_id..;
        for user in self.users() {
            let Some(account) = self.market.account(user).cloned() else { continue };
            for (outcome, side) in self.active().iter().flat_map(|outcome| Side::BOTH.map(|side| (*outcome, side))) {
                let size = account.free[outcome.index()][side.index()];
                if let Some(id) = ids.next().filter(|_| size.0 > 0) {
                    let leg = Leg { outcome, side, direction: Direction::Sell };
                    self.waiting.push(order(id, user, leg, size, ANY_PRICE, self.now_ms));
                    self.pending = true;
                }
            }
        }
        self.next_id = ids.next().unwrap_or(self.next_id);
        self.settle_waiting();
    }

    /// What the accounts' tokens pay if `winner` wins.
    fn payout(&self, winner: OutcomeId) -> Usdc {
        let active = self.active();
        let side = |outcome: OutcomeId| if outcome == winner { Side::Yes } else { Side::No };
        let accounts = self.users().filter_map(|user| self.market.account(user));
        let tokens = accounts.flat_map(|account| {
            active.iter().map(move |outcome| account.free[outcome.index()][side(*outcome).index()])
        });
        tokens.map(|tokens| tokens.at_par()).sum()
    }
}

/// Opens a market for the accounts and the others.
///
/// # Errors
/// Parameters or deposits that no market takes.
pub fn open(setting: &Setting) -> Result<Box<dyn Mechanism>, String> {
    let said = |violations: Vec<outcry_engine::Violation>| {
        violations.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
    };
    let mut market = setting.maker.open(&setting.params, setting.loss).map_err(said)?;
    let others = setting.crowd.iter().map(|_| setting.params.starting_balance);
    let deposits = (0..setting.accounts).map(|_| setting.deposit).chain(others);
    for (user, deposit) in (0..).map(UserId).zip(deposits) {
        market.apply(&Input::Join { user, deposit }).map_err(|refusal| refusal.to_string())?;
    }
    Ok(market)
}

/// Plays a plan on a market that has just been opened.
#[must_use]
pub fn play(setting: &Setting, start: &dyn Mechanism, actions: &[Action], goal: Goal, keeps: bool) -> Played {
    let run = run(Run::new(setting, start, keeps), actions, goal);
    let deposits = Usdc(setting.deposit.0 * i64::from(setting.accounts));
    let payouts: Vec<Usdc> = run.active().iter().map(|winner| run.payout(*winner)).collect();
    let mean = Usdc(payouts.iter().map(|payout| payout.0).sum::<i64>() / payouts.len().max(1) as i64);
    let (least, most) = (payouts.iter().min(), payouts.iter().max());
    let cash = run.cash() - deposits;
    let (gain, hope) = match goal {
        Goal::Cash => (cash, cash),
        Goal::Sure => (cash + least.copied().unwrap_or_default(), cash + mean),
        Goal::Loss => (cash + most.copied().unwrap_or_default(), cash + most.copied().unwrap_or_default()),
        Goal::Shown => {
            let hidden = self::run(Run { hides: true, ..Run::new(setting, start, false) }, actions, goal).cash();
            let beyond = if run.met { Usdc::ZERO } else { cash + deposits - hidden };
            (beyond, beyond)
        }
    };
    let capital = deposits - run.least_cash.min(deposits);
    Played { gain, hope, cash, capital, ticks: run.ticks, inputs: run.inputs }
}

/// Carries a plan out to where it is judged.
fn run<'a>(mut run: Run<'a>, actions: &[Action], goal: Goal) -> Run<'a> {
    actions.iter().for_each(|action| run.act(action));
    run.settle_waiting();
    run.cancel_all();
    if matches!(goal, Goal::Cash | Goal::Shown) {
        run.sell_all();
    }
    run
}
