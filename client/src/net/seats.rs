//! Seats that a desktop keeps: one file for each name at each server, which only its owner may read.

use crate::platform::{config_dir, keep_secret};
use outcry_desk::link::Server;
use outcry_shared::secret::SeatToken;
use std::{fs, io, path::PathBuf};

/// `<config dir>/seats/<server>.<name>`, with only letters and digits of both.
fn file(server: &Server, name: &str) -> Option<PathBuf> {
    let plain = |text: &str| text.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect::<String>();
    let file = format!("{}.{}", plain(server.base_url()), plain(name));
    Some(config_dir()?.join("seats").join(file))
}

/// The token kept for this name at this server.
pub(super) fn kept(server: &Server, name: &str) -> Option<SeatToken> {
    SeatToken::from_hex(fs::read_to_string(file(server, name)?).ok()?.trim())
}

/// Keeps a token for the next start.
pub(super) fn keep(server: &Server, name: &str, token: SeatToken) -> io::Result<()> {
    let Some(file) = file(server, name) else { return Ok(()) };
    keep_secret(file, &token.to_hex())
}
