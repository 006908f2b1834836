//! The session: phases, clock and script, and the floor that only this module and `tick`
//! change.

mod draw;
mod floor;
mod history;
mod recover;
mod resolve;

pub use draw::{NoEntropy, draw, draw_one, random_bytes};
pub use floor::{Counts, Floor};
pub(crate) use floor::{is_public, public_trades};
pub use history::History;
pub use recover::{Opening, RecoverError, Recovered, open_session};
pub(crate) use resolve::{eliminate_now, finish, pause, proceed};

use crate::{
    lap::Lap,
    store::{SessionId, SessionState},
};
use bevy::prelude::*;
use outcry_engine::{Input, OutcomeId, Script, Usdc, UserId};
use outcry_shared::{
    config::SessionConfig,
    phase::{Clock, Phase},
};

/// Rounds and the end, when they are due.
pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, resolve::run_due.in_set(Lap::Resolve).after(crate::admin::Acts));
}

/// The session being served.
#[derive(Resource, Debug)]
pub struct Session {
    /// Its number.
    pub id: SessionId,
    /// The host's configuration.
    pub config: SessionConfig,
    /// Winner and eliminations as drawn, from the start on. Nothing sent to a participant is
    /// made of it.
    pub script: Option<Script>,
    /// The market and what is kept of it.
    pub floor: Floor,
    /// The phase.
    pub phase: Phase,
    /// Whether newcomers may join.
    pub door_open: bool,
    /// The number of the last tick: of the last public update.
    pub tick: u64,
    /// The last order id given.
    pub last_order: u64,
    now_ms: u64,
    next_tick_ms: u64,
    /// Server time not yet session time, because a deadline stood between, in ms.
    owed_ms: u64,
    interrupted: bool,
}

/// A round still to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NextRound {
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
        let next_tick_ms = u64::from(config.params.batch_interval_ms);
        Self {
            id,
            config,
            script: None,
            floor,
            phase,
            door_open: true,
            tick: 0,
            last_order: 0,
            now_ms: 0,
            next_tick_ms,
            owed_ms: 0,
            interrupted: false,
        }
    }

    /// The session clock, in ms.
    #[must_use]
    pub const fn now_ms(&self) -> u64 {
        self.now_ms
    }

    /// Lets server time become session time, up to the next deadline and no further: rounds,
    /// resumes and the end happen at their times exactly, and what is over is made up in the
    /// laps after.
    pub(crate) fn advance(&mut self, elapsed_ms: u64) {
        if !self.phase.clock_runs() {
            self.owed_ms = 0;
            return;
        }
        let owed_ms = self.owed_ms + elapsed_ms;
        let step_ms = owed_ms.min(self.deadline_ms().saturating_sub(self.now_ms));
        self.now_ms += step_ms;
        self.owed_ms = owed_ms - step_ms;
    }

    /// The next moment at which the phase changes by itself.
    fn deadline_ms(&self) -> u64 {
        let next =
            if self.phase == Phase::Frozen { self.floor.resume_ms } else { self.next_round().map(|round| round.at_ms) };
        next.unwrap_or(u64::MAX).min(self.end_ms())
    }

    /// The end of the session, in ms.
    #[must_use]
    pub fn end_ms(&self) -> u64 {
        u64::from(self.floor.market.params().total_duration) * 1_000
    }

    /// The first round that has outcomes left to eliminate.
    pub(crate) fn next_round(&self) -> Option<NextRound> {
        let script = self.script.as_ref()?;
        let active = self.floor.market.active();
        let rounds = self.floor.market.params().rounds.iter().zip(&script.eliminate);
        rounds
            .map(|(round, outcomes)| NextRound {
                at_ms: u64::from(round.at_s) * 1_000,
                freeze_ms: u64::from(round.freeze_s) * 1_000,
                outcomes: outcomes.iter().copied().filter(|outcome| active.contains(outcome)).collect(),
            })
            .find(|round| !round.outcomes.is_empty())
    }

    /// Whether a tick is due.
    pub(crate) fn tick_is_due(&self) -> bool {
        self.phase.clock_runs() && self.now_ms >= self.next_tick_ms
    }

    /// Sets the next tick on the grid of the interval; ticks that a stall has swallowed are
    /// one tick. Returns how many were swallowed.
    pub(crate) fn schedule_tick(&mut self) -> u64 {
        let interval_ms = u64::from(self.floor.market.params().batch_interval_ms).max(1);
        let late = self.now_ms.saturating_sub(self.next_tick_ms) / interval_ms;
        self.next_tick_ms = (self.now_ms / interval_ms + 1) * interval_ms;
        late
    }

    /// Whether the session was paused while frozen.
    pub(crate) fn pauses_a_freeze(&self) -> bool {
        self.phase == Phase::Paused && self.floor.resume_ms.is_some_and(|resume_ms| resume_ms > self.now_ms)
    }

    /// Phase and deadlines as everyone sees them. `server_ms` is the server's clock.
    #[must_use]
    pub fn clock(&self, server_ms: u64) -> Clock {
        let first_round = || self.config.params.rounds.first().map(|round| u64::from(round.at_s) * 1_000);
        let started = self.script.is_some();
        Clock {
            phase: self.phase,
            now_ms: self.now_ms,
            next_freeze_ms: if started { self.next_round().map(|round| round.at_ms) } else { first_round() },
            resume_ms: self.floor.resume_ms.filter(|_| self.phase == Phase::Frozen || self.pauses_a_freeze()),
            end_ms: self.end_ms(),
            next_tick_ms: self.next_tick_ms,
            server_ms,
        }
    }

    /// The session's row in the store.
    #[must_use]
    pub fn state(&self) -> SessionState {
        SessionState {
            phase: self.phase,
            clock_ms: self.now_ms,
            door_open: self.door_open,
            config: self.config.clone(),
            script: self.script.clone(),
            tick: self.tick,
        }
    }

    /// Starts the market with a script. The caller records it.
    pub(crate) fn start(&mut self, script: Script) {
        self.script = Some(script);
        self.phase = Phase::Running;
    }

    /// Brings a participant onto the floor. The caller has recorded the join.
    pub(crate) fn seat(&mut self, user: UserId, deposit: Usdc) {
        if let Err(refusal) = self.floor.apply(&Input::Join { user, deposit }) {
            tracing::error!(%refusal, user = user.0, "a recorded join was refused");
        }
    }

    /// Whether a restart has found the session running, once.
    pub(crate) const fn take_interrupted(&mut self) -> bool {
        std::mem::replace(&mut self.interrupted, false)
    }
}
