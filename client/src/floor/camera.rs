//! Where the floor is seen from: the pillars fill the rectangle that panels leave free.

use super::{layout, mood::Mood, pillars::Pillars};
use crate::ui::UiState;
use bevy::{
    camera::{SubCameraView, visibility::NoFrustumCulling},
    core_pipeline::tonemapping::Tonemapping,
    prelude::*,
    window::PrimaryWindow,
};

/// Half of the vertical angle of view into the free rectangle, in rad.
const HALF_VIEW_RAD: f32 = 0.27;
/// How far the view looks down, in rad.
const PITCH_RAD: f32 = 0.21;
/// How far the camera sways by itself, in rad, and how fast, in rad/s.
const SWAY_RAD: (f32, f32) = (0.035, 0.11);
/// Room for labels over the heads and under the feet, and at the sides, as a part of the free
/// rectangle's height and width; and at least, in points.
const ROOM: Room = Room { top: (0.14, 58.0), bottom: (0.03, 14.0), side: (0.02, 8.0) };
/// How much nearer the camera comes while trading is frozen.
const NEARER: f32 = 0.90;
/// A smaller free rectangle than this is not framed, in points.
const SMALLEST: f32 = 40.0;

struct Room {
    top: (f32, f32),
    bottom: (f32, f32),
    side: (f32, f32),
}

/// The camera of the floor.
#[derive(Component, Debug)]
pub struct FloorCamera;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Startup, spawn).add_systems(Update, frame.in_set(super::FloorSystems::Place));
}

fn spawn(mut commands: Commands) {
    commands.spawn((
        FloorCamera,
        Camera3d::default(),
        Tonemapping::None,
        Msaa::Off,
        Projection::Perspective(PerspectiveProjection { fov: 2.0 * HALF_VIEW_RAD, near: 0.1, far: 120.0, ..default() }),
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
    mut camera: Single<(&mut Camera, &mut Transform), With<FloorCamera>>,
    (ui, mood, pillars): (Res<UiState>, Res<Mood>, Res<Pillars>),
    time: Res<Time<Real>>,
    mut shown: Local<Option<Rect>>,
) {
    let size = window.size();
    if size.min_element() < 1.0 {
        return;
    }
    let wanted = inner(ui.floor.free, size);
    let ease = if mood.motion { 1.0 - (-time.delta_secs() * 7.0).exp() } else { 1.0 };
    let rect = shown
        .map_or(wanted, |shown| Rect { min: shown.min.lerp(wanted.min, ease), max: shown.max.lerp(wanted.max, ease) });
    *shown = Some(rect);

    let sway = if mood.motion { (time.elapsed_secs() * SWAY_RAD.1).sin() * SWAY_RAD.0 } else { 0.0 };
    let rotation = Quat::from_rotation_y(sway) * Quat::from_rotation_x(-PITCH_RAD);
    let tangent = HALF_VIEW_RAD.tan();
    let tangents = Vec2::new(tangent * rect.width() / rect.height(), tangent);
    let eye = layout::eye(layout::seen(pillars.list.len().max(3)), rotation, tangents);
    let aim = Vec3::new(0.0, 2.2, 0.0);
    let near = 1.0 - (1.0 - NEARER) * mood.near.now;
    let (camera, transform) = &mut *camera;
    transform.set_if_neq(Transform::from_translation(aim + (eye - aim) * near).with_rotation(rotation));
    // The free rectangle is the view; the window is what is seen around it.
    camera.sub_camera_view = Some(SubCameraView {
        full_size: rect.size().max(Vec2::ONE).as_uvec2(),
        offset: -rect.min,
        size: size.as_uvec2(),
    });
}
