//! The connection to the server: a socket, the message layer above it, and a session that
//! keeps a seat through lost networks and hidden windows. Without the feature `floor` only its
//! arithmetic is there.

pub mod backoff;
#[cfg(feature = "floor")]
pub(crate) mod exports;
#[cfg(feature = "floor")]
pub(crate) mod plugin;
#[cfg(feature = "floor")]
mod seat;
mod server;
#[cfg(feature = "floor")]
mod session;
#[cfg(feature = "floor")]
mod socket;
#[cfg(all(feature = "floor", not(target_arch = "wasm32")))]
mod socket_native;
#[cfg(all(feature = "floor", target_arch = "wasm32"))]
mod socket_web;
#[cfg(all(feature = "floor", target_arch = "wasm32"))]
mod visibility;

#[cfg(feature = "floor")]
pub use seat::Entry;
pub use server::{BadUrl, Server};
#[cfg(feature = "floor")]
pub use session::{Session, SessionEvent};
#[cfg(feature = "floor")]
use socket::{INBOX_BYTES_MAX, SocketEvent};
#[cfg(all(feature = "floor", target_arch = "wasm32"))]
pub use visibility::Visibility;

#[cfg(all(feature = "floor", not(target_arch = "wasm32")))]
use socket_native::Socket;
#[cfg(all(feature = "floor", target_arch = "wasm32"))]
use socket_web::Socket;
