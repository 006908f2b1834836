//! The outcome that a ticket stands on.

use crate::kit::{theme, widgets};
use egui::{RichText, Ui};
use outcry_desk::{text, view::ticket::Draft};
use outcry_engine::OutcomeId;

/// The outcome, with those to turn to.
pub(super) fn choice(ui: &mut Ui, name: &str, outcomes: &[(OutcomeId, String)], draft: &mut Draft) {
    ui.horizontal(|ui| {
        let active = outcomes.iter().any(|(id, _)| *id == draft.outcome);
        widgets::badge(ui, draft.outcome, 28.0, active);
        let width = ui.available_width();
        let mut chosen = draft.outcome;
        let shown = egui::ComboBox::from_id_salt("ticket outcome")
            .selected_text(RichText::new(name).size(16.0))
            .width(width)
            .height(400.0)
            .show_ui(ui, |ui| {
                for (id, name) in outcomes {
                    one(ui, &mut chosen, *id, name);
                }
            });
        widgets::note(ui, "ticket.outcome", &shown.response);
        if chosen != draft.outcome {
            draft.turn_to(chosen, draft.side);
        }
    });
}

fn one(ui: &mut Ui, chosen: &mut OutcomeId, id: OutcomeId, name: &str) {
    let label = RichText::new(text::badge_and_name(id, name)).color(theme::outcome(id));
    let response = ui.selectable_label(*chosen == id, label);
    if response.clicked() {
        *chosen = id;
    }
}
