//! How newcomers get on, in words: how many came how far, and how long it took them.

use crate::format;
use outcry_shared::message::{HostState, SeatRow, Step};

words! {
    TITLE = "How newcomers get on";
    HELP = "From the link to the first order, by seat; times since the page was opened. Bots are left out. Known since this server was started.";
    OPENED = "opened the page";
}

/// A step of the way: how many came so far, of how many, and how long half of them took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepLine {
    /// "saw the floor"
    pub label: &'static str,
    /// How many came so far.
    pub count: usize,
    /// "half of them within 5.6 s", "after 5.6 s" of a single one; nothing where nobody has told a time.
    pub half: Option<String>,
}

/// What somebody did at a step.
const fn done(step: Step) -> &'static str {
    match step {
        Step::Named => "gave a name",
        Step::Sight => "saw the floor",
        Step::Tap => "pressed something",
        Step::Order => "had an order accepted",
    }
}

/// Every step from the page to the first order. Nobody has named themselves who has not opened a page: where a server
/// was started anew, pages of before are not known.
#[must_use]
pub fn steps(state: &HostState) -> Vec<StepLine> {
    let times = |step: Step| people(state).filter_map(|seat| seat.reached[step.index()]).collect::<Vec<u32>>();
    let told = people(state).filter(|seat| seat.reached.iter().any(Option::is_some)).count();
    let opened = StepLine { label: OPENED, count: told.max(state.opened as usize), half: None };
    let lines = Step::ALL.into_iter().map(|step| {
        let mut times = times(step);
        StepLine { label: done(step), count: times.len(), half: pace(&mut times) }
    });
    std::iter::once(opened).chain(lines).collect()
}

/// How long half of them took, or the only one.
fn pace(times: &mut [u32]) -> Option<String> {
    times.sort_unstable();
    match times {
        [] => None,
        [one] => Some(format!("after {}", seconds(*one))),
        many => Some(format!("half of them within {}", seconds(many[(many.len() - 1) / 2]))),
    }
}

fn people(state: &HostState) -> impl Iterator<Item = &SeatRow> {
    state.seats.iter().filter(|seat| !seat.bot)
}

/// How far somebody has come and when: "first order after 21.5 s", "saw the floor after 5.6 s, pressed nothing yet".
#[must_use]
pub fn seat(seat: &SeatRow) -> Option<String> {
    let last = Step::ALL.into_iter().rev().find_map(|step| Some((step, seat.reached[step.index()]?)))?;
    let (step, after) = (last.0, seconds(last.1));
    Some(match step {
        Step::Order => format!("first order after {after}"),
        Step::Tap => format!("{} after {after}, no order yet", done(step)),
        Step::Sight => format!("{} after {after}, pressed nothing yet", done(step)),
        Step::Named => format!("{} after {after}, has not seen the floor", done(step)),
    })
}

/// "5.6 s", "2:05"
fn seconds(ms: u32) -> String {
    if ms >= 60_000 {
        return format::clock(u64::from(ms));
    }
    format::with_unit(format_args!("{}.{}", ms / 1_000, ms % 1_000 / 100), "s")
}

#[cfg(test)]
mod tests {
    use super::*;
    use outcry_engine::UserId;

    fn row(reached: [Option<u32>; 4]) -> SeatRow {
        SeatRow {
            user: UserId(1),
            name: "Ada".to_owned(),
            connected: true,
            bot: false,
            lag_ms: None,
            orders: 0,
            rejected: 0,
            practised: 0,
            reached,
        }
    }

    #[test]
    fn there_is_no_half_of_one() {
        assert_eq!(pace(&mut []), None);
        assert_eq!(pace(&mut [1_700]).as_deref(), Some("after 1.7\u{a0}s"));
        assert_eq!(pace(&mut [3_000, 1_000]).as_deref(), Some("half of them within 1.0\u{a0}s"));
        assert_eq!(pace(&mut [9_000, 3_000, 1_000]).as_deref(), Some("half of them within 3.0\u{a0}s"));
    }

    #[test]
    fn a_seat_says_its_last_step() {
        let check = |reached, expected: Option<&str>| assert_eq!(seat(&row(reached)).as_deref(), expected);
        check([None; 4], None);
        check([Some(900), None, None, None], Some("gave a name after 0.9\u{a0}s, has not seen the floor"));
        check([None, Some(5_650), None, None], Some("saw the floor after 5.6\u{a0}s, pressed nothing yet"));
        check([None, Some(5_650), Some(8_000), None], Some("pressed something after 8.0\u{a0}s, no order yet"));
        check([Some(900), Some(5_650), Some(8_000), Some(125_000)], Some("first order after 2:05"));
    }
}
