//! The step before sending.

use super::{
    dense::{Dense, anchored, scrolled},
    notes::{asides, blocked, warnings},
    preview, simple,
};
use crate::kit::{theme, widgets};
use egui::{Align, Layout, RichText, Ui};
use outcry_desk::{
    action::Action,
    prefs::Prefs,
    text::ticket as words,
    view::ticket::{self, Draft, TicketView},
};

/// The order once more, with its button where the ticket's was. When the market moves so that it
/// cannot be sent, it says so here and waits.
pub(super) fn panel(ui: &mut Ui, view: &TicketView, draft: &mut Draft, prefs: &mut Prefs) -> Vec<Action> {
    anchored(ui, |ui| {
        let mut actions = Vec::new();
        has_been_read(ui);
        let color = theme::side(draft.side);
        let sentence = ticket::sentence(view, draft);
        ui.horizontal(|ui| {
            if widgets::button(ui, "ticket.back", words::BACK).clicked() {
                draft.confirming = false;
            }
            if widgets::check(ui, "ticket.askfirst", &mut prefs.confirm_orders, words::ASK_FIRST).changed() {
                actions.push(Action::SavePrefs(*prefs));
            }
        });
        let pressed = widgets::primary(ui, "ticket.confirm", &sentence, color, view.blocked.is_none()).clicked();
        if pressed && has_been_read(ui) {
            actions.extend(ticket::send(view, draft, *prefs));
        }
        blocked(ui, view, draft, Dense::Roomy);
        ui.with_layout(Layout::top_down(Align::Min), |ui| {
            scrolled(ui, draft.outcome, |ui| {
                ui.label(RichText::new(words::CONFIRM).size(17.0));
                ui.horizontal(|ui| {
                    widgets::badge(ui, draft.outcome, 24.0, true);
                    ui.add(egui::Label::new(RichText::new(&sentence).size(15.0).color(color)).wrap());
                });
                asides(ui, view);
                if ticket::is_simple(draft, *prefs) {
                    simple::in_short(ui, view, draft);
                }
                terms(ui, view, draft);
                preview::rows(ui, view, draft);
                warnings(ui, view);
            });
        });
        actions
    })
}

/// When the question was first shown, in s of the context's clock.
fn since_id() -> egui::Id {
    egui::Id::new("outcry confirm since")
}

/// A press within this many s was meant for what stood there before: the second of a double click.
const READ_AFTER: f64 = 0.3;

fn has_been_read(ui: &Ui) -> bool {
    let now = ui.input(|input| input.time);
    ui.data_mut(|data| now - *data.get_temp_mut_or(since_id(), now) >= READ_AFTER)
}

/// The question is not asked any more.
pub(super) fn forget(ui: &Ui) {
    ui.data_mut(|data| data.remove::<f64>(since_id()));
}

/// What is not in the preview: what kind of order it is, and how far it may go.
fn terms(ui: &mut Ui, view: &TicketView, draft: &Draft) {
    let lines = ticket::terms(view, draft);
    if lines.is_empty() {
        return;
    }
    widgets::card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 3.0;
        preview::show(ui, lines);
    });
}
