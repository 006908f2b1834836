//! What is spoken rather than shown.

use super::sentence::sentence;

words! {
    /// A lost connection is back.
    BACK = "Connected again.";
}

/// "You are in: Friday night. Trading."
#[must_use]
pub fn arrived(session: &str, phase: &str) -> String {
    format!("You are in: {session}. {phase}.")
}

/// "Ada is out. You were paid $12.00.": what happened, and what it means.
#[must_use]
pub fn toast(title: &str, body: &str) -> String {
    let title = sentence(title);
    if body.is_empty() { title } else { format!("{title} {}", sentence(body)) }
}
