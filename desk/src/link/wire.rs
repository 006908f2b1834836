//! What a link needs of the device that it runs on.

use super::server::Server;
use outcry_shared::secret::SeatToken;

/// Frames that may wait unread in a wire, in bytes. Beyond it all of them are dropped, and [`WireEvent::Overflow`] says
/// so: the link asks for a snapshot.
pub const INBOX_BYTES_MAX: usize = 4 << 20;

/// What a wire tells its link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WireEvent {
    /// Frames can be sent now.
    Open,
    /// A whole frame from the server.
    Frame(Vec<u8>),
    /// Frames were dropped, since too many had waited.
    Overflow,
    /// Nothing more will come; if it never was open, perhaps why.
    Closed(Option<String>),
}

/// A socket, or an attempt at one. Dropped, it closes.
pub trait Wire {
    /// What happened since, one by one.
    fn try_recv(&mut self) -> Option<WireEvent>;

    /// Queues a frame. A link sends none before [`WireEvent::Open`].
    fn send(&mut self, frame: Vec<u8>);
}

/// The device: its sockets, what it remembers, and chance.
pub trait Device {
    /// What a connection of this device is.
    type Wire: Wire;

    /// Starts to connect to a `ws://` address.
    fn connect(&mut self, url: &str) -> Self::Wire;

    /// The token kept under this name at this server.
    fn kept_seat(&self, server: &Server, name: &str) -> Option<SeatToken>;

    /// Keeps a token for the next start. A failure is only logged: the seat is held as long as the program runs.
    fn keep_seat(&mut self, server: &Server, name: &str, token: SeatToken);

    /// A number in 0..1, different on every device.
    fn chance(&mut self) -> f64;
}
