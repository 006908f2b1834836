//! A plan played on the engine, and what it comes to.

use crate::adversary::action::{ANY_PRICE, Action, Kind, order};
use outcry_engine::{Direction, Input, Leg, Market, Order, OutcomeId, Params, Side, Usdc, UserId};

/// Where an adversary acts.
#[derive(Clone, Debug)]
pub struct Setting {
    /// The market's.
    pub params: Params,
    /// Accounts that act as one.
    pub accounts: u32,
    /// What each begins with.
    pub deposit: Usdc,
    /// The outcome that leaves, at a moment that the plan may choose.
    pub eliminated: Option<OutcomeId>,
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
}

/// What became of a plan.
#[derive(Clone, Debug)]
pub struct Played {
    /// What the accounts have more than they began with, by the goal.
    pub gain: Usdc,
    /// Where the gain is to be sure, what it would be on average if every winner were as likely; else the gain.
    pub(crate) hope: Usdc,
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
struct Run {
    market: Market,
    accounts: u32,
    now_ms: u64,
    next_id: u64,
    waiting: Vec<Order>,
    least_cash: Usdc,
    ticks: u32,
    inputs: Vec<Input>,
    keeps: bool,
}

impl Run {
    fn apply(&mut self, input: Input) -> bool {
        let done = self.market.apply(&input).is_ok();
        if done && self.keeps {
            self.inputs.push(input);
        }
        done
    }

    fn tick(&mut self) {
        if self.waiting.is_empty() {
            return;
        }
        let orders = std::mem::take(&mut self.waiting);
        self.apply(Input::Orders { now_ms: self.now_ms, orders });
        self.ticks += 1;
        self.now_ms += u64::from(self.market.params().batch_interval_ms);
        self.least_cash = self.least_cash.min(self.cash());
    }

    fn act(&mut self, action: &Action, eliminated: Option<OutcomeId>) {
        if action.kind == Kind::Elimination {
            self.tick();
            let (now_ms, round) = (self.now_ms, None);
            let outcomes = eliminated.filter(|outcome| self.market.active().contains(outcome)).into_iter().collect();
            self.apply(Input::Eliminate { outcomes, round, now_ms, resume_ms: now_ms });
            return;
        }
        for time in 0..action.times {
            // Sizes and prices are chosen as the market stood at the last tick.
            if action.new_tick || time > 0 {
                self.tick();
            }
            if self.ticks >= TICKS_MAX {
                return;
            }
            let orders = action.orders(&self.market, self.accounts, self.next_id, self.now_ms);
            self.next_id += 2;
            self.waiting.extend(orders);
        }
    }

    fn cash(&self) -> Usdc {
        self.market.accounts().map(|(_, account)| account.balance).sum()
    }

    /// Takes back what rests.
    fn cancel_all(&mut self) {
        for order in self.market.all_open_orders() {
            self.apply(Input::Cancel { user: order.user, order: order.id, now_ms: self.now_ms });
        }
    }

    /// Sells what the accounts hold, as far as somebody buys it.
    fn sell_all(&mut self) {
        let mut ids = self.next_id..;
        let outcomes = self.market.active();
        for (user, account) in self.market.accounts() {
            for (outcome, side) in outcomes.iter().flat_map(|outcome| Side::BOTH.map(|side| (*outcome, side))) {
                let size = account.free[outcome.index()][side.index()];
                if let Some(id) = ids.next().filter(|_| size.0 > 0) {
                    let leg = Leg { outcome, side, direction: Direction::Sell };
                    self.waiting.push(order(id, user, leg, size, ANY_PRICE, self.now_ms));
                }
            }
        }
        self.tick();
    }

    /// What the accounts' tokens pay if `winner` wins.
    fn payout(&self, winner: OutcomeId) -> Usdc {
        let active = self.market.active();
        let side = |outcome: OutcomeId| if outcome == winner { Side::Yes } else { Side::No };
        let tokens = self.market.accounts().flat_map(|(_, account)| {
            active.iter().map(move |outcome| account.free[outcome.index()][side(*outcome).index()])
        });
        tokens.map(|tokens| tokens.at_par()).sum()
    }
}

/// Opens a market for the accounts.
///
/// # Errors
/// Parameters or deposits that no market takes.
pub fn open(setting: &Setting) -> Result<Market, String> {
    let mut market = Market::new(setting.params.clone()).map_err(|violations| format!("{violations:?}"))?;
    for account in 0..setting.accounts {
        let join = Input::Join { user: UserId(account), deposit: setting.deposit };
        market.apply(&join).map_err(|refusal| refusal.to_string())?;
    }
    Ok(market)
}

/// Plays a plan on a market that has just been opened.
#[must_use]
pub fn play(setting: &Setting, start: &Market, actions: &[Action], goal: Goal, keeps: bool) -> Played {
    let (market, accounts) = (start.clone(), setting.accounts);
    let (waiting, inputs, least_cash) = (Vec::new(), Vec::new(), Usdc(i64::MAX));
    let mut run = Run { market, accounts, now_ms: 0, next_id: 1, waiting, least_cash, ticks: 0, inputs, keeps };
    let deposits = run.cash();
    for action in actions {
        run.act(action, setting.eliminated);
    }
    run.tick();
    run.cancel_all();
    if goal == Goal::Cash {
        run.sell_all();
    }
    let active = run.market.active();
    let payouts: Vec<Usdc> = active.iter().map(|winner| run.payout(*winner)).collect();
    let mean = Usdc(payouts.iter().map(|payout| payout.0).sum::<i64>() / payouts.len().max(1) as i64);
    let (least, most) = (payouts.iter().min(), payouts.iter().max());
    let (held, hoped) = match goal {
        Goal::Cash => (Usdc::ZERO, Usdc::ZERO),
        Goal::Sure => (least.copied().unwrap_or_default(), mean),
        Goal::Loss => (most.copied().unwrap_or_default(), most.copied().unwrap_or_default()),
    };
    let more = run.cash() - deposits;
    let capital = deposits - run.least_cash.min(deposits);
    Played { gain: more + held, hope: more + hoped, capital, ticks: run.ticks, inputs: run.inputs }
}
