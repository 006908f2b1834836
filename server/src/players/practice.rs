//! What people have practised while they waited: for the host to see. Nothing depends on it and nothing of it is stored.

use super::{roster::Roster, seat::Tally};
use crate::net::{Practised, Said, Wire};
use bevy::prelude::*;

/// Notes what those who have a seat say of it.
pub(super) fn note(
    mut said: MessageReader<Said<Practised>>,
    roster: Res<Roster>,
    mut tallies: Query<&mut Tally>,
    wire: Wire,
) {
    for Said { conn, what: Practised(missions) } in said.read() {
        let owner = wire.links.seat(*conn).and_then(|user| roster.entity(user));
        if let Some(mut tally) = owner.and_then(|entity| tallies.get_mut(entity).ok()) {
            tally.practise(*missions);
        }
    }
}
