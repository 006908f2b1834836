//! The steps that are cargo's.

use crate::{
    failure::Result,
    place::Place,
    postgres::{Commits, DATABASE_VARIABLE, Postgres},
    programs, run,
};

/// The developer commands' own tests, built as the commands are.
pub(super) fn commands(place: &Place) -> Result<()> {
    run::run(place.locked("test", &["xtask"]).args(["--profile", "xtask"]))
}

/// Units, properties and vectors of what has neither sockets nor pixels.
pub(super) fn engine(place: &Place) -> Result<()> {
    run::run(&mut place.locked("test", &["outcry-engine", "outcry-shared", "outcry-desk", "outcry-traders"]))
}

/// What of the client needs no renderer, which is most of it.
pub(super) fn client(place: &Place) -> Result<()> {
    run::run(place.locked("test", &["outcry-client"]).arg("--no-default-features"))
}

/// The lap, the stores, the bots, and the real server with bots in it.
pub(super) fn server(place: &Place) -> Result<()> {
    programs::build(place)?;
    let postgres = Postgres::start(Commits::Hurry)?;
    let mut cargo = place.locked("test", &programs::PACKAGES);
    run::run(programs::tell(place, cargo.env(DATABASE_VARIABLE, postgres.url())))
}
