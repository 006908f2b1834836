//! The words of the host's overlay.

use super::{funnel::StepLine, names::apart, sentence::sentence};
use crate::{format, page::Section};
use outcry_engine::{OutcomeId, Violation};
use outcry_shared::{
    config::{Elimination, Group},
    message::{HostState, SeatRow, Watch},
    phase::Phase,
};

words! {
    TITLE = "Host";
    EVERY_ACT = "Every act is recorded.";
    PASSWORD = "Password";
    PASSWORD_HELP = "It stands in the window where you started the game.";
    LOGIN = "Open the controls";
    CHECKING = "Checking…";
    WAITING = "Getting the host's view…";
    PRESETS = "Start from a preset";
    PRESETS_HELP = "Bars: what buying $200 of the first outcome does to every price. White lines: before. ×: a round.";
    ADVANCED = "Advanced";
    LOAD = "Load file…";
    LOAD_HELP = "A configuration saved before. It is checked and shown here; nothing happens until you apply it.";
    SAVE = "Save as file";
    CLOSED = "The session has begun: its configuration stands. Start a new game under Run to change it.";
    APPLY = "Apply this configuration";
    IN_FORCE = "Nothing to apply: this is how it is set";
    /// On the preset that is played as it stands.
    SET = "this is set";
    /// On the preset in the form, while another one is set.
    NOT_APPLIED = "chosen, not applied yet";
    ALL_FINE = "Everything is fine.";
    SESSION_NAME = "Session name";
    SESSION_NAME_HELP = "Shown to everyone in the top bar and the exports.";
    QUESTION = "Tonight's question";
    QUESTION_HELP = "What the market is about. Shown at the door, in the lobby and on the projector; may be left empty.";
    SLIPPAGE = "Suggested max slippage (%)";
    SLIPPAGE_HELP = "What tickets start with; each player can change it for each order.";
    OUTCOME_NAMES = "Outcome names";
    OUTCOME_NAMES_HELP = "What the outcomes are called on the floor; exactly one wins.";
    ON = "on";
    OFF = "off";
    ADD_ROUND = "+ Add a round";
    AT = "at";
    FREEZE = "stop trading for";
    WINNER = "Winner";
    WINNER_HELP = "Only you see it. Random is drawn by the server at the start and recorded.";
    RANDOM = "Random";
    DRAWN_AT_START = "drawn at the start";
    ANNOUNCE = "Message to all";
    ANNOUNCE_HINT = "Write what everyone is to read";
    SEND = "Send";
    ACTS = "What was done";
    NO_ACTS = "Nothing yet.";
    BEGIN_WITH = "Begin with:";
    ASKING = "Asking the server…";
    NOT_CONNECTED = "not connected to the server: try again when the connection is back";
    ANSWER_LOST = "the connection was lost before the answer: look under What was done";
    LINK = "People join here";
    COPY_LINK = "Copy link";
    OPEN_PROJECTOR = "Open the projector";
    DOOR = "Newcomers may join";
    EVERYONE = "Everyone";
    NOBODY = "Nobody has joined yet.";
    REMOVE_MANY = "Remove many…";
    RENAME = "Rename";
    KICK = "Remove";
    GIVE_BACK = "New device";
    GIVE_BACK_HELP = "Gives this seat to another device by a link or code that works once: for a phone that died.";
    COPY_SEAT = "Copy this link";
    DONE = "Done";
    OK = "OK";
    POOLS = "Pools";
    FLOW = "Order flow";
    FLOW_HELP = "Orders in each of the last ticks";
    REJECTIONS = "Rejected, and why:";
    NO_REJECTIONS = "No order was rejected so far.";
    HEALTH = "Server";
    EXPORT_HELP = "Exact figures, as the database has them. The archive has every table, both charts and a description of every column.";
    THIS_SESSION = "this session";
}

/// Columns of the table of pools, each with one sentence of help.
pub const POOL_COLUMNS: [(&str, &str); 10] = [
    ("Outcome", ""),
    ("YES", "The pool's price of YES."),
    ("NO", "The pool's price of NO."),
    (
        "Depth",
        "Liquidity: the pool's collateral and the subsidy behind it; the larger, the less a trade moves the price.",
    ),
    ("Paid in", "Collateral that traders have brought into this pool."),
    ("Subsidy", "The maker's own money behind this outcome; it shrinks as traders' money comes in."),
    ("YES out", "Effective supply of YES tokens, the virtual one included."),
    ("NO out", "Supply of NO tokens."),
    ("Bids", "Tokens wanted by resting bids of both sides."),
    ("Asks", "Tokens offered by resting asks of both sides."),
];

/// A section's tab.
#[must_use]
pub const fn section(section: Section) -> &'static str {
    match section {
        Section::Configure => "Configure",
        Section::Lobby => "Lobby",
        Section::Run => "Run",
        Section::Watch => "Watch",
        Section::Export => "Export",
    }
}

/// A group of parameters.
#[must_use]
pub const fn group(group: Group) -> &'static str {
    match group {
        Group::Event => "The event",
        Group::Curve => "Pool and price curve",
        Group::Money => "Money",
        Group::Matching => "Orders and matching",
        Group::Resolution => "Rounds and the end",
    }
}

/// "Convexity, start (κ)"
#[must_use]
pub fn labelled(label: &str, symbol: &str) -> String {
    if symbol.is_empty() { label.to_owned() } else { format!("{label} ({symbol})") }
}

/// What is wrong, at its field: the value is right above it.
#[must_use]
pub fn violation(violation: &Violation) -> String {
    sentence(&violation.allowed)
}

/// What is wrong with a file.
#[must_use]
pub fn file_error(violation: &Violation) -> String {
    sentence(&format!("the file was not loaded: {violation}"))
}

/// Why the password was refused.
#[must_use]
pub fn denied(reason: &str, retry_ms: u64) -> String {
    let wait = if retry_ms > 0 {
        format!(" Try again in {}.", format::with_unit(retry_ms.div_ceil(1_000), "s"))
    } else {
        String::new()
    };
    // The server says how long as well, but its words do not count down.
    let what = reason.split_once(": try again").map_or(reason, |(what, _)| what);
    format!("{}{wait}", sentence(what))
}

/// "4 more, to test the market with"
#[must_use]
pub fn more_presets(count: usize) -> String {
    format!("{count} more, to test the market with")
}

/// "3 things to mend: show the next"
#[must_use]
pub fn errors(count: usize) -> String {
    if count == 1 { "1 thing to mend: show it".to_owned() } else { format!("{count} things to mend: show the next") }
}

/// "It can start. ⚠ 2 warnings"
#[must_use]
pub fn warnings(count: usize) -> String {
    format!("It can start. ⚠ {count} warning{}", if count == 1 { "" } else { "s" })
}

/// A name for an outcome that has none.
#[must_use]
pub fn outcome_name(index: usize) -> String {
    const NAMES: [&str; 10] =
        ["Ada", "Blaise", "Carl", "Dorothy", "Emmy", "Fibonacci", "Grace", "Hypatia", "Isaac", "Joan"];
    NAMES.get(index).map_or_else(|| format!("Outcome {}", index + 1), |name| (*name).to_owned())
}

/// "Round 2"
#[must_use]
pub fn round(number: usize) -> String {
    format!("Round {number}")
}

/// "1 at random", "Blaise, Dorothy"
#[must_use]
pub fn elimination(elimination: &Elimination, name: impl Fn(OutcomeId) -> String) -> String {
    match elimination {
        Elimination::Random(count) => format!("{count} at random"),
        Elimination::Fixed(list) => {
            let names: Vec<String> = list.iter().map(|id| name(*id)).collect();
            names.join(", ")
        }
    }
}

/// "2 chosen, hidden"
#[must_use]
pub fn fixed_hidden(count: usize) -> String {
    format!("{count} chosen, hidden")
}

/// "4:05 left", or what is left of it where something else that ends is spoken of, too: "game ends in 4:05".
#[must_use]
pub fn left(phase: Phase, clock: &str) -> String {
    if phase == Phase::Running { format!("{clock} left") } else { format!("game ends in {clock}") }
}

/// "3 of 3 people connected, 6 bots"
#[must_use]
pub fn connected(seats: &[SeatRow]) -> String {
    let count = |bot: bool| {
        let mine = seats.iter().filter(|seat| seat.bot == bot);
        (mine.clone().filter(|seat| seat.connected).count(), mine.count())
    };
    let ((here, people), (bots_here, bots)) = (count(false), count(true));
    let people = match people {
        0 => "nobody yet".to_owned(),
        1 => format!("{here} of 1 person connected"),
        _ => format!("{here} of {people} people connected"),
    };
    match bots {
        0 => people,
        1 if bots_here == 1 => format!("{people}, 1 bot"),
        _ if bots_here == bots => format!("{people}, {bots} bots"),
        _ => format!("{people}, {bots_here} of {bots} bots"),
    }
}

/// "3 people and 6 bots", "1 person"
#[must_use]
pub fn crowd<'s>(seats: impl IntoIterator<Item = &'s SeatRow>) -> String {
    let (bots, people): (Vec<_>, Vec<_>) = seats.into_iter().partition(|seat| seat.bot);
    let count = |count: usize, one: &str, many: &str| {
        format!("{} {}", format::count(count as u64), if count == 1 { one } else { many })
    };
    let bots_too = || count(bots.len(), "bot", "bots");
    match (people.len(), bots.len()) {
        (people, 0) => count(people, "person", "people"),
        (0, _) => bots_too(),
        (people, _) => format!("{} and {}", count(people, "person", "people"), bots_too()),
    }
}

/// The winner of the script.
#[must_use]
pub fn winner_line(winner: &str) -> String {
    format!("Winner: {winner}")
}

/// A round of the script.
#[must_use]
pub fn round_line(number: usize, at: &str, freeze: &str, leaving: &str) -> String {
    format!("Round {number} at {at}, trading stops for {freeze}: {leaving}")
}

/// "Remove those away (3)"
#[must_use]
pub fn remove_away(count: usize) -> String {
    format!("Remove those away ({count})")
}

/// "Empty the room (20)"
#[must_use]
pub fn remove_everyone(count: usize) -> String {
    format!("Empty the room ({count})")
}

/// "2 on their way" people who have asked for a name and are loading the floor.
#[must_use]
pub fn arriving(count: u32) -> String {
    format!("{count} on their way")
}

/// What the code of a seat does, and for how long; `only_here` where its link leads to this computer alone.
#[must_use]
pub fn seat_code(name: &str, left: &str, only_here: bool) -> String {
    let how = if only_here {
        "Open this link in another browser of this computer"
    } else {
        "Scan this with the new device, or open the link there"
    };
    format!("{how}: it becomes {}. It works once, for {left}.", apart(name))
}

/// The address that gives a seat to the device that opens it. What stands after the # stays in the browser.
#[must_use]
pub fn seat_link(join_url: &str, code: &str) -> String {
    format!("{}/#seat={code}", join_url.trim_end_matches('/'))
}

/// "bot, 42 ms"
#[must_use]
pub fn seat(bot: bool, connected: bool, lag_ms: Option<u32>) -> String {
    let kind = if bot { "bot, " } else { "" };
    let state = match (connected, lag_ms) {
        (false, _) => "away".to_owned(),
        (true, Some(lag_ms)) => format!("{lag_ms} ms"),
        (true, None) => "here".to_owned(),
    };
    format!("{kind}{state}")
}

/// "practised 2 of 3", of somebody who has begun to.
#[must_use]
pub fn practised(missions: u8) -> Option<String> {
    (missions > 0).then(|| format!("practised {} of 3", missions.count_ones()))
}

/// "12 orders, 1 rejected"
#[must_use]
pub fn orders(orders: u64, rejected: u64) -> String {
    let plural = if orders == 1 { "" } else { "s" };
    format!("{} order{plural}, {} rejected", format::count(orders), format::count(rejected))
}

/// "12 gave a name · half of them within 4.9 s"
#[must_use]
pub fn step(step: &StepLine) -> String {
    let half = step.half.as_ref().map_or_else(String::new, |half| format!(" · {half}"));
    format!("{} {}{half}", format::count(step.count as u64), step.label)
}

/// A file name for a session's configuration.
#[must_use]
pub fn file_name(session: &str) -> String {
    let safe: String =
        session.chars().map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    format!("outcry-{}.json", safe.trim_matches('-'))
}

/// Counts of the order flow.
#[must_use]
pub fn flow(ticks: u64, orders: u64, fills: u64) -> [(&'static str, String); 3] {
    [("Ticks", format::count(ticks)), ("Orders", format::count(orders)), ("Fills", format::count(fills))]
}

/// Figures of the server.
#[must_use]
pub fn health(state: &HostState) -> [(&'static str, String); 6] {
    let watch = &state.watch;
    let milliseconds = |us: u64| format!("{}.{} ms", us / 1_000, us % 1_000 / 100);
    let slowest = state.seats.iter().filter_map(|seat| seat.lag_ms.map(|lag_ms| (lag_ms, &seat.name))).max();
    let slowest =
        slowest.map_or_else(|| format::NOTHING.to_owned(), |(lag_ms, name)| format!("{lag_ms} ms {}", apart(name)));
    [
        ("Matching, last tick", milliseconds(watch.match_us)),
        ("Database, last tick", milliseconds(watch.commit_us)),
        ("Connections", format::count(u64::from(watch.connected))),
        ("Largest lag", slowest),
        ("Snapshots for slow ones", format::count(watch.resyncs)),
        ("Database", store(watch)),
    ]
}

/// Which store it is, and what is wrong with it.
fn store(watch: &Watch) -> String {
    watch.trouble.as_ref().map_or_else(|| watch.store.clone(), |trouble| format!("{}: {trouble}", watch.store))
}

#[cfg(test)]
mod tests {
    use super::*;
    use outcry_engine::UserId;

    /// So many people and so many bots, each here and away.
    fn seats(people: [usize; 2], bots: [usize; 2]) -> Vec<SeatRow> {
        let (name, user, reached) = (String::new(), UserId(1), [None; 4]);
        let seat = |bot, connected| {
            let name = name.clone();
            SeatRow { user, name, connected, bot, lag_ms: None, orders: 0, rejected: 0, practised: 0, reached }
        };
        let some = |bot, [here, away]: [usize; 2]| [vec![seat(bot, true); here], vec![seat(bot, false); away]].concat();
        [some(false, people), some(true, bots)].concat()
    }

    #[test]
    fn people_are_counted_apart_from_bots() {
        let check = |people, bots, expected| assert_eq!(connected(&seats(people, bots)), expected);
        check([3, 0], [6, 0], "3 of 3 people connected, 6 bots");
        check([2, 1], [0, 0], "2 of 3 people connected");
        check([1, 0], [1, 0], "1 of 1 person connected, 1 bot");
        check([0, 2], [5, 1], "0 of 2 people connected, 5 of 6 bots");
        check([0, 0], [6, 0], "nobody yet, 6 bots");
        check([0, 0], [0, 1], "nobody yet, 0 of 1 bots");
        check([0, 0], [0, 0], "nobody yet");
        let check = |people, bots, expected| assert_eq!(crowd(&seats(people, bots)), expected);
        check([13, 1], [0, 0], "14 people");
        check([1, 0], [0, 1], "1 person and 1 bot");
        check([3, 0], [6, 0], "3 people and 6 bots");
        check([0, 0], [1_200, 0], "1,200 bots");
    }
}
