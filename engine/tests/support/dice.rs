//! Seeded chance for tests and benchmarks: small, and the same everywhere.
#![allow(dead_code, clippy::allow_attributes, reason = "every test uses its own part")]

/// Even random numbers (SplitMix64).
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 to below `end`.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(end)) >> 64) as u64
    }

    /// From `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below(high.saturating_sub(low).max(0) as u64 + 1) as i64
    }

    pub(crate) fn pick<T: Clone>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len() as u64) as usize].clone()
    }

    pub(crate) fn once_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }

    /// Between `low` and `high`, every order of magnitude as likely.
    pub(crate) fn of_any_size(&mut self, low: i64, high: i64) -> i64 {
        let mut top = high.max(low);
        while top > low && !self.once_in(4) {
            top = (top / 8).max(low);
        }
        self.between(low, top)
    }

    /// From `low` ≥ 1 to `high`, every size as likely as its double.
    pub(crate) fn log_between(&mut self, low: i64, high: i64) -> i64 {
        let (low_ln, high_ln) = (libm::log(low as f64), libm::log(high as f64));
        let unit = self.below(1 << 53) as f64 / (1_u64 << 53) as f64;
        (libm::exp(low_ln + unit * (high_ln - low_ln)).round() as i64).clamp(low, high)
    }
}
