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

/// Names what the tests need, with versions.
const MODULES: &str = "package.json";
/// What was installed last, as [`MODULES`] named it then.
const INSTALLED: &str = "node_modules/.installed.json";

/// Who walks: the long walks have groups of their own.
fn group(test: &str) -> &'static str {
    match test {
        "laptop.test.mjs" | "session.test.mjs" => "hosts",
        "away.test.mjs" => "away",
        "light.test.mjs" | "light-end.test.mjs" | "rooms.test.mjs" => "lite",
        _ => "guests",
    }
}

/// A browser beside Chromium, which has a window: it draws the room on a screen that nobody sees.
#[derive(Clone, Copy)]
pub(crate) enum Other {
    /// By WebDriver BiDi.
    Firefox,
    /// By WebDriver.
    WebKit,
}

/// What a player walks in every browser.
const PLAYERS_WALKS: [&str; 3] = ["light.test.mjs", "light-end.test.mjs", "phone.test.mjs"];
/// Of a screen that nobody sees.
const SCREEN: &str = "--server-args=-screen 0 1600x1000x24";

impl Other {
    /// By which the walks know it.
    const fn name(self) -> &'static str {
        match self {
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    const fn need(self) -> &'static needs::Need {
        match self {
            Self::Firefox => &needs::FIREFOX,
            Self::WebKit => &needs::WEBKIT,
        }
    }
}

/// The player's walks through the pages in another browser than Chromium.
///
/// # Errors
/// As [`node`]; when a test fails.
pub(crate) fn run_in(place: &Place, browser: Other) -> Result<()> {
    needs::ensure(&[browser.need(), &needs::HIDDEN_SCREEN])?;
    let mut screen = Command::new("xvfb-run");
    screen.args(["--auto-servernum", SCREEN, "node"]);
    let mut node = node_by(place, &web::dist_dir(place, web::Profile::Test), screen)?;
    node.args(["--test", "--test-concurrency=2"]).args(PLAYERS_WALKS).env("OUTCRY_BROWSER", browser.name());
    run::run(node.env("OUTCRY_ARTEFACTS", place.artefacts().join(browser.name())))
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
    node_by(place, dist, Command::new("node"))
}

/// The same, by a command that ends in the name of node.
fn node_by(place: &Place, dist: &Path, mut node: Command) -> Result<Command> {
    needs::ensure(&[&needs::COMPILER, &needs::CHROMIUM, &needs::NODE])?;
    programs::build(place)?;
    let server = release::for_tests(place, dist)?;
    let folder = place.root.join("web/e2e");
    install(&folder)?;
    node.current_dir(&folder).env("OUTCRY_CHROMIUM", needs::CHROMIUM_PROGRAM);
    programs::tell(place, &mut node).env(programs::SERVER_VARIABLE, server);
    Ok(node)
}

/// Has npm install what the tests need, when they need something else than the last time.
fn install(folder: &Path) -> Result<()> {
    let modules = folder.join(MODULES);
    let wanted = fs::read(&modules).context(modules.display())?;
    let installed = folder.join(INSTALLED);
    if fs::read(&installed).is_ok_and(|found| found == wanted) {
        return Ok(());
    }
    run::run(
        Command::new("npm").args(["install", "--no-package-lock", "--no-audit", "--no-fund"]).current_dir(folder),
    )?;
    fs::write(&installed, wanted).context(installed.display())
}
