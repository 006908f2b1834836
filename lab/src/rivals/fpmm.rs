//! The fixed-product market maker (Gnosis): reserves of every outcome whose product stays; money mints complete sets,
//! of which all but the tokens bought stay in the pool. Prices ∝ 1/reserve; worst loss the funding.

use super::field::Field;
use crate::{rule::Rule, special::root};
use outcry_engine::Side;

/// An FPMM maker.
#[derive(Clone, Debug)]
pub struct Fpmm {
    /// Tokens of each outcome in the pool.
    reserves: Vec<f64>,
    field: Field,
}

impl Fpmm {
    /// A maker of `n` outcomes, all at one price, funded with `loss` USDC, which is what it can lose.
    #[must_use]
    pub fn new(loss: f64, n: usize) -> Self {
        Self { reserves: vec![loss; n], field: Field::new(n) }
    }
}

impl Rule for Fpmm {
    fn price(&self, outcome: usize, side: Side) -> f64 {
        let odds = |other: usize| 1.0 / self.reserves[other];
        let all: f64 = self.field.iter().map(odds).sum();
        match (self.field.contains(outcome), side) {
            (true, Side::Yes) => odds(outcome) / all,
            (true, Side::No) => self.field.others(outcome).map(odds).sum::<f64>() / all,
            (false, Side::Yes) => 0.0,
            (false, Side::No) => 1.0,
        }
    }

    fn buy(&mut self, outcome: usize, side: Side, tokens: f64) -> f64 {
        let taken = |other: usize| if (other == outcome) == (side == Side::Yes) { tokens } else { 0.0 };
        // Solved for what the scarcest reserve becomes: near 0 that keeps the digits which a difference of large numbers
        // would lose. Every reserve gains the cost and loses what is taken, so which is the scarcest is known.
        let scarce = |other: &usize| self.reserves[*other] - taken(*other);
        let scarcest = self.field.iter().min_by(|a, b| scarce(a).total_cmp(&scarce(b))).unwrap_or(outcome);
        let before = self.reserves[scarcest];
        let after = |other: usize, left: f64| left + (self.reserves[other] - before) + (taken(scarcest) - taken(other));
        let product = |left: f64| {
            let logs = self.field.iter().map(|other| libm::log(after(other, left) / self.reserves[other]));
            logs.sum::<f64>()
        };
        let slope = |left: f64| self.field.iter().map(|other| 1.0 / after(other, left)).sum::<f64>();
        let left = root(product, slope, 0.0, before + tokens - taken(scarcest));
        let cost = left - before + taken(scarcest);
        for other in self.field.iter().collect::<Vec<_>>() {
            self.reserves[other] = left + (self.reserves[other] - before) + (taken(scarcest) - taken(other));
        }
        cost
    }

    fn eliminate(&mut self, outcome: usize) {
        self.field.remove(outcome);
    }
}
