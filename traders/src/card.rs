//! What a clue card says of the winner, and what follows from it by Bayes' rule (instrument.md §1).

use outcry_engine::OutcomeId;

/// A private clue.
#[derive(Clone, Debug, PartialEq)]
pub enum Card {
    /// This outcome does not win.
    Not(OutcomeId),
    /// Draws, each the winner with probability `rho`, else evenly another outcome.
    Draws {
        /// What was drawn.
        drawn: Vec<OutcomeId>,
        /// Probability that a draw is the winner, above 1/N.
        rho: f64,
    },
}

impl Card {
    /// How likely the card is if an outcome of `n` wins, up to a factor that is the same for all.
    #[must_use]
    pub fn likelihood(&self, winner: OutcomeId, n: usize) -> f64 {
        match self {
            Self::Not(outcome) => f64::from(u8::from(*outcome != winner)),
            Self::Draws { drawn, rho } => {
                let other = (1.0 - rho) / (n as f64 - 1.0);
                drawn.iter().map(|draw| if *draw == winner { *rho } else { other }).product()
            }
        }
    }
}

/// The posterior of a prior and cards, over the outcomes in the game: π_i ∝ prior_i · [i in the game] · Π likelihood.
/// All 0 where nothing is possible.
#[must_use]
pub fn posterior<'c>(prior: &[f64], active: &[OutcomeId], cards: impl IntoIterator<Item = &'c Card>) -> Vec<f64> {
    let mut belief = vec![0.0; prior.len()];
    for outcome in active {
        belief[outcome.index()] = prior[outcome.index()];
    }
    for card in cards {
        for (outcome, weight) in (0..).map(OutcomeId).zip(&mut belief) {
            *weight *= card.likelihood(outcome, prior.len());
        }
    }
    normalised(belief)
}

/// The same proportions with sum 1.
#[must_use]
pub fn normalised(mut weights: Vec<f64>) -> Vec<f64> {
    let sum: f64 = weights.iter().sum();
    if sum > 0.0 {
        weights.iter_mut().for_each(|weight| *weight /= sum);
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cards: &[Card], active: &[u8], expected: &[f64]) {
        let active: Vec<OutcomeId> = active.iter().copied().map(OutcomeId).collect();
        let found = posterior(&[0.25; 4], &active, cards);
        let near = found.iter().zip(expected).all(|(found, expected)| (found - expected).abs() < 1e-12);
        assert!(near, "{cards:?}: {found:?}");
    }

    #[test]
    fn cards_and_eliminations_are_weighed_by_hand() {
        let not = |outcome| Card::Not(OutcomeId(outcome));
        let draw = Card::Draws { drawn: vec![OutcomeId(1)], rho: 0.4 };
        check(&[], &[0, 1, 2, 3], &[0.25; 4]);
        check(&[not(2)], &[0, 1, 2, 3], &[1.0 / 3.0, 1.0 / 3.0, 0.0, 1.0 / 3.0]);
        check(&[not(2), not(3)], &[0, 1, 2, 3], &[0.5, 0.5, 0.0, 0.0]);
        check(&[not(2)], &[0, 1, 2], &[0.5, 0.5, 0.0, 0.0]);
        // 0.4 beside three times 0.2.
        check(std::slice::from_ref(&draw), &[0, 1, 2, 3], &[0.2, 0.4, 0.2, 0.2]);
        check(&[draw.clone(), draw, not(0)], &[0, 1, 2, 3], &[0.0, 2.0 / 3.0, 1.0 / 6.0, 1.0 / 6.0]);
        check(&[not(0), not(1), not(2), not(3)], &[0, 1, 2, 3], &[0.0; 4]);
    }

    #[test]
    fn a_prior_need_not_be_even_and_a_draw_may_show_who_is_out() {
        let near = |found: Vec<f64>, expected: [f64; 3]| {
            assert!(found.iter().zip(expected).all(|(found, expected)| (found - expected).abs() < 1e-12), "{found:?}");
        };
        let (prior, all) = ([0.5, 0.3, 0.2], [0, 1, 2].map(OutcomeId));
        near(posterior(&prior, &all, [&Card::Not(OutcomeId(1))]), [5.0 / 7.0, 0.0, 2.0 / 7.0]);
        // Draws of 0 and of 2 at ρ = 0.6, so others at 0.2: weights 0.5·0.6·0.2, 0.3·0.2·0.2, 0.2·0.2·0.6.
        let draws = [0, 2].map(|outcome| Card::Draws { drawn: vec![OutcomeId(outcome)], rho: 0.6 });
        near(posterior(&prior, &all, &draws), [0.06 / 0.096, 0.012 / 0.096, 0.024 / 0.096]);
        near(posterior(&prior, &all[..2], &draws), [0.06 / 0.072, 0.012 / 0.072, 0.0]);
    }
}
