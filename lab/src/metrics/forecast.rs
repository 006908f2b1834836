//! What a market says, and what all cards together say: probabilities of the outcomes.

/// The YES and NO price of an outcome, or `None` when it is out.
pub type Spot = Option<[f64; 2]>;

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

/// What cards say: which outcome is not the winner, or what a draw showed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Card {
    /// This outcome does not win.
    Not(usize),
    /// A draw that is the winner with probability `rho`, and otherwise any other outcome alike.
    Sample {
        /// What was drawn.
        outcome: usize,
        /// ρ, above 1/N.
        rho: f64,
    },
}

impl Card {
    /// The likelihood of this card, but for a common factor, if `winner` wins.
    fn likelihood(self, winner: usize, outcomes: usize) -> f64 {
        match self {
            Self::Not(outcome) => f64::from(u8::from(outcome != winner)),
            Self::Sample { outcome, rho } if outcome == winner => rho,
            Self::Sample { rho, .. } => (1.0 - rho) / (outcomes as f64 - 1.0),
        }
    }
}

/// π, the pooled posterior: π_i ∝ prior_i · \[i is in the game\] · Π over the cards of their likelihood if i wins. All
/// of it 0 where the cards contradict each other.
#[must_use]
pub fn posterior(prior: &[f64], active: &[bool], cards: &[Card]) -> Vec<f64> {
    // A draw may have shown an outcome that is out by now.
    let weight = |(winner, weight): (usize, &f64)| {
        let likelihood = |card: &Card| card.likelihood(winner, prior.len());
        let evidence: f64 = cards.iter().map(likelihood).product();
        if active[winner] { weight * evidence } else { 0.0 }
    };
    normalised(prior.iter().enumerate().map(weight).collect())
}

/// The poll: the mean of what each seat knows by itself.
#[must_use]
pub fn poll(posteriors: &[Vec<f64>]) -> Vec<f64> {
    let outcomes = posteriors.first().map_or(0, Vec::len);
    let mean = |outcome: usize| posteriors.iter().map(|seat| seat[outcome]).sum::<f64>() / posteriors.len() as f64;
    (0..outcomes).map(mean).collect()
}

fn normalised(weights: Vec<f64>) -> Vec<f64> {
    let sum: f64 = weights.iter().sum();
    weights.into_iter().map(|weight| if sum > 0.0 { weight / sum } else { 0.0 }).collect()
}
