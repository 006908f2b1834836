//! What we depend on, as cargo says.

use crate::{
    failure::{Context, Result},
    place::Place,
    run,
};
use semver::Version;
use serde::Deserialize;

/// A package of the dependency graph.
#[derive(Clone, Deserialize)]
pub(super) struct Package {
    pub(super) name: String,
    pub(super) version: Version,
    pub(super) license: Option<String>,
    /// Where it comes from; nothing for our own.
    pub(super) source: Option<String>,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

/// Every package that a build for one of the targets needs, tests included.
///
/// # Errors
/// When cargo fails.
pub(super) fn read(place: &Place, targets: &[String]) -> Result<Vec<Package>> {
    let mut cargo = place.cargo();
    cargo.args(["metadata", "--locked", "--format-version", "1"]);
    cargo.args(targets.iter().flat_map(|target| ["--filter-platform", target]));
    let metadata: Metadata = serde_json::from_str(&run::output(&mut cargo)?).context("cargo metadata")?;
    Ok(metadata.packages)
}
