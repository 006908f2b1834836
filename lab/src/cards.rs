//! Clue cards dealt without a server (instrument.md §1): who wins, and who is told what. All chance is the generator's.

use outcry_engine::OutcomeId;
use outcry_traders::{Dice, card::Card};
use rand_chacha::ChaCha8Rng;

/// What a card says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Deck {
    /// So many of the losers are named, one a card; at most N − 2.
    Not {
        /// How many losers.
        named: usize,
    },
    /// Draws, each the winner with probability `rho`, else evenly another outcome.
    Sample {
        /// Probability that a draw is the winner, above 1/N.
        rho: f64,
        /// Draws on a card.
        draws: usize,
    },
}

impl Deck {
    /// One card for each of so many informed seats: of named losers in turn through a shuffled order, so that all of
    /// them are out as soon as there are as many seats.
    #[must_use]
    pub fn deal(self, winner: OutcomeId, n: u8, seats: usize, rng: &mut ChaCha8Rng) -> Vec<Card> {
        let mut losers: Vec<OutcomeId> = (0..n).map(OutcomeId).filter(|outcome| *outcome != winner).collect();
        match self {
            Self::Not { named } => {
                shuffle(&mut losers, rng);
                losers.truncate(named.min(usize::from(n).saturating_sub(2)).max(1));
                losers.iter().cycle().take(seats).copied().map(Card::Not).collect()
            }
            Self::Sample { rho, draws } => {
                let mut draw = || if rng.chance(rho) { winner } else { rng.pick(&losers).copied().unwrap_or(winner) };
                let mut card = || Card::Draws { drawn: (0..draws).map(|_| draw()).collect(), rho };
                (0..seats).map(|_| card()).collect()
            }
        }
    }
}

/// An outcome drawn with these probabilities.
pub(crate) fn drawn(prior: &[f64], rng: &mut ChaCha8Rng) -> OutcomeId {
    let mut left = rng.between(0.0, prior.iter().sum());
    let found = (0..).map(OutcomeId).zip(prior).find(|(_, share)| {
        left -= **share;
        left < 0.0
    });
    found.map(|(outcome, _)| outcome).unwrap_or_default()
}

/// Every order as likely (Fisher and Yates).
pub(crate) fn shuffle<T>(items: &mut [T], rng: &mut ChaCha8Rng) {
    for last in (1..items.len()).rev() {
        items.swap(last, rng.between(0.0, (last + 1) as f64) as usize);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_chacha::rand_core::SeedableRng;

    #[test]
    fn named_losers_are_all_out_as_soon_as_there_are_as_many_seats() {
        for seed in 0..50 {
            let winner = OutcomeId((seed % 5) as u8);
            let cards = Deck::Not { named: 3 }.deal(winner, 5, 7, &mut ChaCha8Rng::seed_from_u64(seed));
            let mut named: Vec<OutcomeId> = cards
                .iter()
                .take(3)
                .map(|card| match card {
                    Card::Not(outcome) => *outcome,
                    Card::Draws { .. } => panic!("{card:?}"),
                })
                .collect();
            named.sort_unstable();
            named.dedup();
            assert!(named.len() == 3 && !named.contains(&winner) && cards.len() == 7, "{cards:?}");
        }
    }

    #[test]
    fn draws_show_the_winner_as_often_as_said() {
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let cards = Deck::Sample { rho: 0.4, draws: 4 }.deal(OutcomeId(2), 5, 5_000, &mut rng);
        let draws = cards.iter().flat_map(|card| match card {
            Card::Draws { drawn, .. } => drawn.clone(),
            Card::Not(_) => Vec::new(),
        });
        let draws: Vec<OutcomeId> = draws.collect();
        let share =
            |outcome| draws.iter().filter(|draw| **draw == OutcomeId(outcome)).count() as f64 / draws.len() as f64;
        assert!((share(2) - 0.4).abs() < 0.02 && (share(0) - 0.15).abs() < 0.02, "{} {}", share(2), share(0));
    }
}
