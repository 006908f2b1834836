//! `cargo xtask bench`: the figures, each with the ratio to a baseline of the same run.

use crate::{
    failure::Result,
    needs,
    place::Place,
    postgres::{Commits, DATABASE_VARIABLE, Postgres},
    run, say,
};
use clap::Args;

/// What to measure.
#[derive(Args)]
pub(crate) struct Options {
    /// Only benchmarks of this package
    #[arg(long)]
    package: Option<String>,
}

/// Packages that may have a `benches` directory.
const PACKAGES: [&str; 4] = ["engine", "shared", "server", "client"];

/// Runs every benchmark there is.
///
/// # Errors
/// When one fails.
pub(crate) fn bench(place: &Place, options: &Options) -> Result<()> {
    needs::ensure(&[&needs::COMPILER, &needs::VALGRIND, &needs::POSTGRES, &needs::NGINX])?;
    for folder in PACKAGES {
        let package = format!("outcry-{folder}");
        if options.package.as_ref().is_some_and(|only| *only != package) {
            continue;
        }
        if !place.root.join(folder).join("benches").is_dir() {
            say::line(&format!("{package} has no benchmarks"));
            continue;
        }
        say::step(&package);
        let mut cargo = place.cargo();
        cargo.args(["bench", "--package", &package]);
        if folder == "server" {
            let postgres = Postgres::start(Commits::Wait)?;
            run::run(cargo.env(DATABASE_VARIABLE, postgres.url()))?;
        } else {
            run::run(&mut cargo)?;
        }
    }
    Ok(())
}
