//! The whole screen: which panels stand where in which phase.

use super::{
    banner, end, help, keys, lobby, moment,
    state::{Overlay, UiState},
    top_bar, trading,
};
use crate::kit::{
    field, focus, layout,
    layout::{Places, Shape},
    place::{self, Look},
    theme, toasts, widgets,
};
use egui::{Context, Rect, RichText, Sides, Ui};
use outcry_desk::{
    action::{Action, dedup},
    model::Model,
    page::Tab,
    text::{help as help_words, ui as words},
    view::{
        chart,
        end::EndView,
        hint::Hint,
        lobby::LobbyView,
        moment::MomentView,
        ticket::{self, TicketKey, TicketView},
        top::TopView,
    },
};
use outcry_shared::phase::Phase;

/// Draws everything over the floor and returns what was asked for, without repetitions.
/// `now_ms` is the local clock that [`Model::apply`] is given.
pub fn draw(ctx: &Context, model: &Model, state: &mut UiState, now_ms: u64) -> Vec<Action> {
    let screen = ctx.content_rect();
    theme::apply(ctx, state.touch || layout::is_phone(screen));
    ctx.data_mut(|data| data.remove::<Vec<(String, Rect)>>(widgets::notes_id()));
    focus::start(ctx);
    refresh_ticket(model, state);
    let hints = state.prefs.hints_done;
    let mut actions = keyboard(ctx, model, state);
    let phase = model.phase();
    let stopped = MomentView::new(model, now_ms);
    let hosting = state.host_open.then(|| crate::host::places(screen, model)).flatten();
    let card = if phase == Phase::Resolved { state.results.height + 2.0 * place::MARGIN } else { 0.0 };
    let dramatic = layout::dramatic(screen, card).filter(|_| has_the_screen(model, state, stopped.is_some()));
    let places = hosting.or(dramatic).unwrap_or_else(|| match phase {
        Phase::Draft | Phase::Lobby | Phase::Resolved => layout::single(screen),
        _ => layout::trading(screen, state.tab == Tab::Ticket)
            .with_ticket(ticket_height(state))
            .with_outcomes(model.session().map_or(0, |session| session.fates().len())),
    });
    state.floor.free = places.free;
    state.floor.zoom = ctx.zoom_factor();
    actions.extend(top(ctx, model, state, &places, now_ms));
    if model.session().is_some() && hosting.is_none() {
        actions.extend(match phase {
            Phase::Draft | Phase::Lobby => lobby_panel(ctx, model, state, &places, now_ms),
            Phase::Resolved => end_panel(ctx, model, state, &places),
            _ => match &stopped {
                Some(view) if dramatic.is_some() => {
                    if moment::panel(ctx, view, places.main, layout::tab_bar(screen)) {
                        state.put_away = stops_until(model);
                        state.tab = Tab::Portfolio;
                    }
                    vec![]
                }
                _ => trading::draw(ctx, model, state, &places),
            },
        });
    }
    let (answers, mut banner) = banner::draw(ctx, model, (places.free, stopped.is_some()), &mut state.name, now_ms);
    if let Some(view) = stopped.as_ref().filter(|_| places.shape != Shape::Phone) {
        let room = banner.map_or(places.free, |banner| places.free.with_max_y(banner.top()));
        let card = moment::over(ctx, view, room);
        // Pillars and figures stand above it.
        state.floor.free.max.y = card.top();
        banner = Some(card);
    }
    actions.extend(answers);
    // Windows over everything keep them: they stand in the history, the host's has a line for them.
    if state.overlay.is_none() && !state.host_open {
        toasts::standing(ctx, model.toasts(), beside(&places, banner, phase), now_ms);
    }
    actions.extend(overlay(ctx, model, state));
    if state.host_open {
        actions.extend(crate::host::draw(ctx, model, &mut state.host, &mut state.host_open, now_ms));
    }
    let notes = ctx.data_mut(|data| data.remove_temp::<Vec<(String, Rect)>>(widgets::notes_id()));
    state.widgets.replace(notes.unwrap_or_default());
    if actions.iter().any(|action| matches!(action, Action::PlaceOrder(_))) {
        Hint::Bet.done(&mut state.prefs);
    }
    if state.prefs.hints_done != hints {
        actions.push(Action::SavePrefs(state.prefs));
    }
    state.fields = field::taken(ctx);
    state.edge = focus::end(ctx, &state.fields);
    speak(model, state, now_ms);
    dedup(&mut actions);
    actions
}

/// Whether the floor has the screen, where there is no room for more: nobody can trade, and its card was not put away.
fn has_the_screen(model: &Model, state: &UiState, stopped: bool) -> bool {
    match model.phase() {
        Phase::Resolved => !state.results.open && model.end().is_some(),
        _ => stopped && state.put_away != stops_until(model),
    }
}

/// The height that the ticket makes use of as it stands: a newcomer's has little, a question has all its figures.
fn ticket_height(state: &UiState) -> f32 {
    if state.simple.view().is_some() && !state.draft.confirming { layout::SIMPLE_TICKET } else { layout::TICKET }
}

/// When the present stop of trading ends, by which it is known.
fn stops_until(model: &Model) -> Option<u64> {
    model.session().and_then(|session| session.clock().resume_ms)
}

/// What those who do not see the screen are told.
fn speak(model: &Model, state: &mut UiState, now_ms: u64) {
    if state.spoken != state.draft {
        state.spoken = state.draft.clone();
        state.voice.draft_changed(now_ms);
    }
    let order = state.ticket.as_ref().map(|(_, view)| (view, &state.draft));
    let said = state.voice.speak(model, order, now_ms);
    state.said.extend(said);
}

/// Where toasts stand: over the floor, above a banner; on a phone, whose floor is low, over the panel then, and so at the
/// end, whose podium is on the floor.
fn beside(places: &Places, banner: Option<Rect>, phase: Phase) -> Rect {
    match banner {
        _ if phase == Phase::Resolved => places.main,
        Some(_) if places.shape == Shape::Phone => places.main,
        Some(banner) => places.free.with_max_y(banner.top()),
        None => places.free,
    }
}

fn refresh_ticket(model: &Model, state: &mut UiState) {
    if model.session().is_some_and(|session| state.draft.leave_gone(session)) {
        state.book_side = None;
    }
    let key = TicketKey::new(model, &state.draft);
    if state.ticket.as_ref().is_none_or(|(old, _)| *old != key) {
        state.ticket = TicketView::new(model, &state.draft).map(|view| (key, view));
    }
    state.simple.refresh(model, &state.draft, state.prefs);
    let view = state.ticket.as_ref().map(|(_, view)| view);
    // Whoever has no seat trades nothing: no pillar is theirs to look at.
    state.floor.selected = view.filter(|_| model.user().is_some()).map(|_| state.draft.outcome);
    state.floor.ghosts = view.map(|view| view.ghosts().to_vec()).unwrap_or_default();
}

fn keyboard(ctx: &Context, model: &Model, state: &mut UiState) -> Vec<Action> {
    if state.host_open {
        return vec![];
    }
    let newest = model.own().into_iter().flat_map(|own| &own.open_orders).map(|order| order.id).max();
    let view = state.ticket.as_ref().map(|(_, view)| view);
    let covered = state.overlay.is_some();
    let (mut actions, pressed) = keys::handle(ctx, view.filter(|_| !covered), &mut state.draft, newest);
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
    if pressed.submit {
        actions.extend(submit(state));
    }
    actions
}

/// Enter: the side that the simple ticket stands on, or the whole ticket's button.
fn submit(state: &mut UiState) -> Vec<Action> {
    let UiState { simple, ticket, draft, prefs, .. } = state;
    let side = draft.side;
    match (simple.view(), ticket) {
        (Some(view), _) if !draft.confirming => ticket::bet(view, side, draft, *prefs).unwrap_or_default(),
        (_, Some((_, view))) => ticket::press(view, draft, *prefs),
        _ => vec![],
    }
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
    let practises = state.light_floor && model.you().is_some();
    let copied = state.link_copied_ms.is_some_and(|at_ms| now_ms.saturating_sub(at_ms) < 3_000);
    place::at(ctx, "lobby", places.main, look, |ui| lobby::panel(ui, &view, practises, copied))
}

fn end_panel(ctx: &Context, model: &Model, state: &mut UiState, places: &Places) -> Vec<Action> {
    let phone = places.shape == Shape::Phone;
    let look = if phone { Look::Flat } else { Look::Floating };
    // A phone on its side has room for the results beside its floor.
    let folds = phone && !layout::is_lying(ctx.content_rect());
    let all = if folds { end::All::Of(&mut state.results) } else { end::All::Always };
    let keeps = state.light_floor;
    place::at(ctx, "end", places.main, look, |ui| match EndView::new(model) {
        Some(view) => end::panel(ui, &view, &chart::maker(model), all, keeps),
        None => {
            widgets::empty(ui, words::SETTLING);
            vec![]
        }
    })
}

/// Largest size of a window over everything, in points.
const OVERLAY: [f32; 2] = [640.0, 680.0];

/// Help or history, over everything.
fn overlay(ctx: &Context, model: &Model, state: &mut UiState) -> Vec<Action> {
    let Some(shown) = state.overlay else { return vec![] };
    let screen = ctx.content_rect();
    let margin = if layout::is_phone(screen) { 0.0 } else { 24.0 };
    let most = if margin > 0.0 { OVERLAY.into() } else { screen.size() };
    let size = (screen.size() - egui::Vec2::splat(2.0 * margin)).min(most);
    let UiState { overlay, prefs, light_floor, .. } = state;
    let rect = Rect::from_center_size(screen.center(), size);
    let (actions, aside) = place::over(ctx, "window", rect, |ui| {
        let title = if shown == Overlay::Help { help_words::TITLE } else { help_words::HISTORY };
        overlay_title(ui, title, overlay);
        match shown {
            Overlay::Help => help::panel(ui, prefs, *light_floor),
            Overlay::History => {
                toasts::history(ui, model.toasts());
                vec![]
            }
        }
    });
    if aside {
        *overlay = None;
    }
    actions
}

fn overlay_title(ui: &mut Ui, title: &str, overlay: &mut Option<Overlay>) {
    let title = RichText::new(title).size(20.0).color(theme::AMBER);
    let (_, close) = Sides::new().show(ui, |ui| ui.label(title), |ui| widgets::button(ui, "window.close", "×"));
    if close.clicked() {
        *overlay = None;
    }
}
