//! The public state whole, for newcomers and for those who missed something.

use super::{end::end_report, private::private_state, standings::Standings, update::Shown};
use crate::{
    clock::ServerClock,
    market::Session,
    net::{Role, Wire},
    players::{Connection, Due, Roster, Seat, Welcomes, info},
};
use bevy::prelude::*;
use outcry_shared::{
    codec,
    message::{ServerMessage, Snapshot, Welcome, You},
};

/// The address people join by.
#[derive(Resource, Clone, Debug, Default)]
pub struct Address(pub String);

type Players<'w, 's> = Query<'w, 's, (&'static Seat, &'static Connection, &'static mut Due)>;

fn snapshot(session: &Session, standings: &Standings, players: &Players, server_ms: u64) -> Snapshot {
    let floor = session.floor();
    let mut seats: Vec<_> =
        players.iter().filter(|(seat, ..)| seat.open()).map(|(seat, connection, _)| info(seat, *connection)).collect();
    seats.sort_by_key(|seat| seat.user);
    Snapshot {
        session: session.id().0,
        session_name: session.config().name.clone(),
        tick: session.tick(),
        clock: session.clock(server_ms),
        market: floor.market().public(),
        seats,
        leaders: standings.leaders(),
        tape: floor.tape().iter().copied().collect(),
        history: floor.history().points().to_vec(),
        metrics: floor.market().metrics(),
        outcomes: floor.fates().to_vec(),
        state_hash: floor.market().state_hash(),
        default_slippage_percent: session.config().default_slippage_percent,
    }
}

/// Sends a snapshot, encoded once, to those who missed something.
#[expect(clippy::too_many_arguments, reason = "a system names every resource it reads")]
pub(super) fn send_snapshots(
    clock: Res<ServerClock>,
    session: Res<Session>,
    standings: Res<Standings>,
    roster: Res<Roster>,
    mut shown: ResMut<Shown>,
    seats: Query<&Seat>,
    mut players: Players,
    mut wire: Wire,
) {
    let conns = wire.links.take_snapshots_due(clock.now_ms());
    if conns.is_empty() {
        return;
    }
    let snapshot = snapshot(&session, &standings, &players, clock.now_ms());
    shown.reset(&snapshot.market.outcomes);
    let bytes = codec::encode(&ServerMessage::Snapshot(Box::new(snapshot))).into();
    for conn in conns {
        wire.send_encoded(conn, &bytes);
        let user = wire.links.seat(conn);
        if let Some(end) = end_report(&session, &seats, user) {
            wire.send(conn, &ServerMessage::End(Box::new(end)));
        }
        let owner = user.and_then(|user| roster.entity(user));
        if let Some((.., mut due)) = owner.and_then(|entity| players.get_mut(entity).ok()) {
            due.refresh();
        }
    }
}

/// Answers the hellos of this lap.
#[expect(clippy::too_many_arguments, reason = "a system names every resource it reads")]
pub(super) fn welcome(
    clock: Res<ServerClock>,
    session: Res<Session>,
    standings: Res<Standings>,
    address: Res<Address>,
    roster: Res<Roster>,
    seats: Query<&Seat>,
    mut welcomes: ResMut<Welcomes>,
    mut players: Players,
    mut wire: Wire,
) {
    if welcomes.is_empty() {
        return;
    }
    let snapshot = snapshot(&session, &standings, &players, clock.now_ms());
    for (conn, token) in welcomes.take() {
        let user = wire.links.seat(conn);
        let seat = user.and_then(|user| roster.entity(user)).and_then(|entity| players.get_mut(entity).ok());
        let (you, private) = seat.map_or((None, None), |(seat, _, mut due)| {
            let you = You { user: seat.user(), name: seat.name().to_owned(), token };
            (Some(you), Some(private_state(&session, seat.user(), standings.rank(seat.user()), due.take())))
        });
        if wire.links.get(conn).is_none_or(|link| link.role == Role::New) {
            continue;
        }
        let welcome = Welcome {
            build: env!("CARGO_PKG_VERSION").to_owned(),
            you,
            snapshot: snapshot.clone(),
            private,
            end: end_report(&session, &seats, user),
            join_url: address.0.clone(),
        };
        wire.send(conn, &ServerMessage::Welcome(Box::new(welcome)));
    }
}
