//! `cargo xtask deny`: licences, advisories, duplicates and sources of everything we depend on, as
//! `deny.toml` has them. The same file is cargo-deny's; this needs neither it nor a network.

mod rules;
mod crates;
mod advisories;
mod judge;

use crate::{
    failure::{Failure, Result},
    place::Place,
    say,
};
use clap::Args;
use std::path::PathBuf;

/// What to do before the look.
#[derive(Args, Default)]
pub(crate) struct Options {
    /// Takes a new copy of the advisories from a checkout of https://github.com/rustsec/advisory-db
    #[arg(long)]
    from: Option<PathBuf>,
}

/// Looks at everything we depend on.
///
/// # Errors
/// With everything that is not as the rules have it.
pub(crate) fn deny(place: &Place, options: &Options) -> Result<()> {
    if let Some(database) = &options.from {
        advisories::take(place, database)?;
    }
    let rules = rules::read(place)?;
    let copy = advisories::read(place)?;
    let packages = crates::read(place, &rules.graph.targets)?;
    let found = judge::findings(&packages, &rules, &copy)?;
    if !found.is_empty() {
        return Err(Failure::new(format!("{} findings:\n{}", found.len(), found.join("\n"))));
    }
    let count = copy.advisories.len();
    say::line(&format!("{} packages keep to deny.toml; {count} advisories as of {}", packages.len(), copy.taken));
    for ignored in &rules.advisories.ignore {
        say::line(&format!("{} is let be: {}", ignored.id, ignored.reason));
    }
    for skipped in &rules.bans.skip {
        if packages.iter().filter(|package| package.name == skipped.name).count() < 2 {
            say::line(&format!(
                "{} is there once again: deny.toml need not skip it ({})",
                skipped.name, skipped.reason
            ));
        }
    }
    Ok(())
}
