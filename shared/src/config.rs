//! A session's configuration: what the host sets, saves and loads.

use outcry_engine::{OutcomeId, Params, Violation};
use serde::{Deserialize, Serialize};

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

impl SessionConfig {
    /// Every violation at once: parameters, script and the session's own fields.
    #[must_use]
    pub fn validate(&self) -> Vec<Violation> {
        todo!()
    }

    /// The configuration as a file's text.
    #[must_use]
    pub fn to_json(&self) -> String {
        todo!()
    }

    /// Reads a configuration file; fields left out take their defaults.
    ///
    /// # Errors
    /// Everything that is wrong, each with its field.
    pub fn from_json(text: &str) -> Result<Self, Vec<Violation>> {
        let _ = text;
        todo!()
    }
}

/// A configuration to start from.
#[derive(Clone, Debug)]
pub struct Preset {
    /// For programs ("party").
    pub id: &'static str,
    /// For people ("Party").
    pub label: &'static str,
    /// One sentence.
    pub about: &'static str,
    /// The configuration.
    pub config: SessionConfig,
}

/// Every preset, the one chosen when nothing is said ("party") first.
#[must_use]
pub fn presets() -> Vec<Preset> {
    todo!()
}
