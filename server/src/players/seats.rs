//! Seats being taken, held, left and closed: whatever changes one is done here.

use super::{
    roster::{Roster, spawn},
    seat::{Connection, Due, Keys, Seat, SeatNews, Tally},
};
use crate::{
    market::Session,
    net::ConnId,
    peer::Network,
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
    pub(crate) seat: Seat,
    /// The connection that held it.
    pub(crate) conn: Option<ConnId>,
}

/// What somebody has who shows a key.
pub(super) enum Holder {
    /// A seat, with its name.
    Seat(UserId, String),
    /// A seat that was closed, with its name.
    Closed(String),
    /// None.
    Nobody,
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
    pub(super) fn enter(&mut self, row: &UserRow, connection: Connection, network: Option<Network>) {
        self.news.set(&Seat::of(row), connection);
        spawn(&mut self.commands, &mut self.roster, row, connection, network);
    }

    /// What belongs to a key, by its hash.
    pub(super) fn holder(&self, key: &[u8; 32]) -> Holder {
        let entity = self.roster.by_key(key).and_then(|user| self.roster.entity(user));
        match entity.and_then(|entity| self.players.get(entity).ok()) {
            Some((seat, ..)) if seat.open() => Holder::Seat(seat.user(), seat.name().to_owned()),
            Some((seat, ..)) => Holder::Closed(seat.name().to_owned()),
            None => Holder::Nobody,
        }
    }

    /// A seat.
    pub(crate) fn get(&self, user: UserId) -> Option<&Seat> {
        let (seat, ..) = self.players.get(self.roster.entity(user)?).ok()?;
        Some(seat)
    }

    /// How many are open: in all, or those whose owners were in this network last.
    pub(super) fn count(&self, network: Option<Network>) -> usize {
        let open = self.players.iter().map(|(seat, ..)| seat).filter(|seat| seat.open());
        open.filter(|seat| network.is_none() || seat.network() == network).count()
    }

    /// Lets a seat belong to another key; returns the connection that held it, which holds nothing any more.
    pub(super) fn rebind(&mut self, user: UserId, key: [u8; 32]) -> Option<ConnId> {
        let (mut seat, mut connection, ..) = self.players.get_mut(self.roster.entity(user)?).ok()?;
        seat.rebind(key);
        self.roster.rebind(user, key);
        let before = connection.take();
        self.news.set(&seat, *connection);
        before
    }

    /// Lets a connection hold a seat; returns the one that held it before. None without the seat.
    pub(super) fn hold(&mut self, user: UserId, conn: ConnId, network: Network) -> Option<Option<ConnId>> {
        let (mut seat, mut connection, .., mut due) = self.players.get_mut(self.roster.entity(user)?).ok()?;
        let before = connection.replace(conn);
        seat.is_at(network);
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

    /// The open ones that the host meant: those up to `last`, all of them or those that no connection holds.
    pub(crate) fn up_to(&self, last: UserId, only_away: bool) -> Vec<UserId> {
        let meant = self.players.iter().filter(|(seat, connection, ..)| {
            seat.open() && seat.user() <= last && !(only_away && connection.get().is_some())
        });
        let mut users: Vec<_> = meant.map(|(seat, ..)| seat.user()).collect();
        users.sort_unstable();
        users
    }

    /// Closes one: its key gets no other in this session.
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
        self.news.gone(user);
        Ok(Closed { seat: seat.clone(), conn: connection.take() })
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

/// Orders between two looks at what can be forgotten.
const LOOK_ORDERS: u64 = 1_000;

/// Lets participants forget the answers to orders of long ago.
pub(super) fn forget_old_answers(session: Res<Session>, mut looked: Local<u64>, mut players: Query<&mut Keys>) {
    let last = session.last_order();
    if last.0.abs_diff(*looked) < LOOK_ORDERS {
        return;
    }
    *looked = last.0;
    players.iter_mut().for_each(|mut keys| keys.forget_old(last));
}

fn unknown(user: UserId) -> String {
    format!("participant {} is unknown", user.0)
}
