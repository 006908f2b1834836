//! What dependencies have to keep to: `deny.toml`, in the form that cargo-deny reads too.

use crate::{
    failure::{Context, Result},
    place::Place,
};
use serde::Deserialize;
use std::fs;

const FILE: &str = "deny.toml";

/// The file, as far as it is read here.
#[derive(Deserialize)]
pub(super) struct Rules {
    pub(super) graph: Graph,
    pub(super) advisories: Advisories,
    pub(super) licenses: Licences,
    pub(super) bans: Bans,
    pub(super) sources: Sources,
}

#[derive(Deserialize)]
pub(super) struct Graph {
    /// What is built for.
    pub(super) targets: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct Advisories {
    pub(super) ignore: Vec<Ignored>,
}

/// An advisory that does not concern us.
#[derive(Deserialize)]
pub(super) struct Ignored {
    pub(super) id: String,
    pub(super) reason: String,
}

#[derive(Deserialize)]
pub(super) struct Licences {
    pub(super) allow: Vec<String>,
    pub(super) exceptions: Vec<Exception>,
}

/// What else a crate may be under.
#[derive(Deserialize)]
pub(super) struct Exception {
    #[serde(rename = "crate")]
    pub(super) name: String,
    pub(super) allow: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct Bans {
    pub(super) skip: Vec<Skipped>,
}

/// A crate that may be there in several versions.
#[derive(Deserialize)]
pub(super) struct Skipped {
    #[serde(rename = "crate")]
    pub(super) name: String,
    pub(super) reason: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Sources {
    pub(super) allow_registry: Vec<String>,
}

/// Reads the file.
///
/// # Errors
/// When it cannot be read, or lacks something.
pub(super) fn read(place: &Place) -> Result<Rules> {
    let file = place.root.join(FILE);
    let text = fs::read_to_string(&file).context(file.display())?;
    toml::from_str(&text).context(file.display())
}
