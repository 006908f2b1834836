//! The rooms that a database keeps: of no session, each with its code for ever. What is in them is the record's.

use crate::code::Code;
use outcry_shared::config::SessionConfig;

/// A room as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptRoom {
    /// What its address ends with.
    pub code: Code,
    /// Its number among those of its house, from 1.
    pub number: u32,
    /// What its first session is opened with; none where it cannot be read any more.
    pub config: Option<SessionConfig>,
    /// False once it is closed. Its code is not given again while it is kept.
    pub is_open: bool,
}

/// How long a sign of life of a fleet's member counts, in ms of the database's clock. Beyond it its rooms may be claimed.
pub const ALIVE_MS: u64 = 3_000;

/// A room of a fleet, as the table has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What its address ends with.
    pub code: Code,
    /// Its number among all.
    pub number: u32,
    /// Rises with every claim.
    pub term: u64,
    /// The address of the process that has it, while its signs of life count.
    pub holder: Option<String>,
    /// What its holder shows of it, as JSON.
    pub board: Option<String>,
}

/// A process of a fleet that lives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Where it is reached.
    pub address: String,
    /// Whether it takes no more rooms.
    pub is_draining: bool,
}

/// All of a fleet as it is at one moment: the rooms that are open, by number, and the processes that live.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// The rooms that are open.
    pub rooms: Vec<Row>,
    /// The processes that live.
    pub members: Vec<Member>,
}

/// A room that a process has claimed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimed {
    /// Which.
    pub room: KeptRoom,
    /// The term by which it is this process's.
    pub term: u64,
    /// Whether another process had it a moment ago: who was in it is on the way back.
    pub is_warm: bool,
}

/// A room that a process has, and what it shows of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Which.
    pub code: Code,
    /// Since which claim.
    pub term: u64,
    /// JSON.
    pub board: String,
}

/// What a sign of life came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sign {
    /// Whether the address is still this process's.
    pub is_member: bool,
    /// The rooms that are still its own, and whether each is open.
    pub kept: Vec<(Code, bool)>,
}
