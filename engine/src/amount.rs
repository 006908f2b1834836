//! Money, tokens, prices and rates: exact integers with a named unit.
//!
//! In JSON and on screens they are decimal strings; in the compact encodings
//! they are the integers themselves.
//!
//! Overflow is an error, never a wrap (§1). As a processor keeps an overflow of its floating-point
//! unit, a sum that leaves the range stops at its end and leaves a mark, which [`in_range`] finds:
//! a step of the market is made within it, so that nothing of it is kept.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{
    cell::Cell,
    fmt,
    iter::Sum,
    ops::{Add, AddAssign, Sub, SubAssign},
    str::FromStr,
};

/// Micro-units in one USDC, one token or a price of 1.
pub const MICRO: i64 = 1_000_000;
/// Units of a [`Rate`] in 1.
pub const RATE_ONE: i64 = 1_000_000_000;
/// The largest amount of money or tokens anything may reach, in micro-units:
/// 10⁹ whole units, below 2⁵³, so every amount is exact in an `f64`.
pub const AMOUNT_MAX: i64 = 1_000_000_000 * MICRO;

/// An amount of money in micro-USDC. Signed: collateral may be negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Usdc(pub i64);

/// An amount of outcome tokens in micro-tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tokens(pub i64);

/// A price per token in micro-USDC: 0 to 1 USDC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Price(pub u32);

/// A dimensionless parameter (a fee, a share, a weight) in units of 10⁻⁹.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rate(pub i64);

/// Why a text is not an amount.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseAmountError {
    /// Not a decimal number (NaN and infinity included).
    #[error("\"{0}\" is not a decimal number")]
    NotANumber(String),
    /// More decimal places than the unit has.
    #[error("\"{0}\" has more than {1} decimal places")]
    TooPrecise(String, u32),
    /// Beyond what the type can hold.
    #[error("\"{0}\" is out of range")]
    OutOfRange(String),
}

/// Parses a decimal with at most `places` decimals into an integer of 10^-places.
/// Scientific notation ("1e-05") is understood.
fn parse_fixed(text: &str, places: u32) -> Result<i64, ParseAmountError> {
    use rust_decimal::Decimal;
    let trimmed = text.trim();
    let decimal = Decimal::from_str(trimmed)
        .or_else(|_| Decimal::from_scientific(trimmed))
        .map_err(|_| ParseAmountError::NotANumber(text.to_owned()))?
        .normalize();
    if decimal.scale() > places {
        return Err(ParseAmountError::TooPrecise(text.to_owned(), places));
    }
    let out_of_range = || ParseAmountError::OutOfRange(text.to_owned());
    let factor = 10_i128.checked_pow(places - decimal.scale()).ok_or_else(out_of_range)?;
    let units = decimal.mantissa().checked_mul(factor).ok_or_else(out_of_range)?;
    i64::try_from(units).map_err(|_| out_of_range())
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

fn write_fixed(f: &mut fmt::Formatter<'_>, units: i64, one: i64, places: usize) -> fmt::Result {
    let sign = if units < 0 { "-" } else { "" };
    let magnitude = units.unsigned_abs();
    let one = one.unsigned_abs();
    write!(f, "{sign}{}.{:0places$}", magnitude / one, magnitude % one)
}

macro_rules! fixed {
    ($name:ident, $inner:ty, $one:expr, $places:expr) => {
        impl $name {
            /// Nothing.
            pub const ZERO: Self = Self(0);

            /// The amount as a floating-point number of whole units.
            #[must_use]
            pub fn as_f64(self) -> f64 {
                self.0 as f64 / $one as f64
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write_fixed(f, i64::from(self.0), $one, $places)
            }
        }
        impl FromStr for $name {
            type Err = ParseAmountError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let units = parse_fixed(text, $places)?;
                <$inner>::try_from(units).map(Self).map_err(|_| ParseAmountError::OutOfRange(text.to_owned()))
            }
        }
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                if serializer.is_human_readable() { serializer.collect_str(self) } else { self.0.serialize(serializer) }
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                if !deserializer.is_human_readable() {
                    return <$inner>::deserialize(deserializer).map(Self);
                }
                struct Visitor;
                impl de::Visitor<'_> for Visitor {
                    type Value = $name;
                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str("a decimal number, as a number or a string")
                    }
                    fn visit_str<E: de::Error>(self, text: &str) -> Result<$name, E> {
                        text.parse().map_err(E::custom)
                    }
                    fn visit_f64<E: de::Error>(self, number: f64) -> Result<$name, E> {
                        self.visit_str(&number.to_string())
                    }
                    fn visit_i64<E: de::Error>(self, number: i64) -> Result<$name, E> {
                        self.visit_str(&number.to_string())
                    }
                    fn visit_u64<E: de::Error>(self, number: u64) -> Result<$name, E> {
                        self.visit_str(&number.to_string())
                    }
                }
                deserializer.deserialize_any(Visitor)
            }
        }
    };
}

fixed!(Usdc, i64, MICRO, 6);
fixed!(Tokens, i64, MICRO, 6);
fixed!(Price, u32, MICRO, 6);
fixed!(Rate, i64, RATE_ONE, 9);

macro_rules! amount {
    ($name:ident) => {
        impl $name {
            /// Whole units.
            #[must_use]
            pub const fn whole(units: i64) -> Self {
                Self(units * MICRO)
            }
            /// The sum; `None` on overflow.
            #[must_use]
            pub const fn checked_add(self, other: Self) -> Option<Self> {
                match self.0.checked_add(other.0) {
                    Some(sum) => Some(Self(sum)),
                    None => None,
                }
            }
            /// The difference; `None` on overflow.
            #[must_use]
            pub const fn checked_sub(self, other: Self) -> Option<Self> {
                match self.0.checked_sub(other.0) {
                    Some(difference) => Some(Self(difference)),
                    None => None,
                }
            }
        }
        /// Beyond the range it stops at the end and leaves the mark that [`in_range`] finds.
        impl Add for $name {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                Self(self.0.checked_add(other.0).unwrap_or_else(|| end_of_range(other.0 > 0)))
            }
        }
        /// Beyond the range as the sum.
        impl Sub for $name {
            type Output = Self;
            fn sub(self, other: Self) -> Self {
                Self(self.0.checked_sub(other.0).unwrap_or_else(|| end_of_range(other.0 < 0)))
            }
        }
        impl AddAssign for $name {
            fn add_assign(&mut self, other: Self) {
                *self = *self + other;
            }
        }
        impl SubAssign for $name {
            fn sub_assign(&mut self, other: Self) {
                *self = *self - other;
            }
        }
        impl Sum for $name {
            fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
                amounts.fold(Self::ZERO, Add::add)
            }
        }
    };
}

amount!(Usdc);
amount!(Tokens);

thread_local! {
    /// Whether an amount has left its range since the mark was last looked at.
    static LEFT_RANGE: Cell<bool> = const { Cell::new(false) };
}

/// An amount left the range of its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an amount is beyond ±9223372036854")]
pub struct Overflow;

/// Computes something with amounts and says whether one of them left its range on the way.
///
/// # Errors
/// When one did: what was computed means nothing.
pub fn in_range<T>(compute: impl FnOnce() -> T) -> Result<T, Overflow> {
    let before = LEFT_RANGE.replace(false);
    let result = compute();
    if LEFT_RANGE.replace(before) { Err(Overflow) } else { Ok(result) }
}

/// Where an amount stops, with the mark that it did. Asking the processor whether it overflowed
/// and coming here costs the sums that do not nothing.
#[cold]
fn end_of_range(up: bool) -> i64 {
    LEFT_RANGE.set(true);
    if up { i64::MAX } else { i64::MIN }
}

impl Tokens {
    /// What so many tokens that win, or complete sets, are worth: 1 USDC each.
    #[must_use]
    pub const fn at_par(self) -> Usdc {
        Usdc(self.0)
    }
}

impl Price {
    /// A price per token to the nearest micro; `None` when it does not fit.
    #[must_use]
    pub fn nearest(price: f64) -> Option<Self> {
        let micros = (price * MICRO as f64).round();
        (micros >= 0.0 && micros <= f64::from(u32::MAX)).then_some(Self(micros as u32))
    }

    /// Value per token, to the nearest micro; the highest price there is when it does not fit.
    pub(crate) fn average(value: Usdc, size: Tokens) -> Self {
        Self::nearest(value.0 as f64 / size.0 as f64).unwrap_or(Self(u32::MAX))
    }

    /// What a buyer pays for `size` at this price: rounded up.
    #[must_use]
    pub fn cost(self, size: Tokens) -> Usdc {
        Usdc(mul_div_up(size.0, i64::from(self.0), MICRO))
    }

    /// What a seller gets for `size` at this price: rounded down.
    #[must_use]
    pub fn proceeds(self, size: Tokens) -> Usdc {
        Usdc(mul_div_down(size.0, i64::from(self.0), MICRO))
    }
}

impl Rate {
    /// This share of an amount, rounded up: fees.
    #[must_use]
    pub fn of_up(self, amount: Usdc) -> Usdc {
        Usdc(mul_div_up(amount.0, self.0, RATE_ONE))
    }

    /// This share of an amount, rounded down.
    #[must_use]
    pub fn of_down(self, amount: Usdc) -> Usdc {
        Usdc(mul_div_down(amount.0, self.0, RATE_ONE))
    }
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
    use super::{Overflow, Price, Rate, Tokens, Usdc, in_range, quotient};

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
