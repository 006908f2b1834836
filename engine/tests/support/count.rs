//! How much of a long test is run.

/// What an environment variable says, or what CI takes.
pub(crate) fn count(variable: &str, ci: u64) -> u64 {
    let Ok(text) = std::env::var(variable) else { return ci };
    text.parse().unwrap_or_else(|_| panic!("{variable} is \"{text}\": it must be a whole number"))
}
