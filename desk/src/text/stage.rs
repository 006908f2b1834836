//! The words of the projector: a few, to be read across a room.

words! {
    WAITING = "waiting for the server";
    JOIN_NOW = "join now";
    PAUSED = "paused";
    LAST = "final stretch";
    OVER = "the game is over";
    LEADERBOARD = "Leaderboard";
    FINAL = "Final ranking";
    RECONNECTING = "reconnecting…";
    JOIN_ANY_TIME = "join any time";
    /// Under a link that nobody else can open.
    ONLY_HERE = "This link works only on this computer: the host's Lobby says how guests get one.";
}

/// "next elimination in 4:05"
#[must_use]
pub fn next(left: &str) -> String {
    format!("next elimination in {left}")
}

/// "14:32 left": beside another countdown that is to something else.
#[must_use]
pub fn left(left: &str) -> String {
    format!("{left} left")
}

/// "somebody goes out in 0:07"
#[must_use]
pub fn soon(left: &str) -> String {
    format!("somebody goes out in {left}")
}

/// "all is decided in 0:42"
#[must_use]
pub fn last_minute(left: &str) -> String {
    format!("all is decided in {left}")
}

/// "trading again in 0:12"
#[must_use]
pub fn again(left: &str) -> String {
    format!("trading again in {left}")
}
