//! Who one is to the server: a cookie in the browser, a file in the native app.

use super::Server;
use outcry_shared::{message::SeatClaim, secret::SeatToken};
use std::io;

/// How one enters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// With the seat of the browser's cookie.
    Cookie,
    /// Under a name, resuming the seat that was kept under it.
    Named(String),
    /// Without a seat: projector, or a host who does not play.
    Spectator,
}

/// The claim of a first connection.
pub(super) fn first_claim(entry: &Entry, server: &Server) -> SeatClaim {
    match entry {
        Entry::Cookie => SeatClaim::Cookie,
        Entry::Spectator => SeatClaim::Spectate,
        Entry::Named(name) => match kept(server, name) {
            Some(token) => SeatClaim::Resume(token),
            None => newcomer(name),
        },
    }
}

/// The claim after a kept seat was not known: the session is another one.
pub(super) fn fresh_claim(entry: &Entry) -> Option<SeatClaim> {
    match entry {
        Entry::Named(name) => Some(newcomer(name)),
        Entry::Cookie | Entry::Spectator => None,
    }
}

fn newcomer(name: &str) -> SeatClaim {
    SeatClaim::Join { name: name.to_owned(), bot: false }
}

/// `<config dir>/seats/<server>.<name>`, with only letters and digits of both.
#[cfg(not(target_arch = "wasm32"))]
fn file(server: &Server, name: &str) -> Option<std::path::PathBuf> {
    let plain = |text: &str| text.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect::<String>();
    let file = format!("{}.{}", plain(server.base_url()), plain(name));
    Some(crate::platform::config_dir()?.join("seats").join(file))
}

/// The token kept for this name at this server.
#[cfg(not(target_arch = "wasm32"))]
fn kept(server: &Server, name: &str) -> Option<SeatToken> {
    SeatToken::from_hex(std::fs::read_to_string(file(server, name)?).ok()?.trim())
}

/// Keeps a token for the next start.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn keep(server: &Server, name: &str, token: SeatToken) -> io::Result<()> {
    let Some(file) = file(server, name) else { return Ok(()) };
    crate::platform::keep_secret(file, &token.to_hex())
}

/// Browsers keep their seat in a cookie that scripts cannot read.
#[cfg(target_arch = "wasm32")]
fn kept(_server: &Server, _name: &str) -> Option<SeatToken> {
    None
}

/// Browsers keep their seat in a cookie that scripts cannot read.
#[cfg(target_arch = "wasm32")]
pub(super) fn keep(_server: &Server, _name: &str, _token: SeatToken) -> io::Result<()> {
    Ok(())
}
