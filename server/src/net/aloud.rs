//! What was said to everyone, encoded once, until somebody who passes it on takes it. Put in by [`super::Wire`] alone.

use bevy::prelude::*;

/// What was said to everyone since it was taken last, in order.
#[derive(Resource, Debug, Default)]
pub struct Aloud {
    messages: Vec<Vec<u8>>,
    anew: bool,
}

impl Aloud {
    /// Something was said to everyone who follows.
    pub(super) fn say(&mut self, message: Vec<u8>) {
        self.messages.push(message);
    }

    /// Everyone starts anew from a snapshot: what was said before is in it.
    pub(super) fn begin_anew(&mut self) {
        self.messages.clear();
        self.anew = true;
    }

    /// Whether nothing was said.
    #[must_use]
    pub(crate) const fn is_silent(&self) -> bool {
        self.messages.is_empty() && !self.anew
    }

    /// Takes what was said, and whether everyone had to start anew before it.
    pub(crate) fn take(&mut self) -> (Vec<Vec<u8>>, bool) {
        (std::mem::take(&mut self.messages), std::mem::take(&mut self.anew))
    }
}
