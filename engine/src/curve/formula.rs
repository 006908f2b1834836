//! The formulas of one side of one pool, without penalty, floor, cap and rounding (§4).

use crate::{
    amount::Tokens,
    order::{Direction, Leg},
    pool::{PoolState, Terms},
};

/// One side of one pool in one direction, as the solve sees it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Curve {
    direction: Direction,
    /// Effective supply q.
    q: f64,
    /// L.
    pub(super) l: f64,
    /// p = q/L.
    p: f64,
    /// D₀: what the same user has traded here already in this tick.
    done: f64,
    before: f64,
    after: f64,
    kappa: f64,
    own_share: f64,
}

impl Curve {
    pub(crate) fn new(terms: &Terms<'_>, pools: &[PoolState], leg: Leg, done: Tokens) -> Self {
        let pool = &pools[leg.outcome.index()];
        let q = pool.supply(leg.side).0 as f64;
        let l = terms.depth_of(pool.v).0 as f64;
        Self {
            direction: leg.direction,
            q,
            l,
            p: q / l,
            done: done.0 as f64,
            before: terms.before,
            after: terms.after,
            kappa: terms.kappa,
            own_share: terms.own_share,
        }
    }

    /// The price before the trade.
    pub(crate) fn spot(&self) -> f64 {
        self.p
    }

    /// X before penalty, floor, cap and rounding; never negative.
    pub(crate) fn raw(&self, size: f64) -> f64 {
        match self.direction {
            Direction::Buy => self.raw_cost(size),
            Direction::Sell => self.raw_proceeds(size),
        }
    }

    /// K = κ(Δ² + 2D₀Δ).
    fn convexity(&self, size: f64) -> f64 {
        self.kappa * size * (size + 2.0 * self.done)
    }

    /// The positive root of f_i·X² + (L − f_i·k)·X − (k·L + m), without cancellation.
    fn raw_cost(&self, size: f64) -> f64 {
        let k = self.before * self.p * size + self.convexity(size);
        let m = self.after * size * (self.q + size);
        let linear = self.l - self.own_share * k;
        let sum = self.l + self.own_share * k;
        let root = (sum * sum + 4.0 * self.own_share * m).sqrt();
        if linear >= 0.0 { 2.0 * (k * self.l + m) / (linear + root) } else { (root - linear) / (2.0 * self.own_share) }
    }

    /// The smaller root of f_i·X² − (L + f_i·k)·X + (k·L + m): the one that is the
    /// trade, also where it is negative, which becomes 0.
    fn raw_proceeds(&self, size: f64) -> f64 {
        let k = self.after * self.p * size - self.convexity(size);
        let m = self.before * size * (self.q - size);
        let constant = k * self.l + m;
        if constant <= 0.0 {
            return 0.0;
        }
        let difference = self.l - self.own_share * k;
        let root = (difference * difference - 4.0 * self.own_share * m).max(0.0).sqrt();
        2.0 * constant / (self.l + self.own_share * k + root)
    }

    /// L′ = L ± f_i·X.
    fn depth_after(&self, value: f64) -> f64 {
        match self.direction {
            Direction::Buy => self.l + self.own_share * value,
            Direction::Sell => self.l - self.own_share * value,
        }
    }

    pub(super) fn supply_after(&self, size: f64) -> f64 {
        match self.direction {
            Direction::Buy => self.q + size,
            Direction::Sell => self.q - size,
        }
    }

    /// p′, the price that the solve reaches.
    pub(crate) fn price_after(&self, size: f64, value: f64) -> f64 {
        self.supply_after(size) / self.depth_after(value)
    }

    /// m(Δ), the price of the next token, given X(Δ).
    pub(crate) fn marginal(&self, size: f64, value: f64) -> f64 {
        let l = self.depth_after(value);
        let price = self.supply_after(size) / l;
        let step = self.after * size;
        let convexity = 2.0 * self.kappa * (self.done + size);
        match self.direction {
            Direction::Buy => {
                let numerator = self.before * self.p + self.after * price + step / l + convexity;
                numerator / (1.0 + step * self.own_share * price / l)
            }
            Direction::Sell => {
                let step = self.before * size;
                let numerator = self.before * price + self.after * self.p - step / l - convexity;
                numerator / (1.0 - step * self.own_share * price / l)
            }
        }
    }
}
