//! The steps that are cargo's.

use super::postgres::{Commits, DATABASE_VARIABLE, Postgres};
use crate::{
    failure::Result,
    place::Place,
    run,
    web::{self, Profile},
};
use std::process::Command;

/// The programs without a screen; together, so that what both use is built once.
const PROGRAMS: [&str; 4] = ["--package", "outcry-server", "--package", "outcry-bots"];
/// Where the black-box tests find them.
const SERVER_VARIABLE: &str = "OUTCRY_SERVER_BIN";
const BOTS_VARIABLE: &str = "OUTCRY_BOTS_BIN";

/// A cargo command that takes the lock file as it is.
pub(crate) fn locked(place: &Place, subcommand: &str) -> Command {
    let mut cargo = place.cargo();
    cargo.args([subcommand, "--locked"]);
    cargo
}

/// Units, properties and vectors.
pub(super) fn engine(place: &Place) -> Result<()> {
    run::run(locked(place, "test").args(["--package", "outcry-engine", "--package", "outcry-shared"]))
}

/// What needs no renderer, which is most of the client.
pub(super) fn client(place: &Place) -> Result<()> {
    run::run(locked(place, "test").args(["--package", "outcry-client", "--no-default-features"]))
}

/// The lap, the stores, the bots, and the real server with bots in it.
pub(super) fn server(place: &Place) -> Result<()> {
    build_programs(place)?;
    let postgres = Postgres::start(Commits::Hurry)?;
    let mut cargo = locked(place, "test");
    cargo.args(PROGRAMS).env(DATABASE_VARIABLE, postgres.url());
    run::run(with_programs(place, &mut cargo))
}

/// The web client as the browser test loads it.
pub(crate) fn web(place: &Place, compiler: &web::toolchain::CompilerOptions) -> Result<()> {
    let options = web::WebOptions { profile: Profile::Test, probe: true, compiler: compiler.clone() };
    web::web(place, &options).map(|_| ())
}

/// The server and the bots as programs, for tests from outside.
pub(super) fn build_programs(place: &Place) -> Result<()> {
    run::run(locked(place, "build").args(PROGRAMS))
}

/// Tells a test where the programs are.
pub(super) fn with_programs<'a>(place: &Place, command: &'a mut Command) -> &'a mut Command {
    command.env(SERVER_VARIABLE, place.dev_binary("outcry-server")).env(BOTS_VARIABLE, place.dev_binary("outcry-bots"))
}
