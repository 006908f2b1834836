//! `cargo xtask coverage`: how many lines of the engine its tests run.

use crate::{
    failure::{Context, Result},
    needs,
    place::Place,
    run::{self, find_program},
    say,
};
use std::{
    env,
    ffi::OsString,
    path::{Path, PathBuf},
    process::Command,
};

/// Percent of the lines; below it the command fails.
const LINES_MIN: &str = "95";
/// Files beside the engine's sources that are compiled into its tests.
const NOT_OURS: &str = "(tests|fuzz|examples|benches)/";
/// Cases of a curve property: each runs every line many times over.
const CASES: &str = "2000";

/// Prints the table, file by file.
///
/// # Errors
/// When a tool cannot be installed, a test fails, or too few lines are run.
pub(crate) fn coverage(place: &Place) -> Result<()> {
    needs::ensure(&[&needs::COMPILER])?;
    run::run(Command::new("rustup").args(["component", "add", "llvm-tools"]))?;
    let tools = tools(place)?;
    // Outside the other builds: everything is compiled with counters.
    let mut cargo = Command::new("cargo");
    cargo.current_dir(&place.root).env("CARGO_TARGET_DIR", place.target.join("coverage"));
    cargo.env("PATH", with_first(&tools)?).env("OUTCRY_CASES", CASES);
    cargo.args(["llvm-cov", "--package", "outcry-engine", "--ignore-filename-regex", NOT_OURS]);
    run::run(cargo.args(["--fail-under-lines", LINES_MIN]))
}

/// The directory of `cargo-llvm-cov`, installed into the build directory when it is missing.
fn tools(place: &Place) -> Result<PathBuf> {
    let home = place.target.join("coverage-tools");
    let in_path = find_program("cargo-llvm-cov").and_then(|program| Some(program.parent()?.to_path_buf()));
    let installed = home.join("bin");
    if let Some(directory) = in_path.or_else(|| installed.join("cargo-llvm-cov").is_file().then(|| installed.clone())) {
        return Ok(directory);
    }
    say::line("installing cargo-llvm-cov into the build directory");
    let mut cargo = Command::new("cargo");
    cargo.args(["install", "cargo-llvm-cov", "--root"]).arg(&home);
    run::run(cargo.env("CARGO_TARGET_DIR", home.join("build")))?;
    Ok(installed)
}

/// `PATH` with a directory before all others.
fn with_first(directory: &Path) -> Result<OsString> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::join_paths(std::iter::once(directory.to_path_buf()).chain(env::split_paths(&path))).context("extending PATH")
}
