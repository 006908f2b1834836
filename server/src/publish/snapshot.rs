//! The public state whole, for newcomers and for those who missed something.

use super::{end::end_report, private::private_state, standings::Standings, update::Shown};
use crate::{
    clock::ServerClock,
    market::Session,
    net::{Role, Wire},
    players::{Connection, Due, Roster, Seat, Welcomes, info},
};
use bevy::{ecs::system::SystemParam, prelude::*};
use outcry_engine::UserId;
use outcry_shared::{
    codec,
    message::{EndReport, PrivateState, Receipt, ServerMessage, Snapshot, Welcome, You},
    secret::SeatToken,
};

/// The address people join by.
#[derive(Resource, Clone, Debug, Default)]
pub struct Address(pub String);

/// What a snapshot is made of.
#[derive(SystemParam)]
pub(super) struct Picture<'w, 's> {
    clock: Res<'w, ServerClock>,
    session: Res<'w, Session>,
    standings: Res<'w, Standings>,
    seats: Query<'w, 's, (&'static Seat, &'static Connection)>,
}

impl Picture<'_, '_> {
    fn snapshot(&self) -> Snapshot {
        let (session, floor) = (&*self.session, self.session.floor());
        let open = self.seats.iter().filter(|(seat, _)| seat.open());
        let mut seats: Vec<_> = open.map(|(seat, connection)| info(seat, *connection)).collect();
        seats.sort_by_key(|seat| seat.user);
        Snapshot {
            session: session.id().0,
            session_name: session.config().name.clone(),
            tick: session.tick(),
            clock: session.clock(self.clock.now_ms()),
            market: floor.market().public(),
            seats,
            leaders: self.standings.leaders(),
            tape: floor.tape().iter().copied().collect(),
            history: floor.history().points().to_vec(),
            metrics: floor.market().metrics(),
            outcomes: floor.fates().to_vec(),
            state_hash: floor.market().state_hash(),
            default_slippage_percent: session.config().default_slippage_percent,
        }
    }

    /// The end report for the owner of a seat, or for a spectator, once the session is over.
    fn end(&self, user: Option<UserId>) -> Option<EndReport> {
        end_report(&self.session, self.seats.iter().map(|(seat, _)| seat), user)
    }

    /// Who someone is, with the token of a seat just given.
    fn you(&self, entity: Entity, token: Option<SeatToken>) -> Option<You> {
        let (seat, _) = self.seats.get(entity).ok()?;
        Some(You { user: seat.user(), name: seat.name().to_owned(), token })
    }

    /// One's own state, with the receipts that were due.
    fn private(&self, user: UserId, receipts: Vec<Receipt>) -> PrivateState {
        private_state(&self.session, user, self.standings.rank(user), receipts)
    }
}

/// Sends a snapshot, encoded once, to those who missed something.
pub(super) fn send_snapshots(
    picture: Picture,
    roster: Res<Roster>,
    mut shown: ResMut<Shown>,
    mut due: Query<&mut Due>,
    mut wire: Wire,
) {
    let conns = wire.links.take_snapshots_due(picture.clock.now_ms());
    if conns.is_empty() {
        return;
    }
    let snapshot = picture.snapshot();
    shown.reset(&snapshot.market.outcomes);
    let bytes = codec::encode(&ServerMessage::Snapshot(Box::new(snapshot))).into();
    for conn in conns {
        wire.send_encoded(conn, &bytes);
        let user = wire.links.seat(conn);
        if let Some(end) = picture.end(user) {
            wire.send(conn, &ServerMessage::End(Box::new(end)));
        }
        let owner = user.and_then(|user| roster.entity(user));
        if let Some(mut due) = owner.and_then(|entity| due.get_mut(entity).ok()) {
            due.refresh();
        }
    }
}

/// Answers the hellos of this lap.
pub(super) fn welcome(
    picture: Picture,
    address: Res<Address>,
    roster: Res<Roster>,
    mut welcomes: ResMut<Welcomes>,
    mut due: Query<&mut Due>,
    mut wire: Wire,
) {
    if welcomes.is_empty() {
        return;
    }
    let snapshot = picture.snapshot();
    for (conn, token) in welcomes.take() {
        let user = wire.links.seat(conn);
        let owner = user.and_then(|user| Some((user, roster.entity(user)?)));
        let private = owner.and_then(|(user, entity)| Some(picture.private(user, due.get_mut(entity).ok()?.take())));
        if wire.links.get(conn).is_none_or(|link| link.role == Role::New) {
            continue;
        }
        let welcome = Welcome {
            build: env!("CARGO_PKG_VERSION").to_owned(),
            you: owner.and_then(|(_, entity)| picture.you(entity, token)),
            snapshot: snapshot.clone(),
            private,
            end: picture.end(user),
            join_url: address.0.clone(),
        };
        wire.send(conn, &ServerMessage::Welcome(Box::new(welcome)));
    }
}
