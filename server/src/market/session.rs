//! The session being served: its phase, clock, script and floor. Changed by the methods here
//! alone, each of which says what happens; none of them stores or tells anything.

use super::time::SessionTime;
use crate::store::{AcceptedOrder, SessionId, SessionState};
use bevy::prelude::*;
use outcry_engine::{Input, Market, OrderId, OutcomeId, Refusal, Report, Script, Usdc, UserId, Violation};
use outcry_shared::{
    config::{Choice, SessionConfig},
    floor::Floor,
    message::Outcome,
    phase::{Clock, Phase, told_ms},
};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The session being served.
#[derive(Resource, Debug)]
pub struct Session {
    id: SessionId,
    config: SessionConfig,
    /// Winner and eliminations as drawn, from the start on. Nothing sent to a participant is
    /// made of it.
    script: Option<Script>,
    floor: Floor,
    phase: Phase,
    door_open: bool,
    tick: u64,
    last_order: OrderId,
    time: SessionTime,
    /// Why it has to pause, if it has not yet.
    interruption: Option<String>,
    /// An order with which no tick can be carried out.
    #[cfg(test)]
    pub(super) poison: Option<OrderId>,
}

/// Lets the market do something. A panic in it is a fault of the program, not of whoever asked: the
/// market works on a copy until a step is audited, so it stands where it stood.
///
/// # Errors
/// Why it could not be done.
pub(super) fn carried_out(step: impl FnOnce() -> Result<Report, Refusal>) -> Result<Report, String> {
    match catch_unwind(AssertUnwindSafe(step)) {
        Ok(report) => report.map_err(|refusal| refusal.to_string()),
        Err(panic) => {
            let said = panic.downcast_ref::<String>().map(String::as_str);
            let said = said.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("without a word");
            Err(format!("the market panicked: {said}"))
        }
    }
}

/// A round still to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NextRound {
    /// Which of the parameters' rounds it is, counted from 0.
    pub(crate) number: u32,
    /// When it is due, in ms.
    pub(crate) at_ms: u64,
    /// How long trading stays frozen, in ms.
    pub(crate) freeze_ms: u64,
    /// Those of its outcomes that are still in the game.
    pub(crate) outcomes: Vec<OutcomeId>,
}

impl Session {
    /// A session that nobody has joined, before its start.
    #[must_use]
    pub fn fresh(id: SessionId, config: SessionConfig, phase: Phase, floor: Floor) -> Self {
        let time = SessionTime::new(u64::from(config.params.batch_interval_ms));
        Self {
            id,
            config,
            script: None,
            floor,
            phase,
            door_open: true,
            tick: 0,
            last_order: OrderId(0),
            time,
            interruption: None,
            #[cfg(test)]
            poison: None,
        }
    }

    /// A session as its record leaves it, with the orders that no tick has taken.
    pub(super) fn restored(
        id: SessionId,
        state: SessionState,
        floor: Floor,
        last_order: OrderId,
        waiting: &[AcceptedOrder],
    ) -> Self {
        let accepted_ms = waiting.iter().map(|accepted| accepted.order.ts_ms).max().unwrap_or_default();
        let interrupted = state.phase.clock_runs() || (state.phase.is_live() && !waiting.is_empty());
        let time =
            SessionTime::at(state.clock_ms.max(accepted_ms), u64::from(floor.market().params().batch_interval_ms));
        Self {
            script: state.script,
            door_open: state.door_open,
            tick: state.tick,
            last_order,
            time,
            interruption: interrupted.then(|| "the server was started again".to_owned()),
            ..Self::fresh(id, state.config, state.phase, floor)
        }
    }

    /// Its number in the store.
    #[must_use]
    pub const fn id(&self) -> SessionId {
        self.id
    }

    /// The host's configuration.
    #[must_use]
    pub const fn config(&self) -> &SessionConfig {
        &self.config
    }

    /// Winner and eliminations as drawn, from the start on: for the host and the record alone.
    #[must_use]
    pub const fn script(&self) -> Option<&Script> {
        self.script.as_ref()
    }

    /// The market and what is kept of it.
    #[must_use]
    pub const fn floor(&self) -> &Floor {
        &self.floor
    }

    /// The market as of the last step; only the session changes it.
    #[must_use]
    pub const fn market(&self) -> &Market {
        self.floor.market()
    }

    /// What is allowed now, and whether the session clock runs.
    #[must_use]
    pub const fn phase(&self) -> Phase {
        self.phase
    }

    /// Whether newcomers may join.
    #[must_use]
    pub const fn door_open(&self) -> bool {
        self.door_open
    }

    /// The number of the last tick: of the last public update.
    #[must_use]
    pub const fn tick(&self) -> u64 {
        self.tick
    }

    /// The last order id given; 0 before the first.
    #[must_use]
    pub const fn last_order(&self) -> OrderId {
        self.last_order
    }

    /// The session clock, in ms.
    #[must_use]
    pub const fn now_ms(&self) -> u64 {
        self.time.now_ms()
    }

    /// Lets server time become session time, up to the next deadline and no further.
    pub(crate) fn advance(&mut self, elapsed_ms: u64) {
        if self.phase.clock_runs() {
            let deadline_ms = self.deadline_ms();
            self.time.pass(elapsed_ms, deadline_ms);
        } else {
            self.time.stand();
        }
    }

    /// The next moment at which the phase changes by itself.
    fn deadline_ms(&self) -> u64 {
        let next = if self.phase == Phase::Frozen {
            self.floor.resume_ms()
        } else {
            self.next_round().map(|round| round.at_ms)
        };
        next.unwrap_or(u64::MAX).min(self.end_ms())
    }

    /// The end of the session, in ms.
    #[must_use]
    pub fn end_ms(&self) -> u64 {
        u64::from(self.market().params().total_duration) * 1_000
    }

    /// The first round not yet held that has outcomes left to eliminate.
    pub(crate) fn next_round(&self) -> Option<NextRound> {
        let script = self.script.as_ref()?;
        let active = self.market().active();
        let rounds = (0..).zip(self.market().params().rounds.iter().zip(&script.eliminate));
        rounds
            .skip(self.market().rounds_held() as usize)
            .map(|(number, (round, outcomes))| NextRound {
                number,
                at_ms: u64::from(round.at_s) * 1_000,
                freeze_ms: u64::from(round.freeze_s) * 1_000,
                outcomes: outcomes.iter().copied().filter(|outcome| active.contains(outcome)).collect(),
            })
            .find(|round| !round.outcomes.is_empty())
    }

    /// The last round that is over once these outcomes have left: `round`, where one is held with them, and
    /// those after it that would find nothing left to eliminate. Their freezes never come, so that neither
    /// the market's segments nor anybody's countdown may end there.
    pub(crate) fn last_round_over(&self, leaving: &[OutcomeId], round: Option<u32>) -> Option<u32> {
        let Some(script) = &self.script else { return round };
        let active = self.market().active();
        let stays = |outcome: &OutcomeId| active.contains(outcome) && !leaving.contains(outcome);
        let held = round.map_or(self.market().rounds_held(), |round| round.saturating_add(1));
        let rounds = (held..).zip(script.eliminate.iter().skip(held as usize));
        let empty = rounds.take_while(|(_, outcomes)| !outcomes.iter().any(stays));
        empty.last().map(|(number, _)| number).or(round)
    }

    /// Whether a tick is due.
    pub(crate) const fn tick_is_due(&self) -> bool {
        self.phase.clock_runs() && self.time.tick_is_due()
    }

    /// Sets the next tick on the grid of the interval. Returns how many a stall has swallowed.
    pub(crate) fn schedule_tick(&mut self) -> u64 {
        let interval_ms = u64::from(self.market().params().batch_interval_ms);
        self.time.schedule_tick(interval_ms)
    }

    /// Whether the session was paused while frozen.
    pub(crate) fn pauses_a_freeze(&self) -> bool {
        self.phase == Phase::Paused && self.floor.resume_ms().is_some_and(|resume_ms| resume_ms > self.now_ms())
    }

    /// The planned end of the freeze that holds trading up, in ms, if that will go on before the session is over.
    pub(super) fn freeze_ends_ms(&self) -> Option<u64> {
        let resume_ms = self.floor.resume_ms().filter(|_| self.phase == Phase::Frozen);
        resume_ms.filter(|resume_ms| *resume_ms < self.end_ms())
    }

    /// From when on everyone may be told who left last, in ms.
    pub(super) fn told_ms(&self) -> u64 {
        let left_ms = self.floor.fates().iter().filter_map(Outcome::eliminated_at_ms).max().unwrap_or_default();
        told_ms(left_ms, self.floor.resume_ms().unwrap_or_default())
    }

    /// Lets the session clock go on from a moment to come, as if the time until then had passed.
    pub(super) fn skip_to(&mut self, at_ms: u64) {
        self.time.skip_to(at_ms);
    }

    /// Phase and deadlines as everyone sees them. `server_ms` is the server's clock.
    #[must_use]
    pub fn clock(&self, server_ms: u64) -> Clock {
        let first_round = || self.config.params.rounds.first().map(|round| u64::from(round.at_s) * 1_000);
        let started = self.script.is_some();
        Clock {
            phase: self.phase,
            now_ms: self.now_ms(),
            next_freeze_ms: if started { self.next_round().map(|round| round.at_ms) } else { first_round() },
            resume_ms: self.floor.resume_ms().filter(|_| self.phase == Phase::Frozen || self.pauses_a_freeze()),
            end_ms: self.end_ms(),
            next_tick_ms: self.time.next_tick_ms(),
            server_ms,
        }
    }

    /// The session's row in the store.
    #[must_use]
    pub fn state(&self) -> SessionState {
        SessionState {
            phase: self.phase,
            clock_ms: self.now_ms(),
            door_open: self.door_open,
            config: self.config.clone(),
            script: self.script.clone(),
            tick: self.tick,
        }
    }

    /// Takes another configuration before anyone has joined or traded; other parameters open
    /// another market.
    ///
    /// # Errors
    /// Every violation of the parameters; nothing was changed.
    pub(crate) fn configure(&mut self, config: SessionConfig) -> Result<(), Vec<Violation>> {
        if config.params != self.config.params {
            self.floor = Floor::new(config.params.clone())?;
        }
        self.config = config;
        Ok(())
    }

    /// Lets people in to wait for the start.
    pub(crate) const fn open_lobby(&mut self) {
        self.phase = Phase::Lobby;
    }

    /// Starts the market with a script.
    pub(crate) fn start(&mut self, script: Script) {
        self.script = Some(script);
        self.phase = Phase::Running;
    }

    /// Lets newcomers in, or no longer.
    pub(crate) const fn set_door(&mut self, open: bool) {
        self.door_open = open;
    }

    /// Plans the winner before the start.
    ///
    /// # Errors
    /// Every violation of the configuration; nothing was changed.
    pub(crate) fn plan_winner(&mut self, choice: Choice) -> Result<(), Vec<Violation>> {
        let mut config = self.config.clone();
        config.script.winner = choice;
        let violations = config.validate();
        if !violations.is_empty() {
            return Err(violations);
        }
        self.config = config;
        Ok(())
    }

    /// Another winner after the start. Where a round still to come would have eliminated it, the
    /// old winner takes its place there.
    pub(crate) fn override_winner(&mut self, choice: Choice, winner: OutcomeId) {
        self.config.script.winner = choice;
        let Some(script) = &mut self.script else { return };
        let before = std::mem::replace(&mut script.final_winner, winner);
        for outcome in script.eliminate.iter_mut().flatten().filter(|outcome| **outcome == winner) {
            *outcome = before;
        }
    }

    /// The number of a new order.
    pub(crate) const fn next_order(&mut self) -> OrderId {
        self.last_order.0 += 1;
        self.last_order
    }

    /// Brings a participant onto the floor. The caller has recorded the join.
    pub(crate) fn seat(&mut self, user: UserId, deposit: Usdc) {
        if let Err(refusal) = self.apply(&Input::Join { user, deposit }) {
            tracing::error!(refusal, user = user.0, "a recorded join was refused");
        }
    }

    /// Lets the session go on where its record ends, after so long.
    pub(super) fn go_on_after(&mut self, held_ms: u64) {
        self.interruption = None;
        self.time.hold(held_ms);
    }

    /// Nobody could trade for a while: the session has to pause, and nothing is made up.
    pub(crate) fn interrupt(&mut self, why: String) {
        self.time.stand();
        self.interruption = Some(why);
    }

    /// Why the session has to pause, once.
    pub(crate) const fn take_interruption(&mut self) -> Option<String> {
        self.interruption.take()
    }

    /// Lets the floor take an input. Whoever calls this keeps it for the record.
    pub(super) fn apply(&mut self, input: &Input) -> Result<Report, String> {
        #[cfg(test)]
        if let Input::Orders { orders, .. } | Input::Frozen { orders, .. } = input
            && orders.iter().any(|order| Some(order.id) == self.poison)
        {
            return carried_out(|| panic!("poison"));
        }
        carried_out(|| self.floor.apply(input))
    }

    /// Gives the next tick its number.
    pub(super) const fn count_tick(&mut self) {
        self.tick += 1;
    }

    /// Adds where the market stands to the history.
    pub(super) fn close_tick(&mut self) {
        self.floor.close_tick(self.now_ms());
    }

    /// Goes into another phase.
    pub(super) const fn enter(&mut self, phase: Phase) {
        self.phase = phase;
    }
}
