//! The parameters themselves, with their defaults (§2).

use crate::{
    amount::{Price, RATE_ONE, Rate, Tokens, Usdc},
    order::OutcomeId,
};
use serde::{Deserialize, Serialize};

/// The most outcomes a market can have.
pub(crate) const OUTCOMES_MAX: usize = 10;

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

impl Params {
    /// S = ⌊Z/N⌋: the subsidy of each outcome at the start.
    #[must_use]
    pub fn subsidy_start(&self) -> Usdc {
        Usdc(self.z.0 / i64::from(self.n_outcomes.max(1)))
    }

    /// YES and NO supplies that go with a subsidy: ⌊S/2⌋.
    #[must_use]
    pub fn q0_default(&self) -> Tokens {
        Tokens(self.subsidy_start().0 / 2)
    }

    /// The end of the session, in ms of the session clock.
    #[must_use]
    pub fn end_ms(&self) -> u64 {
        u64::from(self.total_duration) * MS_PER_S
    }

    /// When the given round freezes trading, or the end when there is none.
    #[must_use]
    pub fn freeze_ms(&self, round: usize) -> u64 {
        self.rounds.get(round).map_or(self.end_ms(), |round| u64::from(round.at_s) * MS_PER_S)
    }
}

impl Default for Params {
    /// The defaults of §2.
    fn default() -> Self {
        let mut params = Self {
            n_outcomes: 3,
            outcome_names: default_names(3),
            z: Usdc::whole(10_000),
            gamma: Rate(100_000),
            q0: Tokens::ZERO,
            mu_start: Rate(RATE_ONE),
            mu_end: Rate(RATE_ONE),
            nu_start: Rate(RATE_ONE),
            nu_end: Rate(RATE_ONE),
            kappa_start: Rate(1_000_000),
            kappa_end: Rate(1_000_000),
            zeta_start: Rate(100_000_000),
            zeta_end: Rate(100_000_000),
            interpolation_mode: InterpolationMode::Continue,
            f: Rate(10_000_000),
            p_max: Price(990_000),
            p_min: Price(10_000),
            eta: Rate(2 * RATE_ONE),
            tick_size: Price(10_000),
            f_match: Rate(5_000_000),
            sigma: Rate(500_000_000),
            af_cap_frac: Rate(100_000_000),
            af_max_pools: 3,
            af_max_surplus: Rate(50_000_000),
            renorm_cap: Price(900_000),
            cm_enabled: true,
            af_enabled: true,
            mr_enabled: false,
            vc_enabled: true,
            gas_fee: Usdc::ZERO,
            starting_balance: Usdc::whole(1_000),
            batch_interval_ms: 1_000,
            total_duration: 900,
            rounds: Vec::new(),
        };
        params.q0 = params.q0_default();
        params
    }
}

/// Milliseconds in a second.
pub(crate) const MS_PER_S: u64 = 1_000;

/// "A", "B", "C", …: what outcomes are called when nobody names them.
#[must_use]
pub fn default_names(n_outcomes: u8) -> Vec<String> {
    (0..n_outcomes).map(|index| OutcomeId(index).letter().to_string()).collect()
}
