//! The public history of the session being served, as pieces that anybody may fetch and keep: printed by the lap from
//! what everyone has been told, stored, and only then on the shelf. Nothing private comes in: its only source is what
//! was said to everyone.

mod shelf;
mod press;

pub use press::Press;
pub use shelf::{Found, Shelf, Standing};

use crate::lap::Housekeep;
use bevy::prelude::*;

/// Where printed pieces are stored.
pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, press::store.in_set(Housekeep::Store));
}
