//! The terminal. A closed pipe is no reason to stop, so errors of writing are let go.

use std::io::{self, Write};

/// A line as it is.
pub(crate) fn line(text: &str) {
    let _ = writeln!(io::stdout(), "{text}");
}

/// What is about to be done.
pub(crate) fn step(text: &str) {
    let _ = writeln!(io::stdout(), "\n=== {text}");
}

/// Why it stopped.
pub(crate) fn error(text: &str) {
    let _ = writeln!(io::stderr(), "\nerror: {text}");
}
