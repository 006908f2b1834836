//! Chance for effects: where a light flies is of no consequence, so it needs no true one.

/// Numbers that look like chance; the same in every run.
pub(super) struct Dice(u32);

impl Default for Dice {
    fn default() -> Self {
        Self(0x9e37_79b9)
    }
}

impl Dice {
    /// Uniform from 0 to 1, without 1.
    pub(super) fn unit(&mut self) -> f32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        (self.0 >> 8) as f32 / (1 << 24) as f32
    }

    /// −reach to reach, more often near 0.
    pub(super) fn around(&mut self, reach: f32) -> f32 {
        (self.unit() + self.unit() - 1.0) * reach
    }
}
