//! Keys of seats that a desktop keeps: one file for each name at each server, which only its owner may read.

use crate::platform::{config_dir, keep_secret};
use outcry_desk::link::Server;
use outcry_shared::secret::SeatToken;
use std::{fs, path::PathBuf};

/// `<config dir>/seats/<server>.<name>`, with only letters and digits of both.
fn file(server: &Server, name: &str) -> Option<PathBuf> {
    let plain = |text: &str| text.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect::<String>();
    let file = format!("{}.{}", plain(server.base_url()), plain(name));
    Some(config_dir()?.join("seats").join(file))
}

/// The key kept for this name at this server; made and kept when there is none. One that cannot be kept lasts as long as
/// the program runs.
pub(super) fn key(server: &Server, name: &str) -> Option<SeatToken> {
    let file = file(server, name);
    let kept = file.as_ref().and_then(|file| SeatToken::from_hex(fs::read_to_string(file).ok()?.trim()));
    if kept.is_some() {
        return kept;
    }
    let mut key = SeatToken([0; 16]);
    getrandom::fill(&mut key.0).ok()?;
    if let Some(Err(error)) = file.map(|file| keep_secret(file, &key.to_hex())) {
        bevy::log::warn!("the seat could not be kept for the next start: {error}");
    }
    Some(key)
}
