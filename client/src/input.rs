//! Pointing at the floor: a pillar that is clicked or tapped turns the ticket to it.
//! Everything else that is pointed at or typed belongs to the panels.

use crate::{floor::PillarRects, kit::place, ui::UiState};
use bevy::{prelude::*, window::PrimaryWindow};
use bevy_egui::EguiContexts;

pub(crate) fn plugin(app: &mut App) {
    app.add_systems(Update, choose_pillar);
}

fn choose_pillar(
    window: Single<&Window, With<PrimaryWindow>>,
    (buttons, touches): (Res<ButtonInput<MouseButton>>, Res<Touches>),
    rects: Res<PillarRects>,
    (mut contexts, mut ui): (EguiContexts, ResMut<UiState>),
) -> Result {
    let clicked = buttons.just_pressed(MouseButton::Left).then(|| window.cursor_position()).flatten();
    let tapped = || touches.iter_just_pressed().next().map(|touch| touch.position());
    let Some(at) = clicked.or_else(tapped) else { return Ok(()) };
    let at = egui::pos2(at.x, at.y) / ui.floor.zoom;
    if !place::is_bare(contexts.ctx_mut()?, at) || !ui.floor.free.contains(at) {
        return Ok(());
    }
    if let Some((outcome, _)) = rects.0.iter().find(|(_, rect)| rect.contains(at)) {
        ui.select(*outcome);
    }
    Ok(())
}
