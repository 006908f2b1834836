//! `cargo xtask lint`: tidiness, layers, format and lints.

mod tidy;
mod names;
mod layers;

use crate::{failure::Result, needs, place::Place, run, say};

/// Packages by what they build on, so that each dependency is checked with one set of features.
/// The client comes twice: with the floor, and without a renderer, as most of its tests see it.
const CLIPPY: [&[&str]; 5] = [
    &[
        "--package",
        "outcry-engine",
        "--package",
        "outcry-shared",
        "--package",
        "outcry-desk",
        "--package",
        "outcry-traders",
    ],
    &["--package", "xtask", "--package", "outcry-parity"],
    &["--package", "outcry-server", "--package", "outcry-bots"],
    &["--package", "outcry-client", "--no-default-features"],
    &["--package", "outcry-client", "--features", "probe"],
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
    for selection in CLIPPY {
        let mut cargo = place.locked("clippy");
        run::run(cargo.args(selection).args(["--all-targets", "--", "--deny", "warnings"]))?;
    }
    Ok(())
}
