//! Sentences out of reasons.

/// Makes a sentence of a reason, which is of our own words: capital first, full stop last.
#[must_use]
pub fn sentence(text: &str) -> String {
    let mut chars = text.trim().chars();
    let Some(first) = chars.next() else { return String::new() };
    let mut out: String = std::iter::once(first.to_ascii_uppercase()).chain(chars).collect();
    if !out.ends_with(['.', '!', '?', '…']) {
        out.push('.');
    }
    out
}

/// What would be right where a number has two readings, as a sentence part: "can be read in two ways: write 1234 or
/// 1.2340".
#[must_use]
pub fn two_readings(thousands: &str, decimals: &str) -> String {
    format!("can be read in two ways: write {thousands} or {decimals}")
}
