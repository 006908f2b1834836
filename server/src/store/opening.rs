//! A session to be opened: its configuration and those who have a seat in it from the first.

use super::admitted::NewUser;
use outcry_shared::{config::SessionConfig, phase::Phase};

/// A session to be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSession {
    /// The host's configuration.
    pub config: SessionConfig,
    /// `Draft` or `Lobby`.
    pub phase: Phase,
    /// Whoever has a seat in it from the first.
    pub users: Vec<NewUser>,
}

impl NewSession {
    /// A session in which nobody has a seat yet.
    #[must_use]
    pub const fn empty(config: SessionConfig, phase: Phase) -> Self {
        Self { config, phase, users: Vec::new() }
    }
}
