//! What the sockets of desktop and browser have in common.

/// What a socket tells its owner.
pub(super) enum SocketEvent {
    /// Frames can be sent now.
    Open,
    /// A frame arrived.
    Frame(Vec<u8>),
    /// Frames were dropped, since too many had waited.
    Overflow,
    /// Nothing more will come.
    Closed,
}

/// Frames that may wait unread, in bytes. Beyond it all of them are dropped and the session
/// asks for a snapshot.
pub(super) const INBOX_BYTES_MAX: usize = 4 << 20;
