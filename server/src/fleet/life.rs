//! What a process may do by the signs of life that it could give. Only times are kept here; nothing is asked.

use crate::store::ALIVE_MS;
use std::time::{Duration, Instant};

/// How long a sign of life counts: as long nobody else claims a room.
pub(super) const ALIVE: Duration = Duration::from_millis(ALIVE_MS);
/// How long a process without signs of life keeps its rooms. It can store nothing in them, and whoever claims one of them has it:
/// where the table is away for everybody nobody does, and rooms go on when it is back. Beyond it people are led elsewhere.
const KEPT: Duration = Duration::from_millis(2 * ALIVE_MS);

/// The signs of life of a process.
#[derive(Debug)]
pub(super) struct Life {
    /// When the last one that was taken was given.
    given: Instant,
    is_failing: bool,
    /// Until then others may have been as silent, and are heard first.
    claims_from: Instant,
}

impl Life {
    /// Of a process that was just taken in.
    pub(super) const fn new(now: Instant) -> Self {
        Self { given: now, is_failing: false, claims_from: now }
    }

    /// A sign of life that was given at a moment was taken.
    pub(super) fn taken(&mut self, given: Instant, now: Instant) {
        if given.saturating_duration_since(self.given) > ALIVE {
            self.claims_from = now + ALIVE;
        }
        (self.given, self.is_failing) = (given, false);
    }

    /// A sign of life could not be given. Says whether it is the first.
    pub(super) const fn failed(&mut self) -> bool {
        !std::mem::replace(&mut self.is_failing, true)
    }

    /// Whether the last sign of life could not be given.
    pub(super) const fn is_failing(&self) -> bool {
        self.is_failing
    }

    /// Whether the others hold it for alive.
    pub(super) fn counts(&self, now: Instant) -> bool {
        now < self.given + ALIVE
    }

    /// How long it counts yet.
    pub(super) fn left(&self, now: Instant) -> Duration {
        (self.given + ALIVE).saturating_duration_since(now)
    }

    /// Whether it may claim rooms.
    pub(super) fn may_claim(&self, now: Instant) -> bool {
        self.counts(now) && now >= self.claims_from
    }

    /// Whether its rooms must end.
    pub(super) fn is_over(&self, now: Instant) -> bool {
        now >= self.given + KEPT
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rooms_outlast_a_table_that_is_away_for_a_while_and_nobody_claims_those_of_others_when_it_is_back() {
        let begin = Instant::now();
        let at = |ms: u64| begin + Duration::from_millis(ms);
        let mut life = Life::new(begin);
        assert!(life.may_claim(at(0)) && life.counts(at(2_999)) && !life.counts(at(3_000)));
        assert_eq!((life.left(at(1_000)), life.left(at(4_000))), (Duration::from_secs(2), Duration::ZERO));
        assert!(life.failed() && !life.failed() && life.is_failing(), "said once");
        assert!(!life.may_claim(at(3_000)), "others may have its rooms by now");
        assert!(!life.is_over(at(5_999)) && life.is_over(at(6_000)));
        life.taken(at(5_000), at(5_010));
        assert!(!life.is_failing() && life.counts(at(7_999)));
        assert!(!life.may_claim(at(8_009)), "others had no table either");
        life.taken(at(6_000), at(6_010));
        life.taken(at(8_500), at(8_510));
        assert!(life.may_claim(at(8_510)));
        // A short silence is none: nobody was held for dead.
        life.taken(at(11_500), at(11_510));
        assert!(life.may_claim(at(11_510)));
    }
}
