//! The mathematics that the rules share, with the same bits on every platform.

use std::f64::consts::{FRAC_1_SQRT_2, PI};

/// Density of the standard normal distribution.
pub(crate) fn normal_density(z: f64) -> f64 {
    libm::exp(-0.5 * z * z) / (2.0 * PI).sqrt()
}

/// Distribution of the standard normal, accurate to a relative 10⁻¹⁵ in the lower tail.
pub(crate) fn normal(z: f64) -> f64 {
    0.5 * libm::erfc(-z * FRAC_1_SQRT_2)
}

/// The z where [`normal`] is `p`; beyond ±38 where `p` is 0 or 1.
pub(crate) fn normal_quantile(p: f64) -> f64 {
    // By symmetry only the lower half is searched, where the distribution keeps its digits.
    if p > 0.5 {
        return -normal_quantile(1.0 - p);
    }
    root(|z| normal(z) - p, normal_density, -38.0, 0.0)
}

/// ln Σ exp(x) without overflow; −∞ of nothing.
pub(crate) fn log_sum_exp(terms: impl Iterator<Item = f64> + Clone) -> f64 {
    let most = terms.clone().fold(f64::NEG_INFINITY, f64::max);
    if most == f64::NEG_INFINITY {
        return most;
    }
    most + libm::log(terms.map(|x| libm::exp(x - most)).sum())
}

/// Halvings after which no two floats lie between the ends.
const STEPS_MAX: u32 = 2_000;

/// The root of a function that rises from ≤ 0 at `low` to ≥ 0 at `high`: by Newton's step where that stays between
/// the ends, else by halving. Ends at neighbouring floats or at an exact zero.
pub(crate) fn root(f: impl Fn(f64) -> f64, slope: impl Fn(f64) -> f64, mut low: f64, mut high: f64) -> f64 {
    let mut at = low + (high - low) / 2.0;
    let mut width = high - low;
    for _ in 0..STEPS_MAX {
        let value = f(at);
        if value == 0.0 {
            return at;
        }
        if value < 0.0 {
            low = at;
        } else {
            high = at;
        }
        let newton = at - value / slope(at);
        let middle = low + (high - low) / 2.0;
        // A step of Newton that does not halve what is left is not trusted.
        let trusted = newton > low && newton < high && (newton - at).abs() < width / 2.0;
        let next = if trusted { newton } else { middle };
        width = (next - at).abs();
        if next == at || next <= low || next >= high {
            return next;
        }
        at = next;
    }
    at
}

/// Steps of the search among whole numbers: every four of them halve what is left.
const WHOLE_STEPS_MAX: u32 = 256;

/// The last good whole number between a good `low` and a bad `high`, each with what `worse` says of it: at most 0 of a
/// good one. False position with the Illinois rule, by halving whenever three steps have not halved what is left.
pub(crate) fn last_good(mut low: (i64, f64), mut high: (i64, f64), worse: impl Fn(i64) -> f64) -> i64 {
    let (mut streak, mut goal) = (0_i32, (high.0 - low.0) / 2);
    for step in 1..=WHOLE_STEPS_MAX {
        let width = high.0 - low.0;
        if width <= 1 {
            break;
        }
        let halve = step % 4 == 0 && width > goal;
        let fraction = if halve { 0.5 } else { low.1 / (low.1 - high.1) };
        let middle = low.0 + ((width as f64 * fraction) as i64).clamp(1, width - 1);
        let by = worse(middle);
        if by <= 0.0 {
            streak = streak.max(0) + 1;
            low = (middle, by.min(-f64::MIN_POSITIVE));
            high.1 /= if streak > 1 { 2.0 } else { 1.0 };
        } else {
            streak = streak.min(0) - 1;
            high = (middle, by);
            low.1 /= if streak < -1 { 2.0 } else { 1.0 };
        }
        if step % 4 == 0 {
            goal = (high.0 - low.0) / 2;
        }
    }
    low.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_inverse() {
        for p in [1e-300, 1e-12, 0.001, 0.1, 0.25, 0.5, 0.75, 0.999, 1.0 - 1e-12] {
            let back = normal(normal_quantile(p));
            assert!((back / p - 1.0).abs() < 1e-9, "{p}: {back}");
        }
        // Φ⁻¹(0.975), as in every table.
        assert!((normal_quantile(0.975) - 1.959_963_984_540_054).abs() < 1e-14);
    }

    #[test]
    fn sums_of_exponentials_do_not_overflow() {
        let sum = log_sum_exp([1e6, 1e6].into_iter());
        assert!((sum - 1e6 - std::f64::consts::LN_2).abs() < 1e-9);
        assert_eq!(log_sum_exp(std::iter::empty()), f64::NEG_INFINITY);
    }
}
