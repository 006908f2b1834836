//! Engine and lab give the same bits natively and as WASM.

use crate::{failure::Result, needs, place::Place, run, web};
use std::process::Command;

/// Runs every worked scenario and case, and sessions of the lab, by both, under Node.
pub(super) fn check(place: &Place, compiler: &web::toolchain::CompilerOptions) -> Result<()> {
    needs::ensure(&[&needs::NODE])?;
    run::run(place.locked("build", &["outcry-engine"]).args(["--bin", "scenario"]))?;
    run::run(place.locked("build", &["outcry-lab"]).args(["--bin", "outcry-lab"]))?;
    let module = web::node_module(place, compiler, "outcry-parity")?;
    let mut node = Command::new("node");
    node.current_dir(place.root.join("xtask/parity")).arg("--test");
    node.env("OUTCRY_PARITY_MODULE", module);
    node.env("OUTCRY_SCENARIO_BIN", place.dev_binary("scenario"));
    node.env("OUTCRY_LAB_BIN", place.dev_binary("outcry-lab"));
    node.env("OUTCRY_PRESETS_DIR", place.root.join("assets/presets"));
    node.env("OUTCRY_SCENARIOS_DIR", place.root.join("engine/tests"));
    run::run(&mut node)
}
