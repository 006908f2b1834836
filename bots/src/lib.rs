//! Players without a screen, over the real protocol: a client for programs and tests, and a
//! crowd that plays the strategies of [`outcry_traders`].

pub mod error;
pub mod address;
pub mod names;
pub mod stats;
pub mod connection;
pub mod session;
mod greeting;
pub mod bot;
pub mod host;
pub mod seats;
pub mod crowd;

pub use address::Address;
pub use bot::Bot;
pub use error::BotError;
pub use host::Host;
pub use outcry_reach::Trust;
pub use outcry_traders::{Action, Dice, Kind, Strategy, View};
pub use session::Session;
