//! The scene is drawn into a picture, and the picture is laid under the panels: so it can be
//! coarser than their words, cover only what they leave free, and stay while nothing moves.

use super::{
    camera,
    seen::{FloorCamera, Stage},
};
use crate::frame::{DrawSystems, FloorSystems};
use bevy::{asset::RenderAssetUsages, camera::RenderTarget, prelude::*, render::render_resource::TextureFormat};
use bevy_egui::{
    EguiContexts, EguiGlobalSettings, EguiPrimaryContextPass, EguiTextureHandle, EguiUserTextures, PrimaryEguiContext,
};
use egui::{Color32, Rect, TextureId, pos2};
use glam::UVec2;

/// What the camera draws into; as large as the canvas, in pixels.
#[derive(Resource)]
struct Picture {
    image: Handle<Image>,
    texture: TextureId,
    size: UVec2,
}

pub(super) fn plugin(app: &mut App) {
    // Panels and labels are drawn on the window, not into the picture.
    app.world_mut().get_resource_or_init::<EguiGlobalSettings>().auto_create_primary_context = false;
    app.add_systems(Startup, spawn.after(camera::spawn))
        .add_systems(Update, fit.in_set(FloorSystems::Place))
        .add_systems(EguiPrimaryContextPass, lay.in_set(DrawSystems::Scene));
}

fn spawn(
    mut commands: Commands,
    mut images: ResMut<Assets<Image>>,
    mut textures: ResMut<EguiUserTextures>,
    camera: Single<Entity, With<FloorCamera>>,
) {
    let size = UVec2::ONE;
    let image = images.add(blank(size));
    let texture = textures.add_image(EguiTextureHandle::Strong(image.clone()));
    commands.entity(*camera).insert(RenderTarget::Image(image.clone().into()));
    let window = Camera { order: 1, ..default() };
    commands.spawn((Camera2d, window, Msaa::Off, PrimaryEguiContext));
    commands.insert_resource(Picture { image, texture, size });
}

fn blank(size: UVec2) -> Image {
    let mut image = Image::new_target_texture(size.x, size.y, TextureFormat::Rgba8UnormSrgb, None);
    image.asset_usage = RenderAssetUsages::all();
    image
}

/// A picture of another size is another picture.
fn fit(mut picture: ResMut<Picture>, mut images: ResMut<Assets<Image>>, stage: Res<Stage>) -> Result {
    if picture.size != stage.canvas.pixels {
        picture.size = stage.canvas.pixels;
        images.insert(&picture.image, blank(picture.size))?;
    }
    Ok(())
}

fn lay(mut contexts: EguiContexts, picture: Res<Picture>, stage: Res<Stage>) -> Result {
    let painter = contexts.ctx_mut()?.layer_painter(egui::LayerId::background());
    let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
    painter.image(picture.texture, stage.canvas.rect, whole, Color32::WHITE);
    Ok(())
}
