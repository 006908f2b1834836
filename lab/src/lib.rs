//! Experiments without people: what judges the market's design.
//!
//! A [`rule`] is a market maker without accounts: what a token costs, and what that does to the prices; the
//! [`rivals`] are those of the literature. Nothing here knows a clock, a socket or a person, and a seed gives the same bits on every platform.

mod special;
pub mod rule;
pub mod rivals;
pub mod metrics;
pub mod adversary;
