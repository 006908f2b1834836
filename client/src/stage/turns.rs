//! Whose name is written first where there is no room for all: everybody's in turn.

/// How long a turn lasts, in ms: long enough to find oneself.
const TURN_MS: u64 = 4_000;
/// By how many places the first of one turn stands after that of the last.
const STEP: usize = 7;

/// The first of so many at a time in ms.
#[must_use]
pub fn first(people: usize, now_ms: u64) -> usize {
    if people == 0 {
        return 0;
    }
    // Every place is reached only where the step has no factor in common with the number of places.
    let step = if people.is_multiple_of(STEP) { 1 } else { STEP };
    let turn = (now_ms / TURN_MS) as usize;
    turn * step % people
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn everybody_is_first_once_in_as_many_turns_as_there_are_people() {
        for people in 1..=60 {
            let turns = (0..people as u64).map(|turn| first(people, turn * TURN_MS + 17));
            assert_eq!(turns.collect::<BTreeSet<_>>().len(), people, "{people}");
        }
        assert_eq!(first(0, 12_345), 0);
    }

    #[test]
    fn a_turn_lasts() {
        assert_eq!(first(20, 2 * TURN_MS), first(20, 3 * TURN_MS - 1));
    }
}
