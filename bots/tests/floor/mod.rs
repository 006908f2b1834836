//! The real server as a program, people on it, and what it has recorded.
#![expect(clippy::print_stderr, reason = "a failure says where to look")]

mod database;
mod player;
mod proof;
mod record;
mod server;

pub(crate) use database::Database;
pub(crate) use player::{Closing, Journal, News, Place, play};
pub(crate) use proof::prove;
pub(crate) use record::Recorded;
pub(crate) use server::{PASSWORD, Server};

use std::time::{Duration, Instant};

/// How long anything that is waited for may take; far more than it should.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) fn deadline() -> Instant {
    Instant::now() + PATIENCE
}

/// The server's program; `None` where nobody has built one. `cargo xtask test` does.
pub(crate) fn server_program() -> Option<std::path::PathBuf> {
    let program = std::env::var_os("OUTCRY_SERVER_BIN").map(Into::into);
    assert!(program.is_some() || std::env::var_os("CI").is_none(), "OUTCRY_SERVER_BIN does not name the server");
    program
}
