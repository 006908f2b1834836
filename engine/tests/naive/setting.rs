//! What all pools have in common: parameters, liquidity, exact fractions.

use super::real::Real;

/// More than all deposits together may be, in micros: what costs this is not bought.
pub(crate) const BEYOND_ANY_BALANCE: i128 = 4_000_000_000_000_000;

/// An exact fraction: ζ at some moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fraction {
    pub(crate) num: i128,
    pub(crate) den: i128,
}

impl Fraction {
    /// ⌊self · x⌋ for x ≥ 0.
    pub(crate) fn floor_of(self, x: i128) -> i128 {
        (self.num * x).div_euclid(self.den)
    }

    pub(crate) fn real(self) -> Real {
        Real::ratio(self.num, self.den)
    }
}

/// The part of the parameters that every pool has in common.
#[derive(Clone, Debug)]
pub(crate) struct Setting {
    /// S, γ in 10⁻⁹, p_max and p_min in micros.
    pub(crate) s: i128,
    pub(crate) gamma: i128,
    pub(crate) p_max: i128,
    pub(crate) p_min: i128,
}

impl Setting {
    /// subsidy(V) = clamp(S − γV, 0, S), γV rounded down.
    pub(crate) fn subsidy(&self, v: i128) -> i128 {
        (self.s - (self.gamma * v).div_euclid(1_000_000_000)).clamp(0, self.s)
    }

    /// L = V + subsidy(V).
    pub(crate) fn liquidity(&self, v: i128) -> i128 {
        v + self.subsidy(v)
    }

    /// Whether a side of supply `q` is priced at p_max or below: q ≤ p_max·L.
    pub(crate) fn bearable(&self, v: i128, q: i128) -> bool {
        q * 1_000_000 <= self.p_max * self.liquidity(v)
    }

    /// V*(q/p_max): the least collateral at which `q` is bearable. L never grows faster
    /// than V, so what L lacks can be added to V without passing it.
    pub(crate) fn least_v(&self, q: i128) -> i128 {
        let l = -(-q * 1_000_000).div_euclid(self.p_max);
        let mut v = l - self.s;
        while self.liquidity(v) < l {
            v += l - self.liquidity(v);
        }
        v
    }

    /// L at a collateral of any real size.
    pub(crate) fn liquidity_real(&self, v: &Real) -> Real {
        let s = Real::micros(self.s);
        let subsidy = &s - Real::ratio(self.gamma, 1_000_000_000) * v;
        v + subsidy.min(s).max(Real::int(0))
    }

    /// The real V at which L = `l`.
    pub(crate) fn v_real(&self, l: &Real) -> Real {
        let s = Real::micros(self.s);
        let gamma = Real::ratio(self.gamma, 1_000_000_000);
        if *l <= s || self.gamma == 0 {
            return l - s;
        }
        let v = (l - &s) / (Real::int(1) - &gamma);
        if &gamma * &v <= s { v } else { l.clone() }
    }
}
