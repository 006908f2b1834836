//! Whether the device has slept: its wall clock went on while its own clock stood still.

/// A clock that stood still for so long has slept, in ms.
const SLEPT_MS: i64 = 3_000;

/// Notices that the device has slept. Asked in every turn.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sleep {
    ahead_ms: Option<i64>,
}

impl Sleep {
    /// Whether it has slept since it was asked last. `now_ms` is a clock that only counts, `wall_us` the wall clock in µs.
    pub fn slept(&mut self, now_ms: u64, wall_us: u64) -> bool {
        let ahead_ms = i64::try_from(wall_us / 1_000).unwrap_or(i64::MAX) - i64::try_from(now_ms).unwrap_or(i64::MAX);
        let before_ms = self.ahead_ms.replace(ahead_ms).unwrap_or(ahead_ms);
        ahead_ms - before_ms > SLEPT_MS
    }
}

#[cfg(test)]
mod tests {
    use super::Sleep;

    #[test]
    fn a_clock_that_stood_still_has_slept() {
        let mut sleep = Sleep::default();
        let mut check = |now_ms: u64, wall_ms: u64, expected| {
            assert_eq!(sleep.slept(now_ms, wall_ms * 1_000), expected, "{now_ms} {wall_ms}");
        };
        check(100, 5_000_000, false);
        check(1_100, 5_001_000, false);
        // A timer that was late is no sleep: both clocks went on.
        check(61_100, 5_061_000, false);
        check(61_200, 5_661_000, true);
        check(61_300, 5_661_100, false);
        // Somebody set the wall clock back.
        check(61_400, 4_000_000, false);
        check(61_500, 4_000_100, false);
    }
}
