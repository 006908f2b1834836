//! The ticket: what to trade, what one would get, and the button.

mod amount;
mod confirm;
mod preview;

use super::{theme, widgets};
use crate::{
    action::{Action, Placement},
    format::{NOTHING, cents},
    text::{self, term::Term, ticket as words},
    ui::Prefs,
    view::ticket::{Draft, Kind, Level, TicketView},
};
use egui::{Align, Layout, RichText, Ui};
use outcry_engine::{Direction, OutcomeId, Side};

pub(super) fn panel(ui: &mut Ui, view: &TicketView, draft: &mut Draft, prefs: &mut Prefs) -> Vec<Action> {
    if draft.confirming {
        return confirm::panel(ui, view, draft, prefs);
    }
    anchored(ui, |ui| {
        let dense = Dense::of(ui);
        dense.apply(ui);
        let actions = submit(ui, view, draft, *prefs);
        if dense == Dense::Scrolled && view.blocked.is_none() {
            preview::gist(ui, view, draft);
            warnings(ui, view);
        }
        if view.pending > 0 {
            ui.label(RichText::new(words::pending(view.pending)).size(13.0).color(theme::AMBER));
        }
        blocked(ui, view, draft, dense);
        ui.with_layout(Layout::top_down(Align::Min), |ui| {
            egui::ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| form(ui, view, draft, dense));
        });
        actions
    })
}

/// From the bottom up: the button stays there, whatever has to scroll above it.
fn anchored<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    let size = ui.available_size().min(egui::vec2(f32::INFINITY, TALL));
    ui.allocate_ui_with_layout(size, Layout::bottom_up(Align::Min), add).inner
}

/// A ticket is never higher than this, so that its button stays near its figures, in points.
const TALL: f32 = 660.0;
/// Panels lower than this are tight, in points.
const LOW: f32 = 560.0;
/// Panels lower than this do not show the preview without scrolling even so, in points.
const LOWEST: f32 = 420.0;

/// How close things have to stand, so that the figures and the button are seen at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dense {
    /// As everywhere.
    Roomy,
    /// Lower controls and gaps.
    Tight,
    /// No room for the figures: their gist stands above the button.
    Scrolled,
}

impl Dense {
    fn of(ui: &Ui) -> Self {
        let (height, touched) = (ui.available_height(), theme::control_height(ui) >= theme::TOUCH);
        match height {
            _ if height >= LOW => Self::Roomy,
            _ if touched || height < LOWEST => Self::Scrolled,
            _ => Self::Tight,
        }
    }

    fn apply(self, ui: &mut Ui) {
        if self == Self::Tight {
            ui.spacing_mut().interact_size.y = 28.0;
            ui.spacing_mut().item_spacing.y = 6.0;
        }
    }
}

fn form(ui: &mut Ui, view: &TicketView, draft: &mut Draft, dense: Dense) {
    header(ui, view, draft);
    choices(ui, view, draft);
    amount::rows(ui, view, draft);
    match draft.kind {
        Kind::Market => amount::slippage(ui, view, draft),
        Kind::Limit => amount::limit(ui, view, draft),
    }
    if dense != Dense::Scrolled {
        warnings(ui, view);
    }
    preview::rows(ui, view, draft);
}

fn header(ui: &mut Ui, view: &TicketView, draft: &mut Draft) {
    ui.horizontal(|ui| {
        let active = view.outcomes.iter().any(|(id, _)| *id == draft.outcome);
        widgets::badge(ui, draft.outcome, 28.0, active);
        let width = ui.available_width();
        let mut chosen = draft.outcome;
        let shown = egui::ComboBox::from_id_salt("ticket outcome")
            .selected_text(RichText::new(&view.name).size(16.0))
            .width(width)
            .height(400.0)
            .show_ui(ui, |ui| {
                for (id, name) in &view.outcomes {
                    outcome_choice(ui, &mut chosen, *id, name);
                }
            });
        widgets::note(ui, "ticket.outcome", &shown.response);
        if chosen != draft.outcome {
            draft.turn_to(chosen, draft.side);
        }
    });
}

fn outcome_choice(ui: &mut Ui, chosen: &mut OutcomeId, id: OutcomeId, name: &str) {
    let label = RichText::new(text::badge_and_name(id, name)).color(theme::outcome(id));
    let response = ui.selectable_label(*chosen == id, label);
    if response.clicked() {
        *chosen = id;
    }
}

fn choices(ui: &mut Ui, view: &TicketView, draft: &mut Draft) {
    let active = view.outcomes.iter().any(|(id, _)| *id == draft.outcome);
    let sides = Side::BOTH.map(|side| {
        let price = if active { cents(view.prices[side.index()]) } else { NOTHING.to_owned() };
        (side, format!("{} {price}", side.name()), theme::side(side))
    });
    if let Some(side) = widgets::segments(ui, "ticket.side", draft.side, &sides) {
        draft.turn_to(draft.outcome, side);
    }
    ui.horizontal(|ui| {
        let half = (ui.available_width() - theme::GAP) / 2.0;
        let directions = Direction::BOTH.map(|way| (way, text::direction(way).to_owned(), theme::TEXT));
        ui.scope(|ui| {
            ui.set_max_width(half);
            if let Some(direction) = widgets::segments(ui, "ticket.direction", draft.direction, &directions) {
                draft.turn_direction(direction);
            }
        });
        let kinds = [(Kind::Market, Term::Market), (Kind::Limit, Term::Limit)];
        let kinds = kinds.map(|(kind, term)| (kind, term.name().to_owned(), theme::TEXT));
        ui.scope(|ui| {
            ui.set_max_width(half);
            if let Some(kind) = widgets::segments(ui, "ticket.kind", draft.kind, &kinds) {
                draft.kind = kind;
                draft.confirming = false;
            }
        });
    });
}

fn warnings(ui: &mut Ui, view: &TicketView) {
    for warning in &view.warnings {
        let color = match warning.level {
            Level::Notable => theme::AMBER,
            Level::High => theme::LOSS,
        };
        widgets::callout(ui, color, format!("⚠ {}", warning.words));
    }
}

/// Why it cannot be sent, and one tap each for what would help.
fn blocked(ui: &mut Ui, view: &TicketView, draft: &mut Draft, dense: Dense) {
    let Some(blocked) = &view.blocked else { return };
    if blocked.waiting {
        if dense == Dense::Roomy {
            widgets::weak(ui, &blocked.reason);
        }
        return;
    }
    // From the bottom up: the repairs stand right above the button, the reason above them.
    if !blocked.repairs.is_empty() {
        ui.horizontal(|ui| {
            for (index, (words, repair)) in blocked.repairs.iter().enumerate() {
                if widgets::button(ui, &format!("ticket.repair.{index}"), words).clicked() {
                    view.repair(draft, *repair);
                }
            }
        });
    }
    let size = if dense == Dense::Scrolled { 12.5 } else { 14.0 };
    widgets::callout(ui, theme::AMBER, RichText::new(&blocked.reason).size(size));
}

/// The button's words: what would be sent, once it can be.
fn sentence(view: &TicketView, draft: &Draft) -> String {
    match (&view.order, &view.preview) {
        (Some(order), Some(preview)) if view.blocked.is_none() => words::button(order, &preview.quote, &view.name),
        _ => words::idle_button(draft.direction, draft.side, &view.name),
    }
}

fn submit(ui: &mut Ui, view: &TicketView, draft: &mut Draft, prefs: Prefs) -> Vec<Action> {
    let color = theme::side(draft.side);
    if !widgets::primary(ui, "ticket.submit", sentence(view, draft), color, view.blocked.is_none()).clicked() {
        return vec![];
    }
    press(view, draft, prefs)
}

/// The button, or Enter: asks first, or sends.
pub(super) fn press(view: &TicketView, draft: &mut Draft, prefs: Prefs) -> Vec<Action> {
    if view.blocked.is_some() {
        return vec![];
    }
    let loud = view.warnings.iter().any(|warning| warning.level == Level::High);
    if (prefs.confirm_orders || loud) && !draft.confirming {
        draft.confirming = true;
        return vec![];
    }
    send(view, draft)
}

fn send(view: &TicketView, draft: &mut Draft) -> Vec<Action> {
    let Some(order) = view.order.clone() else { return vec![] };
    draft.confirming = false;
    draft.amount.clear();
    let preview = view.preview.as_ref().map(|preview| preview.quote.clone());
    vec![Action::PlaceOrder(Box::new(Placement { order, preview }))]
}
