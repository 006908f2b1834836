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
