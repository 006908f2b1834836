//! Traps in a lap: it ends in its middle, as with the server that is killed there.

use bevy::prelude::*;
use outcry_server::Lap;
use std::panic::resume_unwind;

/// The points of a lap at which a server can be killed: after each of its stations.
pub(crate) const POINTS: [Lap; 8] =
    [Lap::Receive, Lap::Admit, Lap::Clock, Lap::Resolve, Lap::Match, Lap::Commit, Lap::Publish, Lap::Housekeep];

/// Where the lap ends, if it does.
#[derive(Resource, Default)]
pub(crate) struct Trap(pub(crate) Option<Lap>);

/// Sets a trap after each of the points.
pub(crate) fn set_traps(app: &mut App) {
    app.init_resource::<Trap>();
    for (nth, point) in POINTS.into_iter().enumerate() {
        let trap = move |trap: Res<Trap>| {
            if trap.0 == Some(point) {
                resume_unwind(Box::new("killed"));
            }
        };
        match POINTS.get(nth + 1) {
            Some(next) => app.add_systems(Update, trap.after(point).before(*next)),
            None => app.add_systems(Update, trap.after(point)),
        };
    }
}
