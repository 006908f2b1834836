//! The whole screen: which panels stand where in which phase.

use super::{
    Overlay, Tab, UiState, keys, layout,
    layout::{Places, Shape},
    lobby, outcomes,
    place::{self, Look},
    state::TicketKey,
    theme, ticket, top_bar, widgets,
};
use crate::{
    action::{Action, dedup},
    model::Model,
    view::{
        lobby::LobbyView,
        outcomes::outcomes as outcome_rows,
        ticket::{TicketView, can_trade},
        top::TopView,
    },
};
use egui::{Context, Rect};
use outcry_shared::phase::Phase;

/// Draws everything over the floor and returns what was asked for, without repetitions.
/// `now_ms` is the local clock that [`Model::apply`] is given.
pub fn draw(ctx: &Context, model: &Model, state: &mut UiState, now_ms: u64) -> Vec<Action> {
    let screen = ctx.content_rect();
    theme::apply(ctx, state.touch || layout::is_phone(screen));
    ctx.data_mut(|data| data.remove::<Vec<(String, Rect)>>(widgets::notes_id()));
    refresh_ticket(model, state);
    let mut actions = keyboard(ctx, model, state);
    let places = match model.phase() {
        Phase::Draft | Phase::Lobby => layout::single(screen),
        _ => layout::trading(screen),
    };
    state.floor.free = places.free;
    actions.extend(top(ctx, model, state, &places, now_ms));
    actions.extend(match model.phase() {
        Phase::Draft | Phase::Lobby => lobby_panel(ctx, model, state, &places, now_ms),
        _ => trading(ctx, model, state, &places),
    });
    if state.host_open {
        actions.extend(crate::host::draw(ctx, model, &mut state.host, &mut state.host_open, now_ms));
    }
    let notes = ctx.data_mut(|data| data.remove_temp::<Vec<(String, Rect)>>(widgets::notes_id()));
    state.widgets.replace(notes.unwrap_or_default());
    dedup(&mut actions);
    actions
}

fn refresh_ticket(model: &Model, state: &mut UiState) {
    let key = TicketKey {
        draft: state.draft.clone(),
        session: model.session.as_ref().map_or(0, |session| session.number),
        tick: model.session.as_ref().map_or(0, |session| session.tick),
        own_tick: model.own.as_ref().map_or(0, |own| own.tick),
        can_trade: can_trade(model),
        phase: model.phase(),
        next_order: model.orders.next_id(),
        receipts: model.toasts.iter().count(),
    };
    if state.ticket.as_ref().is_none_or(|(old, _)| *old != key) {
        state.ticket = TicketView::new(model, &state.draft).map(|view| (key, view));
    }
    let view = state.ticket.as_ref().map(|(_, view)| view);
    state.floor.selected = view.map(|_| state.draft.outcome);
    state.floor.ghosts = view.map(|view| view.ghosts().to_vec()).unwrap_or_default();
}

fn keyboard(ctx: &Context, model: &Model, state: &mut UiState) -> Vec<Action> {
    if state.host_open {
        return vec![];
    }
    let newest = model.own.iter().flat_map(|own| &own.open_orders).map(|order| order.id).max();
    let view = state.ticket.as_ref().map(|(_, view)| view);
    let (mut actions, pressed) = keys::handle(ctx, view, &mut state.draft, newest);
    if pressed.escape {
        escape(state);
    }
    if pressed.help {
        state.overlay = if state.overlay == Some(Overlay::Help) { None } else { Some(Overlay::Help) };
    }
    if pressed.mute {
        state.prefs.mute = !state.prefs.mute;
        actions.push(Action::SavePrefs(state.prefs));
    }
    if pressed.submit && let Some((_, view)) = &state.ticket {
        actions.extend(ticket::press(view, &mut state.draft, state.prefs));
    }
    actions
}

/// Esc takes back one thing: the window over everything, the confirmation, the amount.
fn escape(state: &mut UiState) {
    if state.overlay.take().is_some() {
        return;
    }
    if state.draft.confirming {
        state.draft.confirming = false;
        return;
    }
    state.draft.amount.clear();
}

fn top(ctx: &Context, model: &Model, state: &mut UiState, places: &Places, now_ms: u64) -> Vec<Action> {
    let view = TopView::new(model, now_ms);
    let phone = places.shape == Shape::Phone;
    let menu = top_bar::Menu { mute: state.prefs.mute, phone };
    let look = if phone { Look::Flat } else { Look::Floating };
    let (mut actions, pressed) = place::at(ctx, "top", places.top, look, |ui| top_bar::panel(ui, &view, menu));
    if pressed.help {
        state.overlay = Some(Overlay::Help);
    }
    if pressed.history {
        state.overlay = Some(Overlay::History);
    }
    if pressed.host {
        state.host_open = true;
    }
    if pressed.mute {
        state.prefs.mute = !state.prefs.mute;
        actions.push(Action::SavePrefs(state.prefs));
    }
    actions
}

fn lobby_panel(ctx: &Context, model: &Model, state: &mut UiState, places: &Places, now_ms: u64) -> Vec<Action> {
    let view = LobbyView::new(model);
    let look = if places.shape == Shape::Phone { Look::Flat } else { Look::Floating };
    let copied = state.link_copied_ms.is_some_and(|at_ms| now_ms.saturating_sub(at_ms) < 3_000);
    let actions = place::at(ctx, "lobby", places.main, look, |ui| lobby::panel(ui, &view, copied));
    if actions.iter().any(|action| matches!(action, Action::Copy(_))) {
        state.link_copied_ms = Some(now_ms);
    }
    actions
}

fn trading(ctx: &Context, model: &Model, state: &mut UiState, places: &Places) -> Vec<Action> {
    let mut actions = Vec::new();
    if places.left.is_positive() {
        place::at(ctx, "outcomes", places.left, Look::Floating, |ui| outcome_list(ui, model, state));
    }
    if places.right.is_positive() {
        actions.extend(place::at(ctx, "ticket", places.right, Look::Floating, |ui| ticket_panel(ui, state)));
    }
    if state.tab == Tab::Ticket && places.shape != Shape::Phone {
        state.tab = Tab::Book;
    }
    actions
}

fn outcome_list(ui: &mut egui::Ui, model: &Model, state: &mut UiState) {
    let marked = outcomes::Marked { outcome: state.draft.outcome, side: state.draft.side };
    if let Some((outcome, side)) = outcomes::panel(ui, &outcome_rows(model), marked) {
        state.pick(outcome, side);
    }
}

fn ticket_panel(ui: &mut egui::Ui, state: &mut UiState) -> Vec<Action> {
    let UiState { ticket, draft, prefs, .. } = state;
    match ticket {
        Some((_, view)) => ticket::panel(ui, view, draft, prefs),
        None => vec![],
    }
}
