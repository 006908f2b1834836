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

/// "player and 8 bots are here": under the number of people.
#[must_use]
pub fn here(people: usize, bots: usize) -> String {
    let players = if people == 1 { "player" } else { "players" };
    match (people, bots) {
        (0, 0) => "be the first to join".to_owned(),
        (1, 0) => "player is here".to_owned(),
        (_, 0) => "players are here".to_owned(),
        (_, 1) => format!("{players} and 1 bot are here"),
        _ => format!("{players} and {bots} bots are here"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bots_are_not_counted_as_players() {
        let said = [(0, 0), (1, 0), (2, 0), (0, 8), (1, 8), (2, 1)].map(|(people, bots)| here(people, bots));
        let expected = [
            "be the first to join",
            "player is here",
            "players are here",
            "players and 8 bots are here",
            "player and 8 bots are here",
            "players and 1 bot are here",
        ];
        assert_eq!(said, expected);
    }
}
