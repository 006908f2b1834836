//! Fractions of integers: what decides — ζ of an amount, which of two prices is better, what a size
//! is worth at a price — is computed with these and never rounded on the way.

use crate::{
    amount::{MICRO, Price},
    exact::{mul_div_down, mul_div_up, narrow, quotient},
};
use std::cmp::Ordering;

/// `num`/`den`, `num` ≥ 0, `den` > 0.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fraction {
    num: i64,
    den: i64,
}

impl Fraction {
    /// In its lowest terms, so that small numbers stay small. Numbers that no parameters within
    /// their ranges lead to lose their last bits.
    pub(crate) fn reduced(num: i128, den: i128) -> Self {
        let (num, den) = (num.max(0).unsigned_abs(), den.max(1).unsigned_abs());
        let divisor = common_divisor(num, den);
        let (num, den) = (num / divisor, den / divisor);
        let excess = u128::BITS - (i64::MAX as u128).leading_zeros().min(num.max(den).leading_zeros());
        let shift = excess.saturating_sub(i64::BITS - 1);
        Self { num: (num >> shift) as i64, den: ((den >> shift) as i64).max(1) }
    }

    /// As it stands; `den` > 0.
    pub(crate) const fn new(num: i64, den: i64) -> Self {
        Self { num, den }
    }

    /// The nearest number.
    pub(crate) fn as_f64(self) -> f64 {
        let (num, den) = (self.num.unsigned_abs(), self.den.unsigned_abs());
        // Numbers of 53 bits are exact, and the hardware divides them to the nearest.
        if (num | den) >> f64::MANTISSA_DIGITS == 0 { num as f64 / den as f64 } else { quotient(num, den) }
    }

    /// ⌊self·amount⌋.
    pub(crate) fn of_down(self, amount: i64) -> i64 {
        mul_div_down(amount, self.num, self.den)
    }

    /// ⌈self·amount⌉.
    pub(crate) fn of_up(self, amount: i64) -> i64 {
        mul_div_up(amount, self.num, self.den)
    }

    /// ⌊self·part·amount⌋, `part` ≥ 0 in units of 1/`whole`; amount ≥ 0.
    pub(crate) fn of_part_down(self, part: i64, whole: i64, amount: i64) -> i64 {
        let product = i128::from(self.num) * i128::from(amount);
        let (floor, rest) = (product / i128::from(self.den), product % i128::from(self.den));
        let part = i128::from(part);
        let scaled = floor.saturating_mul(part) + rest.saturating_mul(part) / i128::from(self.den);
        narrow(scaled / i128::from(whole))
    }

    /// ⌊amount/(1 − times·self)⌋ toward −∞, for times·self < 1.
    pub(crate) fn over_rest_down(self, times: usize, amount: i64) -> i128 {
        let rest = i128::from(self.den) - times as i128 * i128::from(self.num);
        (i128::from(amount) * i128::from(self.den)).div_euclid(rest.max(1))
    }
}

impl From<Price> for Fraction {
    fn from(price: Price) -> Self {
        Self::new(i64::from(price.0), MICRO)
    }
}

impl PartialEq for Fraction {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Fraction {}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        let cross = |a: &Self, b: &Self| i128::from(a.num) * i128::from(b.den);
        cross(self, other).cmp(&cross(other, self))
    }
}

fn common_divisor(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

#[cfg(test)]
mod tests {
    use super::Fraction;

    #[test]
    fn a_share_is_rounded_down_from_what_it_is_in_decimals() {
        for percent in 1..100 {
            for hundreds in [1, 3, 7, 999, 123_457, 10_000_000_000_000] {
                let share = Fraction::reduced(percent.into(), 100).of_down(100 * hundreds);
                assert_eq!(share, percent * hundreds, "{percent} % of {}", 100 * hundreds);
            }
        }
        let third = Fraction::reduced(333_333_333, 1_000_000_000);
        assert_eq!(third.of_down(1_000_000_003), 333_333_333);
        assert_eq!(third.of_down(1_000_000_000), 333_333_333);
        assert_eq!(third.of_down(999_999_999), 333_333_332);
        assert_eq!(third.of_up(999_999_999), 333_333_333);
    }

    #[test]
    fn prices_that_numbers_cannot_tell_apart_are_in_order() {
        let (a, b) = (Fraction::new((1 << 60) - 1, 1 << 60), Fraction::new((1 << 60) - 2, (1 << 60) - 1));
        assert_eq!(a.as_f64(), b.as_f64());
        assert!(a > b);
        assert_eq!(Fraction::new(2, 6), Fraction::new(1, 3));
    }

    #[test]
    fn parts_of_parts_are_rounded_once() {
        // 0.5 · 1/3 · 5 = 0.83, 0.5 · 1/3 · 6 = 1.
        let third = Fraction::new(1, 3);
        assert_eq!([5, 6, 11, 12].map(|amount| third.of_part_down(5, 10, amount)), [0, 1, 1, 2]);
        let long = Fraction::new(42_768_000_000_000_001, 86_400_000_000_000_000);
        assert_eq!(long.of_part_down(200_000_000, 1_000_000_000, 4_000_000_000_000_000), 396_000_000_000_000);
    }

    #[test]
    fn what_is_beyond_any_market_does_not_overflow() {
        let huge = Fraction::reduced(i128::MAX / 2, i128::MAX);
        assert!((huge.as_f64() - 0.5).abs() < 1e-15);
        assert_eq!(Fraction::reduced(-5, 7).of_down(100), 0);
    }
}
