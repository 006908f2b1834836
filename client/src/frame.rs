//! Whose screen it is, and in which order a frame is made.

use bevy::prelude::*;

/// Whose screen it is.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// A participant's: floor and panels.
    #[default]
    Player,
    /// A host's, without a seat: the overlay is open.
    Host,
    /// A projector's: the floor alone.
    Floor,
}

/// The floor's part of a frame, in `Update`, one after the other.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum FloorSystems {
    /// Whether it is drawn in this frame, how finely, and from where it is seen.
    Frame,
    /// What was heard becomes what is to be seen.
    Follow,
    /// Time passes: everything moves towards where it should be.
    Move,
    /// What has moved is put into the scene.
    Place,
}

/// When what is drawn by egui is drawn: in `EguiPrimaryContextPass`, one over the other.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum DrawSystems {
    /// The picture of the floor, under everything.
    Scene,
    /// Labels of the floor.
    Under,
    /// Panels and windows, over everything.
    Panels,
}
