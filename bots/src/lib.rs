//! Players without a screen, over the real protocol: a client for programs and tests,
//! strategies, and a crowd of them.

pub mod address;
pub mod bot;
pub mod connection;
pub mod crowd;
pub mod error;
pub mod host;
pub mod names;
pub mod stats;
pub mod strategy;
pub mod view;

pub use address::Address;
pub use bot::Bot;
pub use error::BotError;
pub use host::Host;
pub use strategy::{BotAction, Strategy};
pub use view::BotView;
