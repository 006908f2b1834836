//! How long to wait before connecting again: twice as long each time, and never at the same
//! moment as everyone else.

/// The waits of somebody who has lost a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backoff {
    /// The first wait at its longest, in ms.
    pub first_ms: u64,
    /// What no wait exceeds, in ms.
    pub longest_ms: u64,
}

impl Backoff {
    /// The wait after so many failed attempts, in ms. `chance` in 0..1 spreads it over half to
    /// the whole of its length.
    #[must_use]
    pub fn wait_ms(&self, failed: u32, chance: f64) -> u64 {
        let doublings = failed.saturating_sub(1).min(u64::BITS - 1);
        let whole = self.first_ms.saturating_mul(1 << doublings).min(self.longest_ms);
        (whole as f64 * (0.5 + chance.clamp(0.0, 1.0) / 2.0)) as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_a_limit_and_are_spread() {
        let backoff = Backoff { first_ms: 500, longest_ms: 8_000 };
        for (failed, chance, expected) in
            [(1, 1.0, 500), (1, 0.0, 250), (2, 1.0, 1_000), (4, 0.5, 3_000), (5, 1.0, 8_000), (u32::MAX, 1.0, 8_000)]
        {
            assert_eq!(backoff.wait_ms(failed, chance), expected, "after {failed} failures");
        }
    }
}
