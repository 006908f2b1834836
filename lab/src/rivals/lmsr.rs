//! The logarithmic market scoring rule (Hanson 2003): C(q) = b·ln Σ exp(q/b), prices softmax(q/b), worst loss
//! b·ln(1/min p⁰).

use super::field::Field;
use crate::{rule::Rule, special::log_sum_exp};
use outcry_engine::Side;

/// An LMSR maker.
#[derive(Clone, Debug)]
pub struct Lmsr {
    /// Liquidity, in tokens.
    b: f64,
    /// Tokens sold of each outcome ÷ b, from a start that gives the first prices.
    shares: Vec<f64>,
    field: Field,
}

impl Lmsr {
    /// A maker that starts at these prices, > 0 with sum 1, and can lose at most `loss` USDC.
    #[must_use]
    pub fn new(loss: f64, prices: &[f64]) -> Self {
        let least = prices.iter().copied().fold(1.0, f64::min);
        Self {
            b: loss / -libm::log(least),
            shares: prices.iter().map(|price| libm::log(*price)).collect(),
            field: Field::new(prices.len()),
        }
    }

    /// ln of the YES price of some outcomes together.
    fn log_price(&self, outcomes: impl Iterator<Item = usize> + Clone) -> f64 {
        let share = |outcome: usize| self.shares[outcome];
        log_sum_exp(outcomes.map(share)) - log_sum_exp(self.field.iter().map(share))
    }

    fn log_price_of(&self, outcome: usize, side: Side) -> f64 {
        match side {
            Side::Yes => self.log_price(std::iter::once(outcome)),
            Side::No => self.log_price(self.field.others(outcome)),
        }
    }
}

impl Rule for Lmsr {
    fn price(&self, outcome: usize, side: Side) -> f64 {
        match (self.field.contains(outcome), side) {
            (true, _) => libm::exp(self.log_price_of(outcome, side)),
            (false, Side::Yes) => 0.0,
            (false, Side::No) => 1.0,
        }
    }

    fn buy(&mut self, outcome: usize, side: Side, tokens: f64) -> f64 {
        let (these, rest) = (self.log_price_of(outcome, side), self.log_price_of(outcome, side.other()));
        let step = tokens / self.b;
        match side {
            Side::Yes => self.shares[outcome] += step,
            // All outcomes less one: the same prices as one of every other more.
            Side::No => self.shares[outcome] -= step,
        }
        // b·ln(p·eˣ + 1 − p): of a small x in the form that keeps its digits, of a large one in the form that never
        // overflows.
        if step < 1.0 {
            return self.b * libm::log1p(libm::exp(these) * libm::expm1(step));
        }
        self.b * log_sum_exp([these + step, rest].into_iter())
    }

    fn eliminate(&mut self, outcome: usize) {
        self.field.remove(outcome);
    }
}
