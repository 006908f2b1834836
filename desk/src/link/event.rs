//! What whoever speaks with the server tells its owner, and how patient it is.

use outcry_shared::{ServerMessage, backoff::Backoff};

/// The waits between two attempts to connect.
pub(super) const BACKOFF: Backoff = Backoff { first_ms: 500, longest_ms: 8_000 };

/// What a link tells its owner.
#[derive(Debug)]
pub enum LinkEvent {
    /// The server said something; [`ServerMessage::Welcome`] first, whenever one has begun anew.
    Message(Box<ServerMessage>),
    /// The connection was lost, or an attempt failed: so many by now, and perhaps why.
    Lost(u32, Option<String>),
}
