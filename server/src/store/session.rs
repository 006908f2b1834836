//! Sessions: what they are made of and where they stand.

use outcry_engine::Script;
use outcry_shared::{config::SessionConfig, phase::Phase};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A session's number, given by the store, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SessionId(pub u64);

impl fmt::Display for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Where a session stands and what the host had set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionState {
    /// Draft to resolved; as of the last commit.
    pub phase: Phase,
    /// The session clock, in ms.
    pub clock_ms: u64,
    /// Whether newcomers may join.
    pub door_open: bool,
    /// The configuration. Its parameters stay as they were when the market was opened: what
    /// changes later is an input of the record.
    pub config: SessionConfig,
    /// Winner and eliminations as drawn, once the session has started.
    pub script: Option<Script>,
    /// The last tick stored; 0 before the first.
    pub tick: u64,
}

/// A line in the list of sessions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionInfo {
    /// The number that commands and exports take.
    pub id: SessionId,
    /// The name that the host gave it.
    pub name: String,
    /// The phase stored last.
    pub phase: Phase,
    /// Seats ever given in it.
    pub users: u64,
    /// Those of them that declared themselves bots.
    pub bots: u64,
    /// Ticks run so far.
    pub ticks: u64,
    /// Orders accepted so far.
    pub orders: u64,
    /// Fills so far.
    pub fills: u64,
    /// When it was opened, RFC 3339 in UTC.
    pub created_at: String,
    /// When its server last wrote or showed a sign of life, RFC 3339 in UTC.
    pub last_sign: String,
    /// Whether a server serves it now.
    pub served: bool,
    /// The server that served it last, where several share the database.
    pub server: Option<String>,
}
