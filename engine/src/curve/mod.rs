//! Cost, proceeds and marginal price of a trade with a pool (§4): pure functions of the pools.
//!
//! Derived in `docs/engine.md`. Everything here is in micro-units.

mod formula;
mod trade;
mod depth;

pub(crate) use depth::depth;
pub(crate) use formula::Curve;
pub(crate) use trade::{Trade, apply, solve, value_with_exponent};
