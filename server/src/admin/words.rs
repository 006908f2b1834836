//! Acts, phases and what is wrong with them, in words for host and record. No rule is in here.

use outcry_engine::{OutcomeId, Violation};
use outcry_shared::{
    config::Choice,
    message::{HostAct, Resolve, Whom},
    phase::Phase,
};

/// Violations as one sentence.
pub(super) fn sentence(violations: &[Violation]) -> String {
    violations.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// A phase in words.
pub(super) const fn phase_name(phase: Phase) -> &'static str {
    match phase {
        Phase::Draft => "a draft",
        Phase::Lobby => "in its lobby",
        Phase::Running => "running",
        Phase::Frozen => "frozen",
        Phase::Paused => "paused",
        Phase::Resolved => "over",
    }
}

/// What kind of act it is, for logs.
pub(super) const fn name(act: &HostAct) -> &'static str {
    match act {
        HostAct::Configure(_) => "configure",
        HostAct::OpenLobby => "open lobby",
        HostAct::Start => "start",
        HostAct::Pause => "pause",
        HostAct::Resume => "resume",
        HostAct::EndFreeze { .. } => "end the break",
        HostAct::Extend { .. } => "extend",
        HostAct::Resolve(Resolve::Next(_)) => "run round",
        HostAct::Resolve(Resolve::Eliminate(_)) => "eliminate",
        HostAct::Resolve(Resolve::Final(_)) => "end and pay",
        HostAct::SetWinner(_) => "set winner",
        HostAct::Reset => "start a new game",
        HostAct::Kick { .. } => "close seat",
        HostAct::Rename { .. } => "rename",
        HostAct::SetDoor { .. } => "door",
        HostAct::Announce { .. } => "announce",
        HostAct::GiveBack { .. } => "give back",
        HostAct::Empty { .. } => "close seats",
        HostAct::Rehearse(_) => "rehearse",
        HostAct::StopRehearsal => "stop the rehearsal",
    }
}

/// Why a round cannot be run that is not the next one. Rounds are counted from 0 here, and from 1 by people.
pub(super) fn not_the_next(number: u32, next: Option<u32>) -> String {
    let what = next.map_or_else(|| "none is left".to_owned(), |next| format!("the next is round {}", next + 1));
    format!("round {} is not to come any more: {what}", number + 1)
}

/// Whether the words of an act tell what the script hides. What came of it never does: hosts' screens are mirrored.
pub(super) const fn tells_script(act: &HostAct) -> bool {
    matches!(act, HostAct::SetWinner(Choice::Fixed(_)))
}

/// Whether the words of an act say what it did, once it is done: a log that said it again would be read twice.
pub(super) const fn says_what_it_did(act: &HostAct) -> bool {
    match act {
        HostAct::Configure(_)
        | HostAct::OpenLobby
        | HostAct::Start
        | HostAct::Pause
        | HostAct::Resume
        | HostAct::Extend { .. }
        | HostAct::Resolve(Resolve::Eliminate(_) | Resolve::Final(_))
        | HostAct::SetWinner(_)
        | HostAct::SetDoor { .. }
        | HostAct::Announce { .. }
        | HostAct::Rehearse(_)
        | HostAct::StopRehearsal => true,
        HostAct::EndFreeze { .. }
        | HostAct::Resolve(Resolve::Next(_))
        | HostAct::Reset
        | HostAct::Kick { .. }
        | HostAct::Rename { .. }
        | HostAct::GiveBack { .. }
        | HostAct::Empty { .. } => false,
    }
}

/// Outcomes by their names; by its letter whatever has none.
pub(super) fn named(outcomes: &[OutcomeId], names: &[String]) -> String {
    let name = |id: &OutcomeId| names.get(id.index()).cloned().unwrap_or_else(|| id.letter().to_string());
    outcomes.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// An act in words, for the record; `names` are the outcomes'.
pub(super) fn describe(act: &HostAct, names: &[String]) -> String {
    let name = name(act);
    match act {
        HostAct::Extend { by_s } => format!("{name} by {by_s} s"),
        HostAct::Resolve(Resolve::Next(number)) => format!("{name} {}", number + 1),
        HostAct::Resolve(Resolve::Eliminate(outcomes)) => format!("{name} {}", named(outcomes, names)),
        HostAct::SetWinner(Choice::Random) => format!("{name} to one at random"),
        HostAct::SetWinner(Choice::Fixed(outcome)) => format!("{name} to {}", named(&[*outcome], names)),
        HostAct::Kick { user } | HostAct::GiveBack { user } => format!("{name} {}", user.0),
        HostAct::Empty { whom: Whom::Away, .. } => format!("{name} of all who are away"),
        HostAct::Empty { whom: Whom::Everyone, .. } => format!("{name} of everyone"),
        HostAct::Rename { user, name: to } => format!("{name} {} to {to:?}", user.0),
        HostAct::SetDoor { open } => format!("{name} {}", if *open { "open" } else { "closed" }),
        HostAct::Announce { text } => format!("{name} {text:?}"),
        _ => name.to_owned(),
    }
}
