//! A rehearsal as the host is told of it (instrument.md §6): how far it is, and what its lights show. It tells of the
//! script, and goes to nobody else.

use crate::config::SessionConfig;
use serde::{Deserialize, Serialize};

/// What a light shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Light {
    /// Nothing to say.
    Green,
    /// Look at it.
    Amber,
    /// Not with guests.
    Red,
}

impl Light {
    /// Its name: "green".
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Amber => "amber",
            Self::Red => "red",
        }
    }
}

/// The value of a light where nothing is sold for the money: more than any cost.
pub const BEYOND: f64 = 1e6;

/// A light with the number behind it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// Its name.
    pub id: String,
    /// What is looked at.
    pub about: String,
    /// What it shows.
    pub light: Light,
    /// The number; `None` where nothing of the kind took place.
    pub value: Option<f64>,
    /// Beyond this it is amber.
    pub amber: f64,
    /// Beyond this it is red.
    pub red: f64,
    /// The seed of the session to look at: the worst by this light. Attacks have none.
    pub worst_seed: Option<u64>,
}

/// A figure of many sessions: quantiles by nearest rank, and the mean; 10⁻⁶ is the last digit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    /// Which figure (instrument.md §1).
    pub id: String,
    /// Its unit.
    pub unit: String,
    /// Sessions that have it.
    pub count: u64,
    /// The least.
    pub least: f64,
    /// 5 of 100 are at most this.
    pub p5: f64,
    /// Half.
    pub median: f64,
    /// 95 of 100.
    pub p95: f64,
    /// The largest.
    pub most: f64,
    /// The mean.
    pub mean: f64,
}

/// How the rehearsal stands.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Rehearsal {
    /// How far the one is that is under way.
    pub progress: Option<Progress>,
    /// Why the last one came to nothing, in one sentence.
    pub failed: Option<String>,
    /// What the last one that came to its end says.
    pub sheet: Option<Box<RehearsedSheet>>,
}

/// Parts that are done, of how many: attacks and sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Done.
    pub done: u32,
    /// Of so many; 0 before the first.
    pub of: u32,
}

/// A sheet, as far as a panel carries it; the whole is a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RehearsedSheet {
    /// Hash of the whole, in hex.
    pub hash: String,
    /// What was rehearsed: the sheet is of this very configuration.
    pub config: SessionConfig,
    /// Sessions that were played.
    pub sessions: u64,
    /// Seats in each.
    pub seats: u64,
    /// Every light.
    pub lights: Vec<Reading>,
    /// The distribution of every figure.
    pub figures: Vec<Spread>,
}

impl RehearsedSheet {
    /// The worst of all lights.
    #[must_use]
    pub fn light(&self) -> Light {
        self.lights.iter().map(|reading| reading.light).max().unwrap_or(Light::Green)
    }
}
