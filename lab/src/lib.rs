//! Experiments without people: what judges the market's design.
//!
//! A [`rule`] is a market maker without accounts: what a token costs, and what that does to the prices; the
//! [`rivals`] are those of the literature. A [`mechanism`] is a whole market, driven by the engine's inputs: the engine
//! is one, and a [`house`] makes one of every rival. A [`session`] lets traders play on one from a [`setup`] and a seed,
//! with [`cards`] if they are to know something; a [`summary`] says what it came to, [`metrics`] by what it is judged, the
//! [`adversary`] what it can be made to lose, and a [`rehearsal`] whether guests can come. Nothing here knows a clock, a socket or a person, and a seed gives the
//! same bits on every platform.

mod special;
pub mod rule;
pub mod rivals;
pub mod mechanism;
pub mod house;
pub mod cards;
pub mod setup;
pub mod session;
pub mod metrics;
pub mod summary;
pub mod parallel;
pub mod table;
#[cfg(feature = "cli")]
pub mod grid;
pub mod adversary;
pub mod rehearsal;
