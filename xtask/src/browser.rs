//! What runs in a real browser: the end-to-end tests of `web/e2e`, and whatever uses their parts.

use crate::{
    failure::{Context, Failure, Result},
    needs,
    place::Place,
    programs, release, run, web,
};
use std::{fs, path::Path, process::Command};

/// How the files of tests are named.
const TESTS: &str = ".test.mjs";

/// What the tests need, as `web/e2e/package.json` names it.
const NODE_MODULES: [&str; 2] = ["playwright-core", "axe-core"];

/// Who walks: the long walks have groups of their own.
fn group(test: &str) -> &'static str {
    match test {
        "laptop.test.mjs" | "session.test.mjs" => "hosts",
        "away.test.mjs" => "away",
        "light.test.mjs" | "light-end.test.mjs" => "lite",
        _ => "guests",
    }
}

/// Walks through the pages in Chromium, as one of the groups.
///
/// # Errors
/// As [`node`]; when a test fails, or there is none.
pub(crate) fn run(place: &Place, walkers: &str) -> Result<()> {
    let folder = place.root.join("web/e2e");
    let entries = fs::read_dir(&folder).context(folder.display())?;
    let names = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok());
    let mut tests: Vec<_> = names.filter(|name| name.ends_with(TESTS)).collect();
    tests.sort();
    tests.retain(|name| group(name) == walkers);
    if tests.is_empty() {
        return Err(Failure::new(format!("{} has no tests of {walkers}", folder.display())));
    }
    let mut node = node(place, &web::dist_dir(place, web::Profile::Test))?;
    node.args(["--test", "--test-concurrency=2"]).args(tests);
    run::run(node.env("OUTCRY_ARTEFACTS", place.artefacts().join("browser")))
}

/// Node in `web/e2e`, told where browser and programs are: the server is one file, its pages inside.
///
/// # Errors
/// When something is missing and cannot be had, or the pages are not built.
pub(crate) fn node(place: &Place, dist: &Path) -> Result<Command> {
    needs::ensure(&[&needs::COMPILER, &needs::CHROMIUM, &needs::NODE])?;
    programs::build(place)?;
    let server = release::for_tests(place, dist)?;
    let folder = place.root.join("web/e2e");
    if NODE_MODULES.iter().any(|module| !folder.join("node_modules").join(module).is_dir()) {
        run::run(
            Command::new("npm").args(["install", "--no-package-lock", "--no-audit", "--no-fund"]).current_dir(&folder),
        )?;
    }
    let mut node = Command::new("node");
    node.current_dir(&folder).env("OUTCRY_CHROMIUM", needs::CHROMIUM_PROGRAM);
    programs::tell(place, &mut node).env(programs::SERVER_VARIABLE, server);
    Ok(node)
}
