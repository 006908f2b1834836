//! Where the floor is seen from: the pillars fill the rectangle that panels leave free.

use super::{figures::Figures, layout, mood::Mood, pillars::Pillars};
use crate::ui::UiState;
use bevy::{
    camera::{SubCameraView, visibility::NoFrustumCulling},
    core_pipeline::tonemapping::Tonemapping,
    prelude::*,
    window::PrimaryWindow,
};

/// How far the camera sways around the room by itself, in rad, and how fast, in rad/s.
const SWAY_RAD: (f32, f32) = (0.05, 0.13);
/// Centre of the sway.
const PIVOT: Vec3 = Vec3::new(0.0, 0.0, 1.0);
/// Room for labels over the heads and under the feet, and at the sides, as a part of the free
/// rectangle's height and width; and at least, in points.
const ROOM: Room = Room { top: (0.12, 40.0), bottom: (0.07, 28.0), side: (0.085, 48.0) };
/// How much nearer the camera comes while trading is frozen.
const NEARER: f32 = 1.05;
/// Rows of figures that are framed; more may be cut off.
const ROWS_SEEN: usize = 3;
/// A smaller free rectangle than this is not framed, in points.
const SMALLEST: f32 = 40.0;

struct Room {
    top: (f32, f32),
    bottom: (f32, f32),
    side: (f32, f32),
}

/// The camera of the floor.
#[derive(Component, Debug)]
pub(crate) struct FloorCamera;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Startup, spawn).add_systems(Update, frame.in_set(super::FloorSystems::Place));
}

fn spawn(mut commands: Commands) {
    commands.spawn((
        FloorCamera,
        Camera3d::default(),
        Tonemapping::None,
        Msaa::Off,
        Projection::Perspective(PerspectiveProjection { near: 0.1, far: 120.0, ..default() }),
        Transform::from_xyz(0.0, 4.0, 20.0),
        // Its view is larger than what culling would think.
        NoFrustumCulling,
    ));
}

/// The part of the window that the pillars fill, in points.
fn inner(free: egui::Rect, window: Vec2) -> Rect {
    let whole = Rect::from_corners(Vec2::ZERO, window);
    let free = Rect::from_corners(Vec2::new(free.min.x, free.min.y), Vec2::new(free.max.x, free.max.y));
    let free = free.intersect(whole);
    let free = if free.width() < SMALLEST || free.height() < SMALLEST { whole } else { free };
    let room = |(part, least): (f32, f32), of: f32| (part * of).max(least).min(of * 0.3);
    let side = room(ROOM.side, free.width());
    let top = room(ROOM.top, free.height());
    let bottom = room(ROOM.bottom, free.height());
    Rect::from_corners(free.min + Vec2::new(side, top), free.max - Vec2::new(side, bottom))
}

fn frame(
    window: Single<&Window, With<PrimaryWindow>>,
    mut camera: Single<(&mut Camera, &mut Projection, &mut Transform), With<FloorCamera>>,
    (ui, mood, pillars, figures): (Res<UiState>, Res<Mood>, Res<Pillars>, Res<Figures>),
    time: Res<Time<Real>>,
    mut shown: Local<Option<Rect>>,
) {
    let size = window.size();
    if size.min_element() < 1.0 {
        return;
    }
    let wanted = inner(ui.floor.free * ui.floor.zoom, size);
    let ease = if mood.motion { 1.0 - (-time.delta_secs() * 7.0).exp() } else { 1.0 };
    let rect = shown
        .map_or(wanted, |shown| Rect { min: shown.min.lerp(wanted.min, ease), max: shown.max.lerp(wanted.max, ease) });
    *shown = Some(rect);

    let sway = if mood.motion { (time.elapsed_secs() * SWAY_RAD.1).sin() * SWAY_RAD.0 } else { 0.0 };
    let turn = Quat::from_rotation_y(sway);
    let count = pillars.list.len().max(3);
    let eye = PIVOT + turn * (layout::eye(count) - PIVOT);
    let rows = layout::rows(figures.iter().count()).min(ROWS_SEEN);
    let view = |place: Vec3| turn.inverse() * (place - eye);
    let shot = layout::shot(layout::seen(count, rows), view, rect.size());
    let scale = shot.scale * (1.0 + (NEARER - 1.0) * mood.near.now);

    let (camera, projection, transform) = &mut *camera;
    transform.set_if_neq(Transform::from_translation(eye).with_rotation(turn));
    if let Projection::Perspective(perspective) = &mut **projection {
        perspective.fov = 2.0 * (size.y / 2.0 / scale).atan();
    }
    // The view is shifted rather than turned: what is in its middle is put into the middle of
    // the free rectangle, and uprights stay upright.
    let shift = size / 2.0 - rect.center() + Vec2::new(shot.centre.x, -shot.centre.y) * scale;
    let size = size.as_uvec2();
    camera.sub_camera_view = Some(SubCameraView { full_size: size, offset: shift, size });
}
