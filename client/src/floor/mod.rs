//! The trading floor: pillars as high as their prices, the book as rings around them, people
//! as figures before them, and every event of the market as light. It reads what is known and
//! what the panels ask to be shown, and knows no panel.

pub(crate) mod palette;
mod dice;
mod meshes;
mod material;
mod stirring;
mod seen;
mod frames;
mod mood;
mod camera;
mod canvas;
mod pillars;
mod rings;
mod figures;
mod ripples;
mod sparks;
mod effects;
mod glow;
mod cloud;
mod room;
mod names;
mod labels;
mod pace;

#[cfg(any(feature = "probe", not(target_arch = "wasm32")))]
pub(crate) use frames::Frames;
pub(crate) use labels::PillarRects;

use crate::frame::FloorSystems;
use bevy::prelude::*;

pub(crate) fn plugin(app: &mut App) {
    let order = (FloorSystems::Frame, FloorSystems::Follow, FloorSystems::Move, FloorSystems::Place);
    app.init_resource::<stirring::Stirring>()
        .configure_sets(Update, order.chain())
        .add_plugins((material::plugin, mood::plugin, frames::plugin, camera::plugin, canvas::plugin, room::plugin))
        .add_plugins((pillars::plugin, rings::plugin, figures::plugin, labels::plugin, pace::plugin))
        .add_plugins((effects::plugin, ripples::plugin, sparks::plugin, cloud::plugin));
}
