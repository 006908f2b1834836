//! How much is drawn, and how often: less where frames are slow, little where nothing moves.

use super::{
    camera::{FloorCamera, Stage},
    figures::Figures,
    mood::Mood,
    pillars::Pillars,
    rings::Rings,
    sparks::Sparks,
};
use crate::stage::canvas::Level;
use bevy::{
    ecs::system::SystemParam,
    prelude::*,
    render::renderer::RenderAdapterInfo,
    winit::{UpdateMode, WinitSettings},
};
use std::time::Duration;

/// A frame longer than this is slow, in s.
const SLOW_S: f32 = 1.0 / 24.0;
/// Frames that are averaged, and for how long at most, in s.
const WINDOW: u32 = 40;
const WINDOW_S: f32 = 3.0;
/// Where frames may wait, pauses longer than this are no frames, in s.
const PAUSE_S: f32 = 0.5;
/// Time between frames while nothing moves: clocks still count.
const IDLE_WAIT: Duration = Duration::from_millis(100);
/// Time between frames where they are slow, so that pages stay responsive.
const SLOW_WAIT: Duration = Duration::from_millis(33);
/// Where they are slow, the scene is drawn anew after so much time at the earliest, in s, and
/// after so many frames' time, that panels have most of it.
const SCENE_WAIT_S: f32 = 0.1;
const SCENE_WAIT_FRAMES: f32 = 2.5;
/// And while nothing moves, after this time, in s.
const SCENE_STAYS_S: f32 = 2.0;

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
    #[cfg(not(target_arch = "wasm32"))]
    #[must_use]
    pub(crate) fn fixed_at(level: Level) -> Self {
        Self { level, fixed: true, ..Self::default() }
    }
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Frames>()
        .add_systems(Startup, know_software)
        .add_systems(Update, (measure, apply, choose).chain().in_set(super::FloorSystems::Frame))
        .add_systems(Update, pace.after(super::FloorSystems::Place));
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

fn measure(mut frames: ResMut<Frames>, time: Res<Time<Real>>, pace: Res<WinitSettings>) {
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

fn apply(frames: Res<Frames>, mut camera: Query<&mut Msaa, With<FloorCamera>>, mut sparks: ResMut<Sparks>) {
    let wanted = if frames.level == Level::High { Msaa::Sample4 } else { Msaa::Off };
    for mut msaa in &mut camera {
        msaa.set_if_neq(wanted);
    }
    sparks.limit(match frames.level {
        Level::High => 1_400,
        Level::Middle => 600,
        Level::Low => 160,
    });
}

/// What moves on the floor.
#[derive(SystemParam)]
pub(super) struct Moving<'w> {
    mood: Res<'w, Mood>,
    pillars: Res<'w, Pillars>,
    rings: Res<'w, Rings>,
    figures: Res<'w, Figures>,
    sparks: Res<'w, Sparks>,
}

impl Moving<'_> {
    fn any(&self) -> bool {
        self.mood.stirring
            || self.pillars.stirring
            || self.rings.stirring
            || self.figures.stirring
            || !self.sparks.is_empty()
    }
}

/// Whether the scene is drawn in this frame. Weak graphics draw it less often than the panels,
/// and leave it while nothing moves; what has just come to rest is drawn once more.
pub(super) fn choose(
    frames: Res<Frames>,
    moving: Moving,
    stage: Res<Stage>,
    mut camera: Single<&mut Camera, With<FloorCamera>>,
    time: Res<Time<Real>>,
    (mut since_s, mut moved): (Local<f32>, Local<bool>),
) {
    *since_s += time.delta_secs();
    *moved |= moving.any() || stage.stirring;
    let wait_s = if *moved { SCENE_WAIT_S.max(time.delta_secs() * SCENE_WAIT_FRAMES) } else { SCENE_STAYS_S };
    let drawn = frames.level > Level::Low || *since_s >= wait_s;
    if drawn {
        *since_s = 0.0;
        *moved = moving.any();
    }
    if camera.is_active != drawn {
        camera.is_active = drawn;
    }
}

fn pace(frames: Res<Frames>, moving: Moving, stage: Res<Stage>, mut settings: ResMut<WinitSettings>) {
    let stirring = moving.any() || stage.stirring;
    let mode = match frames.level {
        _ if !stirring => UpdateMode::reactive(IDLE_WAIT),
        Level::Low if !frames.fixed => UpdateMode::reactive(SLOW_WAIT),
        _ => UpdateMode::Continuous,
    };
    if settings.focused_mode != mode {
        *settings = WinitSettings { focused_mode: mode, unfocused_mode: mode };
    }
}
