//! The steps that are cargo's.

use crate::{
    failure::{Context, Result},
    needs,
    place::Place,
    postgres::{CLUSTER_VARIABLE, Commits, DATABASE_VARIABLE, Postgres},
    programs, run,
};
use std::{fs, process::Command};

/// The developer commands' own tests, built as the commands are.
pub(super) fn commands(place: &Place) -> Result<()> {
    run::run(place.locked("test", &["xtask"]).args(["--profile", "xtask"]))
}

/// Units, properties and vectors of what has neither sockets nor pixels.
pub(super) fn engine(place: &Place) -> Result<()> {
    let packages = ["outcry-engine", "outcry-shared", "outcry-desk", "outcry-lite", "outcry-traders", "outcry-lab"];
    run::run(&mut place.locked("test", &packages))
}

/// What of the client needs no renderer, which is most of it.
pub(super) fn client(place: &Place) -> Result<()> {
    run::run(place.locked("test", &["outcry-client"]).arg("--no-default-features"))
}

/// The lap and the stores, and all units of server and bots.
pub(super) fn server(place: &Place) -> Result<()> {
    needs::ensure(&[&needs::PGBOUNCER])?;
    run::run(place.locked("test", &programs::PACKAGES).arg("--doc"))?;
    let postgres = Postgres::start(Commits::Hurry)?;
    with_databases(place, "server", &postgres, place.locked("test", &programs::PACKAGES).args(["--lib", "--bins"]))
}

/// The real server with bots in it.
pub(super) fn bots(place: &Place) -> Result<()> {
    needs::ensure(&[&needs::NGINX, &needs::CADDY])?;
    programs::build(place)?;
    let (postgres, fragile) = (Postgres::start(Commits::Hurry)?, Postgres::start(Commits::Hurry)?);
    let mut cargo = place.locked("test", &programs::PACKAGES);
    with_databases(place, "bots", &postgres, cargo.env(CLUSTER_VARIABLE, fragile.data()))
}

/// Every file of tests of one package. Both are named to cargo, so that what both use is built once.
fn with_databases(place: &Place, folder: &str, postgres: &Postgres, cargo: &mut Command) -> Result<()> {
    let folder = place.root.join(folder).join("tests");
    let entries = fs::read_dir(&folder).context(folder.display())?.flatten();
    let tests = entries.filter_map(|entry| Some(entry.path().file_stem()?.to_str()?.to_owned()));
    cargo.env(DATABASE_VARIABLE, postgres.url());
    for test in tests {
        cargo.args(["--test", &test]);
    }
    run::run(programs::tell(place, cargo))
}
