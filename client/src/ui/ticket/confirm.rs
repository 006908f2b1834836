//! The step before sending.

use super::super::{theme, widgets};
use super::{preview, send, warnings};
use crate::{
    action::Action,
    format::{limit_cents, money, percent, tokens},
    text::{term::Term, ticket as words},
    ui::Prefs,
    view::ticket::{Draft, Kind, TicketView},
};
use egui::{RichText, Ui};

pub(super) fn panel(ui: &mut Ui, view: &TicketView, draft: &mut Draft, prefs: &mut Prefs) -> Vec<Action> {
    let mut actions = Vec::new();
    let (Some(order), Some(shown)) = (&view.order, &view.preview) else { return actions };
    ui.label(RichText::new(words::CONFIRM).size(17.0));
    let sentence = words::button(order, &shown.quote, &view.name);
    ui.horizontal(|ui| {
        widgets::badge(ui, draft.outcome, 24.0, true);
        ui.add(egui::Label::new(RichText::new(&sentence).size(15.0).color(theme::side(draft.side))).wrap());
    });
    widgets::card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 3.0;
        let (kind, worst, figure) = match draft.kind {
            Kind::Market => (Term::Market, Term::MaxSlippage, percent(view.max_slippage)),
            Kind::Limit => (Term::Limit, Term::LimitPrice, limit_cents(view.limit)),
        };
        widgets::line(ui, Term::OrderType, kind.name(), theme::TEXT);
        widgets::line(ui, Term::Size, tokens(order.size), theme::TEXT);
        widgets::line(ui, worst, figure, theme::TEXT);
        if shown.quote.gas.0 == 0 {
            widgets::line(ui, Term::Gas, money(shown.quote.gas), theme::TEXT);
        }
    });
    preview::rows(ui, view, draft);
    warnings(ui, view);
    if widgets::primary(ui, "ticket.confirm", sentence, theme::side(draft.side), true).clicked() {
        actions = send(view, draft);
    }
    ui.horizontal(|ui| {
        if widgets::button(ui, "ticket.back", words::BACK).clicked() {
            draft.confirming = false;
        }
        if widgets::check(ui, "ticket.askfirst", &mut prefs.confirm_orders, words::ASK_FIRST).changed() {
            actions.push(Action::SavePrefs(*prefs));
        }
    });
    actions
}
