//! What stands over the floor.

use outcry_shared::message::RefusalCode;

/// Title.
pub const FROZEN: &str = "❄ Trading is frozen";
/// Title.
pub const PAUSED: &str = "⏸ Paused by the host";
/// Body.
pub const PAUSED_BODY: &str = "The clock stands still. You can cancel orders.";
/// Title.
pub const HOST_SAYS: &str = "The host says";
/// Title.
pub const CONNECTING: &str = "Going to the floor…";
/// Body.
pub const CONNECTING_BODY: &str = "One moment.";
/// Title.
pub const RECONNECTING: &str = "Connection lost";
/// Title.
pub const CLOSED: &str = "This seat is used elsewhere, or was closed";
/// Button.
pub const JOIN_AGAIN: &str = "Join again";
/// Title.
pub const JOIN: &str = "Join the floor";
/// Body.
pub const JOIN_BODY: &str = "Choose a name; everyone sees it.";
/// Hint.
pub const NAME: &str = "Your name";
/// Button.
pub const JOIN_BUTTON: &str = "Join";

/// "The round is being resolved. Trading goes on in 0:09."
#[must_use]
pub fn frozen(left: &str) -> String {
    format!("The round is being resolved. Trading goes on in {left}. You can cancel orders.")
}

/// Trying again.
#[must_use]
pub fn reconnecting(attempt: u32) -> String {
    let times = if attempt == 0 { String::new() } else { format!(" (attempt {})", attempt + 1) };
    format!("Trying again by itself{times}. Your seat, money and orders are kept.")
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
    }
}
