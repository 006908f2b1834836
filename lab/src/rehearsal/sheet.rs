//! The sheet: what a rehearsal comes to, as a value that is kept, shown and hashed. Computes nothing but its hash.

use outcry_shared::message::{Light, Reading, Spread};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// An attack on the market as it opens.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attacked {
    /// Which kind.
    pub kind: String,
    /// USDC, at least.
    pub gain: f64,
    /// USDC that it needed at once.
    pub capital: f64,
    /// Accounts that sent orders.
    pub accounts: u32,
    /// Ticks that it took.
    pub ticks: u32,
    /// Whether it ends with cash, so that it can be done again.
    pub repeatable: bool,
}

/// Where sessions were at one moment: quantiles 5, 50 and 95.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Band {
    /// Session clock, ms.
    pub at_ms: u64,
    /// p̂ of the leader.
    pub leader: [f64; 3],
    /// p̂ of the outcome that wins in the end.
    pub winner: [f64; 3],
    /// Σ p_yes − 1.
    pub overround: [f64; 3],
}

/// What was rehearsed, and what came of it: the same on every machine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rehearsed {
    /// Of this form; another one would have another.
    pub version: u32,
    /// The session's configuration, as a host saves it.
    pub configuration: Value,
    /// Who makes the market.
    pub maker: String,
    /// Seats, who sits there, how often each looks, and what the informed are told.
    pub seats: u64,
    /// See `seats`.
    pub traders: String,
    /// See `seats`.
    pub pace_ms: u64,
    /// See `seats`.
    pub cards: String,
    /// Seed of the first session; each has the next.
    pub first_seed: u64,
    /// How many.
    pub sessions: u64,
    /// Plans searched for each kind of attack.
    pub attack_plans: u32,
    /// The lights that are the same on every machine.
    pub lights: Vec<Reading>,
    /// The attacks behind two of them.
    pub attacks: Vec<Attacked>,
    /// The distribution of every figure.
    pub figures: Vec<Spread>,
    /// The cone that a live session is expected in.
    pub cone: Vec<Band>,
}

/// The whole sheet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// blake3 of `rehearsed` as compact JSON, fields in their order here, in hex.
    pub hash: String,
    /// What the hash is of.
    pub rehearsed: Rehearsed,
    /// How fast this machine is, where there was a clock: a measurement, which no second run gives again, so that the hash
    /// leaves it out.
    pub pace: Option<Reading>,
}

impl Sheet {
    pub(super) fn new(rehearsed: Rehearsed, pace: Option<Reading>) -> Self {
        Self { hash: hash(&rehearsed), rehearsed, pace }
    }

    /// Every light.
    pub fn lights(&self) -> impl Iterator<Item = &Reading> {
        self.rehearsed.lights.iter().chain(&self.pace)
    }

    /// The worst of all lights.
    #[must_use]
    pub fn light(&self) -> Light {
        self.lights().map(|reading| reading.light).max().unwrap_or(Light::Green)
    }

    /// Whether nothing was changed since the hash was made.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        hash(&self.rehearsed) == self.hash
    }
}

/// Fields stand in the order of the type, keys of the configuration in that of the alphabet, and figures have six places:
/// the same value is the same text everywhere.
fn hash(rehearsed: &Rehearsed) -> String {
    // Nothing in it can fail to be written.
    let text = serde_json::to_string(rehearsed).unwrap_or_default();
    blake3::hash(text.as_bytes()).to_hex().to_string()
}
