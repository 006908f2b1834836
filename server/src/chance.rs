//! What chance decides: winner and eliminations, drawn once at the start and then recorded; tokens,
//! grants and passwords. All of it comes from the system; nothing else here draws lots.

use outcry_engine::{OutcomeId, Script};
use outcry_shared::config::{Choice, Elimination, ScriptPlan};
use rand_chacha::{
    ChaCha12Rng,
    rand_core::{Rng, SeedableRng},
};

/// The system's generator could not be read.
#[derive(Debug, thiserror::Error)]
#[error("the system gives no random numbers: {0}")]
pub struct NoEntropy(String);

/// `N` random bytes from the system.
///
/// # Errors
/// When the system has none.
pub fn random_bytes<const N: usize>() -> Result<[u8; N], NoEntropy> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| NoEntropy(error.to_string()))?;
    Ok(bytes)
}

/// Decides winner and eliminations where the host left them to chance.
///
/// The plan has been validated: there are outcomes enough. Were there not, a round would
/// eliminate fewer.
#[must_use]
pub fn draw(plan: &ScriptPlan, n_outcomes: u8, rounds: usize, seed: [u8; 32]) -> Script {
    let mut dice = ChaCha12Rng::from_seed(seed);
    let named: Vec<OutcomeId> = plan.eliminate.iter().flat_map(|round| fixed(round).iter().copied()).collect();
    let mut free: Vec<OutcomeId> = (0..n_outcomes).map(OutcomeId).filter(|outcome| !named.contains(outcome)).collect();
    let final_winner = match plan.winner {
        Choice::Fixed(winner) => winner,
        Choice::Random => pick(&mut free, &mut dice).unwrap_or_default(),
    };
    free.retain(|outcome| *outcome != final_winner);
    let eliminate = (0..rounds).map(|round| match plan.eliminate.get(round) {
        Some(Elimination::Fixed(outcomes)) => outcomes.clone(),
        Some(Elimination::Random(count)) => (0..*count).filter_map(|_| pick(&mut free, &mut dice)).collect(),
        None => pick(&mut free, &mut dice).into_iter().collect(),
    });
    let eliminate = eliminate.map(|mut outcomes: Vec<OutcomeId>| {
        outcomes.sort_unstable();
        outcomes
    });
    Script { final_winner, eliminate: eliminate.collect() }
}

/// One of the outcomes, for an override.
#[must_use]
pub fn draw_one(outcomes: &[OutcomeId], seed: [u8; 32]) -> Option<OutcomeId> {
    pick(&mut outcomes.to_vec(), &mut ChaCha12Rng::from_seed(seed))
}

fn fixed(round: &Elimination) -> &[OutcomeId] {
    match round {
        Elimination::Fixed(outcomes) => outcomes,
        Elimination::Random(_) => &[],
    }
}

fn pick(free: &mut Vec<OutcomeId>, dice: &mut ChaCha12Rng) -> Option<OutcomeId> {
    let count = u64::try_from(free.len()).ok().filter(|count| *count > 0)?;
    // The bias of a remainder of 2⁶⁴ by at most ten is below 10⁻¹⁸.
    let index = usize::try_from(dice.next_u64() % count).ok()?;
    Some(free.remove(index))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draw_respects_what_the_host_fixed() {
        let plan = ScriptPlan {
            winner: Choice::Random,
            eliminate: vec![Elimination::Fixed(vec![OutcomeId(3)]), Elimination::Random(2)],
        };
        for seed in 0..200 {
            let script = draw(&plan, 5, 2, [seed; 32]);
            assert_eq!(script.eliminate[0], [OutcomeId(3)]);
            assert_eq!(script.eliminate[1].len(), 2);
            let mut all = script.eliminate.concat();
            all.push(script.final_winner);
            all.sort_unstable();
            all.dedup();
            assert_eq!(all.len(), 4, "nobody twice, the winner never eliminated: {script:?}");
        }
    }

    #[test]
    fn everyone_can_win() {
        let winners: std::collections::BTreeSet<_> =
            (0..200).map(|seed| draw(&ScriptPlan::default(), 5, 0, [seed; 32]).final_winner).collect();
        assert_eq!(winners.len(), 5);
    }
}
