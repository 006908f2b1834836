//! The curve of one side of one pool, for charts and proofs: what a solve of the market would say,
//! without a market to change.

use crate::{
    amount::{Tokens, Usdc},
    curve::{Curve, Trade, depth, solve, value_with_exponent},
    fraction::Fraction,
    order::{Direction, Leg},
    pool::{PoolState, Terms},
    public::PublicMarket,
};

/// Parts of 1 to which a price asked for is taken.
const PRICE_PARTS: i64 = 1_000_000_000_000_000;

/// What one side of one pool costs or brings at a moment (§4). Sizes, costs and prices in the
/// units of their names; floating-point sizes and values are in micro-units.
#[derive(Clone, Debug)]
pub struct CurveView<'m> {
    terms: Terms<'m>,
    pools: Vec<PoolState>,
    leg: Leg,
    done: Tokens,
}

impl PublicMarket {
    /// One side of one pool in one direction at `now_ms`; `done` is D₀. `None` for an outcome
    /// that is not in the game.
    #[must_use]
    pub fn curve(&self, leg: Leg, done: Tokens, now_ms: u64) -> Option<CurveView<'_>> {
        let pools: Vec<PoolState> = self.outcomes.iter().map(|outcome| outcome.pool).collect();
        pools.get(leg.outcome.index()).filter(|pool| pool.active)?;
        let rates = self.params.rates_at(now_ms, (self.segment_start_ms, self.segment_end_ms));
        let active = pools.iter().filter(|pool| pool.active).count();
        let terms = Terms::new(&self.params, rates, active);
        Some(CurveView { terms, pools, leg, done })
    }
}

impl CurveView<'_> {
    fn curve(&self) -> Curve {
        Curve::new(&self.terms, &self.pools, self.leg, self.done)
    }

    fn trade(&self, size: Tokens) -> Option<Trade> {
        let Leg { outcome, side, direction } = self.leg;
        let sellable = || size < self.pools[outcome.index()].supply(side);
        let tradable = size.0 > 0 && (direction == Direction::Buy || sellable());
        tradable.then(|| solve(&self.terms, &self.pools, self.leg, size, self.done))
    }

    /// X before penalty, floor, cap and rounding.
    #[must_use]
    pub fn raw(&self, size: f64) -> f64 {
        self.curve().raw(size)
    }

    /// m(Δ): the price of the next token, 0 to 1 where the market is sound.
    #[must_use]
    pub fn marginal(&self, size: f64) -> f64 {
        let curve = self.curve();
        curve.marginal(size, curve.raw(size))
    }

    /// X as it would be paid or received; `None` for a size that cannot be traded.
    #[must_use]
    pub fn value(&self, size: Tokens) -> Option<Usdc> {
        self.trade(size).map(|trade| trade.value)
    }

    /// X of a purchase if its penalty had the exponent `eta` (§6).
    #[must_use]
    pub fn value_with_eta(&self, size: Tokens, eta: f64) -> Option<Usdc> {
        let trade = self.trade(size)?;
        Some(value_with_exponent(&self.terms, &self.pools[trade.pool()], &trade, eta))
    }

    /// `depth(t)`, at most `want`.
    #[must_use]
    pub fn depth(&self, price: f64, want: Tokens) -> Tokens {
        let price = Fraction::new((price * PRICE_PARTS as f64).round() as i64, PRICE_PARTS);
        depth(&self.terms, &self.pools, self.leg, self.done, price, want)
    }
}
