//! What bots are called.

/// Names within the rules of a session, every one of them a player without a screen.
const NAMES: [&str; 48] = [
    "Al Gorithm",
    "Anna Lytics",
    "Artie Bitrage",
    "Barb Ell",
    "Bea Dask",
    "Bid Vicious",
    "Bill Ionaire",
    "Bull Winkle",
    "Carrie Trade",
    "Cash Flo",
    "Chip Blue",
    "Cliff Edge",
    "Connie Sensus",
    "Dee Rivative",
    "Doug Inbook",
    "Ella Sticity",
    "Ernie Ings",
    "Faye Dout",
    "Frank Furter",
    "Gail Force",
    "Gus Undheit",
    "Hedge Hog",
    "Herb Ivore",
    "Ida Cide",
    "Iris Kitall",
    "Jack Pot",
    "Jen Erator",
    "Justin Time",
    "Ken Dlestick",
    "Lee Verage",
    "Liz Quidity",
    "Lou Kahead",
    "Marge N. Call",
    "Mark Ettorder",
    "Max Slippage",
    "Minnie Spread",
    "Moe Mentum",
    "Noah Clue",
    "Otto Fill",
    "Penny Wise",
    "Phil O. Kill",
    "Polly Market",
    "Rand O'Walk",
    "Reggie Stration",
    "Sal Short",
    "Stan Dard",
    "Tick Tock",
    "Vol Atility",
];

/// The name of the crowd's bot with this index; `attempt` 0 first, higher ones when that
/// was taken.
#[must_use]
pub fn name(seed: u64, index: usize, attempt: usize) -> String {
    let offset = usize::try_from(seed % NAMES.len() as u64).unwrap_or(0);
    let base = NAMES[(offset + index) % NAMES.len()];
    match index / NAMES.len() + attempt * 10 {
        0 => base.to_owned(),
        more => format!("{base} {}", more + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use outcry_shared::names::{normalise, skeleton};
    use std::collections::BTreeSet;

    #[test]
    fn every_name_is_within_the_rules_and_different_to_the_eye() {
        let names: Vec<_> = (0..480).map(|index| name(7, index, 0)).collect();
        for name in &names {
            assert_eq!(normalise(name).as_ref(), Ok(name));
        }
        let different: BTreeSet<_> = names.iter().map(|name| skeleton(name)).collect();
        assert_eq!(different.len(), names.len());
        assert_eq!(normalise(&name(7, 1_999, 99)), Ok(name(7, 1_999, 99)));
    }
}
