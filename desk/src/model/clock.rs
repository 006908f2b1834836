//! The server's clock against ours, and the session clock between two messages. Our clock comes in as an argument.

use outcry_shared::phase::Clock;

/// Silence after which the connection counts as stale, in ms: said in the top bar.
pub const STALE_AFTER_MS: u64 = 4_000;
/// Samples of the offset older than this many ms give way to worse ones, since clocks drift.
const SAMPLE_LIFE_MS: u64 = 60_000;

/// The server's clock against ours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TimeSync {
    /// Server clock less local clock, in ms.
    offset_ms: i64,
    /// Round trip of the sample behind `offset_ms`, in ms.
    best_rtt_ms: Option<u64>,
    sampled_at_ms: u64,
    /// Last measured round trip, in ms.
    pub lag_ms: Option<u64>,
    /// When something last came from the server, local ms.
    pub heard_at_ms: Option<u64>,
}

impl TimeSync {
    /// Forgets everything but the offset: for a new connection.
    pub fn reconnect(&mut self) {
        self.best_rtt_ms = None;
        self.lag_ms = None;
        self.heard_at_ms = None;
    }

    pub(super) fn heard(&mut self, now_local_ms: u64) {
        self.heard_at_ms = Some(now_local_ms);
    }

    /// A clock came: as long as no round trip was measured, its age is taken as nothing. No message comes out of the
    /// future: one that is ahead of what we took for the server's clock shows that ours stood still, as in sleep.
    pub(super) fn clock(&mut self, clock: &Clock, now_local_ms: u64) {
        let least_ms = difference(clock.server_ms, now_local_ms);
        if self.best_rtt_ms.is_none() || least_ms > self.offset_ms {
            self.offset_ms = least_ms;
        }
    }

    /// A pong came. The sample with the shortest round trip counts.
    pub(super) fn pong(&mut self, sent_ms: u64, server_ms: u64, now_local_ms: u64) {
        let rtt_ms = now_local_ms.saturating_sub(sent_ms);
        self.lag_ms = Some(rtt_ms);
        let old = now_local_ms.saturating_sub(self.sampled_at_ms) > SAMPLE_LIFE_MS;
        if old || self.best_rtt_ms.is_none_or(|best| rtt_ms <= best) {
            self.best_rtt_ms = Some(rtt_ms);
            self.sampled_at_ms = now_local_ms;
            self.offset_ms = difference(server_ms + rtt_ms / 2, now_local_ms);
        }
    }

    /// Ms without a word from the server, when that is worth saying.
    #[must_use]
    pub fn silence_ms(&self, now_local_ms: u64) -> Option<u64> {
        let silence_ms = now_local_ms.saturating_sub(self.heard_at_ms?);
        (silence_ms >= STALE_AFTER_MS).then_some(silence_ms)
    }

    /// The session clock now, in ms: it stands still unless the phase lets it run.
    #[must_use]
    pub fn session_ms(&self, clock: &Clock, now_local_ms: u64) -> u64 {
        if !clock.phase.clock_runs() {
            return clock.now_ms;
        }
        let server_now_ms = now_local_ms.saturating_add_signed(self.offset_ms);
        (clock.now_ms + server_now_ms.saturating_sub(clock.server_ms)).min(clock.end_ms.max(clock.now_ms))
    }
}

fn difference(a: u64, b: u64) -> i64 {
    i64::try_from(a).unwrap_or(i64::MAX).saturating_sub(i64::try_from(b).unwrap_or(i64::MAX))
}
