//! Colours of the floor: those of the panels, as light.

use crate::kit::theme;
use bevy::prelude::*;
use egui::Color32;
use outcry_engine::{OutcomeId, Side};

/// The night around the floor.
pub(crate) const VOID: Color = Color::srgb_u8(0x0b, 0x10, 0x20);

/// The colour of an outcome's pillar.
pub(super) fn outcome(outcome: OutcomeId) -> LinearRgba {
    light(theme::outcome(outcome))
}

/// The colour of a side.
pub(super) fn side(side: Side) -> LinearRgba {
    light(theme::side(side))
}

/// The lamp, money, and one's own figure.
pub(super) fn amber() -> LinearRgba {
    light(theme::AMBER)
}

fn light(colour: Color32) -> LinearRgba {
    Color::srgb_u8(colour.r(), colour.g(), colour.b()).to_linear()
}
