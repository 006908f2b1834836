//! Who makes the market, as the command line says it.

use clap::Args;
use outcry_engine::Usdc;
use outcry_lab::setup::Maker;

/// A maker, and what it can lose.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct House {
    /// Who makes the market: engine, lmsr, ls_lmsr, fpmm, cpmm_multi, pm_amm or book
    #[arg(long, default_value = "engine")]
    pub(crate) maker: Maker,
    /// What a rival can lose at most, in USDC; Z when left out
    #[arg(long)]
    pub(crate) loss: Option<Usdc>,
}
