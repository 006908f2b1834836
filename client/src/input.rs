//! Pointing at the floor: a pillar that is clicked or tapped turns the ticket to it.
//! Everything else that is pointed at or typed belongs to the panels.

use crate::{floor::PillarRects, ui::UiState};
use bevy::{prelude::*, window::PrimaryWindow};
use bevy_egui::input::EguiWantsInput;

pub(crate) fn plugin(app: &mut App) {
    app.add_systems(Update, choose_pillar);
}

fn choose_pillar(
    window: Single<&Window, With<PrimaryWindow>>,
    (buttons, touches): (Res<ButtonInput<MouseButton>>, Res<Touches>),
    (rects, panels): (Res<PillarRects>, Res<EguiWantsInput>),
    mut ui: ResMut<UiState>,
) {
    let clicked = buttons.just_pressed(MouseButton::Left).then(|| window.cursor_position()).flatten();
    let tapped = || touches.iter_just_pressed().next().map(|touch| touch.position());
    let Some(at) = clicked.or_else(tapped) else { return };
    let at = egui::pos2(at.x, at.y) / ui.floor.zoom;
    if panels.is_pointer_over_area() || !ui.floor.free.contains(at) {
        return;
    }
    if let Some((outcome, _)) = rects.0.iter().find(|(_, rect)| rect.contains(at)) {
        ui.select(*outcome);
    }
}
