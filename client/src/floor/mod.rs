//! The trading floor: pillars as high as their prices, the book as rings around them, people
//! as figures before them, and every event of the market as light. It reads the model and
//! what the panels ask to be shown, and knows no panel.

mod camera;
mod detail;
mod dice;
mod effects;
mod figures;
mod labels;
mod layout;
mod material;
mod meshes;
mod mood;
pub(crate) mod palette;
mod pillars;
mod rings;
mod ripples;
mod room;
mod sparks;

pub(crate) use detail::Frames;
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use detail::Level; // asked for on the command line
pub(crate) use labels::PillarRects;

use bevy::prelude::*;

/// The floor's part of a frame, in `Update`.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum FloorSystems {
    /// What was heard becomes what is to be seen.
    Follow,
    /// Time passes: everything moves towards where it should be.
    Move,
    /// What has moved is put into the scene.
    Place,
}

/// The floor.
pub(crate) fn plugin(app: &mut App) {
    app.configure_sets(Update, (FloorSystems::Follow, FloorSystems::Move, FloorSystems::Place).chain())
        .add_plugins((material::plugin, mood::plugin, detail::plugin, camera::plugin, room::plugin))
        .add_plugins((pillars::plugin, rings::plugin, figures::plugin, labels::plugin))
        .add_plugins((effects::plugin, ripples::plugin, sparks::plugin));
}
