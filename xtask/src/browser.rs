//! What runs in a real browser: the end-to-end tests of `web/e2e`, and whatever uses their parts.

use crate::{
    failure::{Failure, Result},
    needs,
    place::Place,
    programs, run, web,
};
use std::{path::Path, process::Command};

/// Walks through the pages in Chromium.
pub(crate) fn run(place: &Place) -> Result<()> {
    let dist = web::dist_dir(place, web::Profile::Test);
    let mut node = node(place, &dist)?;
    node.args(["--test", "--test-concurrency=2"]).env("OUTCRY_ARTEFACTS", place.artefacts().join("browser"));
    run::run(&mut node)
}

/// Node in `web/e2e`, told where browser, programs and pages are.
///
/// # Errors
/// When something is missing and cannot be had, or the pages are not built.
pub(crate) fn node(place: &Place, dist: &Path) -> Result<Command> {
    needs::ensure(&[&needs::COMPILER, &needs::CHROMIUM, &needs::NODE])?;
    if !dist.join("index.html").is_file() {
        return Err(Failure::new(format!("there is no web client in {}: build it first", dist.display())));
    }
    programs::build(place)?;
    let folder = place.root.join("web/e2e");
    if !folder.join("node_modules/playwright-core").is_dir() {
        run::run(
            Command::new("npm").args(["install", "--no-package-lock", "--no-audit", "--no-fund"]).current_dir(&folder),
        )?;
    }
    let mut node = Command::new("node");
    node.current_dir(&folder).env("OUTCRY_WEB_DIR", dist).env("OUTCRY_CHROMIUM", needs::CHROMIUM_PROGRAM);
    programs::tell(place, &mut node);
    Ok(node)
}
