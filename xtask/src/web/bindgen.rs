//! The JavaScript glue, by `wasm-bindgen` of the very version in Cargo.lock.

use crate::{
    failure::{Failure, Result},
    place::{Place, fresh_dir},
    run,
};
use std::path::{Path, PathBuf};

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

/// The package in which wasm-bindgen runs: by itself, so that other commands need not wait for it to compile.
const PACKAGE: &str = "outcry-bindgen";

/// Runs wasm-bindgen on a compiled program.
///
/// # Errors
/// When it does not compile, fails, or is of another version than the program's half of it.
pub(crate) fn bind(place: &Place, wasm: &Path, glue: &Glue) -> Result<Bound> {
    let [ours, theirs] = ["wasm-bindgen-cli-support", "wasm-bindgen"].map(|name| place.locked_version(name));
    let (ours, theirs) = (ours?, theirs?);
    if ours != theirs {
        return Err(Failure::new(format!(
            "Cargo.lock has wasm-bindgen {theirs} and wasm-bindgen-cli-support {ours}, which must be equal: run cargo update --package wasm-bindgen-cli-support --precise {theirs}"
        )));
    }
    let out = wasm.with_extension("bound");
    fresh_dir(&out)?;
    let mut command = place.locked("run", &[PACKAGE]);
    command.args(["--quiet", "--profile", "xtask", "--"]);
    command.arg(wasm).args(["--target", glue.target, "--out-dir"]).arg(&out);
    if glue.strip {
        command.arg("--strip");
    }
    run::run(&mut command)?;
    Ok(Bound { script: out.join("outcry.js"), wasm: out.join("outcry_bg.wasm") })
}
