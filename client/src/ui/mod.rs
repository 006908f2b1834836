//! The panels: each a function of a view model that returns actions.
//!
//! [`draw`] lays them over the floor. Nothing here sends; nothing here knows Bevy.

mod state;
mod widget_map;

pub use state::{FloorView, Prefs, UiState};
pub use widget_map::WidgetMap;

use crate::{action::Action, model::Model};

/// Draws everything over the floor and returns what was asked for, without repetitions.
/// `now_ms` is the local clock that [`Model::apply`] is given.
pub fn draw(ctx: &egui::Context, model: &Model, state: &mut UiState, now_ms: u64) -> Vec<Action> {
    state.widgets.begin();
    state.floor.free = ctx.content_rect();
    let _ = (model, now_ms);
    let mut actions = Vec::new();
    crate::action::dedup(&mut actions);
    actions
}
