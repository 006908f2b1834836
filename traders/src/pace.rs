//! How often a trader acts.

/// The shortest session time between two acts of a trader.
#[derive(Clone, Debug)]
pub struct Pace {
    every_ms: u64,
    next_ms: u64,
}

impl Pace {
    /// One act in so many ms, none before `first_ms` of the session.
    #[must_use]
    pub const fn new(every_ms: u64, first_ms: u64) -> Self {
        Self { every_ms, next_ms: first_ms }
    }

    /// Whether it is time to act; if so, the next time is one pace later.
    pub fn is_due(&mut self, now_ms: u64) -> bool {
        // Another session starts its clock anew.
        self.next_ms = self.next_ms.min(now_ms + self.every_ms);
        let is_due = now_ms >= self.next_ms;
        if is_due {
            self.next_ms = now_ms + self.every_ms;
        }
        is_due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acts_are_a_pace_apart() {
        let mut pace = Pace::new(1_000, 300);
        let acts: Vec<u64> = (0..50).map(|tick| tick * 100).filter(|now_ms| pace.is_due(*now_ms)).collect();
        assert_eq!(acts, [300, 1_300, 2_300, 3_300, 4_300]);
        assert!(!pace.is_due(100), "another session's clock");
        assert!(pace.is_due(1_100));
    }
}
