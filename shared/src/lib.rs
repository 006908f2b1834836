//! What server and client both know: messages and how they travel, limits, name
//! rules, configuration and the formulas behind published figures.
//!
//! Nothing here opens a socket or reads a clock.

pub mod codec;
pub mod limits;
pub mod phase;
pub mod secret;
pub mod names;
pub mod backoff;
pub mod formulas;
pub mod config;
pub mod ledger;
pub mod message;
pub mod standing;
pub mod piece;
pub mod levels;
pub mod replica;
pub mod floor;
pub mod link;

pub use message::{ClientMessage, ServerMessage};
pub use outcry_engine as engine;
