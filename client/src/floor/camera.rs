//! Where the floor is seen from: pillars and figures fill the rectangle that panels leave free.

use super::{
    detail::{self, Frames},
    figures::Figures,
    mood::Mood,
    pillars::Pillars,
};
use crate::{
    app::View,
    stage::{
        canvas::Canvas,
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
/// Rows of figures that are framed; more may be cut off.
const ROWS_SEEN: usize = 2;
/// How much larger labels are on a projector.
const LARGE: f32 = 1.7;

/// The camera of the floor.
#[derive(Component, Debug)]
pub(crate) struct FloorCamera;

/// How the scene is seen in this frame: what the camera draws and where labels stand follow
/// from it alone.
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
    /// How labels look.
    pub(super) tags: tags::Style,
    /// How much larger words are than on a desk.
    pub(super) large: f32,
    /// Whether the camera moves to another rectangle.
    pub(super) stirring: bool,
    frame: Option<egui::Rect>,
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
            stirring: true,
            frame: None,
        }
    }
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Stage>()
        .add_systems(Startup, spawn)
        .add_systems(Update, (frame, shoot).chain().after(detail::choose).in_set(super::FloorSystems::Frame));
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

/// Decides what is seen, and from where. While the picture of the last frame stays, so does
/// how it was seen.
fn frame(
    window: Single<&Window, With<PrimaryWindow>>,
    mut camera: Single<&mut Camera, With<FloorCamera>>,
    (ui, view, frames): (Res<UiState>, Res<View>, Res<Frames>),
    (mood, pillars, figures): (Res<Mood>, Res<Pillars>, Res<Figures>),
    mut stage: ResMut<Stage>,
    time: Res<Time<Real>>,
) {
    let zoom = ui.floor.zoom.max(0.1);
    let size = egui::vec2(window.width(), window.height()) / zoom;
    if size.min_elem() < 1.0 {
        return;
    }
    let count = pillars.list.len().max(3);
    let free = usable(ui.floor.free, size);
    let large = if *view == View::Floor { LARGE } else { 1.0 };
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
    let rect = stage.frame.map_or(wanted, |now| now.lerp_towards(&wanted, ease));
    stage.stirring = (rect.min - wanted.min).length() + (rect.max - wanted.max).length() > STILL;
    let rect = if stage.stirring { rect } else { wanted };
    let sway = if mood.motion { (time.elapsed_secs() * SWAY_RAD.1).sin() * SWAY_RAD.0 } else { 0.0 };
    let gap_m = place::gap_m(count, rect.aspect_ratio());
    let rows = place::rows(figures.iter().count()).min(ROWS_SEEN);
    let mut lens = Lens::framing(place::seen(count, rows, gap_m), place::eye(count, gap_m), sway, rect);
    lens.scale *= 1.0 + (NEARER - 1.0) * mood.near.now;
    *stage = Stage { lens, canvas, free, gap_m, tags: style, large, frame: Some(rect), ..*stage };
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
