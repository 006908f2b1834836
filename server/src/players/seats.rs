//! Seats being taken, held, left and closed: whatever changes one is done here.

use super::{
    roster::{Roster, spawn},
    seat::{Connection, Due, Keys, Seat, SeatNews, Tally},
};
use crate::{
    net::ConnId,
    store::{Rename, UserRow},
};
use bevy::{ecs::system::SystemParam, prelude::*};
use outcry_engine::UserId;
use outcry_shared::names::{self, NameError};

/// Everyone's seats.
#[derive(SystemParam)]
pub(crate) struct Seats<'w, 's> {
    commands: Commands<'w, 's>,
    roster: ResMut<'w, Roster>,
    news: ResMut<'w, SeatNews>,
    players: Query<
        'w,
        's,
        (&'static mut Seat, &'static mut Connection, &'static mut Tally, &'static mut Keys, &'static mut Due),
    >,
}

/// A seat that was just closed.
pub(crate) struct Closed {
    pub(crate) name: String,
    /// The connection that held it.
    pub(crate) conn: Option<ConnId>,
}

impl Seats<'_, '_> {
    pub(super) fn roster(&self) -> &Roster {
        &self.roster
    }

    /// The number of a newcomer.
    pub(super) fn next_user(&mut self) -> UserId {
        self.roster.next_user()
    }

    /// Brings in someone whose seat is stored.
    pub(super) fn enter(&mut self, row: &UserRow, connection: Connection) {
        self.news.set(&Seat::of(row), connection);
        spawn(&mut self.commands, &mut self.roster, row, connection);
    }

    /// The name on a seat.
    pub(super) fn name(&self, user: UserId) -> Option<String> {
        let (seat, ..) = self.players.get(self.roster.entity(user)?).ok()?;
        Some(seat.name().to_owned())
    }

    /// Lets a connection hold a seat; returns the one that held it before. None without the seat.
    pub(super) fn hold(&mut self, user: UserId, conn: ConnId) -> Option<Option<ConnId>> {
        let (seat, mut connection, .., mut due) = self.players.get_mut(self.roster.entity(user)?).ok()?;
        let before = connection.replace(conn);
        due.refresh();
        self.news.set(&seat, *connection);
        Some(before)
    }

    /// A connection is gone: if it held the seat, nobody does.
    pub(super) fn leave(&mut self, user: UserId, conn: ConnId) {
        let entity = self.roster.entity(user);
        let Some((seat, mut connection, ..)) = entity.and_then(|entity| self.players.get_mut(entity).ok()) else {
            return;
        };
        if connection.get() == Some(conn) {
            connection.take();
            self.news.set(&seat, *connection);
        }
    }

    /// Whether nobody has one.
    pub(crate) fn is_empty(&self) -> bool {
        self.players.is_empty()
    }

    /// Those that are open, by number.
    pub(crate) fn open(&self) -> Vec<Seat> {
        let mut seats: Vec<_> =
            self.players.iter().map(|(seat, ..)| seat).filter(|seat| seat.open()).cloned().collect();
        seats.sort_by_key(Seat::user);
        seats
    }

    /// Closes one: its token resumes nothing any more.
    ///
    /// # Errors
    /// One sentence for the host: why not.
    pub(crate) fn close(&mut self, user: UserId) -> Result<Closed, String> {
        let (mut seat, mut connection, ..) = self
            .roster
            .entity(user)
            .and_then(|entity| self.players.get_mut(entity).ok())
            .ok_or_else(|| unknown(user))?;
        if !seat.open() {
            return Err(format!("the seat of {} is closed already", seat.name()));
        }
        seat.close();
        self.roster.close(user);
        self.news.gone(user);
        Ok(Closed { name: seat.name().to_owned(), conn: connection.take() })
    }

    /// Gives one another name. Returns what to record, and the name before.
    ///
    /// # Errors
    /// One sentence for the host: why not.
    pub(crate) fn rename(&mut self, user: UserId, name: &str) -> Result<(Rename, String), String> {
        let entity = self.roster.entity(user).ok_or_else(|| unknown(user))?;
        let name = names::normalise(name).map_err(|error| error.to_string())?;
        let skeleton = names::skeleton(&name);
        if self.roster.by_skeleton(&skeleton).is_some_and(|owner| owner != user) {
            return Err(NameError::Taken(name).to_string());
        }
        let (mut seat, connection, ..) = self.players.get_mut(entity).map_err(|_| unknown(user))?;
        let before = seat.rename(name.clone());
        self.news.set(&seat, *connection);
        self.roster.rename(user, &name);
        Ok((Rename { user, name, skeleton }, before))
    }

    /// A new session begins: everyone keeps their seat and nothing else, and closed ones go.
    pub(crate) fn begin_anew(&mut self) {
        for (seat, _, mut tally, mut keys, mut due) in &mut self.players {
            if !seat.open()
                && let Some(entity) = self.roster.remove(seat.user())
            {
                self.commands.entity(entity).despawn();
            }
            *tally = Tally::default();
            *keys = Keys::default();
            *due = Due::default();
        }
    }
}

fn unknown(user: UserId) -> String {
    format!("participant {} is unknown", user.0)
}
