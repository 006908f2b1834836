//! The ticket: what to trade, what one would get, and the button.

mod dense;
mod notes;
mod outcome;
mod amount;
mod preview;
mod simple;
mod confirm;

use dense::{Dense, anchored, scrolled};
use notes::{asides, blocked, warnings};

use crate::kit::{theme, widgets};
use egui::{Align, Layout, RichText, Ui};
use outcry_desk::{
    action::Action,
    format::{NOTHING, cents},
    prefs::Prefs,
    text::{self, term::Term, ticket as words},
    view::{
        hint::Hint,
        ticket::{Draft, Kind, SimpleView, TicketView, press, sentence, simplify},
    },
};
use outcry_engine::{Direction, Side};

/// The simple ticket where there is one, and else the whole.
pub(super) fn panel(
    ui: &mut Ui,
    (simple, view): (Option<&SimpleView>, &TicketView),
    draft: &mut Draft,
    prefs: &mut Prefs,
    told: Option<Hint>,
) -> Vec<Action> {
    if draft.confirming {
        return confirm::panel(ui, view, draft, prefs);
    }
    confirm::forget(ui);
    match simple {
        Some(simple) => simple::panel(ui, simple, draft, prefs, told),
        None => whole(ui, view, draft, prefs),
    }
}

fn whole(ui: &mut Ui, view: &TicketView, draft: &mut Draft, prefs: &mut Prefs) -> Vec<Action> {
    anchored(ui, |ui| {
        let dense = Dense::of(ui);
        dense.apply(ui);
        let mut actions = submit(ui, view, draft, *prefs);
        if dense == Dense::Scrolled && view.blocked.is_none() {
            preview::gist(ui, view, draft);
            warnings(ui, view);
        }
        if view.pending > 0 {
            ui.label(RichText::new(words::pending(view.pending)).size(13.0).color(theme::AMBER));
        }
        blocked(ui, view, draft, dense);
        ui.with_layout(Layout::top_down(Align::Min), |ui| {
            scrolled(ui, draft.outcome, |ui| {
                form(ui, view, draft, dense);
                actions.extend(less(ui, draft, prefs));
            });
        });
        actions
    })
}

fn form(ui: &mut Ui, view: &TicketView, draft: &mut Draft, dense: Dense) {
    outcome::choice(ui, &view.name, &view.outcomes, draft);
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
    // Last: they come and go with the price, and move nothing.
    asides(ui, view);
}

/// Back to the simple ticket.
fn less(ui: &mut Ui, draft: &mut Draft, prefs: &mut Prefs) -> Option<Action> {
    if !widgets::button(ui, "ticket.simple", words::LESS).clicked() {
        return None;
    }
    prefs.full_ticket = false;
    simplify(draft);
    Some(Action::SavePrefs(*prefs))
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

fn submit(ui: &mut Ui, view: &TicketView, draft: &mut Draft, prefs: Prefs) -> Vec<Action> {
    let color = theme::side(draft.side);
    if !widgets::primary(ui, "ticket.submit", sentence(view, draft), color, view.blocked.is_none()).clicked() {
        return vec![];
    }
    press(view, draft, prefs)
}
