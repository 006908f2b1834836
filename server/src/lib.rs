//! The authority: a headless Bevy app around the engine.
//!
//! One lap of data, drawn as one chain of system sets ([`lap::Lap`]), is the whole server. The
//! modules stand from the ground up: each knows only those before it. A test builds the same
//! [`app()`] with a manual clock, an in-memory store and links of its own.

pub mod clock;
pub mod lap;
pub mod chance;
pub mod bucket;
pub mod peer;
mod places;
pub mod code;
pub mod vault;
mod mark;
pub mod config;
pub mod store;
pub mod market;
pub mod net;
pub mod record;
mod aside;
mod shadow;
pub mod rehearsals;
pub mod live;
pub mod players;
mod refusals;
pub mod intake;
pub mod pace;
pub mod publish;
pub mod admin;
pub mod telemetry;
pub mod app;
mod stop;
pub mod board;
pub mod listing;
pub mod export;
pub mod rooms;
pub mod fleet;
pub mod http;
mod room;
mod laps;
mod house;
mod premises;
pub mod serve;

pub use app::{Parts, app};
pub use clock::{ManualClock, ServerClock};
pub use lap::Lap;
pub use record::{Health, Recorder};
