//! A new session: the record of the old one stays, and everyone keeps their seat.

use super::{
    Effect,
    acts::{Stage, sentence},
};
use crate::{
    intake::Waiting,
    players::{Due, Keys, Tally},
    session::{Floor, Session},
    store::{Group, NewSession, NewUser, Scribe, SessionId},
};
use bevy::prelude::*;
use outcry_shared::{config::SessionConfig, names, phase::Phase};

impl Stage<'_, '_> {
    /// Opens a new session with the configuration of this one.
    pub(super) fn reset(&mut self) -> Effect {
        let id = self.reopen(self.session.config.clone(), Phase::Lobby)?;
        Ok(format!("session {id} is open; the record of the last one stays"))
    }

    /// Begins the record anew with another configuration.
    pub(super) fn reconfigure(&mut self, config: &SessionConfig) -> Effect {
        self.reopen(config.clone(), self.session.phase)?;
        Ok("configured".to_owned())
    }

    fn reopen(&mut self, config: SessionConfig, phase: Phase) -> Result<SessionId, String> {
        let deposit = config.params.starting_balance;
        let empty = Floor::new(config.params.clone()).map_err(|violations| sentence(&violations))?;
        let mut scribe = Scribe::new(0, &empty.market);
        let mut seats: Vec<_> = self.players.iter().map(|(seat, ..)| seat.clone()).filter(|seat| seat.open).collect();
        seats.sort_by_key(|seat| seat.user);
        let users = seats.iter().map(|seat| NewUser {
            user: seat.user,
            name: seat.name.clone(),
            skeleton: names::skeleton(&seat.name),
            token_hash: seat.token_hash,
            bot: seat.bot,
            deposit,
            seq: scribe.next_seq(),
        });
        let group = Group { number: 1, users: users.collect(), ..Group::default() };
        let new = NewSession { config: config.clone(), phase };
        let pending = self.recorder.take_group();
        let store = std::sync::Arc::clone(self.recorder.store());
        let id = self
            .recorder
            .wait(async {
                if !pending.is_empty() {
                    store.accept(&pending).await?;
                }
                let id = store.create(&new).await?;
                if !group.is_empty() {
                    store.accept(&group).await?;
                }
                Ok(id)
            })
            .map_err(|error| error.to_string())?;
        self.remove_closed_seats();
        *self.session = Session::fresh(id, config, phase, empty);
        for seat in &seats {
            self.session.seat(seat.user, deposit);
        }
        self.recorder.restart(scribe, u64::from(!group.is_empty()));
        *self.waiting = Waiting::default();
        for (_, _, mut tally, mut keys, mut due) in &mut self.players {
            *tally = Tally::default();
            *keys = Keys::default();
            *due = Due { private: true, ..Due::default() };
        }
        self.notices.all = true;
        Ok(id)
    }

    fn remove_closed_seats(&mut self) {
        let closed: Vec<_> = self.players.iter().filter(|(seat, ..)| !seat.open).map(|(seat, ..)| seat.user).collect();
        for entity in closed.into_iter().filter_map(|user| self.roster.remove(user)) {
            self.commands.entity(entity).despawn();
        }
    }
}
