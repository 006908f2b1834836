//! Phases of a session and its clock as everyone sees them. Told by the server alone; nobody else
//! advances them.

use serde::{Deserialize, Serialize};

/// For so long after trading has stopped nobody is named, in ms, and never for more than a quarter of the stop: the room
/// holds its breath.
pub const REVEAL_MS: u64 = 1_500;

/// From when on everyone may be told who left at `stopped_ms`, trading standing still until `resume_ms`: all on the
/// session clock, in ms.
#[must_use]
pub fn told_ms(stopped_ms: u64, resume_ms: u64) -> u64 {
    stopped_ms + REVEAL_MS.min(resume_ms.saturating_sub(stopped_ms) / 4)
}

/// Where a session stands: `Draft → Lobby → Running ⇄ Frozen → Resolved`, with `Paused`
/// from `Running` or `Frozen`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Phase {
    /// Being configured; nobody can join yet.
    #[default]
    Draft,
    /// People join and wait.
    Lobby,
    /// Orders are accepted, ticks run.
    Running,
    /// A round is being resolved; only cancels work.
    Frozen,
    /// The session clock stands still; only cancels work.
    Paused,
    /// The winner is known: everyone is paid and ranked.
    Resolved,
}

impl Phase {
    /// Whether the session clock runs.
    #[must_use]
    pub const fn clock_runs(self) -> bool {
        matches!(self, Self::Running | Self::Frozen)
    }

    /// Whether resting orders can be cancelled, also while nobody trades.
    #[must_use]
    pub const fn takes_cancels(self) -> bool {
        matches!(self, Self::Running | Self::Frozen | Self::Paused)
    }

    /// Whether the market has been opened and not settled.
    #[must_use]
    pub const fn is_live(self) -> bool {
        self.takes_cancels()
    }
}

/// The session clock and its deadlines, all in ms of the session clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// Where the session stood when this was sent.
    pub phase: Phase,
    /// The session clock when this was sent.
    pub now_ms: u64,
    /// The next round's freeze, if one is to come.
    pub next_freeze_ms: Option<u64>,
    /// When trading goes on, while frozen.
    pub resume_ms: Option<u64>,
    /// When the market is settled, as extended so far.
    pub end_ms: u64,
    /// Session clock of the next tick.
    pub next_tick_ms: u64,
    /// Server time when this was sent, in ms since an epoch of its own; the client's offset
    /// is measured against it.
    pub server_ms: u64,
}
