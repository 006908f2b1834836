//! What the server has said: one value, changed only here.
//!
//! [`Model::apply`] takes what comes in, [`Model::outgoing`] turns actions into what goes
//! out, and everything else only reads.

mod clock;
mod connection;
mod notice;
mod toasts;
mod orders;
mod host;
mod visit;
mod departure;
mod curtain;
mod state;
mod apply;
mod reveal;
mod outgoing;

pub use clock::{STALE_AFTER_MS, TimeSync};
pub use connection::{Connection, Unattended};
pub use departure::{Departure, just_left};
pub use host::{HostLink, Reply};
pub use notice::Notice;
pub use orders::{Orders, SentOrder, Stage};
pub use outcry_shared::phase::REVEAL_MS;
pub use state::Model;
pub use toasts::{TOAST_LIFE_MS, Toast, ToastKind, Toasts};
pub use visit::Opening;
