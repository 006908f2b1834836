//! Who comes and goes in a lap, and who has a seat once it is stored.

use super::{
    door::{Asker, Door, Joining, Moving, Newcomer},
    hello::send_away,
    seat::Connection,
    seats::Seats,
    welcomes::Welcomes,
};
use crate::{
    market::Session,
    net::{FrontRequest, Gone, Role, Said, Wire},
    record::Stored,
    store::UserRow,
};
use bevy::prelude::*;
use outcry_shared::message::Hello;

/// Reads who is gone and who comes.
pub(super) fn hear(
    mut gone: MessageReader<Gone>,
    mut requests: ResMut<Messages<FrontRequest>>,
    mut hellos: MessageReader<Said<Hello>>,
    mut door: Door,
) {
    door.send_home();
    for gone in gone.read() {
        if let Role::Seat(user) = gone.role {
            door.seats.leave(user, gone.conn);
        }
    }
    for request in requests.drain() {
        door.request(request);
    }
    for Said { conn, what } in hellos.read() {
        door.hello(*conn, what);
    }
}

/// Gives their seats to those whose seats are stored, and tells those whose seats went to another key.
pub(super) fn seat(
    mut stored: MessageReader<Stored>,
    mut joining: ResMut<Joining>,
    mut session: ResMut<Session>,
    mut seats: Seats,
    mut welcomes: ResMut<Welcomes>,
    mut wire: Wire,
) {
    if stored.is_empty() {
        return;
    }
    stored.clear();
    for Newcomer { row, conn, peer } in joining.newcomers.drain(..) {
        session.seat(row.user, row.deposit);
        let here = conn.filter(|conn| wire.links.get(*conn).is_some());
        here.into_iter().for_each(|conn| welcomes.push(conn));
        seats.enter(&UserRow::fresh(&row), Connection::new(here), Some(peer.network()));
    }
    for Moving { user, key, why, asker } in joining.moving.drain(..) {
        let before = seats.rebind(user, key);
        asker.into_iter().for_each(Asker::agree);
        if let Some(before) = before {
            send_away(&mut wire, before, why);
        }
    }
}
