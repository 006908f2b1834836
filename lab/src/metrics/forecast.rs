//! What a market says, and what seats know by themselves: probabilities of the outcomes. What all cards together say is
//! `outcry_traders::card::posterior`.

use crate::mechanism::Mechanism;
use outcry_engine::{OutcomeId, Side};
use outcry_traders::card::normalised;

/// The YES and NO price of an outcome, or `None` when it is out.
pub type Spot = Option<[f64; 2]>;

/// The prices of a mechanism.
#[must_use]
pub fn spots_of(market: &dyn Mechanism) -> Vec<Spot> {
    let spot = |outcome| Side::BOTH.map(|side| market.price(outcome, side));
    let outcomes = (0..market.params().n_outcomes).map(OutcomeId);
    outcomes.map(|outcome| market.is_active(outcome).then(|| spot(outcome))).collect()
}

/// p̂, the forecast of a market: m_i = (p_yes + 1 − p_no)/2 over the outcomes in the game, p̂ = m/Σm, and 0 for those
/// that are out. All of it 0 where Σm is not positive.
#[must_use]
pub fn forecast(spots: &[Spot]) -> Vec<f64> {
    normalised(spots.iter().map(|spot| middle(*spot)).collect())
}

/// m of one outcome, between 0 and 1: the mean of what its YES costs and of what its NO leaves; 0 when it is out.
#[must_use]
pub fn middle(spot: Spot) -> f64 {
    spot.map_or(0.0, |[yes, no]| f64::midpoint(yes, 1.0 - no))
}

/// The poll: the mean of what each seat knows by itself.
#[must_use]
pub fn poll(posteriors: &[Vec<f64>]) -> Vec<f64> {
    let outcomes = posteriors.first().map_or(0, Vec::len);
    let mean = |outcome: usize| posteriors.iter().map(|seat| seat[outcome]).sum::<f64>() / posteriors.len() as f64;
    (0..outcomes).map(mean).collect()
}
