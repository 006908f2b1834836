//! The parameters of a market (§2), their validation and their path in time.

use crate::{
    amount::{Price, Rate, Tokens, Usdc},
    order::OutcomeId,
};
use serde::{Deserialize, Serialize};

/// How μ, ν, κ, ζ move from start to end (§8).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum InterpolationMode {
    /// Once over the whole duration.
    #[default]
    Continue,
    /// Anew over each segment from a resume to the next freeze.
    Reset,
}

/// When an intermediate resolution happens. What it eliminates is in [`Script`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// Session clock at which trading freezes and outcomes are eliminated, in s.
    pub at_s: u32,
    /// How long trading stays frozen after it, in s.
    pub freeze_s: u32,
}

/// What is eliminated and who wins: known to the host and the server alone. No
/// message to a participant can contain it and no hash covers it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Script {
    /// Never eliminated by a round.
    pub final_winner: OutcomeId,
    /// Per round of [`Params::rounds`], the outcomes that leave.
    pub eliminate: Vec<Vec<OutcomeId>>,
}

impl Default for OutcomeId {
    fn default() -> Self {
        Self(0)
    }
}

/// The public parameters of a market, with the units of §1. Field names are those
/// of the scenario format and of configuration files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "every field is described, with range and unit, by the table in `params::fields`")]
pub struct Params {
    pub n_outcomes: u8,
    pub outcome_names: Vec<String>,
    pub z: Usdc,
    pub gamma: Rate,
    pub q0: Tokens,
    pub mu_start: Rate,
    pub mu_end: Rate,
    pub nu_start: Rate,
    pub nu_end: Rate,
    pub kappa_start: Rate,
    pub kappa_end: Rate,
    pub zeta_start: Rate,
    pub zeta_end: Rate,
    pub interpolation_mode: InterpolationMode,
    pub f: Rate,
    pub p_max: Price,
    pub p_min: Price,
    pub eta: Rate,
    pub tick_size: Price,
    pub f_match: Rate,
    pub sigma: Rate,
    pub af_cap_frac: Rate,
    pub af_max_pools: u8,
    pub af_max_surplus: Rate,
    pub renorm_cap: Price,
    pub cm_enabled: bool,
    pub af_enabled: bool,
    pub mr_enabled: bool,
    pub vc_enabled: bool,
    pub gas_fee: Usdc,
    pub starting_balance: Usdc,
    pub batch_interval_ms: u32,
    pub total_duration: u32,
    pub rounds: Vec<Round>,
}

/// One thing that is not allowed: which field, what it is, what would be right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{field} is {value}: {allowed}")]
pub struct Violation {
    /// The parameter's field name ("zeta_start", "rounds[1].at_s").
    pub field: String,
    /// Its value as text.
    pub value: String,
    /// What would be right, as a sentence part ("must be between 3 and 10").
    pub allowed: String,
}

/// Something legal that costs the maker, with its size.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// The parameter's field name.
    pub field: String,
    /// One sentence with the size.
    pub text: String,
}

/// The group a parameter stands in, in forms and documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Group {
    /// Outcomes, duration, rounds.
    Event,
    /// Subsidy, supplies, curve, coupling.
    Curve,
    /// Fees, gas, starting balance.
    Money,
    /// Order grid, matching, auto-fill.
    Matching,
    /// Eliminations and renormalisation.
    Resolution,
}

/// What kind of value a parameter has, for forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// A decimal number.
    Number,
    /// On or off ("true", "false").
    Switch,
    /// One of the named choices.
    Choice(&'static [&'static str]),
    /// A list with a form of its own (`outcome_names`, `rounds`).
    List,
}

/// A parameter as forms, files and documents see it.
#[derive(Clone, Copy)]
pub struct Field {
    /// The field name in files ("kappa_start").
    pub name: &'static str,
    /// The symbol of §2 ("κ", start).
    pub symbol: &'static str,
    /// A short label for people ("Convexity, start").
    pub label: &'static str,
    /// One sentence of help in plain words.
    pub help: &'static str,
    /// The allowed range as text ("0–1").
    pub range: &'static str,
    /// Where it stands in forms.
    pub group: Group,
    /// What kind of value it has.
    pub kind: FieldKind,
    /// Reads the value as text.
    pub get: fn(&Params) -> String,
    /// Parses and sets the value; ranges are checked by [`Params::validate`].
    pub set: fn(&mut Params, &str) -> Result<(), Violation>,
}

impl Params {
    /// S = ⌊Z/N⌋: the subsidy of each outcome at the start.
    #[must_use]
    pub fn subsidy_start(&self) -> Usdc {
        Usdc(self.z.0 / i64::from(self.n_outcomes.max(1)))
    }

    /// Every violation at once; empty when the market may be opened. Checks the
    /// script too when there is one.
    #[must_use]
    pub fn validate(&self, script: Option<&Script>) -> Vec<Violation> {
        let _ = script;
        todo!()
    }

    /// What is legal but costs the maker, with its size.
    #[must_use]
    pub fn warnings(&self) -> Vec<Warning> {
        todo!()
    }

    /// Reads the JSON object of the scenario format and of configuration files: fields
    /// left out take their defaults (an `_end` its `_start`, q₀ S/2). The fields of a
    /// [`Script`] (`final_winner`, `rounds[].eliminate`) are read apart.
    ///
    /// # Errors
    /// Every malformed or unknown field.
    #[cfg(feature = "scenario")]
    pub fn from_json(value: &serde_json::Value) -> Result<(Self, Script), Vec<Violation>> {
        let _ = value;
        todo!()
    }
}

/// Every parameter of §2, in the order of forms and documents.
#[must_use]
pub fn fields() -> &'static [Field] {
    todo!()
}

impl Default for Params {
    /// The defaults of §2.
    fn default() -> Self {
        todo!()
    }
}
