//! The whole state of a market. It changes by [`Market::apply`] alone, whole or not at all; a step
//! that breaks an invariant is never kept.

use crate::{
    accounts::Account,
    amount::{AMOUNT_MAX, Tokens, Usdc},
    audit, batch,
    exact::in_range,
    input::{Input, Refusal},
    order::{OpenOrder, OutcomeId, Side, UserId},
    params::{MS_PER_S, Params, Violation},
    public::{OwnOrder, OwnView, PublicMarket},
    reason::RejectReason,
    report::{Event, Report},
    resolution,
    state::State,
};
use serde::{Deserialize, Serialize};

/// The longest session, in s (§2); an extension beyond it is refused.
const DURATION_MAX_S: u32 = 86_400;

/// The maker's published figures (§9.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metrics {
    /// Σ subsidy of the active outcomes; 0 at the end.
    pub mm_risk: Usdc,
    /// The worst case over each winner still possible; never above Z.
    pub worst_case_loss: Usdc,
    /// Fees + seigniorage while running; exact after the settlement.
    pub mm_profit: Usdc,
    /// Σ size × price of all fills; a matched pair counts 1 USDC.
    pub volume: Usdc,
    /// Fees taken so far.
    pub fees: Usdc,
    /// Gas taken so far.
    pub gas: Usdc,
    /// Subsidy paid in by eliminations.
    pub paid_in: Usdc,
    /// Σ seigniorage.
    pub seigniorage: Usdc,
}

/// One market: everything a tick needs and a snapshot holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Market {
    params: Params,
    state: State,
}

impl Market {
    /// A market before its first participant.
    ///
    /// # Errors
    /// Every violation of §2.
    pub fn new(params: Params) -> Result<Self, Vec<Violation>> {
        let violations = params.validate(None);
        if !violations.is_empty() {
            return Err(violations);
        }
        let state = State::new(&params);
        Ok(Self { params, state })
    }

    /// Applies one input whole, or refuses it with nothing changed.
    ///
    /// # Errors
    /// Why it was refused.
    pub fn apply(&mut self, input: &Input) -> Result<Report, Refusal> {
        match input {
            Input::Join { user, deposit } => self.join(*user, *deposit),
            Input::Orders { .. } | Input::Frozen { .. } if self.state.settled => Err(Refusal::Settled),
            Input::Orders { now_ms, orders } => {
                self.transact(|params, state| batch::run(params, state, orders, *now_ms))
            }
            Input::Frozen { now_ms, orders } => {
                self.transact(|params, state| Ok(batch::run_frozen(params, state, orders, *now_ms)))
            }
            Input::Cancel { user, order, .. } => resolution::cancel_by_owner(&mut self.state, *user, *order),
            Input::Close { user, .. } => self.close(*user),
            Input::Extend { by_ms, .. } => self.extend(*by_ms),
            Input::Eliminate { outcomes, round, resume_ms, .. } => {
                resolution::check_elimination(&self.params, &self.state, outcomes, *round)?;
                self.transact(|params, state| Ok(resolution::eliminate(params, state, outcomes, *round, *resume_ms)))
            }
            Input::Final { winner, .. } => self.transact(|params, state| resolution::settle(params, state, *winner)),
        }
    }

    /// Makes a step on a copy, audits it, and only then makes it true.
    fn transact(
        &mut self,
        step: impl FnOnce(&Params, &mut State) -> Result<Report, Refusal>,
    ) -> Result<Report, Refusal> {
        let mut next = self.state.clone();
        let made = in_range(|| {
            let report = step(&self.params, &mut next)?;
            audit::all(&self.params, &next).map_err(Refusal::Invariant)?;
            Ok(report)
        });
        let report = made.map_err(|overflow| Refusal::Invariant(overflow.to_string()))??;
        self.state = next;
        Ok(report)
    }

    fn join(&mut self, user: UserId, deposit: Usdc) -> Result<Report, Refusal> {
        if self.state.settled {
            return Err(Refusal::Settled);
        }
        if self.state.seats.index(user).is_some() {
            return Err(Refusal::AlreadyJoined(user.0));
        }
        self.state.deposits = self.deposits_with(deposit)?;
        let free = vec![[Tokens::ZERO; 2]; self.state.pools.len()];
        let account = Account { balance: deposit, deposit, free, open: true, ..Account::default() };
        self.state.seats.insert(user, account);
        Ok(Report::default())
    }

    fn deposits_with(&self, deposit: Usdc) -> Result<Usdc, Refusal> {
        let sum = self.state.deposits.checked_add(deposit).ok_or(Refusal::OutOfRange)?;
        if deposit.0 < 0 || sum.0 > AMOUNT_MAX { Err(Refusal::OutOfRange) } else { Ok(sum) }
    }

    /// Gives a participant complete sets, paid for by a deposit of as much: how a scenario
    /// lets somebody start with tokens. No input records it.
    ///
    /// # Errors
    /// An unknown user, an outcome not in the game, a size out of range.
    #[cfg(feature = "scenario")]
    pub fn endow(&mut self, user: UserId, outcome: OutcomeId, sets: Tokens) -> Result<(), Refusal> {
        let deposits = self.deposits_with(sets.at_par())?;
        let index = outcome.index();
        let Some(pool) = self.state.pools.get_mut(index).filter(|pool| pool.active) else {
            return Err(Refusal::NotActive(outcome.0));
        };
        let seat = self.state.seats.get_mut(user).ok_or(Refusal::UnknownUser(user.0))?;
        self.state.deposits = deposits;
        pool.pairs += sets;
        seat.account.deposit += sets.at_par();
        for tokens in &mut seat.account.free[index] {
            *tokens += sets;
        }
        Ok(())
    }

    fn close(&mut self, user: UserId) -> Result<Report, Refusal> {
        let seat = self.state.seats.get_mut(user).ok_or(Refusal::UnknownUser(user.0))?;
        seat.account.open = false;
        let places = seat.orders.clone();
        let mut report = Report::default();
        for place in places {
            resolution::cancel(&mut self.state, user, place, RejectReason::BySeatClosing, &mut report);
        }
        Ok(report)
    }

    fn extend(&mut self, by_ms: u64) -> Result<Report, Refusal> {
        if self.state.settled {
            return Err(Refusal::Settled);
        }
        let by_s = u32::try_from(by_ms / MS_PER_S).ok().filter(|_| by_ms.is_multiple_of(MS_PER_S));
        let end_s = by_s.and_then(|by_s| self.params.total_duration.checked_add(by_s));
        let Some(by_s) = by_s.filter(|_| end_s.is_some_and(|end_s| end_s <= DURATION_MAX_S)) else {
            return Err(Refusal::Extension { by_ms });
        };
        let state = &mut self.state;
        self.params.extend(by_s, state.rounds_held);
        state.segment_end_ms = self.params.segment_end_ms(state.segment_start_ms, state.rounds_held);
        Ok(Report { events: vec![Event::Extend { by_ms }], ..Report::default() })
    }

    /// The parameters, with rounds and duration as extended so far.
    #[must_use]
    pub fn params(&self) -> &Params {
        &self.params
    }

    /// Whether the market was settled.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.state.settled
    }

    /// Rounds that were held, or passed over by one held: the number of the next.
    #[must_use]
    pub fn rounds_held(&self) -> u32 {
        self.state.rounds_held
    }

    /// The outcomes still in the game.
    #[must_use]
    pub fn active(&self) -> Vec<OutcomeId> {
        let ids = (0..).map(OutcomeId).zip(&self.state.pools);
        ids.filter(|(_, pool)| pool.active).map(|(outcome, _)| outcome).collect()
    }

    /// The pool's price of a token, 0 to 1.
    #[must_use]
    pub fn spot(&self, outcome: OutcomeId, side: Side) -> f64 {
        self.state.pools.get(outcome.index()).map_or(0.0, |pool| pool.price(side, &self.params))
    }

    /// Every account, by user.
    pub fn accounts(&self) -> impl Iterator<Item = (UserId, &Account)> {
        self.state.seats.iter().map(|seat| (seat.user, &seat.account))
    }

    /// One account.
    #[must_use]
    pub fn account(&self, user: UserId) -> Option<&Account> {
        self.state.seats.get(user).map(|seat| &seat.account)
    }

    /// A participant's resting orders, by id.
    #[must_use]
    pub fn open_orders(&self, user: UserId) -> Vec<OpenOrder> {
        let places = self.state.seats.get(user).map_or(&[][..], |seat| &seat.orders);
        places.iter().filter_map(|place| self.state.books.order(place)).copied().collect()
    }

    /// Every resting order, by id.
    #[must_use]
    pub fn all_open_orders(&self) -> Vec<OpenOrder> {
        let mut orders: Vec<OpenOrder> = self.state.books.orders().copied().collect();
        orders.sort_unstable_by_key(|order| order.id);
        orders
    }

    /// What everyone may know.
    #[must_use]
    pub fn public(&self) -> PublicMarket {
        PublicMarket::of(&self.params, &self.state)
    }

    /// What a participant has, as far as a quote needs it.
    #[must_use]
    pub fn own_view(&self, user: UserId) -> OwnView {
        let Some(account) = self.account(user) else { return OwnView::default() };
        let orders = self.open_orders(user).iter().map(OwnOrder::from).collect();
        OwnView { balance: account.balance, free: account.free.clone(), orders }
    }

    /// The maker's published figures.
    #[must_use]
    pub fn metrics(&self) -> Metrics {
        let state = &self.state;
        let seigniorage: Usdc = state.pools.iter().map(|pool| pool.seigniorage).sum();
        let collateral: Usdc = state.pools.iter().map(|pool| pool.v + pool.pairs.at_par()).sum();
        let active = state.pools.iter().filter(|pool| pool.active);
        Metrics {
            mm_risk: active.map(|pool| self.params.subsidy(pool.v)).sum(),
            worst_case_loss: audit::worst_case_loss(&self.params, state),
            mm_profit: state.fees + if state.settled { collateral - state.paid_in } else { seigniorage },
            volume: state.volume,
            fees: state.fees,
            gas: state.gas,
            paid_in: state.paid_in,
            seigniorage,
        }
    }

    /// Checks every invariant of §9.
    ///
    /// # Errors
    /// The first that does not hold, with its figures.
    pub fn audit(&self) -> Result<(), String> {
        audit::all(&self.params, &self.state)?;
        audit::seats(&self.state)
    }

    /// A hash over the canonical encoding of the whole state.
    #[must_use]
    pub fn state_hash(&self) -> [u8; 32] {
        // Nothing in a market can fail to encode.
        let encoded = postcard::to_stdvec(self).unwrap_or_default();
        *blake3::hash(&encoded).as_bytes()
    }
}
