//! The rules of the market once more, in the plainest form: whole numbers, lists
//! searched from end to end, nothing kept that can be computed, an order carried
//! out and taken back to see whether it may be. Only types are shared with the
//! engine, and the rounded result of a solve where a test asks for it.

pub(crate) mod audit;
pub(crate) mod auto_fill;
pub(crate) mod book;
pub(crate) mod chance;
pub(crate) mod compare;
pub(crate) mod cross_match;
pub(crate) mod curve;
#[path = "../support/dice.rs"]
pub(crate) mod dice;
pub(crate) mod market;
pub(crate) mod model;
pub(crate) mod real;
pub(crate) mod replay;
pub(crate) mod resolution;
pub(crate) mod route;
pub(crate) mod scenario;
pub(crate) mod setting;
pub(crate) mod solve;
pub(crate) mod tick;
