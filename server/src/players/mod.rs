//! Participants: entities with a seat, a connection and what is due to them.

mod join;
mod roster;

pub(crate) use join::StagedJoin;
pub use roster::Roster;

use crate::{lap::Lap, net::ConnId, record::StoreGroup, store::UserRow};
use bevy::prelude::*;
use outcry_engine::{OrderId, UserId};
use outcry_shared::message::{Receipt, Seat as SeatInfo, SeatChange};
use std::collections::{HashMap, VecDeque};

/// Receipts kept for someone who is away or whose window is hidden. Older ones are dropped:
/// the record has them.
const RECEIPTS_MAX: usize = 400;

/// Reads who comes and who is gone.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Hellos;

/// Gives seats to those whose seats are stored.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Seating;

/// Joining, resuming, leaving.
pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Roster>().init_resource::<SeatNews>().add_systems(
        Update,
        (
            join::hear.in_set(Lap::Admit).in_set(Hellos).before(StoreGroup),
            join::seat.in_set(Lap::Admit).in_set(Seating).after(StoreGroup),
        ),
    );
}

/// A participant's place in the session. It outlives connections.
#[derive(Component, Clone, Debug)]
pub struct Seat {
    /// The number in the market.
    pub user: UserId,
    /// The name shown.
    pub name: String,
    /// Hash of the token that resumes it.
    pub token_hash: [u8; 32],
    /// Whether it declared itself a bot.
    pub bot: bool,
    /// False once the host has closed it.
    pub open: bool,
}

/// The connection that holds a seat now: the presence of its owner.
#[derive(Component, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Connection(pub Option<ConnId>);

/// What a participant sent so far.
#[derive(Component, Clone, Copy, Debug, Default)]
pub struct Tally {
    /// Orders.
    pub orders: u64,
    /// Rejected ones.
    pub rejected: u64,
}

/// The client's own numbers of orders and their answers, so that one sent again has one
/// effect and gets the same answer, whatever the session has come to meanwhile.
#[derive(Component, Debug, Default)]
pub struct Keys {
    answers: HashMap<u64, (OrderId, u64)>,
    clients: HashMap<OrderId, u64>,
}

impl Keys {
    /// The id and time given to an order before.
    #[must_use]
    pub fn answer(&self, client_order_id: u64) -> Option<(OrderId, u64)> {
        self.answers.get(&client_order_id).copied()
    }

    /// The client's own number of an order.
    #[must_use]
    pub fn client(&self, order: OrderId) -> Option<u64> {
        self.clients.get(&order).copied()
    }

    pub(crate) fn note(&mut self, client_order_id: u64, order: OrderId, ts_ms: u64) {
        self.answers.insert(client_order_id, (order, ts_ms));
        self.clients.insert(order, client_order_id);
    }
}

/// What a participant has not been told yet.
#[derive(Component, Debug, Default)]
pub struct Due {
    /// Receipts, oldest first.
    pub receipts: VecDeque<Receipt>,
    /// Whether the private state is to be sent.
    pub private: bool,
    /// The rank when it was last sent.
    pub rank: u32,
}

impl Due {
    pub(crate) fn push(&mut self, receipt: Receipt) {
        if self.receipts.len() == RECEIPTS_MAX {
            self.receipts.pop_front();
        }
        self.receipts.push_back(receipt);
        self.private = true;
    }
}

/// Changes of the seats that nobody has been told yet.
#[derive(Resource, Debug, Default)]
pub struct SeatNews(pub Vec<SeatChange>);

impl SeatNews {
    pub(crate) fn set(&mut self, seat: &Seat, connection: Connection) {
        self.0.push(SeatChange::Set(info(seat, connection)));
    }
}

/// A seat as everyone sees it.
pub(crate) fn info(seat: &Seat, connection: Connection) -> SeatInfo {
    SeatInfo { user: seat.user, name: seat.name.clone(), connected: connection.0.is_some(), bot: seat.bot }
}

/// Brings in a participant.
pub(crate) fn spawn(commands: &mut Commands, roster: &mut Roster, row: &UserRow, connection: Connection) {
    let seat =
        Seat { user: row.user, name: row.name.clone(), token_hash: row.token_hash, bot: row.bot, open: row.open };
    let due = Due { private: true, ..Due::default() };
    let entity = commands.spawn((seat, connection, Tally::default(), Keys::default(), due)).id();
    roster.enter(row, entity);
}

/// Brings in everyone whom a restart finds.
pub(crate) fn seat_all(world: &mut World, users: &[UserRow], answers: &[(UserId, u64, OrderId, u64)]) {
    world.resource_scope(|world, mut roster: Mut<Roster>| {
        for row in users {
            spawn(&mut world.commands(), &mut roster, row, Connection::default());
        }
        world.flush();
        for &(user, client_order_id, order, ts_ms) in answers {
            let entity = roster.entity(user);
            if let Some(mut keys) = entity.and_then(|entity| world.get_mut::<Keys>(entity)) {
                keys.note(client_order_id, order, ts_ms);
            }
        }
    });
}
