//! The server and the bots as programs: what tests from outside start.

use crate::{failure::Result, place::Place, run};
use std::process::Command;

/// The packages, with the one by which they find each other; together, so that what they use is built once.
pub(crate) const PACKAGES: [&str; 3] = ["outcry-server", "outcry-bots", "outcry-reach"];
/// Where tests find the programs.
pub(crate) const SERVER_VARIABLE: &str = "OUTCRY_SERVER_BIN";
const BOTS_VARIABLE: &str = "OUTCRY_BOTS_BIN";

/// Builds both with the dev profile.
///
/// # Errors
/// When they do not compile.
pub(crate) fn build(place: &Place) -> Result<()> {
    run::run(&mut place.locked("build", &PACKAGES))
}

/// Tells a test where they are.
pub(crate) fn tell<'a>(place: &Place, command: &'a mut Command) -> &'a mut Command {
    command.env(SERVER_VARIABLE, place.dev_binary("outcry-server")).env(BOTS_VARIABLE, place.dev_binary("outcry-bots"))
}
