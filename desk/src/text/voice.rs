//! What is spoken rather than shown.

words! {
    /// A lost connection is back.
    BACK = "Connected again.";
}

/// "You are in: Friday night. Trading."
#[must_use]
pub fn arrived(session: &str, phase: &str) -> String {
    format!("You are in: {session}. {phase}.")
}

/// "Ada is out. You were paid $12.00": what happened, and what it means.
#[must_use]
pub fn toast(title: &str, body: &str) -> String {
    if body.is_empty() { title.to_owned() } else { format!("{title}. {body}") }
}
