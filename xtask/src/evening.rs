//! `cargo xtask evening`: evenings on both databases, in which database and power are taken away at the worst
//! moments, and everything acknowledged is compared with the record.

use crate::{
    failure::Result,
    needs,
    place::Place,
    postgres::{CLUSTER_VARIABLE, Commits, Postgres},
    programs, run,
};
use clap::Args;

/// How many evenings.
#[derive(Args)]
pub(crate) struct Options {
    /// Evenings on each database
    #[arg(long, default_value_t = 4)]
    evenings: u32,
    /// Where the moments begin to be drawn from: of each of the six troubles one bit says what is taken away
    #[arg(long, default_value_t = 0)]
    seed: u64,
}

/// Plays them one after the other, and says what came of each.
///
/// # Errors
/// When something cannot be built or started, or something acknowledged is lost.
pub(crate) fn evening(place: &Place, options: &Options) -> Result<()> {
    needs::ensure(&[&needs::COMPILER, &needs::POSTGRES])?;
    programs::build(place)?;
    let cluster = Postgres::start(Commits::Wait)?;
    let mut cargo = place.locked("test", &programs::PACKAGES);
    cargo.args(["--test", "black_box", "evening::", "--", "--nocapture", "--test-threads=1"]);
    cargo.env(CLUSTER_VARIABLE, cluster.data());
    cargo.env("OUTCRY_EVENINGS", options.evenings.to_string()).env("OUTCRY_EVENING_SEED", options.seed.to_string());
    run::run(programs::tell(place, &mut cargo))
}
