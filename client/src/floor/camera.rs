//! Where the floor is seen from: pillars and figures fill the rectangle that panels leave free.

use super::{
    frames::{self, Frames},
    mood::Mood,
    seen::{FloorCamera, Stage},
    stirring::{Mover, Stirring},
};
use crate::{
    frame::{FloorSystems, View},
    net::Known,
    stage::{
        canvas::{Canvas, Level},
        lens::{Lens, framed, usable},
        place, tags,
    },
    ui::UiState,
};
use bevy::{
    camera::{SubCameraView, visibility::NoFrustumCulling},
    core_pipeline::tonemapping::Tonemapping,
    prelude::*,
    window::PrimaryWindow,
};

/// How far the camera sways around the room by itself, in rad, and how fast, in rad/s.
const SWAY_RAD: (f32, f32) = (0.04, 0.13);
/// How fast it follows the free rectangle, per s.
const FOLLOW_PER_S: f32 = 7.0;
/// Less than this is no movement, in points.
const STILL: f32 = 0.5;
/// How much nearer the camera comes while trading is frozen.
const NEARER: f32 = 1.04;
/// Rows of figures that are framed, at a desk and on a wall; more may be cut off.
const ROWS_SEEN: [usize; 2] = [2, 5];

/// Where the scene is drawn less often than the panels: anew after so much time at the earliest, in s, and after so many
/// frames' time, that panels have most of it.
const SCENE_WAIT_S: f32 = 0.1;
const SCENE_WAIT_FRAMES: f32 = 2.5;
/// And while nothing moves, after this time, in s.
const SCENE_STAYS_S: f32 = 2.0;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Stage>()
        .add_systems(Startup, spawn)
        .add_systems(Update, (choose, smooth, frame, shoot).chain().after(frames::measure).in_set(FloorSystems::Frame));
}

pub(super) fn spawn(mut commands: Commands) {
    commands.spawn((
        FloorCamera,
        Camera3d::default(),
        Tonemapping::None,
        Msaa::Off,
        Projection::Perspective(PerspectiveProjection { near: 0.1, far: 160.0, ..default() }),
        Transform::from_xyz(0.0, 4.0, 20.0),
        // Its view is larger than what culling would think.
        NoFrustumCulling,
    ));
}

/// Whether the scene is drawn in this frame. Weak graphics draw it less often than the panels,
/// and leave it while nothing moves; what has just come to rest is drawn once more.
fn choose(
    frames: Res<Frames>,
    stirring: Res<Stirring>,
    mut camera: Single<&mut Camera, With<FloorCamera>>,
    time: Res<Time<Real>>,
    (mut since_s, mut moved): (Local<f32>, Local<bool>),
) {
    *since_s += time.delta_secs();
    *moved |= stirring.any();
    let wait_s = if *moved { SCENE_WAIT_S.max(time.delta_secs() * SCENE_WAIT_FRAMES) } else { SCENE_STAYS_S };
    let drawn = frames.level > Level::Low || *since_s >= wait_s;
    if drawn {
        *since_s = 0.0;
        *moved = stirring.in_scene();
    }
    if camera.is_active != drawn {
        camera.is_active = drawn;
    }
}

/// Edges are smoothed where graphics are strong.
fn smooth(frames: Res<Frames>, mut camera: Single<&mut Msaa, With<FloorCamera>>) {
    let wanted = if frames.level == Level::High { Msaa::Sample4 } else { Msaa::Off };
    camera.set_if_neq(wanted);
}

/// Decides what is seen, and from where. While the picture of the last frame stays, so does
/// how it was seen.
fn frame(
    window: Single<&Window, With<PrimaryWindow>>,
    mut camera: Single<&mut Camera, With<FloorCamera>>,
    (ui, view, frames): (Res<UiState>, Res<View>, Res<Frames>),
    (known, mood): (Res<Known>, Res<Mood>),
    (mut stage, mut stirring): (ResMut<Stage>, ResMut<Stirring>),
    mut framing: Local<Option<egui::Rect>>,
    time: Res<Time<Real>>,
) {
    let zoom = ui.floor.zoom.max(0.1);
    let size = egui::vec2(window.width(), window.height()) / zoom;
    if size.min_elem() < 1.0 {
        return;
    }
    let session = known.session();
    let count = session.map_or(0, |session| session.market().outcomes.len()).max(3);
    let people = session.map_or(0, |session| session.seats().len());
    let free = usable(ui.floor.free, size);
    let large = if *view == View::Floor { tags::wall(size) } else { 1.0 };
    let style = tags::Style::of(count, free, large);
    let canvas = Canvas::of(frames.level, free, size, window.scale_factor() * zoom);
    let wanted = framed(free, size, style.room(), large);
    if canvas != stage.canvas {
        camera.is_active = true;
    }
    if !camera.is_active {
        return;
    }
    let ease = if mood.motion { 1.0 - (-time.delta_secs() * FOLLOW_PER_S).exp() } else { 1.0 };
    let rect = framing.map_or(wanted, |now| now.lerp_towards(&wanted, ease));
    let moves = (rect.min - wanted.min).length() + (rect.max - wanted.max).length() > STILL;
    stirring.note(Mover::Camera, moves);
    let rect = if moves { rect } else { wanted };
    *framing = Some(rect);
    let sway = if mood.motion { (time.elapsed_secs() * SWAY_RAD.1).sin() * SWAY_RAD.0 } else { 0.0 };
    let gap_m = place::gap_m(count, rect.aspect_ratio());
    let rows = place::rows(people).min(ROWS_SEEN[usize::from(*view == View::Floor)]);
    let mut lens = Lens::framing(place::seen(count, rows, gap_m), place::eye(count, gap_m), sway, rect);
    lens.scale *= 1.0 + (NEARER - 1.0) * mood.near.now;
    *stage = Stage { lens, canvas, free, gap_m, tags: style, large };
}

/// Points the camera as decided. The view is shifted rather than turned, so that uprights stay
/// upright.
fn shoot(stage: Res<Stage>, mut camera: Single<(&mut Camera, &mut Projection, &mut Transform), With<FloorCamera>>) {
    let (camera, projection, transform) = &mut *camera;
    let (lens, rect) = (stage.lens, stage.canvas.rect);
    transform.set_if_neq(Transform::from_translation(lens.eye).with_rotation(Quat::from_rotation_y(lens.turn_rad)));
    let fov = 2.0 * (rect.height() / 2.0 / lens.scale).atan();
    if let Projection::Perspective(perspective) = &mut **projection {
        perspective.fov = fov;
    }
    // A view as large as the canvas, seen through a window that is moved off its middle.
    let size = UVec2::new(rect.width() as u32, rect.height() as u32);
    let shift = rect.center() - lens.ahead();
    camera.sub_camera_view = Some(SubCameraView { full_size: size, offset: Vec2::new(shift.x, shift.y), size });
}
