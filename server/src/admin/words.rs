//! Acts, phases and what is wrong with them, in words for host and record. No rule is in here.

use outcry_engine::Violation;
use outcry_shared::{
    config::Choice,
    message::{HostAct, Resolve},
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
        HostAct::Extend { .. } => "extend",
        HostAct::Resolve(_) => "resolve",
        HostAct::SetWinner(_) => "set winner",
        HostAct::Reset => "reset",
        HostAct::Kick { .. } => "close seat",
        HostAct::Rename { .. } => "rename",
        HostAct::SetDoor { .. } => "door",
        HostAct::Announce { .. } => "announce",
    }
}

/// An act in words, for the record.
pub(super) fn describe(act: &HostAct) -> String {
    let name = name(act);
    match act {
        HostAct::Extend { by_s } => format!("{name} by {by_s} s"),
        HostAct::Resolve(Resolve::Next) => format!("{name} the next round"),
        HostAct::Resolve(Resolve::Final) => format!("{name} the end"),
        HostAct::Resolve(Resolve::Eliminate(outcomes)) => {
            let letters: Vec<String> = outcomes.iter().map(|outcome| outcome.letter().to_string()).collect();
            format!("{name}: eliminate {}", letters.join(", "))
        }
        HostAct::SetWinner(Choice::Random) => format!("{name} to one at random"),
        HostAct::SetWinner(Choice::Fixed(outcome)) => format!("{name} to {}", outcome.letter()),
        HostAct::Kick { user } => format!("{name} {}", user.0),
        HostAct::Rename { user, name: to } => format!("{name} {} to {to:?}", user.0),
        HostAct::SetDoor { open } => format!("{name} {}", if *open { "open" } else { "closed" }),
        HostAct::Announce { text } => format!("{name} {text:?}"),
        _ => name.to_owned(),
    }
}
