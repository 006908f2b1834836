//! How large the panels are drawn, by the size of the window.

use crate::kit::layout;
use bevy::{prelude::*, window::PrimaryWindow};
use bevy_egui::EguiContexts;

pub(crate) fn plugin(app: &mut App) {
    app.add_systems(Update, fit);
}

fn fit(window: Single<&Window, With<PrimaryWindow>>, mut contexts: EguiContexts) -> Result {
    let ctx = contexts.ctx_mut()?;
    let zoom = layout::zoom(egui::vec2(window.width(), window.height()));
    if (ctx.zoom_factor() - zoom).abs() > f32::EPSILON {
        ctx.set_zoom_factor(zoom);
    }
    Ok(())
}
