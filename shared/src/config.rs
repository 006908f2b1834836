//! A session's configuration: what the host sets, saves and loads.

mod file;
mod presets;
mod validate;

pub use presets::{Preset, presets};

use outcry_engine::{OutcomeId, Params};
use serde::{Deserialize, Serialize};

/// Suggested maximum slippage of market orders when nothing is said, in percent.
pub const DEFAULT_SLIPPAGE_PERCENT: u8 = 5;

/// A fixed outcome, or one drawn by the server at the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Choice {
    /// Drawn by the server at the start, recorded, secret until then.
    #[default]
    Random,
    /// This one.
    Fixed(OutcomeId),
}

/// What a scripted round eliminates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Elimination {
    /// So many, drawn by the server at the start.
    Random(u8),
    /// These.
    Fixed(Vec<OutcomeId>),
}

/// Winner and eliminations as the host wants them. Never in a message to a participant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScriptPlan {
    /// Who wins.
    pub winner: Choice,
    /// One per round of [`Params::rounds`].
    pub eliminate: Vec<Elimination>,
}

/// Everything about a session that the host sets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionConfig {
    /// Shown to everyone, 1–60 characters.
    pub name: String,
    /// The market's parameters.
    pub params: Params,
    /// Winner and eliminations.
    pub script: ScriptPlan,
    /// Suggested maximum slippage of market orders in percent, 1–100.
    pub default_slippage_percent: u8,
}

#[cfg(test)]
mod tests;
