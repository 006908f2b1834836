//! The connection to the server: a socket, the message layer above it, and a session that
//! keeps a seat through lost networks and hidden windows.

mod backoff;
mod seat;
mod server;
mod session;
#[cfg(not(target_arch = "wasm32"))]
mod socket_native;
#[cfg(target_arch = "wasm32")]
mod socket_web;
#[cfg(target_arch = "wasm32")]
mod visibility;

pub(crate) mod exports;
pub(crate) mod plugin;

pub use seat::Entry;
pub use server::{BadUrl, Server};
pub use session::{Session, SessionEvent};
#[cfg(target_arch = "wasm32")]
pub use visibility::Visibility;

#[cfg(not(target_arch = "wasm32"))]
use socket_native::Socket;
#[cfg(target_arch = "wasm32")]
use socket_web::Socket;

/// What a socket tells its owner.
enum SocketEvent {
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
const INBOX_BYTES_MAX: usize = 4 << 20;
