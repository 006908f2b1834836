//! The steps that are cargo's.

use crate::{
    failure::Result,
    place::Place,
    postgres::{Commits, DATABASE_VARIABLE, Postgres},
    programs, run,
};

/// The developer commands' own tests, built as the commands are.
pub(super) fn commands(place: &Place) -> Result<()> {
    run::run(place.locked("test").args(["--profile", "xtask", "--package", "xtask"]))
}

/// Units, properties and vectors.
pub(super) fn engine(place: &Place) -> Result<()> {
    run::run(place.locked("test").args([
        "--package",
        "outcry-engine",
        "--package",
        "outcry-shared",
        "--package",
        "outcry-traders",
    ]))
}

/// The desk, and what of the client needs no renderer, which is most of it.
pub(super) fn client(place: &Place) -> Result<()> {
    run::run(place.locked("test").args([
        "--package",
        "outcry-desk",
        "--package",
        "outcry-client",
        "--no-default-features",
    ]))
}

/// The lap, the stores, the bots, and the real server with bots in it.
pub(super) fn server(place: &Place) -> Result<()> {
    programs::build(place)?;
    let postgres = Postgres::start(Commits::Hurry)?;
    let mut cargo = place.locked("test");
    cargo.args(programs::PACKAGES).env(DATABASE_VARIABLE, postgres.url());
    run::run(programs::tell(place, &mut cargo))
}
