//! Acts of the host, one after the other; each is recorded with what came of it.

use super::{
    desk::{Asked, Desk, Effect},
    stage::Stage,
};
use bevy::prelude::*;
use outcry_shared::{message::HostAct, phase::Phase};

/// Does the acts of this lap. One that runs a tick or opens a session ends it: the next waits for
/// its commit.
pub(super) fn perform(mut desk: ResMut<Desk>, mut stage: Stage) {
    while !stage.beat.is_closed() && !stage.recorder.is_opening() {
        let Some(asked) = desk.next() else { return };
        if asked.act == HostAct::Reset && stage.must_tick() {
            // The old session's last tick is committed first.
            stage.pause();
            desk.put_back(asked);
            return;
        }
        let Some(effect) = stage.perform(&asked) else { return desk.put_back(asked) };
        if stage.recorder.is_opening() {
            desk.await_opening(asked);
        } else {
            stage.record(&mut desk, asked, effect);
        }
    }
}

impl Stage<'_, '_> {
    /// Whether something waits for a tick, or may still come.
    fn must_tick(&self) -> bool {
        let phase = self.session.phase();
        phase.clock_runs() || (phase == Phase::Paused && !self.waiting.is_empty())
    }

    /// Does an act. None when it needs another lap for what is left of it.
    fn perform(&mut self, asked: &Asked) -> Option<Effect> {
        let session = self.session.id().0;
        if asked.session != session {
            let reason = format!("session {session} has begun since you saw session {}: look again", asked.session);
            return Some(Err(reason));
        }
        Some(match &asked.act {
            HostAct::Configure(config) => self.configure(config),
            HostAct::OpenLobby => self.open_lobby(),
            HostAct::Start => self.start(),
            HostAct::Pause => self.pause_now(),
            HostAct::Resume => self.resume(),
            HostAct::EndFreeze { resume_ms } => self.end_freeze(*resume_ms),
            HostAct::Extend { by_s } => self.extend(*by_s),
            HostAct::Resolve(which) => self.resolve(which),
            HostAct::SetWinner(choice) => self.set_winner(*choice),
            HostAct::Reset => self.reset().map(|()| String::new()),
            HostAct::Kick { user } => self.kick(*user),
            HostAct::Rename { user, name } => self.rename(*user, name),
            HostAct::SetDoor { open } => self.set_door(*open),
            HostAct::Announce { text } => self.announce(text),
            HostAct::GiveBack { user } => self.give_back(asked.conn, *user),
            HostAct::Empty { whom, last } => return self.empty(*whom, *last),
            HostAct::Rehearse(config) => self.rehearse(config),
            HostAct::StopRehearsal => self.rehearsals.stop().map(|()| "the rehearsal is given up".to_owned()),
        })
    }
}
