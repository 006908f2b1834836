//! How the floor is seen in this frame. Set by the camera alone; what it draws and where labels stand follow from it.

use crate::stage::{canvas::Canvas, lens::Lens, place, tags};
use bevy::prelude::*;

/// The camera of the floor.
#[derive(Component, Debug)]
pub(super) struct FloorCamera;

/// How the scene is seen in this frame.
#[derive(Resource, Debug)]
pub(super) struct Stage {
    /// From the world to the screen.
    pub(super) lens: Lens,
    /// The part of the window that is drawn.
    pub(super) canvas: Canvas,
    /// What panels leave free, in points.
    pub(super) free: egui::Rect,
    /// Distance of neighbouring pillars, in m.
    pub(super) gap_m: f32,
    /// How labels over pillars look: by their number, and the room for them.
    pub(super) tags: tags::Style,
    /// How much larger words are than on a desk.
    pub(super) large: f32,
}

impl Default for Stage {
    fn default() -> Self {
        let nothing = egui::Rect::from_min_size(egui::Pos2::ZERO, egui::Vec2::splat(1.0));
        Self {
            lens: Lens::default(),
            canvas: Canvas { rect: nothing, pixels: UVec2::ONE },
            free: nothing,
            gap_m: place::gap_m(3, 1.0),
            tags: tags::Style::of(3, nothing, 1.0),
            large: 1.0,
        }
    }
}
