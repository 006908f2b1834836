//! Who is who: by number, by token, by the look of the name. An index, changed with the seats.

use super::{
    past::Past,
    seat::{Connection, Due, Keys, Seat, Tally},
};
use crate::{peer::Network, store::UserRow};
use bevy::prelude::*;
use outcry_engine::{OrderId, UserId};
use outcry_shared::{names, secret::SeatToken};
use std::collections::{BTreeMap, HashMap};

/// The index of the participants' entities.
#[derive(Resource, Debug, Default)]
pub struct Roster {
    entities: BTreeMap<UserId, Entity>,
    tokens: HashMap<[u8; 32], UserId>,
    skeletons: BTreeMap<String, UserId>,
    last: u32,
}

/// What the store keeps of a token.
pub(super) fn token_hash(token: SeatToken) -> [u8; 32] {
    *blake3::hash(&token.0).as_bytes()
}

impl Roster {
    /// A participant's entity.
    #[must_use]
    pub fn entity(&self, user: UserId) -> Option<Entity> {
        self.entities.get(&user).copied()
    }

    /// Every entity, by number.
    pub fn entities(&self) -> impl Iterator<Item = (UserId, Entity)> {
        self.entities.iter().map(|(user, entity)| (*user, *entity))
    }

    /// Seats given in this session or kept from the one before, those closed included: their accounts stay.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entities.len()
    }

    /// Whether nobody has a seat.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entities.is_empty()
    }

    /// Whose seat belongs to a key, open or closed. What is compared are hashes, so its time tells nothing of the key.
    #[must_use]
    pub fn by_token(&self, token: SeatToken) -> Option<UserId> {
        self.by_key(&token_hash(token))
    }

    /// The same by the hash of the key.
    pub(super) fn by_key(&self, key: &[u8; 32]) -> Option<UserId> {
        self.tokens.get(key).copied()
    }

    /// Who has a name that looks like this one.
    #[must_use]
    pub fn by_skeleton(&self, skeleton: &str) -> Option<UserId> {
        self.skeletons.get(skeleton).copied()
    }

    /// The number of a newcomer: one more than the last.
    pub(super) const fn next_user(&mut self) -> UserId {
        self.last += 1;
        UserId(self.last)
    }

    pub(super) fn enter(&mut self, row: &UserRow, entity: Entity) {
        self.last = self.last.max(row.user.0);
        self.entities.insert(row.user, entity);
        self.skeletons.insert(row.skeleton.clone(), row.user);
        // A browser that was given a seat may have had another one before, which is closed.
        if row.open || !self.tokens.contains_key(&row.token_hash) {
            self.tokens.insert(row.token_hash, row.user);
        }
    }

    /// A seat belongs to another key.
    pub(super) fn rebind(&mut self, user: UserId, key: [u8; 32]) {
        self.tokens.retain(|_, owner| *owner != user);
        self.tokens.insert(key, user);
    }

    pub(super) fn rename(&mut self, user: UserId, name: &str) {
        self.skeletons.retain(|_, owner| *owner != user);
        self.skeletons.insert(names::skeleton(name), user);
    }

    pub(super) fn remove(&mut self, user: UserId) -> Option<Entity> {
        self.tokens.retain(|_, owner| *owner != user);
        self.skeletons.retain(|_, owner| *owner != user);
        self.entities.remove(&user)
    }
}

/// Brings in a participant, who is there.
pub(super) fn spawn(
    commands: &mut Commands,
    roster: &mut Roster,
    row: &UserRow,
    connection: Connection,
    network: Option<Network>,
) {
    let mut seat = Seat::of(row);
    if let Some(network) = network {
        seat.is_at(network);
    }
    let parts = (seat, connection, Tally::default(), Keys::default(), Due::default(), Past::default());
    let entity = commands.spawn(parts).id();
    roster.enter(row, entity);
}

/// Brings in everyone whom a restart finds.
pub(crate) fn seat_all(world: &mut World, users: &[UserRow], answers: &[(UserId, u64, OrderId, u64)]) {
    world.resource_scope(|world, mut roster: Mut<Roster>| {
        for row in users {
            spawn(&mut world.commands(), &mut roster, row, Connection::default(), None);
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
