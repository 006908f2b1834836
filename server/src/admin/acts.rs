//! Acts of the host, one after the other; each is recorded with what came of it.

use super::{
    desk::{Asked, Desk, Effect},
    stage::Stage,
    words::describe,
};
use crate::store::EventRow;
use bevy::prelude::*;
use outcry_shared::message::{ActRecord, HostAct};

/// Does the acts of this lap. One that runs a tick ends it: the next waits for its commit.
pub(super) fn perform(mut desk: ResMut<Desk>, mut stage: Stage) {
    while !stage.beat.is_closed() {
        let Some(asked) = desk.next() else { return };
        if asked.act == HostAct::Reset && stage.session.phase().clock_runs() {
            // The old session's last tick is committed first.
            stage.pause();
            desk.put_back(asked);
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
    stage.recorder.note(EventRow::named("HOST_ACT", &payload, at_ms));
    desk.note(asked, ActRecord { at_ms, act, effect });
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
}
