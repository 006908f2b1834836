//! `cargo xtask lint`: format, lints and tidiness.

use crate::{
    failure::Result,
    needs,
    place::Place,
    run, say,
    test::{steps, tidy},
};

/// Packages by what they build on, so that each dependency is checked with one set of features.
/// The client comes twice: with the floor, and without a renderer, as most of its tests see it.
const CLIPPY: [&[&str]; 5] = [
    &["--package", "outcry-engine", "--package", "outcry-shared"],
    &["--package", "xtask", "--package", "outcry-parity"],
    &["--package", "outcry-server", "--package", "outcry-bots"],
    &["--package", "outcry-client", "--no-default-features"],
    &["--package", "outcry-client", "--features", "probe"],
];

/// Runs all three.
///
/// # Errors
/// At the first that finds something.
pub(crate) fn lint(place: &Place) -> Result<()> {
    needs::ensure(&[&needs::COMPILER, &needs::DESKTOP_LIBRARIES])?;
    say::step("tidy");
    tidy::check(place)?;
    say::step("format");
    format(place)?;
    say::step("clippy");
    clippy(place)
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
        let mut cargo = steps::locked(place, "clippy");
        run::run(cargo.args(selection).args(["--all-targets", "--", "--deny", "warnings"]))?;
    }
    Ok(())
}
