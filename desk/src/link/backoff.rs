//! How long to wait before trying again: twice as long each time, never at the same moment
//! as everyone else.

/// The first wait, in ms.
const FIRST_MS: u64 = 500;
/// The longest wait, in ms.
const LONGEST_MS: u64 = 8_000;

/// The wait after so many failed attempts, in ms. `chance` in 0..1 spreads it over half to
/// the whole of its length.
#[must_use]
pub(super) fn wait_ms(failed: u32, chance: f64) -> u64 {
    let whole = FIRST_MS.saturating_mul(1 << failed.saturating_sub(1).min(10)).min(LONGEST_MS);
    (whole as f64 * (0.5 + chance.clamp(0.0, 1.0) / 2.0)) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_a_limit_and_are_spread() {
        for (failed, chance, expected) in
            [(1, 1.0, 500), (1, 0.0, 250), (2, 1.0, 1_000), (4, 0.5, 3_000), (5, 1.0, 8_000), (99, 1.0, 8_000)]
        {
            assert_eq!(wait_ms(failed, chance), expected, "after {failed} failures");
        }
    }
}
