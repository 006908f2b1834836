//! The public state whole, for newcomers and for those who missed something.

use super::{
    end::results,
    private::private_state,
    splice::{Results, Shot},
    standings::Standings,
    update::Shown,
};
use crate::{
    clock::ServerClock,
    market::Session,
    net::{Role, Wire},
    players::{Connection, Due, Past, Roster, Seat, Welcomes, info},
};
use bevy::{ecs::system::SystemParam, prelude::*};
use outcry_engine::UserId;
use outcry_shared::{
    ledger::Statement,
    message::{PrivateState, Receipt, Snapshot, You},
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
    pub(super) fn session(&self) -> &Session {
        &self.session
    }

    /// The server's clock, in ms.
    pub(super) fn now_ms(&self) -> u64 {
        self.clock.now_ms()
    }

    /// The public state whole.
    pub(super) fn snapshot(&self) -> Snapshot {
        let (session, floor) = (&*self.session, self.session.floor());
        let open = self.seats.iter().filter(|(seat, _)| seat.open());
        let mut seats: Vec<_> = open.map(|(seat, connection)| info(seat, *connection)).collect();
        seats.sort_by_key(|seat| seat.user);
        Snapshot {
            session: session.id().0,
            session_name: session.config().name.clone(),
            question: session.config().question.clone(),
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

    /// What the session came to, once it is over.
    pub(super) fn results(&self) -> Option<Results> {
        results(&self.session, self.seats.iter().map(|(seat, _)| seat))
    }

    /// Where a participant's money went.
    fn statement(&self, user: Option<UserId>) -> Option<Statement> {
        user.map(|user| self.session.floor().ledger().statement(user))
    }

    /// Who someone is.
    fn you(&self, entity: Entity) -> Option<You> {
        let (seat, _) = self.seats.get(entity).ok()?;
        Some(You { user: seat.user(), name: seat.name().to_owned(), mark: seat.mark() })
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
    wire.publish(&conns, Shot::of(snapshot).message());
    let results = picture.results();
    for conn in conns {
        let user = wire.links.seat(conn);
        if let Some(results) = &results {
            wire.send_encoded(conn, &results.message(picture.statement(user).as_ref()));
        }
        let owner = user.and_then(|user| roster.entity(user));
        if let Some(mut due) = owner.and_then(|entity| due.get_mut(entity).ok()) {
            due.refresh();
        }
    }
}

/// Answers the hellos of this lap: the snapshot is encoded once for all of them.
pub(super) fn welcome(
    picture: Picture,
    address: Res<Address>,
    roster: Res<Roster>,
    mut welcomes: ResMut<Welcomes>,
    (mut due, past): (Query<&mut Due>, Query<&Past>),
    mut wire: Wire,
) {
    if welcomes.is_empty() {
        return;
    }
    let (shot, results) = (Shot::of(picture.snapshot()), picture.results());
    for conn in welcomes.take() {
        let user = wire.links.seat(conn);
        let owner = user.and_then(|user| Some((user, roster.entity(user)?)));
        let private = owner.and_then(|(user, entity)| Some(picture.private(user, due.get_mut(entity).ok()?.take())));
        if wire.links.get(conn).is_none_or(|link| link.role == Role::New) {
            continue;
        }
        let you = owner.and_then(|(_, entity)| picture.you(entity));
        let end = results.as_ref().map(|results| results.report(picture.statement(user).as_ref()));
        let past = owner.and_then(|(_, entity)| past.get(entity).ok()).map(Past::orders).unwrap_or_default();
        wire.send_encoded(conn, &shot.welcome(you, private, end, &address.0, &past));
    }
}
