//! The end-to-end test in a real browser: `web/e2e`.

use super::steps;
use crate::{
    failure::{Failure, Result},
    needs,
    place::Place,
    run, web,
};
use std::process::Command;

/// Plays a session in Chromium.
pub(super) fn run(place: &Place) -> Result<()> {
    needs::ensure(&[&needs::CHROMIUM, &needs::NODE])?;
    let dist = web::dist_dir(place, web::Profile::Test);
    if !dist.join("index.html").is_file() {
        return Err(Failure::new("the web client is not built: run `cargo xtask test --only web` first"));
    }
    steps::build_programs(place)?;
    let folder = place.root.join("web/e2e");
    if !folder.join("node_modules/playwright-core").is_dir() {
        run::run(
            Command::new("npm").args(["install", "--no-package-lock", "--no-audit", "--no-fund"]).current_dir(&folder),
        )?;
    }
    let mut node = Command::new("node");
    node.current_dir(&folder).args(["--test", "--test-concurrency=1"]);
    node.env("OUTCRY_WEB_DIR", dist).env("OUTCRY_ARTEFACTS", place.artefacts().join("browser"));
    node.env("OUTCRY_CHROMIUM", needs::CHROMIUM_PROGRAM);
    run::run(steps::with_programs(place, &mut node))
}
