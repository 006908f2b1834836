//! The pm-AMM (Moallemi and Robinson, Paradigm 2024), one pool per outcome: its invariant
//! (y−x)·Φ((y−x)/L) + L·φ((y−x)/L) − y = 0 is the cost function C(z) = L·(z·Φ(z) + φ(z)) with price Φ(z), where z
//! moves by tokens/L. Nothing ties the pools together: their prices need not sum to 1.

use super::field::Field;
use crate::{
    rule::Rule,
    special::{normal, normal_density, normal_quantile},
};
use outcry_engine::Side;

/// A maker of one pm-AMM per outcome.
#[derive(Clone, Debug)]
pub struct PmAmm {
    /// Depth, in tokens.
    depth: f64,
    /// Where each pool stands; its price is Φ(z).
    places: Vec<f64>,
    field: Field,
}

impl PmAmm {
    /// A maker of `n` outcomes, all at 1/n, that can lose at most `loss` USDC: one pool's YES and every other's NO.
    #[must_use]
    pub fn new(loss: f64, n: usize) -> Self {
        let place = normal_quantile(1.0 / n as f64);
        let (if_no, if_yes) = (Self::cost(place), Self::cost(-place));
        let depth = loss / (if_yes + (n as f64 - 1.0) * if_no);
        Self { depth, places: vec![place; n], field: Field::new(n) }
    }

    /// z·Φ(z) + φ(z): what a pool took, ÷ L, and so what it loses from here if NO wins; with −z, if YES wins.
    fn cost(z: f64) -> f64 {
        z * normal(z) + normal_density(z)
    }

    /// What all pools can still lose if an outcome wins, ÷ L.
    fn at_stake(&self, winner: usize) -> f64 {
        Self::cost(-self.places[winner])
            + self.field.others(winner).map(|other| Self::cost(self.places[other])).sum::<f64>()
    }
}

impl Rule for PmAmm {
    fn price(&self, outcome: usize, side: Side) -> f64 {
        match (self.field.contains(outcome), side) {
            (true, Side::Yes) => normal(self.places[outcome]),
            (true, Side::No) => normal(-self.places[outcome]),
            (false, Side::Yes) => 0.0,
            (false, Side::No) => 1.0,
        }
    }

    fn buy(&mut self, outcome: usize, side: Side, tokens: f64) -> f64 {
        let step = tokens / self.depth;
        let place = &mut self.places[outcome];
        // NO of a pool is its YES seen from the other end.
        let (from, to) = match side {
            Side::Yes => (*place, *place + step),
            Side::No => (-*place, -*place + step),
        };
        *place = if side == Side::Yes { to } else { -to };
        self.depth * (Self::cost(to) - Self::cost(from))
    }

    fn eliminate(&mut self, outcome: usize) {
        let before: Vec<f64> = self.field.iter().map(|winner| self.at_stake(winner)).collect();
        let stakes: Vec<(usize, f64)> = self.field.iter().zip(before).filter(|(other, _)| *other != outcome).collect();
        self.field.remove(outcome);
        let sum: f64 = self.field.iter().map(|other| normal(self.places[other])).sum();
        for &(other, _) in &stakes {
            self.places[other] = normal_quantile(normal(self.places[other]) / sum);
        }
        // Prices that nobody paid for can cost more than was left to lose: the depth shrinks until they cannot.
        let share = |&(winner, before): &(usize, f64)| before / self.at_stake(winner);
        self.depth *= stakes.iter().map(share).fold(1.0, f64::min);
    }
}
