//! What is to be said of an order: warnings, what is not spent, and what is in its way.

use super::dense::Dense;
use crate::kit::{theme, widgets};
use egui::{RichText, Ui};
use outcry_desk::view::ticket::{Draft, Level, TicketView};

pub(super) fn warnings(ui: &mut Ui, view: &TicketView) {
    for warning in &view.warnings {
        let color = match warning.level {
            Level::Notable => theme::AMBER,
            Level::High => theme::LOSS,
        };
        widgets::callout(ui, color, format!("⚠ {}", warning.words));
    }
}

/// What is not spent of the amount, and what comes to more than its price promises, and why.
pub(super) fn asides(ui: &mut Ui, view: &TicketView) {
    for words in view.left.iter().chain(&view.better) {
        widgets::weak(ui, words);
    }
}

/// Why it cannot be sent, and one tap each for what would help.
pub(super) fn blocked(ui: &mut Ui, view: &TicketView, draft: &mut Draft, dense: Dense) {
    let Some(blocked) = &view.blocked else { return };
    if blocked.waiting {
        if dense == Dense::Roomy {
            widgets::weak(ui, &blocked.reason);
        }
        return;
    }
    // From the bottom up: the repairs stand right above the button, the reason above them.
    repairs(ui, view, draft);
    let size = if dense == Dense::Scrolled { 12.5 } else { 14.0 };
    widgets::callout(ui, theme::AMBER, RichText::new(&blocked.reason).size(size));
}

/// One tap each for what would help; whether one was taken.
pub(super) fn repairs(ui: &mut Ui, view: &TicketView, draft: &mut Draft) -> bool {
    let all = view.blocked.iter().flat_map(|blocked| &blocked.repairs);
    let mut taken = None;
    if view.blocked.as_ref().is_some_and(|blocked| !blocked.repairs.is_empty()) {
        ui.horizontal_wrapped(|ui| {
            for (index, (words, repair)) in all.enumerate() {
                if widgets::button(ui, &format!("ticket.repair.{index}"), words).clicked() {
                    taken = Some(*repair);
                }
            }
        });
    }
    taken.into_iter().for_each(|repair| view.repair(draft, repair));
    taken.is_some()
}
