//! Money, tokens, prices and rates: exact integers with a named unit.
//!
//! In JSON and on screens they are decimal strings; in the compact encodings
//! they are the integers themselves. Overflow is an error, never a wrap (§1): what leaves the
//! range leaves a mark, and no step of a market that has it is kept.

use crate::exact::{end_of_range, mul_div_down, mul_div_up};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{
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
    /// Digits in groups.
    #[error("\"{0}\" has an underscore: write the digits alone")]
    Underscore(String),
    /// An exponent that is not a whole number.
    #[error("\"{0}\" has an exponent that is no whole number")]
    BadExponent(String),
    /// Beyond what the type can hold.
    #[error("\"{0}\" is out of range")]
    OutOfRange(String),
}

/// Parses a decimal with at most `places` decimals into an integer of 10^-places: a sign, digits, a
/// point, digits, an exponent ("1e-05"), and nothing is rounded.
fn parse_fixed(text: &str, places: u32) -> Result<i64, ParseAmountError> {
    let error = |kind: fn(String) -> ParseAmountError| kind(text.to_owned());
    let trimmed = text.trim();
    if trimmed.contains('_') {
        return Err(error(ParseAmountError::Underscore));
    }
    let (number, exponent) = trimmed.split_once(['e', 'E']).unwrap_or((trimmed, "0"));
    let (sign, digits) = signed(number);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = whole.bytes().chain(part.bytes()).all(|byte| byte.is_ascii_digit());
    if !all_digits || whole.len() + part.len() == 0 {
        return Err(error(ParseAmountError::NotANumber));
    }
    let exponent: i64 = exponent.parse().map_err(|_| error(ParseAmountError::BadExponent))?;
    let digits = format!("{whole}{part}");
    let significant = digits.trim_start_matches('0').trim_end_matches('0');
    if significant.is_empty() {
        return Ok(0);
    }
    let zeros = digits.len() - digits.trim_end_matches('0').len();
    // Places to the left of the last unit at which the last significant digit stands.
    let shift = exponent.saturating_sub(part.len() as i64).saturating_add(zeros as i64 + i64::from(places));
    let Ok(shift) = u32::try_from(shift) else {
        let too_precise = shift < 0;
        return Err(if too_precise {
            ParseAmountError::TooPrecise(text.to_owned(), places)
        } else {
            error(ParseAmountError::OutOfRange)
        });
    };
    let units = significant.parse::<i128>().ok().zip(10_i128.checked_pow(shift));
    let units = units.and_then(|(units, ten)| units.checked_mul(ten * sign));
    units.and_then(|units| i64::try_from(units).ok()).ok_or_else(|| error(ParseAmountError::OutOfRange))
}

fn signed(number: &str) -> (i128, &str) {
    match number.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, number.strip_prefix('+').unwrap_or(number)),
    }
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
        /// Beyond the range it stops at the end and leaves a mark.
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

    /// A spot price to the nearest micro; 0 where there is none.
    #[must_use]
    pub fn of_spot(spot: f64) -> Self {
        Self::nearest(spot).unwrap_or_default()
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
