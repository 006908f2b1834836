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

    /// What is taken of an outcome's reserve by a purchase.
    fn taken(outcome: usize, other: usize, side: Side, tokens: f64) -> f64 {
        if (other == outcome) == (side == Side::Yes) { tokens } else { 0.0 }
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
        // Σ ln((R + c − taken) ÷ R) = 0, which rises with the cost c.
        let change = |other: usize, cost: f64| cost - Self::taken(outcome, other, side, tokens);
        let product = |cost: f64| {
            let logs = self.field.iter().map(|other| libm::log1p(change(other, cost) / self.reserves[other]));
            logs.sum::<f64>()
        };
        let slope = |cost: f64| {
            let terms = self.field.iter().map(|other| 1.0 / (self.reserves[other] + change(other, cost)));
            terms.sum::<f64>()
        };
        let mut emptied = 0.0_f64;
        for other in self.field.iter() {
            emptied = emptied.max(Self::taken(outcome, other, side, tokens) - self.reserves[other]);
        }
        let cost = root(product, slope, emptied, tokens);
        for (other, reserve) in self.reserves.iter_mut().enumerate() {
            *reserve += cost - Self::taken(outcome, other, side, tokens);
        }
        cost
    }

    fn eliminate(&mut self, outcome: usize) {
        self.field.remove(outcome);
    }
}
