//! Threads for work that nobody waits for: whatever else the machine has to do comes first.

use std::{
    io,
    thread::{Builder, JoinHandle},
};

/// The least that a thread can ask for; threads that it starts ask for no more.
#[cfg(target_os = "linux")]
const LAST: i32 = 19;

/// Starts such a thread.
///
/// # Errors
/// When the system gives none.
pub(crate) fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> io::Result<JoinHandle<()>> {
    Builder::new().name(name.to_owned()).spawn(move || {
        step_back();
        work();
    })
}

/// On Linux every thread has a priority of its own; elsewhere the whole process has one, and keeps it.
fn step_back() {
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::nice(LAST) {
        tracing::debug!(%error, "a thread beside the market keeps its priority");
    }
}
