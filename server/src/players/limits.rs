//! How many seats one network may have: set by the operator, read by whoever welcomes people.

use bevy::prelude::*;

/// Bounds of one network: an IPv4 address, or a site of IPv6. Those that limits do not count have none.
#[derive(Resource, Clone, Copy, Debug, PartialEq, Eq)]
pub struct DoorLimits {
    /// People on their way: a name was asked for by the form, and nobody has come. Beyond it the next are turned away.
    pub arriving: usize,
    /// Seats in all. Beyond it the next are turned away.
    pub seats: usize,
}

impl Default for DoorLimits {
    fn default() -> Self {
        Self { arriving: 8, seats: 40 }
    }
}
