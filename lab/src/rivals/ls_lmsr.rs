//! The liquidity-sensitive LMSR (Othman, Pennock, Reeves and Sandholm 2013): the LMSR's cost with b = α·Σq, so that the
//! market deepens as it is used. Prices sum to between 1 and 1 + α·N·ln N; worst loss C(q⁰) − q⁰ = α·N·ln N·q⁰.

use super::field::Field;
use crate::{rule::Rule, special::log_sum_exp};
use outcry_engine::{Direction, Side};

/// An LS-LMSR maker.
#[derive(Clone, Debug)]
pub struct LsLmsr {
    /// b ÷ Σq.
    alpha: f64,
    /// Tokens of each outcome that the maker owes, the first ones included.
    sold: Vec<f64>,
    /// Of each outcome, so many stay sold: without any the rule has no depth, and no prices.
    least: f64,
    field: Field,
}

/// Which share of the first tokens stays sold.
const LEAST_SHARE: f64 = 0.01;

impl LsLmsr {
    /// A maker of `n` outcomes, all at one price, that can lose at most `loss` USDC.
    #[must_use]
    pub fn new(loss: f64, n: usize, alpha: f64) -> Self {
        let first = loss / (alpha * n as f64 * libm::log(n as f64));
        Self { alpha, sold: vec![first; n], least: first * LEAST_SHARE, field: Field::new(n) }
    }

    fn all_sold(&self) -> impl Iterator<Item = f64> + Clone {
        self.field.iter().map(|outcome| self.sold[outcome])
    }

    fn b(&self) -> f64 {
        self.alpha * self.all_sold().sum::<f64>()
    }

    /// C(q), in USDC.
    fn cost(&self) -> f64 {
        let b = self.b();
        b * log_sum_exp(self.all_sold().map(|sold| sold / b))
    }

    /// ∂C/∂q_i = α·ln Σexp(q/b) + s_i − Σ q_j·s_j ÷ Σq, with s = softmax(q/b).
    fn yes(&self, outcome: usize) -> f64 {
        let b = self.b();
        let log_sum = log_sum_exp(self.all_sold().map(|sold| sold / b));
        let weight = |sold: f64| libm::exp(sold / b - log_sum);
        let mean: f64 = self.all_sold().map(|sold| sold * weight(sold)).sum();
        self.alpha * log_sum + weight(self.sold[outcome]) - mean / self.all_sold().sum::<f64>()
    }

    /// Adds so many tokens sold (negative: taken back), and returns the change of the cost.
    fn add(&mut self, outcome: usize, side: Side, tokens: f64) -> f64 {
        let before = self.cost();
        for (other, sold) in self.sold.iter_mut().enumerate() {
            if (other == outcome) == (side == Side::Yes) {
                *sold += tokens;
            }
        }
        self.cost() - before
    }
}

impl Rule for LsLmsr {
    fn price(&self, outcome: usize, side: Side) -> f64 {
        match (self.field.contains(outcome), side) {
            (true, Side::Yes) => self.yes(outcome),
            (true, Side::No) => self.field.others(outcome).map(|other| self.yes(other)).sum(),
            (false, Side::Yes) => 0.0,
            (false, Side::No) => 1.0,
        }
    }

    fn buy(&mut self, outcome: usize, side: Side, tokens: f64) -> f64 {
        self.add(outcome, side, tokens)
    }

    // YES and NO together cost more than 1 here: a token comes back as itself.
    fn sell(&mut self, outcome: usize, side: Side, tokens: f64) -> f64 {
        -self.add(outcome, side, -tokens)
    }

    fn most(&self, outcome: usize, side: Side, direction: Direction) -> f64 {
        let room = |outcome: usize| (self.sold[outcome] - self.least).max(0.0);
        match (direction, side) {
            (Direction::Buy, _) => f64::INFINITY,
            (Direction::Sell, Side::Yes) => room(outcome),
            (Direction::Sell, Side::No) => self.field.others(outcome).map(room).fold(f64::INFINITY, f64::min),
        }
    }

    fn eliminate(&mut self, outcome: usize) {
        self.field.remove(outcome);
    }
}
