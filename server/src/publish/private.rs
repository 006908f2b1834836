//! What only the owner of a seat is told, and never anyone else.

use super::standings::Standings;
use crate::{
    market::Session,
    net::Wire,
    players::{Connection, Due, Seat},
};
use bevy::prelude::*;
use outcry_engine::UserId;
use outcry_shared::message::{PrivateState, Receipt, ServerMessage};

/// One's own state, with the receipts since the last one.
pub(super) fn private_state(session: &Session, user: UserId, rank: u32, receipts: Vec<Receipt>) -> PrivateState {
    let floor = session.floor();
    PrivateState {
        tick: session.tick(),
        own: floor.market().own_view(user),
        open_orders: floor.market().open_orders(user),
        positions: floor.ledger().positions(user),
        statement: floor.ledger().statement(user),
        rank,
        trade_count: floor.market().account(user).map_or(0, |account| account.trade_count),
        receipts,
    }
}

/// Tells everyone whose state has changed and whose connection follows; whoever has only been overtaken is told the rank.
pub(super) fn tell_privately(
    session: Res<Session>,
    standings: Res<Standings>,
    mut players: Query<(&Seat, &Connection, &mut Due)>,
    mut wire: Wire,
) {
    for (seat, connection, mut due) in &mut players {
        let Some(conn) = connection.get().filter(|_| due.is_private() || due.is_rank()) else { continue };
        if !wire.links.get(conn).is_some_and(|link| link.follows()) {
            continue;
        }
        if !due.is_private() {
            wire.send(conn, &ServerMessage::Rank(due.take_rank()));
            continue;
        }
        let state = private_state(&session, seat.user(), standings.rank(seat.user()), due.take());
        wire.send(conn, &ServerMessage::Private(Box::new(state)));
    }
}
