//! The parameters themselves, with their defaults (§2). Public fields: whoever changes them has them
//! validated before a market is opened.

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

/// The public parameters of a market with their ranges; money in USDC, rates as fractions of 1. Field
/// names are those of the scenario format and of configuration files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Params {
    /// N: how many outcomes there are, 3 to 10; exactly one wins.
    pub n_outcomes: u8,
    /// What they are called: N names of 1 to 24 characters, no two alike.
    pub outcome_names: Vec<String>,
    /// Z: the maker's subsidy, N to 10⁸; each outcome's is S = Z/N.
    pub z: Usdc,
    /// γ, from 0 to below 0.001: subsidy withdrawn per USDC of collateral.
    pub gamma: Rate,
    /// q₀, above 0 and below p_max·S: virtual YES and NO supply of each outcome.
    pub q0: Tokens,
    /// μ, 0.001 to 1000: weight of the price before a trade.
    pub mu_start: Rate,
    /// μ at the end.
    pub mu_end: Rate,
    /// ν, 0.001 to 1000: weight of the price after a trade.
    pub nu_start: Rate,
    /// ν at the end.
    pub nu_end: Rate,
    /// κ, 0 to 1: extra cost κ·Δ² of Δ tokens.
    pub kappa_start: Rate,
    /// κ at the end.
    pub kappa_end: Rate,
    /// ζ, 0 to 0.99/(N−1): share of a trade's collateral diverted to each other outcome.
    pub zeta_start: Rate,
    /// ζ at the end.
    pub zeta_end: Rate,
    /// How μ, ν, κ, ζ go from start to end (§8).
    pub interpolation_mode: InterpolationMode,
    /// f, from 0 to below 0.05: fee on value traded with the pool or a resting order.
    pub f: Rate,
    /// Soft cap of a price, above 0.5 and below 1.
    pub p_max: Price,
    /// Soft floor of a price, above 0 and below 0.5.
    pub p_min: Price,
    /// η, above 1 and at most 10: penalty exponent beyond cap and floor.
    pub eta: Rate,
    /// Distance of the prices of limit orders, 0.001 to 0.1; divides 1.
    pub tick_size: Price,
    /// f_match, from 0 to below 0.02: fee on a cross-match.
    pub f_match: Rate,
    /// σ, 0 to 1: maker's share of an auto-fill's surplus.
    pub sigma: Rate,
    /// Most of an auto-fill, as a share of the diverted ζX; above 0, at most 0.2.
    pub af_cap_frac: Rate,
    /// Most tick pools that one trade auto-fills, 1 to 5.
    pub af_max_pools: u8,
    /// Most surplus of one trade's auto-fills, as a share of X; above 0, at most 1.
    pub af_max_surplus: Rate,
    /// Highest price that a renormalisation lifts to, above 0.5 and at most p_max (§7).
    pub renorm_cap: Price,
    /// Whether YES and NO orders are matched with each other (§5.4).
    pub cm_enabled: bool,
    /// Whether resting orders are auto-filled (§6).
    pub af_enabled: bool,
    /// Whether outcomes are eliminated on the way.
    pub mr_enabled: bool,
    /// Whether virtual supply is kept from becoming negative (§7).
    pub vc_enabled: bool,
    /// Flat charge per submitted order, 0 to 10⁴.
    pub gas_fee: Usdc,
    /// What everyone begins with, 0.01 to 10⁶.
    pub starting_balance: Usdc,
    /// Time between ticks in ms, 50 to 60 000.
    pub batch_interval_ms: u32,
    /// Length of the session in s, 1 to 86 400, freezes included.
    pub total_duration: u32,
    /// Intermediate resolutions in time order, none overlapping.
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

    /// Where a segment of §8 that begins at `start_ms` ends: at the freeze of the next round, or at
    /// the end of the session. A round whose time has passed unheld, since those it would have
    /// eliminated were gone, is none.
    #[must_use]
    pub fn segment_end_ms(&self, start_ms: u64, rounds_held: u32) -> u64 {
        let freezes = self.rounds.iter().skip(rounds_held as usize).map(|round| u64::from(round.at_s) * MS_PER_S);
        let mut to_come = freezes.filter(|freeze_ms| *freeze_ms >= start_ms);
        to_come.next().unwrap_or(self.end_ms()).max(start_ms)
    }

    /// Moves the end, and every round but those held.
    pub fn extend(&mut self, by_s: u32, rounds_held: u32) {
        self.total_duration = self.total_duration.saturating_add(by_s);
        for round in self.rounds.iter_mut().skip(rounds_held as usize) {
            round.at_s = round.at_s.saturating_add(by_s);
        }
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
