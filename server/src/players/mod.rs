//! Participants: entities with a seat, a connection and what is due to them. Here they come, go
//! and come back; what they own is the market's.

mod limits;
mod arrivals;
mod codes;
mod seat;
mod past;
mod roster;
mod welcomes;
mod seats;
mod visits;
mod door;
mod form;
mod hello;
mod join;
mod practice;

pub(crate) use arrivals::Arrivals;
pub(crate) use codes::{Codes, VALID_MS};
pub use limits::DoorLimits;
pub use past::Past;
pub use roster::Roster;
pub(crate) use roster::seat_all;
pub(crate) use seat::info;
pub use seat::{Connection, Due, Keys, Seat, SeatNews, Tally};
pub(crate) use seats::Seats;
pub(crate) use visits::Visits;
pub use welcomes::Welcomes;

use crate::lap::{Admit, Lap};
use bevy::prelude::*;

/// Joining, resuming, leaving.
pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Roster>()
        .init_resource::<SeatNews>()
        .init_resource::<Welcomes>()
        .init_resource::<Arrivals>()
        .init_resource::<Codes>()
        .init_resource::<Visits>()
        .init_resource::<door::Joining>()
        .add_systems(Update, (join::hear, practice::note, visits::note).chain().in_set(Admit::Join))
        .add_systems(Update, join::seat.in_set(Admit::Seat))
        .add_systems(Update, seats::forget_old_answers.in_set(Lap::Housekeep));
}
