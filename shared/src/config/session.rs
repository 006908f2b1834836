//! Everything about a session that the host sets. The script is the host's secret until it happens.

use outcry_engine::{OutcomeId, Params, Warning};
use serde::{Deserialize, Serialize};

/// Suggested maximum slippage of market orders when nothing is said, in percent.
pub const DEFAULT_SLIPPAGE_PERCENT: u8 = 5;

/// What a session without a name is called.
const DEFAULT_NAME: &str = "Outcry";
/// A fixed outcome, or one drawn by the server at the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Choice {
    /// Drawn by the server at the start, recorded, secret until then.
    #[default]
    Random,
    /// This outcome, known to the host alone until it wins.
    Fixed(OutcomeId),
}

/// What a scripted round eliminates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Elimination {
    /// So many, drawn by the server at the start.
    Random(u8),
    /// These outcomes, none twice and none the winner.
    Fixed(Vec<OutcomeId>),
}

impl Elimination {
    /// How many outcomes leave.
    #[must_use]
    pub fn count(&self) -> usize {
        match self {
            Self::Random(count) => usize::from(*count),
            Self::Fixed(outcomes) => outcomes.len(),
        }
    }
}

/// Winner and eliminations as the host wants them. Never in a message to a participant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScriptPlan {
    /// The outcome that the session ends with.
    pub winner: Choice,
    /// One per round of [`Params::rounds`].
    pub eliminate: Vec<Elimination>,
}

/// Everything about a session that the host sets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionConfig {
    /// Shown to everyone, 1–60 characters.
    pub name: String,
    /// What the market is about, as a question to everyone ("Who wins the final?"); may be empty.
    #[serde(default)]
    pub question: String,
    /// The market's parameters.
    pub params: Params,
    /// Who wins, and who leaves in each round: drawn, or fixed by the host.
    pub script: ScriptPlan,
    /// Suggested maximum slippage of market orders in percent, 1–100.
    pub default_slippage_percent: u8,
}

impl SessionConfig {
    /// What is legal but costs the maker, with its size.
    #[must_use]
    pub fn warnings(&self) -> Vec<Warning> {
        let leaving: Vec<usize> = self.script.eliminate.iter().map(Elimination::count).collect();
        self.params.warnings(&leaving)
    }
}

impl Default for SessionConfig {
    /// The market's default parameters, without rounds.
    fn default() -> Self {
        Self {
            name: DEFAULT_NAME.to_owned(),
            question: String::new(),
            params: Params::default(),
            script: ScriptPlan::default(),
            default_slippage_percent: DEFAULT_SLIPPAGE_PERCENT,
        }
    }
}
