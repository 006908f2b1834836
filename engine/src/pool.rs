//! One outcome's collateral and supplies, and the terms they trade on. Trades move them by
//! [`crate::curve::apply`]; seigniorage, pairs and eliminations by the steps that say so.

use crate::{
    amount::{MICRO, Price, RATE_ONE, Rate, Tokens, Usdc},
    exact::mul_div_up,
    fraction::Fraction,
    order::{Direction, Side},
    params::{Params, Rates},
};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// One outcome's pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PoolState {
    /// Collateral V; may be negative.
    pub v: Usdc,
    /// YES supply, q₀ included.
    pub q_yes: Tokens,
    /// NO supply, q₀ included.
    pub q_no: Tokens,
    /// Virtual YES supply from renormalisations.
    pub virtual_yes: Tokens,
    /// Complete sets made by users among themselves.
    pub pairs: Tokens,
    /// The maker's part of surpluses, counted in V.
    pub seigniorage: Usdc,
    /// Whether the outcome is in the game.
    pub active: bool,
}

/// What the parameters say at the moment of a tick. Amounts are in micro-units
/// throughout a solve, so that every input is an exact `f64`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terms<'p> {
    pub(crate) params: &'p Params,
    /// S.
    pub(crate) subsidy_start: Usdc,
    /// a, the weight of the price before.
    pub(crate) before: f64,
    /// b = 1 − a.
    pub(crate) after: f64,
    /// κ in USDC per token and micro-token.
    pub(crate) kappa: f64,
    /// ζ, exact.
    share: Fraction,
    /// ζ, for the solve.
    pub(crate) zeta: f64,
    /// f_i = 1 − (N_active − 1)·ζ.
    pub(crate) own_share: f64,
    /// Active outcomes other than the traded one.
    pub(crate) others: usize,
    pub(crate) p_max: f64,
    pub(crate) p_min: f64,
    pub(crate) eta: f64,
    pub(crate) gamma: f64,
}

impl<'p> Terms<'p> {
    pub(crate) fn new(params: &'p Params, rates: Rates, active: usize) -> Self {
        let others = active.saturating_sub(1);
        let zeta = rates.zeta.as_f64();
        Self {
            params,
            subsidy_start: params.subsidy_start(),
            before: rates.before,
            after: rates.after,
            kappa: rates.kappa / MICRO as f64,
            share: rates.zeta,
            zeta,
            own_share: 1.0 - others as f64 * zeta,
            others,
            p_max: params.p_max.as_f64(),
            p_min: params.p_min.as_f64(),
            eta: params.eta.as_f64(),
            gamma: params.gamma.as_f64(),
        }
    }

    /// The pool's price that comes to `all_in`/`parts` micro-USDC a token with its fee f.
    pub(crate) fn before_fee(&self, direction: Direction, all_in: i64, parts: i64) -> Fraction {
        let fee = match direction {
            Direction::Buy => self.params.f.0,
            Direction::Sell => -self.params.f.0,
        };
        Fraction::new(all_in * (RATE_ONE / MICRO), parts * (RATE_ONE + fee))
    }

    /// The fee f on a trade of value X with the pool.
    pub(crate) fn pool_fee(&self, value: Usdc) -> Usdc {
        self.params.f.of_up(value)
    }

    /// ⌊ζX⌋: what a trade of value X diverts to each other outcome.
    pub(crate) fn diverted(&self, value: Usdc) -> Usdc {
        Usdc(self.share.of_down(value.0))
    }

    /// ⌊part·ζX⌋ of a trade of value X.
    pub(crate) fn part_of_diverted(&self, part: Rate, value: Usdc) -> i64 {
        self.share.of_part_down(part.0, RATE_ONE, value.0)
    }

    /// ⌊value/(1 − others·ζ)⌋: what a trade is worth of which its own pool bears `value`, so many
    /// others their share.
    pub(crate) fn whole_of(&self, value: Usdc, others: usize) -> Usdc {
        let whole = self.share.over_rest_down(others, value.0);
        Usdc(whole.clamp(i64::MIN.into(), i64::MAX.into()) as i64)
    }

    /// L(V) = V + subsidy(V).
    pub(crate) fn depth_of(&self, v: Usdc) -> Usdc {
        v + subsidy(self.subsidy_start, self.params.gamma, v)
    }

    /// L(V) without rounding.
    pub(crate) fn true_depth(&self, v: f64) -> f64 {
        let start = self.subsidy_start.0 as f64;
        v + (start - self.gamma * v).min(start).max(0.0)
    }

    /// V*(q/p_max): the least collateral at which a supply of `q` is worth p_max.
    pub(crate) fn least_collateral(&self, q: Tokens) -> Usdc {
        let depth = mul_div_up(q.0, MICRO, i64::from(self.params.p_max.0));
        let beyond = depth - self.subsidy_start.0;
        if beyond <= 0 {
            return Usdc(beyond);
        }
        let estimate = round_down(beyond as f64 / (1.0 - self.gamma)).min(depth);
        // Right but for its own rounding and that of γV: a micro and two.
        let mut v = Usdc(estimate - 3);
        while self.depth_of(v).0 < depth {
            v += Usdc(1);
        }
        v
    }
}

impl Params {
    /// subsidy(V) = clamp(S − ⌊γV⌋, 0, S) (§3).
    #[must_use]
    pub fn subsidy(&self, v: Usdc) -> Usdc {
        subsidy(self.subsidy_start(), self.gamma, v)
    }
}

/// clamp(S − ⌊γV⌋, 0, S).
fn subsidy(start: Usdc, gamma: Rate, v: Usdc) -> Usdc {
    if v.0 <= 0 { start } else { Usdc((start - gamma.of_down(v)).0.max(0)) }
}

/// ⌊x⌋ of an x that is not negative; x86-64 has no plain instruction for it.
pub(crate) fn round_down(x: f64) -> i64 {
    x as i64
}

/// ⌈x⌉ of an x that is not negative.
pub(crate) fn round_up(x: f64) -> i64 {
    let down = x as i64;
    down + i64::from((down as f64) < x)
}

/// Whether a supply of `q` is worth at most p_max at depth `l`, exactly.
pub(crate) fn within_cap(q: Tokens, l: Usdc, p_max: Price) -> bool {
    i128::from(q.0) * i128::from(MICRO) <= i128::from(l.0) * i128::from(p_max.0)
}

impl PoolState {
    /// A pool before its first trade.
    pub(crate) fn new(q0: Tokens) -> Self {
        Self {
            v: Usdc::ZERO,
            q_yes: q0,
            q_no: q0,
            virtual_yes: Tokens::ZERO,
            pairs: Tokens::ZERO,
            seigniorage: Usdc::ZERO,
            active: true,
        }
    }

    /// The effective supply of a side: virtual YES included.
    #[must_use]
    pub fn supply(&self, side: Side) -> Tokens {
        match side {
            Side::Yes => self.q_yes + self.virtual_yes,
            Side::No => self.q_no,
        }
    }

    /// L = V + subsidy(V) (§3).
    #[must_use]
    pub fn depth(&self, params: &Params) -> Usdc {
        self.v + params.subsidy(self.v)
    }

    /// The price of a side, 0 to 1 (§3).
    #[must_use]
    pub fn price(&self, side: Side, params: &Params) -> f64 {
        self.supply(side).0 as f64 / self.depth(params).0 as f64
    }

    /// Adds to the supply of a side.
    pub(crate) fn issue(&mut self, side: Side, size: Tokens) {
        match side {
            Side::Yes => self.q_yes += size,
            Side::No => self.q_no += size,
        }
    }

    /// How the limit of a resting order stands to the spot of its side, exactly.
    pub(crate) fn limit_to_spot(&self, limit: Price, side: Side, terms: &Terms<'_>) -> Ordering {
        let l = terms.depth_of(self.v);
        (i128::from(limit.0) * i128::from(l.0)).cmp(&(i128::from(self.supply(side).0) * i128::from(MICRO)))
    }

    /// How much another outcome's sale may take from here: V − V*(max q/p_max), not below 0.
    pub(crate) fn room(&self, terms: &Terms<'_>) -> Usdc {
        let larger = self.supply(Side::Yes).max(self.supply(Side::No));
        Usdc((self.v - terms.least_collateral(larger)).0.max(0))
    }

    /// Whether both prices are above 0 and at most p_max (§9.1).
    pub(crate) fn is_solvent(&self, terms: &Terms<'_>) -> bool {
        let l = terms.depth_of(self.v);
        let fits = |side| self.supply(side).0 > 0 && within_cap(self.supply(side), l, terms.params.p_max);
        fits(Side::Yes) && fits(Side::No)
    }
}
