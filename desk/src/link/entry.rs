//! Who one is to the server: the claim that a connection begins with.

use outcry_shared::{message::SeatClaim, secret::SeatToken};

/// How one enters; decides the claim of every hello.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// With the seat of the browser's cookie; under this name if the server has forgotten what the form has asked for.
    Cookie {
        /// The name that the form has asked for.
        name: Option<String>,
    },
    /// Under a name, with the key that this device keeps for it: the seat of that key, or a new one.
    Named(String),
    /// Without a seat: a host who does not play.
    Spectator,
}

/// The claim of a connection. `token` is the device's key; `mark` tells which seat this window had before, so that it
/// never becomes somebody else.
pub(super) fn claim(entry: &Entry, token: Option<SeatToken>, mark: Option<u64>) -> SeatClaim {
    match (entry, token) {
        (Entry::Spectator, _) => SeatClaim::Spectate,
        (Entry::Named(name), Some(token)) => SeatClaim::Join { name: name.clone(), bot: false, token },
        (Entry::Named(name), None) => SeatClaim::Cookie { name: Some(name.clone()), mark },
        (Entry::Cookie { name }, _) => SeatClaim::Cookie { name: name.clone(), mark },
    }
}
