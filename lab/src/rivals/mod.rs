//! Rivals of the market's design (instrument.md §3), as the literature has them. They share nothing but the trait.

mod field;
pub mod lmsr;
pub mod ls_lmsr;
pub mod fpmm;
pub mod cpmm_multi;
pub mod pm_amm;

use crate::rule::Rule;
use cpmm_multi::CpmmMulti;
use fpmm::Fpmm;
use lmsr::Lmsr;
use ls_lmsr::LsLmsr;
use outcry_engine::{Direction, Side};
use pm_amm::PmAmm;
use std::str::FromStr;

/// α of the LS-LMSR where nothing is said: prices sum to at most 1.6 of ten outcomes at the start's depth.
pub const LS_LMSR_ALPHA: f64 = 0.05;

/// The rivals by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RivalKind {
    /// [`Lmsr`].
    Lmsr,
    /// [`LsLmsr`] with α = [`LS_LMSR_ALPHA`].
    LsLmsr,
    /// [`Fpmm`].
    Fpmm,
    /// [`CpmmMulti`].
    CpmmMulti,
    /// [`PmAmm`].
    PmAmm,
}

impl RivalKind {
    /// Every rival.
    pub const ALL: [Self; 5] = [Self::Lmsr, Self::LsLmsr, Self::Fpmm, Self::CpmmMulti, Self::PmAmm];

    /// Its name in tables and on command lines.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Lmsr => "lmsr",
            Self::LsLmsr => "ls_lmsr",
            Self::Fpmm => "fpmm",
            Self::CpmmMulti => "cpmm_multi",
            Self::PmAmm => "pm_amm",
        }
    }

    /// A maker of `n` outcomes, all at one price, that can lose at most `loss` USDC.
    #[must_use]
    pub fn open(self, loss: f64, n: usize) -> Rival {
        match self {
            Self::Lmsr => Rival::Lmsr(Lmsr::new(loss, &vec![1.0 / n as f64; n])),
            Self::LsLmsr => Rival::LsLmsr(LsLmsr::new(loss, n, LS_LMSR_ALPHA)),
            Self::Fpmm => Rival::Fpmm(Fpmm::new(loss, n)),
            Self::CpmmMulti => Rival::CpmmMulti(CpmmMulti::new(loss, n)),
            Self::PmAmm => Rival::PmAmm(PmAmm::new(loss, n)),
        }
    }
}

impl FromStr for RivalKind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|kind| kind.name() == text);
        found.ok_or_else(|| format!("\"{text}\" is no rival: {} are", Self::ALL.map(Self::name).join(", ")))
    }
}

/// One of the rivals.
#[derive(Clone, Debug)]
pub enum Rival {
    /// Logarithmic scoring.
    Lmsr(Lmsr),
    /// Logarithmic scoring that deepens as it is used.
    LsLmsr(LsLmsr),
    /// One pool of all outcomes.
    Fpmm(Fpmm),
    /// A pool per outcome, tied by arbitrage.
    CpmmMulti(CpmmMulti),
    /// A pool per outcome, each alone.
    PmAmm(PmAmm),
}

/// Asks whichever rival it is.
macro_rules! ask {
    ($rival:expr, $rule:ident => $answer:expr) => {
        match $rival {
            Rival::Lmsr($rule) => $answer,
            Rival::LsLmsr($rule) => $answer,
            Rival::Fpmm($rule) => $answer,
            Rival::CpmmMulti($rule) => $answer,
            Rival::PmAmm($rule) => $answer,
        }
    };
}

impl Rule for Rival {
    fn price(&self, outcome: usize, side: Side) -> f64 {
        ask!(self, rule => rule.price(outcome, side))
    }

    fn buy(&mut self, outcome: usize, side: Side, tokens: f64) -> f64 {
        ask!(self, rule => rule.buy(outcome, side, tokens))
    }

    fn sell(&mut self, outcome: usize, side: Side, tokens: f64) -> f64 {
        ask!(self, rule => rule.sell(outcome, side, tokens))
    }

    fn most(&self, outcome: usize, side: Side, direction: Direction) -> f64 {
        ask!(self, rule => rule.most(outcome, side, direction))
    }

    fn eliminate(&mut self, outcome: usize) {
        ask!(self, rule => rule.eliminate(outcome));
    }
}
