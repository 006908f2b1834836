//! How often frames are made: seldom where nothing moves, and not without pause where they are slow.

use super::{frames::Frames, stirring::Stirring};
use crate::{frame::FloorSystems, stage::canvas::Level};
use bevy::{
    prelude::*,
    winit::{UpdateMode, WinitSettings},
};
use std::time::Duration;

/// Time between frames while nothing moves: clocks still count.
const IDLE_WAIT: Duration = Duration::from_millis(100);
/// Time between frames where they are slow, so that pages stay responsive.
const SLOW_WAIT: Duration = Duration::from_millis(33);

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, pace.after(FloorSystems::Place));
}

fn pace(frames: Res<Frames>, stirring: Res<Stirring>, mut settings: ResMut<WinitSettings>) {
    let mode = match frames.level {
        _ if !stirring.any() => UpdateMode::reactive(IDLE_WAIT),
        Level::Low if !frames.is_fixed() => UpdateMode::reactive(SLOW_WAIT),
        _ => UpdateMode::Continuous,
    };
    if settings.focused_mode != mode {
        *settings = WinitSettings { focused_mode: mode, unfocused_mode: mode };
    }
}
