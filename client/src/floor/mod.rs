//! The trading floor: pillars as high as their prices, the book as rings around them, people
//! as figures before them, and every event of the market as light. It reads the model and
//! what the panels ask to be shown, and knows no panel.

mod camera;
mod canvas;
mod detail;
mod dice;
mod effects;
mod figures;
mod glow;
mod labels;
mod material;
mod meshes;
mod mood;
mod names;
pub(crate) mod palette;
mod pillars;
mod rings;
mod ripples;
mod room;
mod sparks;

pub(crate) use detail::Frames;
pub(crate) use labels::PillarRects;

use bevy::prelude::*;

/// The floor's part of a frame, in `Update`.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum FloorSystems {
    /// From where all of it is seen.
    Frame,
    /// What was heard becomes what is to be seen.
    Follow,
    /// Time passes: everything moves towards where it should be.
    Move,
    /// What has moved is put into the scene.
    Place,
}

/// The floor.
pub(crate) fn plugin(app: &mut App) {
    let order = (FloorSystems::Frame, FloorSystems::Follow, FloorSystems::Move, FloorSystems::Place);
    app.configure_sets(Update, order.chain())
        .add_plugins((material::plugin, mood::plugin, detail::plugin, camera::plugin, canvas::plugin, room::plugin))
        .add_plugins((pillars::plugin, rings::plugin, figures::plugin, labels::plugin))
        .add_plugins((effects::plugin, ripples::plugin, sparks::plugin));
}
