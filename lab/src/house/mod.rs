//! A house around a rule that has no accounts: it keeps everybody's cash and tokens in whole micros, takes the engine's
//! inputs and gives the engine's reports. With no rule it is the plain book, in order of price and time. Changes by
//! [`House::apply`] alone.
//!
//! A rule counts in floating point. Its figure becomes whole micros once per trade, always against the trader: what is
//! paid is rounded up, what is received down, each by a micro more (`exact`). So no round trip gains, and the
//! maker's loss stays within the rule's bound.

mod exact;
mod book;
mod state;
mod plan;
mod check;
mod fill;
mod tick;
mod resolve;
mod shown;

use crate::{mechanism::Mechanism, rivals::Rival};
use outcry_engine::{
    Account, Event, Input, OutcomeId, OwnOrder, OwnView, Params, Refusal, Report, Side, Tokens, Usdc, UserId,
    Violation, amount::AMOUNT_MAX,
};
use outcry_traders::Seen;
use shown::Shown;
use state::State;

/// A rival as a market with accounts and a book.
#[derive(Clone, Debug)]
pub struct House {
    params: Params,
    state: State,
}

impl House {
    /// A market before its first participant; without a rule the plain book. Of the parameters it takes what is not the
    /// engine's own maker: outcomes, f, f_match, grid, gas and times.
    ///
    /// # Errors
    /// Every violation of the parameters.
    pub fn new(params: Params, rule: Option<Rival>) -> Result<Self, Vec<Violation>> {
        let violations = params.validate(None);
        if !violations.is_empty() {
            return Err(violations);
        }
        let state = State::new(&params, rule);
        Ok(Self { params, state })
    }

    /// All money: balances, escrow, the maker's cash, fees and gas. Always the sum of the deposits.
    #[must_use]
    pub fn money(&self) -> Usdc {
        let balances: Usdc = self.state.seats.values().map(|account| account.balance).sum();
        let escrow: Usdc = self.state.book.all().map(|order| order.escrow).sum();
        balances + escrow + self.state.cash + self.state.fees + self.state.gas
    }

    /// Fees taken so far.
    #[must_use]
    pub const fn fees(&self) -> Usdc {
        self.state.fees
    }

    fn join(&mut self, user: UserId, deposit: Usdc) -> Result<Report, Refusal> {
        if self.state.seats.contains_key(&user) {
            return Err(Refusal::AlreadyJoined(user.0));
        }
        let deposits: Usdc = self.state.seats.values().map(|account| account.deposit).sum();
        if deposit.0 < 0 || deposits.checked_add(deposit).is_none_or(|sum| sum.0 > AMOUNT_MAX) {
            return Err(Refusal::OutOfRange);
        }
        let free = vec![[Tokens::ZERO; 2]; self.state.active.len()];
        let account = Account { balance: deposit, deposit, free, open: true, ..Account::default() };
        self.state.seats.insert(user, account);
        Ok(Report::default())
    }

    fn known(&self, user: UserId) -> Result<(), Refusal> {
        if self.state.seats.contains_key(&user) { Ok(()) } else { Err(Refusal::UnknownUser(user.0)) }
    }
}

impl Mechanism for House {
    fn apply(&mut self, input: &Input) -> Result<Report, Refusal> {
        let open = !self.state.settled;
        match input {
            Input::Cancel { user, order, .. } => {
                self.known(*user).map(|()| resolve::cancel_one(&mut self.state, *user, *order))
            }
            Input::Close { user, .. } => self.known(*user).map(|()| resolve::close(&mut self.state, *user)),
            _ if !open => Err(Refusal::Settled),
            Input::Join { user, deposit } => self.join(*user, *deposit),
            Input::Orders { now_ms, orders } => Ok(tick::run(&self.params, &mut self.state, orders, *now_ms, false)),
            Input::Frozen { now_ms, orders } => Ok(tick::run(&self.params, &mut self.state, orders, *now_ms, true)),
            Input::Extend { by_ms, .. } => {
                Ok(Report { events: vec![Event::Extend { by_ms: *by_ms }], ..Report::default() })
            }
            Input::Eliminate { outcomes, round, .. } => {
                resolve::check(&self.state, outcomes)?;
                Ok(resolve::eliminate(&mut self.state, outcomes, *round))
            }
            Input::Final { winner, .. } => resolve::settle(&mut self.state, *winner),
        }
    }

    fn params(&self) -> &Params {
        &self.params
    }

    fn is_active(&self, outcome: OutcomeId) -> bool {
        self.state.is_active(outcome)
    }

    fn price(&self, outcome: OutcomeId, side: Side) -> f64 {
        self.state.price(outcome, side)
    }

    fn worst_case_loss(&self) -> Usdc {
        let owed = self.state.outcomes().map(|winner| self.state.owed(winner)).max().unwrap_or_default();
        owed - self.state.cash
    }

    fn account(&self, user: UserId) -> Option<&Account> {
        self.state.seats.get(&user)
    }

    fn own_view(&self, user: UserId) -> OwnView {
        let Some(account) = self.account(user) else { return OwnView::default() };
        let orders = self.state.book.of(user).iter().map(OwnOrder::from).collect();
        OwnView { balance: account.balance, free: account.free.clone(), orders }
    }

    fn seen(&self) -> Box<dyn Seen + '_> {
        Box::new(Shown { params: &self.params, state: &self.state })
    }

    fn boxed(&self) -> Box<dyn Mechanism> {
        Box::new(self.clone())
    }
}
