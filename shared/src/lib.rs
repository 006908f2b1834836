//! What server and client both know: messages and how they travel, limits, name
//! rules, configuration and the formulas behind published figures.
//!
//! Nothing here opens a socket or reads a clock.

pub mod codec;
pub mod config;
pub mod formulas;
pub mod ledger;
pub mod limits;
pub mod link;
pub mod message;
pub mod names;
pub mod phase;
pub mod secret;
pub mod standing;
pub mod floor;

pub mod levels;
pub mod replica;

pub use message::{ClientMessage, ServerMessage};
pub use outcry_engine as engine;
