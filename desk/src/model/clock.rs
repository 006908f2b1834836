//! The server's clock against ours, and the session clock between two messages. Our clock comes in as an argument.

use outcry_shared::phase::Clock;

/// Silence after which the connection counts as stale, in ms: said in the top bar.
pub const STALE_AFTER_MS: u64 = 4_000;
/// Samples of the offset older than this many ms give way to worse ones, since clocks drift.
const SAMPLE_LIFE_MS: u64 = 60_000;
/// The round trip of a clock that nobody asked for: longer than all that are measured.
const ONE_WAY: u64 = u64::MAX;

/// The server's clock against ours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TimeSync {
    /// Server clock less local clock, in ms.
    offset_ms: i64,
    /// Round trip of the sample behind `offset_ms`, in ms: [`ONE_WAY`] where it was none.
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

    /// A clock came: as long as no round trip was measured, the age of the youngest is taken as nothing. No message comes
    /// out of the future: one that is ahead of what we took for the server's clock shows that ours stood still, as in sleep.
    pub(super) fn clock(&mut self, clock: &Clock, now_local_ms: u64) {
        let least_ms = difference(clock.server_ms, now_local_ms);
        let counts = self.best_rtt_ms.is_none_or(|best| best == ONE_WAY && self.is_old(now_local_ms));
        if counts {
            (self.best_rtt_ms, self.sampled_at_ms) = (Some(ONE_WAY), now_local_ms);
        }
        if counts || least_ms > self.offset_ms {
            self.offset_ms = least_ms;
        }
    }

    const fn is_old(&self, now_local_ms: u64) -> bool {
        now_local_ms.saturating_sub(self.sampled_at_ms) > SAMPLE_LIFE_MS
    }

    /// A pong came. The sample with the shortest round trip counts.
    pub(super) fn pong(&mut self, sent_ms: u64, server_ms: u64, now_local_ms: u64) {
        let rtt_ms = now_local_ms.saturating_sub(sent_ms);
        self.lag_ms = Some(rtt_ms);
        if self.is_old(now_local_ms) || self.best_rtt_ms.is_none_or(|best| rtt_ms <= best) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use outcry_shared::phase::Phase;

    #[test]
    fn of_clocks_that_nobody_asked_for_the_youngest_counts() {
        let mut time = TimeSync::default();
        let told = |server_ms| Clock {
            phase: Phase::Running,
            now_ms: server_ms,
            server_ms,
            end_ms: 1 << 40,
            ..Clock::default()
        };
        let mut check = |server_ms: u64, local_ms: u64, expected_ms: u64| {
            time.clock(&told(server_ms), local_ms);
            assert_eq!(time.session_ms(&told(server_ms), local_ms), expected_ms, "{server_ms} at {local_ms}");
        };
        // Half a second on the way, then less, then more again: it never goes back.
        check(10_000, 1_500, 10_000);
        check(11_000, 2_100, 11_000);
        check(12_000, 3_600, 12_500);
        // Clocks drift: what was learned a minute ago gives way.
        check(80_000, 71_600, 80_000);
    }
}
