//! Who one is to the server: the claim that a connection begins with.

use outcry_shared::{message::SeatClaim, secret::SeatToken};

/// How one enters; decides the claim of the first hello.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// With the seat of the browser's cookie.
    Cookie,
    /// Under a name, resuming the seat that was kept under it.
    Named(String),
    /// Without a seat: projector, or a host who does not play.
    Spectator,
}

/// The claim of a first connection; `kept` knows the token kept under a name.
pub(super) fn first_claim(entry: &Entry, kept: impl FnOnce(&str) -> Option<SeatToken>) -> SeatClaim {
    match entry {
        Entry::Cookie => SeatClaim::Cookie,
        Entry::Spectator => SeatClaim::Spectate,
        Entry::Named(name) => kept(name).map_or_else(|| newcomer(name), SeatClaim::Resume),
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
