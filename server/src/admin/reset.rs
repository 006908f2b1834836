//! A new session: the record of the old one stays, and everyone keeps their seat. It is asked for by an
//! act, stored as one transaction, and gone over to only then.

use super::{
    desk::{Desk, Effect},
    stage::Stage,
    words::sentence,
};
use crate::{
    market::{Waiting, begin},
    record::Opened,
    store::{NewSession, NewUser, Scribe},
};
use bevy::prelude::*;
use outcry_shared::{config::SessionConfig, floor::Floor, message::HostAct, names, phase::Phase};

impl Stage<'_, '_> {
    /// Asks for a new session with the configuration of this one. What came of it is told later.
    pub(super) fn reset(&mut self) -> Result<(), String> {
        self.reopen(self.session.config().clone(), Phase::Lobby)
    }

    /// Asks for a new record with another configuration. What came of it is told later.
    pub(super) fn reconfigure(&mut self, config: &SessionConfig) -> Result<(), String> {
        self.reopen(config.clone(), self.session.phase())
    }

    fn reopen(&mut self, config: SessionConfig, phase: Phase) -> Result<(), String> {
        let deposit = config.params.starting_balance;
        let empty = Floor::new(config.params.clone()).map_err(|violations| sentence(&violations))?;
        let mut scribe = Scribe::new(0, empty.market());
        let users = self.seats.open().into_iter().map(|seat| NewUser {
            user: seat.user(),
            name: seat.name().to_owned(),
            skeleton: names::skeleton(seat.name()),
            token_hash: seat.token_hash(),
            bot: seat.bot(),
            deposit,
            seq: scribe.next_seq(),
        });
        let users = users.collect();
        self.recorder.reopen(self.session.id(), NewSession { config, phase, users }, scribe);
        Ok(())
    }

    fn follow(&mut self, opened: &Opened) -> Effect {
        *self.session = begin(opened.id, opened.session.clone()).map_err(|error| error.to_string())?;
        *self.waiting = Waiting::default();
        self.seats.begin_anew();
        self.notices.all();
        Ok(format!("session {} is open; the record of the last one stays", opened.id))
    }
}

/// Goes over to a session that is stored now, and notes what came of the act that asked for it.
pub(super) fn follow(mut opened: MessageReader<Opened>, mut desk: ResMut<Desk>, mut stage: Stage) {
    for opened in opened.read() {
        let effect = stage.follow(opened);
        desk.refresh_sessions(&stage.recorder);
        if let Some(asked) = desk.take_opening() {
            let effect = if asked.act == HostAct::Reset { effect } else { effect.map(|_| "configured".to_owned()) };
            stage.record(&mut desk, asked, effect);
        }
    }
}
