//! The real server as a program, people on it, and what it has recorded.
#![expect(clippy::print_stderr, reason = "a failure says where to look")]

mod browser;
mod database;
mod record;
mod server;
mod exports;
mod player;
mod proof;
mod plug;

pub(crate) use browser::Browser;
pub(crate) use database::Database;
pub(crate) use exports::{get, post, prove_exports};
pub(crate) use player::{Closing, Journal, News, Place, play};
pub(crate) use plug::Plug;
pub(crate) use proof::{prove, prove_left};
pub(crate) use record::Recorded;
pub(crate) use server::{PASSWORD, Server, command, refuses};

use outcry_bots::Host;
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

/// Whether the server says that it is ready.
pub(crate) fn is_ready(server: &Server) -> bool {
    exports::get(server.address(), "/readyz", None).0 == 200
}

/// Orders and fills so far, as the host was last told.
pub(crate) fn traded(host: &Host) -> (u64, u64) {
    host.state().map_or((0, 0), |state| (state.watch.orders, state.watch.fills))
}

/// Watches as the host until so many orders and fills are seen.
pub(crate) fn watch_trading(host: &mut Host, orders: u64, fills: u64) {
    watch(host, &format!("{orders} orders and {fills} fills"), |host| {
        let seen = traded(host);
        seen.0 >= orders && seen.1 >= fills
    });
}

/// Watches as the host until `done`.
pub(crate) fn watch(host: &mut Host, waiting_for: &str, mut done: impl FnMut(&Host) -> bool) {
    let deadline = deadline();
    while !done(host) {
        assert!(Instant::now() < deadline, "the host waits for {waiting_for}");
        host.pump(deadline).expect("the server is there");
    }
}
