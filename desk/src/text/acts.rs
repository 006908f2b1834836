//! The words of the host's acts: the next step, and what each act that cannot be taken back is asked with.

use super::{names, sentence::sentence};
use outcry_shared::phase::{Clock, Phase};

words! {
    OPEN = "Open the lobby";
    START = "Start the game";
    PAUSE = "Pause";
    RESUME = "Go on";
    GO_ON = "Go on now";
    EXTEND = "Play 60 s longer";
    ANEW = "Next game";
    ABOUT_OPEN = "Lets people in. They wait and practise until you start.";
    ABOUT_START = "Trading begins at once, for everyone here.";
    ABOUT_PAUSE = "The clock stops, and nobody can trade until you go on.";
    ABOUT_RESUME = "The clock goes on where it stopped.";
    /// While the room holds its breath.
    ABOUT_TELLING = "Everyone is being told who is out.";
    ABOUT_ANEW = "Everyone keeps the seat and begins again. What happened stays in the exports.";
    EMERGENCY = "Emergency…";
    /// Folds it away again.
    HIDE_EMERGENCY = "Hide emergency acts";
    EMERGENCY_HELP = "For when the evening does not go by plan. Each asks before it does anything.";
    NOT_NOW = "Not now";
    HIDDEN = "Winner and eliminations: hidden";
    /// Before the start, whether or not something is set.
    DRAWN = "Drawn when the game starts, unless you set them under Configure.";
    PEEK = "Peek";
    /// Before everything that uncovers what the room must not know.
    MIRRORED = "Guests see it too if this screen is mirrored.";
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
    RESET = "Start a new game…";
    ASK_RESET = "Start a new game? Everyone keeps the seat and begins again with the starting balance. The record of this one stays exportable.";
}

/// A minute, in ms.
const MINUTE_MS: u64 = 60_000;

/// "3 minutes", to the nearest one; nothing below a whole one.
fn minutes(ms: u64) -> Option<String> {
    let nearest = (ms + MINUTE_MS / 2) / MINUTE_MS;
    (ms >= MINUTE_MS).then(|| if nearest == 1 { "1 minute".to_owned() } else { format!("{nearest} minutes") })
}

/// Messages that hosts send often, as far as each is true now; all can be changed before they are sent. `now_ms` is the
/// session clock.
#[must_use]
pub fn announcements(clock: &Clock, now_ms: u64) -> Vec<String> {
    let until = |at_ms: u64| minutes(at_ms.saturating_sub(now_ms));
    let to_come = clock.next_freeze_ms.filter(|at_ms| *at_ms > now_ms);
    let last = || "Last trades before the round!".to_owned();
    let mut offers = match clock.phase {
        Phase::Draft | Phase::Lobby => vec!["We begin in a moment.".to_owned()],
        Phase::Running => vec![
            until(clock.end_ms)
                .map_or_else(|| "Less than a minute left!".to_owned(), |minutes| format!("{minutes} left!")),
        ],
        Phase::Frozen | Phase::Paused => vec!["A short break.".to_owned(), "We go on in a moment.".to_owned()],
        Phase::Resolved => vec!["Thank you all!".to_owned()],
    };
    if let Some(at_ms) = to_come.filter(|_| clock.phase == Phase::Running) {
        offers.push(until(at_ms).map_or_else(last, |minutes| format!("The next round is in {minutes}.")));
    }
    offers.push("Look at the big screen!".to_owned());
    offers
}

/// "Now: Trading"; a host takes "frozen" for a fault.
#[must_use]
pub fn now(phase: Phase) -> String {
    format!("Now: {}", if phase == Phase::Frozen { "Break, trading stands still" } else { names::phase(phase) })
}

/// "next round in 4:05"
#[must_use]
pub fn next_round(left: &str) -> String {
    format!("next round in {left}")
}

/// "⚠ 3 warnings: look under Configure"
#[must_use]
pub fn look_at_warnings(count: usize) -> String {
    format!("⚠ {count} warning{}: look under Configure", if count == 1 { "" } else { "s" })
}

/// "Left at 2:50: Blaise, Carl", after the end.
#[must_use]
pub fn left_line(at: &str, names: &[String]) -> String {
    format!("Left at {at}: {}", names.join(", "))
}

/// What the end of a break means, so long before it comes by itself.
#[must_use]
pub fn about_go_on(left: &str) -> String {
    format!("Trading goes on by itself in {left}. This ends the break now.")
}

/// What the end means, asked before it; for whom, by [`super::host::crowd`].
#[must_use]
pub fn ask_end(crowd: &str) -> String {
    format!("End the game for {crowd} now? Everyone is paid and ranked, and nobody trades any more.")
}

/// What a round means, asked before it; counted from 0.
#[must_use]
pub fn ask_round(number: u32, crowd: &str) -> String {
    format!("Run round {} for {crowd} now? Trading stops for a moment, and outcomes leave.", number + 1)
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

/// What closing seats means, asked before it; whose, by name or in numbers.
#[must_use]
pub fn ask_remove(whom: &str) -> String {
    format!("Remove {whom} for this session? Open orders are taken back.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use outcry_shared::limits::ANNOUNCEMENT_CHARS_MAX;

    #[test]
    fn a_break_is_no_fault() {
        assert_eq!(now(Phase::Frozen), "Now: Break, trading stands still");
        assert_eq!(now(Phase::Running), "Now: Trading");
    }

    #[test]
    fn the_end_of_a_break_says_when_it_comes_by_itself() {
        let words = "Trading goes on by itself in 0:12. This ends the break now.";
        assert_eq!(about_go_on(&crate::format::clock(11_400)), words, "no second of it is left out");
    }

    #[test]
    fn every_message_that_is_offered_is_true_and_can_be_sent() {
        use Phase::{Draft, Frozen, Lobby, Paused, Resolved, Running};
        let check = |phase, now_ms: u64, next_freeze_ms: Option<u64>, expected: &[&str]| {
            let clock = Clock { phase, next_freeze_ms, end_ms: 900_000, ..Clock::default() };
            let offers = announcements(&clock, now_ms);
            assert_eq!(offers[..offers.len() - 1], *expected, "{phase:?} at {now_ms} ms");
            assert_eq!(offers.last().map(String::as_str), Some("Look at the big screen!"));
            assert!(offers.iter().all(|words| words.chars().count() <= ANNOUNCEMENT_CHARS_MAX));
        };
        check(Draft, 0, Some(300_000), &["We begin in a moment."]);
        check(Lobby, 0, Some(300_000), &["We begin in a moment."]);
        check(Running, 0, Some(300_000), &["15 minutes left!", "The next round is in 5 minutes."]);
        check(Running, 229_000, Some(300_000), &["11 minutes left!", "The next round is in 1 minute."]);
        check(Running, 241_000, Some(300_000), &["11 minutes left!", "Last trades before the round!"]);
        check(Running, 601_000, None, &["5 minutes left!"]);
        check(Running, 620_000, Some(600_000), &["5 minutes left!"]);
        check(Running, 840_000, None, &["1 minute left!"]);
        check(Running, 841_000, None, &["Less than a minute left!"]);
        check(Frozen, 300_000, Some(600_000), &["A short break.", "We go on in a moment."]);
        check(Paused, 300_000, None, &["A short break.", "We go on in a moment."]);
        check(Resolved, 900_000, None, &["Thank you all!"]);
    }
}
