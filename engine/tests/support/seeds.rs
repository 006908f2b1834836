//! How much of a long test is run, and from which seeds: the first ones, and those that once
//! went wrong, kept in `regressions.txt`.
#![allow(dead_code, clippy::allow_attributes, reason = "every test uses its own part")]

/// Where one seed is as good as another.
pub(crate) const ANY: u64 = 7;

const REGRESSIONS: &str = include_str!("../regressions.txt");

/// What an environment variable says, or what CI takes.
pub(crate) fn count(variable: &str, ci: u64) -> u64 {
    let Ok(text) = std::env::var(variable) else { return ci };
    text.parse().unwrap_or_else(|_| panic!("{variable} is \"{text}\": it must be a whole number"))
}

/// The first `count` seeds of a test and its regressions.
pub(crate) fn seeds(test: &str, count: u64) -> impl Iterator<Item = u64> {
    let lines = REGRESSIONS.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let kept = lines.filter_map(move |line| {
        let seed = line.split_once(' ').and_then(|(name, seed)| Some((name, seed.parse().ok()?)));
        let (name, seed) = seed.unwrap_or_else(|| panic!("\"{line}\" is no regression: a name and a seed are"));
        (name == test).then_some(seed)
    });
    (0..count).chain(kept.collect::<Vec<u64>>())
}
