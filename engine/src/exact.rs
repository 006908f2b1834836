//! Exact arithmetic of whole units: products and quotients of 128 bits, and what happens at the end
//! of the range.
//!
//! As a processor keeps an overflow of its floating-point unit, a sum that leaves the range stops at
//! its end and leaves a mark of its thread, which [`in_range`] finds around it. Nothing else is kept.

use std::cell::Cell;

thread_local! {
    /// Whether an amount has left its range since the mark was last looked at.
    static LEFT_RANGE: Cell<bool> = const { Cell::new(false) };
}

/// An amount left the range of its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an amount is beyond ±9223372036854")]
pub(crate) struct Overflow;

/// Computes something with amounts and says whether one of them left its range on the way.
///
/// # Errors
/// When one did: what was computed means nothing.
pub(crate) fn in_range<T>(compute: impl FnOnce() -> T) -> Result<T, Overflow> {
    let before = LEFT_RANGE.replace(false);
    let result = compute();
    if LEFT_RANGE.replace(before) { Err(Overflow) } else { Ok(result) }
}

/// Where an amount stops, with the mark that it did. Asking the processor whether it overflowed
/// and coming here costs the sums that do not nothing.
#[cold]
pub(crate) fn end_of_range(up: bool) -> i64 {
    LEFT_RANGE.set(true);
    if up { i64::MAX } else { i64::MIN }
}

/// `num`/`den`, `den` > 0: the nearest number to it.
pub(crate) fn quotient(num: u64, den: u64) -> f64 {
    if num == 0 {
        return 0.0;
    }
    // At least 63 bits of the quotient, and one more for all that follow them.
    let shift = u64::BITS + num.leading_zeros();
    let (num, den) = (u128::from(num) << shift, u128::from(den));
    let bits = (num / den) | u128::from(!num.is_multiple_of(den));
    bits as f64 * f64::from_bits(u64::from(1023 - shift) << 52)
}

/// a·b/c rounded down (toward −∞), `c` positive; beyond the range as a sum.
pub(crate) fn mul_div_down(a: i64, b: i64, c: i64) -> i64 {
    match a.checked_mul(b) {
        Some(product) => product.div_euclid(c),
        None => narrow((i128::from(a) * i128::from(b)).div_euclid(i128::from(c))),
    }
}

/// a·b/c rounded up (toward +∞), `c` positive; beyond the range as a sum.
pub(crate) fn mul_div_up(a: i64, b: i64, c: i64) -> i64 {
    match a.checked_mul(b) {
        Some(product) => product.div_euclid(c) + i64::from(product.rem_euclid(c) != 0),
        None => narrow(-(-(i128::from(a) * i128::from(b))).div_euclid(i128::from(c))),
    }
}

/// a·b/c rounded down and its remainder; all not negative, a ≤ c, c positive.
pub(crate) fn mul_div_rem(a: i64, b: i64, c: i64) -> (i64, i64) {
    if let Some(product) = a.checked_mul(b) {
        return (product / c, product % c);
    }
    let product = i128::from(a) * i128::from(b);
    (narrow(product / i128::from(c)), narrow(product % i128::from(c)))
}

/// The units of an amount; beyond the range as a sum.
pub(crate) fn narrow(wide: i128) -> i64 {
    i64::try_from(wide).unwrap_or_else(|_| end_of_range(wide > 0))
}

#[cfg(test)]
mod tests {
    use super::{Overflow, in_range, quotient};
    use crate::amount::{Price, Rate, Tokens, Usdc};

    #[test]
    fn what_leaves_the_range_is_an_error_whatever_it_comes_to_in_the_end() {
        let max = Usdc(i64::MAX);
        assert_eq!(in_range(|| max + Usdc(1) - Usdc(1)), Err(Overflow));
        assert_eq!(in_range(|| Usdc(i64::MIN) - Usdc(1)), Err(Overflow));
        assert_eq!(in_range(|| [max, max].into_iter().sum::<Usdc>()), Err(Overflow));
        assert_eq!(in_range(|| Price(u32::MAX).cost(Tokens(i64::MAX))), Err(Overflow));
        assert_eq!(in_range(|| Rate(i64::MAX).of_down(max)), Err(Overflow));
        assert_eq!(in_range(|| max - Usdc(1) + Usdc(1)), Ok(max));
    }

    #[test]
    fn a_mark_is_found_once_by_whoever_is_around_it() {
        let inner = in_range(|| in_range(|| Usdc(i64::MAX) + Usdc(1)));
        assert_eq!(inner, Ok(Err(Overflow)), "the outer computation knows of it");
        let outer = in_range(|| {
            let beyond = Usdc(i64::MAX) + Usdc(1);
            assert!(in_range(|| Usdc(1) + Usdc(1)).is_ok());
            beyond
        });
        assert_eq!(outer, Err(Overflow), "an inner one does not hide it");
    }

    /// The hardware divides numbers of at most 53 bits to the nearest, too.
    #[test]
    fn a_quotient_is_the_nearest_number() {
        let numbers = [1, 2, 3, 7, 10, 999_999, 1_000_000, 1_049_999_999, 123_456_789_012_345, (1 << 53) - 1];
        for num in numbers {
            for den in numbers {
                assert_eq!(quotient(num, den), num as f64 / den as f64, "{num} / {den}");
            }
        }
        assert_eq!(quotient(0, 7), 0.0);
        assert_eq!(quotient(u64::MAX, 1), u64::MAX as f64);
        assert_eq!(quotient(1, u64::MAX), 1.0 / u64::MAX as f64);
    }
}
