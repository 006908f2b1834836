//! What moves on the floor. Each part says so for itself and for no other; how often the scene is drawn follows from it.

use bevy::prelude::*;

/// A part of the floor that can move.
#[derive(Clone, Copy, Debug)]
pub(super) enum Mover {
    /// From where it is seen.
    Camera,
    /// The light in the room.
    Light,
    /// Pillars, their glow, and what a ticket would do to them.
    Pillars,
    /// The rings of the book.
    Rings,
    /// People who walk or hop.
    Figures,
    Sparks,
}

/// Whether each part moves.
#[derive(Resource, Debug)]
pub(super) struct Stirring([bool; 6]);

impl Default for Stirring {
    /// The light comes up, and the camera goes to its place.
    fn default() -> Self {
        let mut parts = [false; 6];
        parts[Mover::Camera as usize] = true;
        parts[Mover::Light as usize] = true;
        Self(parts)
    }
}

impl Stirring {
    /// A part moves, or has come to rest.
    pub(super) fn note(&mut self, part: Mover, moves: bool) {
        self.0[part as usize] = moves;
    }

    /// Whether anything in the scene moves, wherever it is seen from.
    pub(super) fn in_scene(&self) -> bool {
        self.0[Mover::Camera as usize + 1..].contains(&true)
    }

    /// Whether a new picture is due: something in the scene moves, or the camera does.
    pub(super) fn any(&self) -> bool {
        self.0.contains(&true)
    }
}
