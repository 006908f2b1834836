//! Real numbers of 160 bits, so that no digit of a comparison is in doubt.

use dashu_float::{FBig, round::mode::HalfEven};
use std::ops::{Add, Div, Mul, Neg, Sub};

/// Bits of every number: 48 decimal digits.
const BITS: usize = 160;

/// A number of [`BITS`] bits.
#[derive(Clone, Debug, PartialEq, PartialOrd)]
pub(crate) struct Real(FBig<HalfEven, 2>);

impl Real {
    /// A whole number.
    pub(crate) fn int(n: i128) -> Self {
        Self(FBig::from(n).with_precision(BITS).value())
    }

    /// A fraction of whole numbers.
    pub(crate) fn ratio(num: i128, den: i128) -> Self {
        Self::int(num) / Self::int(den)
    }

    /// Micro-units as whole units.
    pub(crate) fn micros(n: i128) -> Self {
        Self::ratio(n, 1_000_000)
    }

    /// Whole units as micro-units, rounded up.
    pub(crate) fn micros_up(&self) -> i128 {
        -(-self.clone()).micros_down()
    }

    /// Whole units as micro-units, rounded down. What is a whole number but for the last
    /// bits of 160 is that number.
    pub(crate) fn micros_down(&self) -> i128 {
        let micros = self * &Self::int(1_000_000);
        let nearest = (micros.clone() + Self::ratio(1, 2)).0.floor();
        let miss = (&micros - &Self(nearest.clone())).abs();
        let whole = if miss <= Self::ratio(1, 1 << 90) { nearest } else { micros.0.floor() };
        whole.to_int().value().try_into().unwrap()
    }

    /// The nearest binary number.
    pub(crate) fn to_f64(&self) -> f64 {
        self.0.to_f64().value()
    }

    pub(crate) fn sqrt(&self) -> Self {
        if *self <= Self::int(0) { Self::int(0) } else { Self(self.0.sqrt()) }
    }

    /// `self` ≥ 0 to a real power > 0.
    pub(crate) fn pow(&self, exponent: &Self) -> Self {
        if *self <= Self::int(0) { Self::int(0) } else { Self(self.0.powf(&exponent.0)) }
    }

    pub(crate) fn abs(&self) -> Self {
        if *self < Self::int(0) { -self.clone() } else { self.clone() }
    }

    pub(crate) fn max(self, other: Self) -> Self {
        if self < other { other } else { self }
    }

    pub(crate) fn min(self, other: Self) -> Self {
        if other < self { other } else { self }
    }
}

impl Neg for Real {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

macro_rules! operator {
    ($Trait:ident, $method:ident) => {
        impl $Trait<&Real> for &Real {
            type Output = Real;
            fn $method(self, other: &Real) -> Real {
                Real((&self.0).$method(&other.0))
            }
        }
        impl $Trait<Real> for Real {
            type Output = Real;
            fn $method(self, other: Real) -> Real {
                (&self).$method(&other)
            }
        }
        impl $Trait<&Real> for Real {
            type Output = Real;
            fn $method(self, other: &Real) -> Real {
                (&self).$method(other)
            }
        }
        impl $Trait<Real> for &Real {
            type Output = Real;
            fn $method(self, other: Real) -> Real {
                self.$method(&other)
            }
        }
    };
}

operator!(Add, add);
operator!(Sub, sub);
operator!(Mul, mul);
operator!(Div, div);
