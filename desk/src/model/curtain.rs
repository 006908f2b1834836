//! What is not told yet: who is out has a moment of suspense, in every part of every screen at once. Written by the model
//! alone; it decides nothing but when.

use outcry_engine::Event;
use outcry_shared::{
    ServerMessage,
    message::Outcome,
    phase::{Clock, Phase, told_ms},
};

/// What has been said and is not seen yet.
#[derive(Clone, Debug)]
pub(super) struct Curtain {
    /// Local time at which it opens, in ms.
    pub(super) opens_ms: u64,
    /// In the order in which it came.
    pub(super) held: Vec<ServerMessage>,
}

impl Curtain {
    /// The connection is lost: what was said after a welcome belongs to it, and the next one says it again.
    pub(super) fn lose(&mut self) {
        if let Some(welcome) = self.held.iter().position(|message| matches!(message, ServerMessage::Welcome(_))) {
            self.held.truncate(welcome);
        }
    }
}

/// The clock that a message brings which says who has just left, and when that may be seen, in ms of this clock.
pub(super) fn secret(message: &ServerMessage) -> Option<(Clock, u64)> {
    let (clock, left_ms) = match message {
        ServerMessage::Tick(update) => {
            let leaves = update.events.iter().any(|event| matches!(event, Event::Elimination { .. }));
            (update.clock, leaves.then_some(update.clock.now_ms))
        }
        ServerMessage::Snapshot(snapshot) => (snapshot.clock, last(&snapshot.outcomes)),
        ServerMessage::Welcome(welcome) => (welcome.snapshot.clock, last(&welcome.snapshot.outcomes)),
        _ => return None,
    };
    let left_ms = left_ms?;
    let resume_ms = clock.resume_ms.filter(|_| clock.phase == Phase::Frozen)?;
    Some((clock, told_ms(left_ms, resume_ms)))
}

fn last(fates: &[Outcome]) -> Option<u64> {
    fates.iter().filter_map(Outcome::eliminated_at_ms).max()
}

/// Whether a message says something of the session, which has to come after what is not seen yet.
pub(super) const fn follows(message: &ServerMessage) -> bool {
    match message {
        ServerMessage::Welcome(_)
        | ServerMessage::Snapshot(_)
        | ServerMessage::Tick(_)
        | ServerMessage::Clock(_)
        | ServerMessage::Seats(_)
        | ServerMessage::Private(_)
        | ServerMessage::HostReply { .. }
        | ServerMessage::HostState(_)
        | ServerMessage::End(_)
        | ServerMessage::Rank(_) => true,
        ServerMessage::Refused(_)
        | ServerMessage::OrderAck(_)
        | ServerMessage::CancelAck { .. }
        | ServerMessage::Pong { .. }
        | ServerMessage::HostGranted { .. }
        | ServerMessage::HostDenied { .. }
        | ServerMessage::Announcement(_)
        | ServerMessage::Bye { .. }
        | ServerMessage::SeatCode { .. } => false,
    }
}
