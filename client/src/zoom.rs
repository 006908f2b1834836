//! How large the panels are drawn: by the size of the window, the browser's zoom and what a person prefers.

use crate::{kit::layout, page::Page, ui::UiState};
use bevy::{prelude::*, window::PrimaryWindow};
use bevy_egui::EguiContexts;

pub(crate) fn plugin(app: &mut App) {
    app.add_systems(Update, fit);
}

fn fit(
    window: Single<&Window, With<PrimaryWindow>>,
    (page, ui): (Res<Page>, Res<UiState>),
    mut contexts: EguiContexts,
) -> Result {
    let ctx = contexts.ctx_mut()?;
    let zoom = layout::zoom(egui::vec2(window.width(), window.height()), page.zoom, ui.prefs.text_size());
    if (ctx.zoom_factor() - zoom).abs() > f32::EPSILON {
        ctx.set_zoom_factor(zoom);
    }
    Ok(())
}
