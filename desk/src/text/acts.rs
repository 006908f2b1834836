//! The words of the host's acts: the next step, and what each act that cannot be taken back is asked with.

use super::sentence::sentence;
use crate::format;

words! {
    OPEN = "Open the lobby";
    START = "Start the game";
    PAUSE = "Pause";
    RESUME = "Go on";
    EXTEND = "+60 s";
    ANEW = "Next game";
    ABOUT_OPEN = "Lets people in. They wait and practise until you start.";
    ABOUT_START = "Trading begins at once, for everyone here.";
    ABOUT_PAUSE = "The clock stops, and nobody can trade until you go on.";
    ABOUT_RESUME = "The clock goes on where it stopped.";
    ABOUT_ANEW = "Everyone keeps the seat and begins again. What happened stays in the exports.";
    EMERGENCY = "Emergency";
    EMERGENCY_HELP = "For when the evening does not go by plan. Each asks before it does anything.";
    NOT_NOW = "Not now";
    HIDDEN = "Winner and eliminations: hidden";
    PEEK = "Peek";
    COVERS_ITSELF = "Covers itself in a moment.";
    HIDDEN_ACT = "set another winner (hidden)";
    CHOSEN = "chosen, hidden";
    NO_ROUND_LEFT = "No round is left";
    RESOLVE_FINAL = "End and pay now";
    YES_END = "Yes, end and pay";
    YES_ROUND = "Yes, run it";
    YES_LEAVE = "Yes, they leave";
    YES_WINNER = "Yes, set the winner";
    YES_RESET = "Yes, begin anew";
    YES_REMOVE = "Yes, remove";
    BY_HAND = "Let outcomes leave now:";
    ELIMINATE = "Eliminate these now";
    OVERRIDE = "Another winner:";
    CHOOSE = "Choose…";
    NAMES_COVERED = "A mirrored screen would show the room what you choose.";
    SHOW_NAMES = "Show the names";
    SET_WINNER = "Set winner";
    /// While the script is covered: hosts' screens are mirrored.
    SET_HIDDEN_WINNER = "Set the winner that I chose";
    ASK_HIDDEN_WINNER = "Let the one that you chose win, whatever was drawn? Peek says who it is. It is recorded, and nobody is told.";
    RESET = "Reset";
    ASK_RESET = "Open a new session? Everyone keeps the seat and begins again with the starting balance. The record of this one stays exportable.";
}

/// Messages that hosts send often; each can be changed before it is sent.
pub const ANNOUNCEMENTS: [&str; 4] =
    ["Five minutes left!", "Last trades before the round!", "A short break.", "Look at the big screen!"];

/// "14 people", "1 person"
fn people(count: usize) -> String {
    if count == 1 { "1 person".to_owned() } else { format!("{} people", format::count(count as u64)) }
}

/// What the end means, asked before it.
#[must_use]
pub fn ask_end(count: usize) -> String {
    format!("End the game for {} now? Everyone is paid and ranked, and nobody trades any more.", people(count))
}

/// What a round means, asked before it; counted from 0.
#[must_use]
pub fn ask_round(number: u32, count: usize) -> String {
    format!("Run round {} for {} now? Trading stops for a moment, and outcomes leave.", number + 1, people(count))
}

/// "Run round 2 now"
#[must_use]
pub fn resolve_next(number: u32) -> String {
    format!("Run round {} now", number + 1)
}

/// "Eliminate Blaise, Carl now"
#[must_use]
pub fn eliminate(names: &[String]) -> String {
    if names.is_empty() { ELIMINATE.to_owned() } else { format!("Eliminate {} now", names.join(", ")) }
}

/// What eliminations mean, asked before them.
#[must_use]
pub fn ask_eliminate(names: &[String]) -> String {
    format!("Let {} leave now? Their NO pays $1, their YES is worth nothing.", names.join(" and "))
}

/// "Set winner: Emmy"
#[must_use]
pub fn set_winner(name: &str) -> String {
    format!("{SET_WINNER}: {name}")
}

/// What another winner means, asked before it.
#[must_use]
pub fn ask_winner(name: &str) -> String {
    sentence(&format!("let the winner be {name}, whatever was drawn? It is recorded, and nobody is told"))
}

/// What closing a seat means, asked before it.
#[must_use]
pub fn ask_kick(name: &str) -> String {
    format!("Remove {name} for this session? Open orders are taken back.")
}

/// What closing many seats means, asked before it.
#[must_use]
pub fn ask_empty(count: usize) -> String {
    format!("Remove {} for this session? Open orders are taken back.", people(count))
}

#[cfg(test)]
mod tests {
    use super::*;
    use outcry_shared::limits::ANNOUNCEMENT_CHARS_MAX;

    #[test]
    fn acts_are_asked_in_numbers_of_people() {
        assert!(ask_end(14).starts_with("End the game for 14 people now?"));
        assert!(ask_end(1).starts_with("End the game for 1 person now?"));
        assert!(ask_round(1, 3).starts_with("Run round 2 for 3 people now?"));
    }

    #[test]
    fn every_message_that_is_offered_can_be_sent() {
        assert!(ANNOUNCEMENTS.iter().all(|words| words.chars().count() <= ANNOUNCEMENT_CHARS_MAX));
    }
}
