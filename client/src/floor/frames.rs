//! How fast frames are, and how much is drawn in them: less where they are slow.

use crate::{frame::FloorSystems, stage::canvas::Level};
use bevy::{
    prelude::*,
    render::renderer::RenderAdapterInfo,
    winit::{UpdateMode, WinitSettings},
};

/// A frame longer than this is slow, in s.
const SLOW_S: f32 = 1.0 / 24.0;
/// Frames that are averaged, and for how long at most, in s.
const WINDOW: u32 = 40;
const WINDOW_S: f32 = 3.0;
/// Where frames may wait, pauses longer than this are no frames, in s.
const PAUSE_S: f32 = 0.5;

/// How fast frames are, and what follows from it.
#[derive(Resource, Debug)]
pub(crate) struct Frames {
    /// How much is drawn.
    pub(crate) level: Level,
    /// Frames per second, of the last few.
    pub(crate) per_s: f32,
    fixed: bool,
    sum_s: f32,
    count: u32,
}

impl Default for Frames {
    fn default() -> Self {
        Self { level: Level::High, per_s: 0.0, fixed: false, sum_s: 0.0, count: 0 }
    }
}

impl Frames {
    /// A level that stays, however fast frames are.
    #[cfg(any(not(target_arch = "wasm32"), feature = "probe"))]
    #[must_use]
    pub(crate) fn fixed_at(level: Level) -> Self {
        Self { level, fixed: true, ..Self::default() }
    }

    /// Whether the level was chosen by hand.
    pub(crate) fn is_fixed(&self) -> bool {
        self.fixed
    }
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Frames>()
        .add_systems(Startup, know_software)
        .add_systems(Update, measure.in_set(FloorSystems::Frame));
}

/// Graphics made by the processor need no measuring.
fn know_software(adapter: Option<Res<RenderAdapterInfo>>, mut frames: ResMut<Frames>) {
    let Some(adapter) = adapter.filter(|_| !frames.fixed) else { return };
    let name = format!("{} {}", adapter.name, adapter.driver_info).to_lowercase();
    if ["swiftshader", "llvmpipe", "lavapipe", "softpipe", "software", "basic render"].iter().any(|s| name.contains(s))
    {
        frames.level = Level::Low;
    }
}

pub(super) fn measure(mut frames: ResMut<Frames>, time: Res<Time<Real>>, pace: Res<WinitSettings>) {
    let frame_s = time.delta_secs();
    let waits = pace.focused_mode != UpdateMode::Continuous;
    if waits && frame_s > PAUSE_S {
        return;
    }
    frames.sum_s += frame_s;
    frames.count += 1;
    if frames.count < WINDOW && frames.sum_s < WINDOW_S {
        return;
    }
    let mean_s = frames.sum_s / frames.count as f32;
    (frames.sum_s, frames.count) = (0.0, 0);
    frames.per_s = mean_s.recip();
    if mean_s > SLOW_S && !frames.fixed && !waits {
        frames.level = match frames.level {
            Level::High => Level::Middle,
            Level::Middle | Level::Low => Level::Low,
        };
    }
}
