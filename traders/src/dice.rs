//! Random choices from a seeded generator, alike on every platform.

use rand_chacha::{ChaCha8Rng, rand_core::Rng};
use std::f64::consts::TAU;

/// What strategies ask of a generator.
pub trait Dice {
    /// At least `low`, below `high`.
    fn between(&mut self, low: f64, high: f64) -> f64;
    /// True in this share of all cases.
    fn chance(&mut self, share: f64) -> bool;
    /// One of them, if there is any.
    fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T>;
    /// Of the standard normal distribution (Box and Muller).
    fn normal(&mut self) -> f64;
    /// So many positive numbers with sum 1, every such point as likely (exponential weights).
    fn shares(&mut self, number: usize) -> Vec<f64>;
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

    fn normal(&mut self) -> f64 {
        // 1 − u is above 0.
        let radius = (-2.0 * libm::log(1.0 - self.between(0.0, 1.0))).sqrt();
        radius * libm::cos(TAU * self.between(0.0, 1.0))
    }

    fn shares(&mut self, number: usize) -> Vec<f64> {
        let weights: Vec<f64> = (0..number).map(|_| -libm::log(1.0 - self.between(0.0, 1.0)) + f64::EPSILON).collect();
        let all: f64 = weights.iter().sum();
        weights.iter().map(|weight| weight / all).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_chacha::rand_core::SeedableRng;

    #[test]
    fn normal_numbers_have_mean_0_and_deviation_1() {
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let drawn: Vec<f64> = (0..20_000).map(|_| rng.normal()).collect();
        let mean = drawn.iter().sum::<f64>() / drawn.len() as f64;
        let square = drawn.iter().map(|x| x * x).sum::<f64>() / drawn.len() as f64;
        assert!(mean.abs() < 0.02 && (square - 1.0).abs() < 0.03, "{mean} {square}");
    }

    #[test]
    fn shares_are_of_a_whole() {
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        for _ in 0..100 {
            let shares = rng.shares(5);
            assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-12 && shares.iter().all(|share| *share > 0.0));
        }
    }
}
