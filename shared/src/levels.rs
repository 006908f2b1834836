//! The book's levels as changes: what tells one state of a book from another, and how a change
//! is taken in. Each undoes the other; whoever runs a market tells, whoever follows it takes.

use crate::message::LevelChange;
use outcry_engine::{Direction, Level, OutcomeId, Price, Side, Tokens};

/// What turns an outcome's levels from `before` into `after`, those gone first. Both are sorted
/// as in [`outcry_engine::PublicOutcome::levels`].
#[must_use]
pub fn changes(outcome: OutcomeId, before: &[Level], after: &[Level]) -> Vec<LevelChange> {
    let gone = before.iter().filter(|old| find(after, old).is_err());
    let gone = gone.map(|old| Level { total: Tokens::ZERO, opt_in: Tokens::ZERO, ..*old });
    let changed = after.iter().filter(|new| find(before, new).map_or(true, |place| before[place] != **new)).copied();
    gone.chain(changed).map(|level| LevelChange { outcome, level }).collect()
}

/// Puts a level as it is now into its place among an outcome's levels; a total of 0 takes it out.
pub fn take(levels: &mut Vec<Level>, level: Level) {
    match (find(levels, &level), level.total == Tokens::ZERO) {
        (Ok(place), true) => drop(levels.remove(place)),
        (Ok(place), false) => levels[place] = level,
        (Err(_), true) => {}
        (Err(place), false) => levels.insert(place, level),
    }
}

/// Where a level of the same place in the book stands, or would.
fn find(levels: &[Level], level: &Level) -> Result<usize, usize> {
    let key = |level: &Level| -> (Side, Direction, Price) { (level.side, level.direction, level.price) };
    levels.binary_search_by_key(&key(level), key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bid(cents: u32, total: i64) -> Level {
        let (side, direction, opt_in) = (Side::No, Direction::Buy, Tokens::ZERO);
        Level { side, direction, price: Price(cents * 10_000), total: Tokens(total), opt_in }
    }

    #[test]
    fn levels_come_change_and_go() {
        let mut levels = Vec::new();
        for (taken, expected) in [
            (bid(40, 5), vec![bid(40, 5)]),
            (bid(45, 6), vec![bid(40, 5), bid(45, 6)]),
            (bid(30, 7), vec![bid(30, 7), bid(40, 5), bid(45, 6)]),
            (bid(45, 9), vec![bid(30, 7), bid(40, 5), bid(45, 9)]),
            (bid(45, 0), vec![bid(30, 7), bid(40, 5)]),
            (bid(44, 0), vec![bid(30, 7), bid(40, 5)]),
        ] {
            take(&mut levels, taken);
            assert_eq!(levels, expected);
        }
    }

    #[test]
    fn changes_name_what_differs_and_nothing_else() {
        let before = [bid(30, 7), bid(40, 5), bid(45, 9)];
        let after = [bid(30, 7), bid(42, 1), bid(45, 8)];
        let told: Vec<_> = changes(OutcomeId(3), &before, &after).into_iter().map(|change| change.level).collect();
        assert_eq!(told, [bid(40, 0), bid(42, 1), bid(45, 8)]);
        assert_eq!(changes(OutcomeId(3), &after, &after), []);
    }
}
