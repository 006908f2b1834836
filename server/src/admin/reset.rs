//! A new session: the record of the old one stays, and everyone keeps their seat.

use super::{desk::Effect, stage::Stage, words::sentence};
use crate::{
    market::{Session, Waiting},
    store::{NewSession, NewUser, Scribe, SessionId},
};
use outcry_shared::{config::SessionConfig, floor::Floor, names, phase::Phase};

impl Stage<'_, '_> {
    /// Opens a new session with the configuration of this one.
    pub(super) fn reset(&mut self) -> Effect {
        let id = self.reopen(self.session.config().clone(), Phase::Lobby)?;
        Ok(format!("session {id} is open; the record of the last one stays"))
    }

    /// Begins the record anew with another configuration.
    pub(super) fn reconfigure(&mut self, config: &SessionConfig) -> Effect {
        self.reopen(config.clone(), self.session.phase())?;
        Ok("configured".to_owned())
    }

    fn reopen(&mut self, config: SessionConfig, phase: Phase) -> Result<SessionId, String> {
        let deposit = config.params.starting_balance;
        let empty = Floor::new(config.params.clone()).map_err(|violations| sentence(&violations))?;
        let mut scribe = Scribe::new(0, empty.market());
        let seats = self.seats.open();
        let users = seats.iter().map(|seat| NewUser {
            user: seat.user(),
            name: seat.name().to_owned(),
            skeleton: names::skeleton(seat.name()),
            token_hash: seat.token_hash(),
            bot: seat.bot(),
            deposit,
            seq: scribe.next_seq(),
        });
        let users = users.collect();
        let new = NewSession { config: config.clone(), phase };
        let id = self.recorder.reopen(&new, users, scribe).map_err(|error| error.to_string())?;
        self.seats.begin_anew();
        *self.session = Session::fresh(id, config, phase, empty);
        for seat in &seats {
            self.session.seat(seat.user(), deposit);
        }
        *self.waiting = Waiting::default();
        self.notices.all();
        Ok(id)
    }
}
