//! The words of what stands over the floor.

use super::sentence::sentence;
use outcry_shared::message::RefusalCode;

words! {
    FROZEN = "❄ Trading is frozen";
    PAUSED = "⏸ Paused by the host";
    PAUSED_BODY = "The clock stands still.";
    /// What whoever has a seat can do while trading stands still.
    CANCEL = "You can cancel orders.";
    HOST_SAYS = "The host says";
    CONNECTING = "Going to the floor…";
    CONNECTING_BODY = "One moment.";
    RECONNECTING = "Connection lost";
    CLOSED = "This seat is used elsewhere, or was closed";
    RENEWED = "The server was renewed while this page was open. Reload it: your seat is kept.";
    JOIN_AGAIN = "Join again";
    JOIN = "Join the floor";
    JOIN_BODY = "Choose a name; everyone sees it.";
    NAME = "Your name";
    JOIN_BUTTON = "Join";
}

/// "The host says: pizza is here": under another title.
#[must_use]
pub fn said(body: &str) -> String {
    format!("{HOST_SAYS}: {body}")
}

/// "The round is being resolved. Trading goes on in 0:09."
#[must_use]
pub fn frozen(left: &str) -> String {
    format!("The round is being resolved. Trading goes on in {left}.")
}

/// Why trading stands still, and what can be done meanwhile; whoever has no seat has no orders.
#[must_use]
pub fn meanwhile(why: &str, seated: bool) -> String {
    if seated { format!("{why} {CANCEL}") } else { why.to_owned() }
}

/// "Trying again by itself (attempt 3). …" `attempt` counts from 0; first why, where that is known.
#[must_use]
pub fn reconnecting(attempt: u32, why: Option<&str>) -> String {
    let why = why.map_or_else(String::new, |why| format!("{} ", sentence(why)));
    let times = if attempt == 0 { String::new() } else { format!(" (attempt {})", attempt + 1) };
    format!("{why}Trying again by itself{times}. Your seat, money and orders are kept.")
}

/// Why the server refused.
#[must_use]
pub const fn refused(code: RefusalCode) -> &'static str {
    match code {
        RefusalCode::Version => "There is a new version",
        RefusalCode::UnknownSeat => "This seat is not known here",
        RefusalCode::Name => "That name cannot be had",
        RefusalCode::Door => "The door is closed",
        RefusalCode::Busy => "The server is busy",
        RefusalCode::OtherSeat => "This browser has another seat by now",
        RefusalCode::Removed => "The host has closed your seat",
    }
}
