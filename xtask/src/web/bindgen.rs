//! The JavaScript glue, by `wasm-bindgen` of the very version in Cargo.lock.

use crate::{
    failure::Result,
    place::{self, Place},
    run::{self, find_program},
    say,
};
use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// What wasm-bindgen makes.
pub(crate) struct Glue {
    /// For whom: "web" or "nodejs".
    pub(crate) target: &'static str,
    /// Whether names of functions and tools are taken out.
    pub(crate) strip: bool,
}

/// What wasm-bindgen made.
pub(crate) struct Bound {
    /// The module that starts it.
    pub(crate) script: PathBuf,
    /// The program.
    pub(crate) wasm: PathBuf,
}

/// Runs wasm-bindgen on a compiled program.
///
/// # Errors
/// When it cannot be installed, or fails.
pub(crate) fn bind(place: &Place, wasm: &Path, glue: &Glue) -> Result<Bound> {
    let program = program(place)?;
    let out = wasm.with_extension("bound");
    place::fresh_dir(&out)?;
    let mut command = Command::new(program);
    command.arg(wasm).args(["--target", glue.target, "--no-typescript", "--out-name", "outcry", "--out-dir"]).arg(&out);
    if glue.strip {
        command.args(["--remove-name-section", "--remove-producers-section"]);
    }
    run::run(&mut command)?;
    Ok(Bound { script: out.join("outcry.js"), wasm: out.join("outcry_bg.wasm") })
}

/// Finds wasm-bindgen in `PATH` or the build directory, or installs it into the latter.
fn program(place: &Place) -> Result<PathBuf> {
    let version = place.locked_version("wasm-bindgen")?;
    let home = place.target.join("bindgen");
    let installed = home.join("bin/wasm-bindgen");
    let candidates = [find_program("wasm-bindgen"), Some(installed.clone())];
    if let Some(program) = candidates.into_iter().flatten().find(|program| is_version(program, &version)) {
        return Ok(program);
    }
    say::line(&format!("installing wasm-bindgen {version} into the build directory"));
    let mut cargo = Command::new("cargo");
    // Without --locked: the lock file of the tool names versions that not every registry serves.
    cargo.args(["install", "wasm-bindgen-cli", "--version", &format!("={version}"), "--root"]).arg(&home);
    run::run(cargo.env("CARGO_TARGET_DIR", home.join("build")))?;
    Ok(installed)
}

fn is_version(program: &Path, version: &str) -> bool {
    run::output(Command::new(program).arg("--version")).is_ok_and(|said| said.split(' ').nth(1) == Some(version))
}
