//! What must hold of the curve (§4) and of what users can do with it, each on
//! 100 000 random cases: every parameter at its ends, sizes from a micro to the
//! limits. `OUTCRY_CASES` runs more.

#![expect(clippy::unwrap_used, reason = "a test says what is wrong by panicking")]

#[path = "naive/chance.rs"]
mod chance;
#[path = "naive/curve.rs"]
#[expect(dead_code, reason = "the naive model uses the rest")]
mod curve;
#[path = "support/dice.rs"]
mod dice;
mod proofs;
#[path = "naive/real.rs"]
mod real;
#[path = "support/seeds.rs"]
mod seeds;
#[path = "naive/setting.rs"]
mod setting;
