//! `cargo xtask lint`: tidiness, layers, format and lints.

mod tidy;
mod names;
mod layers;

use crate::{failure::Result, needs, place::Place, run, say};

/// Packages that are checked together, so that what they build on is checked with one set of
/// features, and the features they are checked with.
struct Selection {
    packages: &'static [&'static str],
    features: &'static [&'static str],
}

/// The client comes twice: with the floor, and without a renderer, as most of its tests see it.
const CLIPPY: [Selection; 5] = [
    Selection {
        packages: &["outcry-engine", "outcry-shared", "outcry-desk", "outcry-lite", "outcry-traders", "outcry-lab"],
        features: &[],
    },
    Selection { packages: &["xtask", "outcry-parity", "outcry-bindgen"], features: &[] },
    Selection { packages: &["outcry-server", "outcry-bots", "outcry-reach"], features: &[] },
    Selection { packages: &["outcry-client"], features: &["--no-default-features"] },
    Selection { packages: &["outcry-client"], features: &["--features", "probe"] },
];

/// Runs all of it.
///
/// # Errors
/// At the first that finds something.
pub(crate) fn lint(place: &Place) -> Result<()> {
    needs::ensure(&[&needs::COMPILER, &needs::DESKTOP_LIBRARIES])?;
    say::step("tidy");
    tidy(place)?;
    say::step("layers");
    layers(place)?;
    say::step("format");
    format(place)?;
    say::step("clippy");
    clippy(place)
}

/// File lengths, words that were left lying about, files that documents name.
///
/// # Errors
/// With every place that is not tidy.
pub(crate) fn tidy(place: &Place) -> Result<()> {
    tidy::check(place)?;
    names::check(place)
}

/// No module takes names from one above it.
///
/// # Errors
/// With every arrow that runs up, and every circle.
pub(crate) fn layers(place: &Place) -> Result<()> {
    layers::check(place)
}

/// `cargo fmt --check`.
///
/// # Errors
/// When a file is formatted otherwise.
pub(crate) fn format(place: &Place) -> Result<()> {
    run::run(place.cargo().args(["fmt", "--all", "--check"]))
}

/// Clippy on every package and its tests; a warning is an error.
///
/// # Errors
/// At the first package with a warning.
pub(crate) fn clippy(place: &Place) -> Result<()> {
    for Selection { packages, features } in CLIPPY {
        run::run(place.locked("clippy", packages).args(features).args(["--all-targets", "--", "--deny", "warnings"]))?;
    }
    Ok(())
}
