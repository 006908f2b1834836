//! The desk against the engine: what it knows, what it shows, and what it sends.
#![expect(clippy::unwrap_used, reason = "what is not there is a failed test")]

mod breath;
mod drama;
mod figures;
mod follower;
mod habits;
mod simple;
mod standing;
mod link;
mod meeting;
mod model;
mod money;
mod practice;
mod reckoning;
mod support;
mod wires;
