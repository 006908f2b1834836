//! What came of what takes its time.

use std::sync::mpsc::{Receiver, Sender, channel};

/// What came of something that took its time.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// The text of a file that a person chose, or why it cannot be read.
    Chosen(Result<String, String>),
    /// A text is on the clipboard. Where it is not, the page shows it, to be copied by hand.
    Copied,
    /// What was done, or one sentence why not.
    Said(Result<String, String>),
}

/// Where outcomes arrive. Owned by the app.
pub(crate) struct Outcomes {
    sender: Sender<Outcome>,
    receiver: Receiver<Outcome>,
}

impl Default for Outcomes {
    fn default() -> Self {
        let (sender, receiver) = channel();
        Self { sender, receiver }
    }
}

impl Outcomes {
    /// For whoever will have an outcome.
    #[must_use]
    pub(crate) fn sender(&self) -> Sender<Outcome> {
        self.sender.clone()
    }

    /// The next one that arrived.
    #[must_use]
    pub(crate) fn next(&self) -> Option<Outcome> {
        self.receiver.try_recv().ok()
    }
}
