//! Random choices from a seeded generator, alike on every platform.

use rand_chacha::{ChaCha8Rng, rand_core::Rng};

/// What strategies ask of a generator.
pub trait Dice {
    /// At least `low`, below `high`.
    fn between(&mut self, low: f64, high: f64) -> f64;
    /// True in this share of all cases.
    fn chance(&mut self, share: f64) -> bool;
    /// One of them, if there is any.
    fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T>;
}

impl Dice for ChaCha8Rng {
    fn between(&mut self, low: f64, high: f64) -> f64 {
        let unit = (self.next_u64() >> 11) as f64 / (1_u64 << 53) as f64;
        low + unit * (high - low)
    }

    fn chance(&mut self, share: f64) -> bool {
        self.between(0.0, 1.0) < share
    }

    fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        let place = self.between(0.0, items.len() as f64) as usize;
        items.get(place)
    }
}
