//! Acts of the host, one after the other; each is recorded with what came of it.

use super::{Asked, Desk, Effect};
use crate::{
    intake::Waiting,
    net::{Closing, Wire},
    players::{Connection, Due, Keys, Roster, Seat, SeatNews, Tally},
    publish::Notices,
    record::Recorder,
    session::{Floor, Session},
    store::{EventRow, Rename},
    tick::Beat,
};
use bevy::{ecs::system::SystemParam, prelude::*};
use outcry_engine::{Input, UserId, Violation};
use outcry_shared::{
    config::{Choice, SessionConfig},
    limits::ANNOUNCEMENT_CHARS_MAX,
    message::{ActRecord, HostAct, Resolve, SeatChange, ServerMessage},
    names::{self, NameError},
    phase::Phase,
};

/// Everything that an act may touch.
#[derive(SystemParam)]
pub(super) struct Stage<'w, 's> {
    pub(super) commands: Commands<'w, 's>,
    pub(super) session: ResMut<'w, Session>,
    pub(super) recorder: ResMut<'w, Recorder>,
    pub(super) waiting: ResMut<'w, Waiting>,
    pub(super) beat: ResMut<'w, Beat>,
    pub(super) roster: ResMut<'w, Roster>,
    pub(super) news: ResMut<'w, SeatNews>,
    pub(super) notices: ResMut<'w, Notices>,
    pub(super) players: Query<
        'w,
        's,
        (&'static mut Seat, &'static mut Connection, &'static mut Tally, &'static mut Keys, &'static mut Due),
    >,
    pub(super) wire: Wire<'w>,
}

/// Does the acts of this lap. One that runs a tick ends it: the next waits for its commit.
pub(super) fn perform(mut desk: ResMut<Desk>, mut stage: Stage) {
    while !stage.beat.closed {
        let Some(asked) = desk.queue.pop_front() else { return };
        if asked.act == HostAct::Reset && stage.session.phase.clock_runs() {
            // The old session's last tick is committed first.
            stage.pause();
            desk.queue.push_front(asked);
            return;
        }
        let effect = stage.perform(&asked.act);
        if asked.act == HostAct::Reset {
            desk.refresh_sessions(&stage.recorder);
        }
        record(&mut desk, &mut stage, asked, effect);
    }
}

fn record(desk: &mut Desk, stage: &mut Stage, asked: Asked, effect: Effect) {
    let at_ms = stage.session.now_ms();
    let act = describe(&asked.act);
    tracing::info!(act, ok = effect.is_ok(), "host");
    let payload = serde_json::json!({
        "act": act,
        "done": effect.is_ok(),
        "effect": effect.as_ref().map_or_else(Clone::clone, Clone::clone),
    });
    stage.recorder.group().events.push(EventRow::named("HOST_ACT", &payload, at_ms));
    desk.log(ActRecord { at_ms, act, effect: effect.clone() });
    desk.done.push((asked, effect));
}

impl Stage<'_, '_> {
    fn perform(&mut self, act: &HostAct) -> Effect {
        match act {
            HostAct::Configure(config) => self.configure(config),
            HostAct::OpenLobby => self.open_lobby(),
            HostAct::Start => self.start(),
            HostAct::Pause => self.pause_now(),
            HostAct::Resume => self.resume(),
            HostAct::Extend { by_s } => self.extend(*by_s),
            HostAct::Resolve(which) => self.resolve(which),
            HostAct::SetWinner(choice) => self.set_winner(*choice),
            HostAct::Reset => self.reset(),
            HostAct::Kick { user } => self.kick(*user),
            HostAct::Rename { user, name } => self.rename(*user, name),
            HostAct::SetDoor { open } => self.set_door(*open),
            HostAct::Announce { text } => self.announce(text),
        }
    }

    /// The next commit stores the session's row.
    pub(super) fn keep_session(&mut self) {
        let state = self.session.state();
        self.recorder.group().session = Some(state);
    }

    fn configure(&mut self, config: &SessionConfig) -> Effect {
        if !matches!(self.session.phase, Phase::Draft | Phase::Lobby) {
            return Err(format!(
                "the session is {}: it can be configured before the start",
                phase_name(self.session.phase)
            ));
        }
        let violations = config.validate();
        if !violations.is_empty() {
            return Err(sentence(&violations));
        }
        if config.params != self.session.config.params {
            if !self.players.is_empty() {
                // Joins are in the record with the old deposit: a new record begins.
                return self.reconfigure(config);
            }
            self.session.floor = Floor::new(config.params.clone()).map_err(|violations| sentence(&violations))?;
        }
        self.session.config = config.clone();
        self.keep_session();
        self.notices.all = true;
        Ok("configured".to_owned())
    }

    fn kick(&mut self, user: UserId) -> Effect {
        let entity = self.roster.entity(user).ok_or_else(|| format!("participant {} is unknown", user.0))?;
        let (mut seat, mut connection, ..) =
            self.players.get_mut(entity).map_err(|_| format!("participant {} is unknown", user.0))?;
        if !seat.open {
            return Err(format!("the seat of {} is closed already", seat.name));
        }
        seat.open = false;
        let name = seat.name.clone();
        let conn = connection.0.take();
        self.roster.close(user);
        self.news.0.push(SeatChange::Gone(user));
        if self.session.phase != Phase::Resolved {
            let now_ms = self.session.now_ms();
            self.beat.apply(&mut self.session, Input::Close { user, now_ms });
            self.beat.close(&mut self.session);
        }
        if let Some(conn) = conn {
            let reason = "the host has closed your seat".to_owned();
            self.wire.send(conn, &ServerMessage::Bye { reason: reason.clone() });
            self.wire.close(conn, Closing::policy(&reason));
        }
        Ok(format!("the seat of {name} is closed"))
    }

    fn rename(&mut self, user: UserId, name: &str) -> Effect {
        let entity = self.roster.entity(user).ok_or_else(|| format!("participant {} is unknown", user.0))?;
        let name = names::normalise(name).map_err(|error| error.to_string())?;
        let skeleton = names::skeleton(&name);
        if self.roster.by_skeleton(&skeleton).is_some_and(|owner| owner != user) {
            return Err(NameError::Taken(name).to_string());
        }
        let (mut seat, connection, ..) =
            self.players.get_mut(entity).map_err(|_| format!("participant {} is unknown", user.0))?;
        let before = std::mem::replace(&mut seat.name, name.clone());
        self.news.set(&seat, *connection);
        self.roster.rename(user, &name);
        self.recorder.group().renames.push(Rename { user, name: name.clone(), skeleton });
        Ok(format!("{before} is now {name}"))
    }

    fn set_door(&mut self, open: bool) -> Effect {
        self.session.door_open = open;
        self.keep_session();
        Ok(if open { "newcomers are let in" } else { "newcomers are not let in" }.to_owned())
    }

    fn announce(&mut self, text: &str) -> Effect {
        let text: String = text.trim().chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let chars = text.chars().count();
        if chars == 0 || chars > ANNOUNCEMENT_CHARS_MAX {
            return Err(format!("the message has {chars} characters, 1 to {ANNOUNCEMENT_CHARS_MAX} are allowed"));
        }
        self.notices.announcements.push(text);
        Ok("told everyone".to_owned())
    }
}

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
fn describe(act: &HostAct) -> String {
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
