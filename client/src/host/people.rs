//! The lobby as the host sees it: link, QR code, door, everyone with their seats.

use super::acts::{Asked, act_button, asking, quiet_button, touched};
use crate::kit::{field, qr, theme, widgets};
use egui::{Align, Align2, RichText, Ui, Vec2};
use outcry_desk::{
    action::Action,
    format,
    host::{Armed, HostDraft},
    model::Model,
    text::{self, acts, funnel, host as words, lobby},
};
use outcry_shared::{
    limits::NAME_CHARS_MAX,
    message::{HostAct, HostState, SeatRow, Whom},
};

pub(super) fn panel(ui: &mut Ui, model: &Model, state: &HostState, draft: &mut HostDraft, now_ms: u64) -> Vec<Action> {
    let mut actions = Vec::new();
    let only_here = lobby::only_here(model.join_url());
    ui.horizontal_top(|ui| {
        if !only_here {
            qr::code(ui, model.join_url(), QR.min(ui.available_width() * 0.42));
        }
        ui.vertical(|ui| link(ui, model, state, &mut actions));
    });
    if only_here {
        widgets::callout(ui, theme::AMBER, lobby::ONLY_HERE);
    }
    if let Some(why) = &state.turned_away {
        widgets::callout(ui, theme::AMBER, text::sentence(why));
    }
    seat_code(ui, model, state, now_ms, &mut actions);
    newcomers(ui, state);
    ui.horizontal_wrapped(|ui| {
        widgets::section(ui, words::EVERYONE);
        if !state.seats.is_empty() {
            widgets::weak(ui, words::connected(&state.seats));
        }
        if state.arriving > 0 {
            widgets::weak(ui, words::arriving(state.arriving));
        }
    });
    if state.seats.is_empty() {
        widgets::empty(ui, words::NOBODY);
    }
    for seat in &state.seats {
        row(ui, seat, draft, now_ms, &mut actions);
    }
    many(ui, model, state, draft, now_ms, &mut actions);
    actions
}

/// Side of the QR codes, in points.
const QR: f32 = 150.0;

/// The address that people join by, and the projector's.
fn link(ui: &mut Ui, model: &Model, state: &HostState, actions: &mut Vec<Action>) {
    widgets::section(ui, words::LINK);
    let address = RichText::new(model.join_url()).font(theme::digits(15.0)).color(theme::YES);
    ui.add(egui::Label::new(address).wrap());
    ui.horizontal_wrapped(|ui| {
        if widgets::button(ui, "host.copy", words::COPY_LINK).clicked() {
            actions.push(Action::Copy(model.join_url().to_owned()));
        }
        if widgets::button(ui, "host.projector", words::OPEN_PROJECTOR).clicked() {
            actions.push(Action::OpenProjector);
        }
    });
    let mut open = state.door_open;
    if widgets::check(ui, "host.door", &mut open, words::DOOR).changed() {
        actions.push(Action::Host(HostAct::SetDoor { open }));
    }
}

/// How far newcomers came: a bar for each step.
fn newcomers(ui: &mut Ui, state: &HostState) {
    let steps = funnel::steps(state);
    let all = steps.iter().map(|step| step.count).max().unwrap_or_default();
    if all == 0 {
        return;
    }
    ui.add_space(theme::GAP);
    widgets::section(ui, funnel::TITLE);
    for step in &steps {
        let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width(), STEP), egui::Sense::hover());
        let mut bar = rect.shrink2(Vec2::new(0.0, 1.0));
        ui.painter().rect_filled(bar, theme::CORNER, theme::faint(theme::RAISED, 0.6));
        bar.set_width(rect.width() * step.count as f32 / all as f32);
        ui.painter().rect_filled(bar, theme::CORNER, theme::faint(theme::AMBER, 0.28));
        let line = words::step(step);
        let left = rect.left_center() + Vec2::new(8.0, 0.0);
        ui.painter().text(left, Align2::LEFT_CENTER, &line, theme::words(13.0), theme::TEXT);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Label, true, &line));
    }
    widgets::weak(ui, funnel::HELP);
    ui.add_space(theme::GAP);
}

/// Height of a step of newcomers, in points.
const STEP: f32 = 24.0;

/// The code that gives a seat to another device, as long as it is worth anything.
fn seat_code(ui: &mut Ui, model: &Model, state: &HostState, now_ms: u64, actions: &mut Vec<Action>) {
    let Some((user, code, until_ms)) = model.host().seat_code.filter(|(.., until_ms)| now_ms < *until_ms) else {
        return;
    };
    let Some(seat) = state.seats.iter().find(|seat| seat.user == user) else { return };
    let link = words::seat_link(model.join_url(), &code.to_hex());
    widgets::card(ui, |ui| {
        ui.horizontal_top(|ui| {
            let only_here = lobby::only_here(&link);
            if !only_here {
                qr::code(ui, &link, 168.0);
            }
            ui.vertical(|ui| {
                ui.label(RichText::new(&seat.name).size(18.0).color(theme::AMBER));
                ui.label(words::seat_code(&seat.name, &format::clock(until_ms - now_ms), only_here));
                if widgets::button(ui, "host.seat.copy", words::COPY_SEAT).clicked() {
                    actions.push(Action::Copy(link.clone()));
                }
                if widgets::button(ui, "host.seat.done", words::DONE).clicked() {
                    actions.push(Action::HideSeatCode);
                }
            });
        });
    });
}

/// Closes the seats of many at once, below those that are shown: folded until it is needed.
fn many(ui: &mut Ui, model: &Model, state: &HostState, draft: &mut HostDraft, now_ms: u64, actions: &mut Vec<Action>) {
    let Some(last) = state.seats.iter().map(|seat| seat.user).max() else { return };
    draft.many.follow(model.host().done(|act| matches!(act, HostAct::Empty { .. })));
    let pressed = quiet_button(ui, "host.empty", words::REMOVE_MANY);
    if pressed {
        draft.many.toggle(now_ms);
    }
    if !draft.many.is_open(now_ms) {
        return;
    }
    let shown = ui.horizontal_wrapped(|ui| {
        let away = || state.seats.iter().filter(|seat| !seat.connected);
        for (whom, name, label, count, crowd) in [
            (Whom::Away, "host.empty.away", words::remove_away(away().count()), away().count(), words::crowd(away())),
            (
                Whom::Everyone,
                "host.empty.everyone",
                words::remove_everyone(state.seats.len()),
                state.seats.len(),
                words::crowd(&state.seats),
            ),
        ] {
            let question = acts::ask_remove(&crowd);
            let asked = Asked { name, label: &label, question: &question, yes: acts::YES_REMOVE };
            if asking(ui, draft, Armed::Empty(whom, last), &asked, count > 0, now_ms) {
                actions.push(Action::Host(HostAct::Empty { whom, last }));
            }
        }
    });
    if pressed {
        // It is the last of a long list.
        shown.response.scroll_to_me(None);
    }
    if touched(ui, shown.response.rect) {
        draft.many.touch(now_ms);
    }
}

fn row(ui: &mut Ui, seat: &SeatRow, draft: &mut HostDraft, now_ms: u64, actions: &mut Vec<Action>) {
    widgets::card(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().interact_size.y = 28.0;
            let dot = if seat.connected { theme::GAIN } else { theme::LINE };
            let (rect, _) = ui.allocate_exact_size(Vec2::splat(10.0), egui::Sense::hover());
            ui.painter().circle_filled(rect.center(), 5.0, dot);
            if !rename(ui, seat, draft, actions) {
                ui.label(RichText::new(&seat.name).size(15.0));
            }
            widgets::weak(ui, words::seat(seat.bot, seat.connected, seat.lag_ms));
            widgets::figure(ui, words::orders(seat.orders, seat.rejected), 12.0, theme::WEAK);
            if let Some(practised) = words::practised(seat.practised).filter(|_| seat.orders == 0) {
                widgets::weak(ui, practised);
            }
            if let Some(came) = funnel::seat(seat).filter(|_| !seat.bot) {
                widgets::weak(ui, came);
            }
        });
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().interact_size.y = 40.0;
            give_back_button(ui, seat, actions);
            rename_button(ui, seat, draft);
            kick_button(ui, seat, draft, now_ms, actions);
        });
    });
}

fn kick_button(ui: &mut Ui, seat: &SeatRow, draft: &mut HostDraft, now_ms: u64, actions: &mut Vec<Action>) {
    let name = format!("host.kick.{}", seat.user.0);
    let question = acts::ask_remove(&text::apart(&seat.name));
    let asked = Asked { name: &name, label: words::KICK, question: &question, yes: acts::YES_REMOVE };
    if asking(ui, draft, Armed::Kick(seat.user), &asked, true, now_ms) {
        actions.push(Action::Host(HostAct::Kick { user: seat.user }));
    }
}

fn give_back_button(ui: &mut Ui, seat: &SeatRow, actions: &mut Vec<Action>) {
    if !seat.bot && act_button(ui, &format!("host.seat.{}", seat.user.0), words::GIVE_BACK, true, None) {
        actions.push(Action::Host(HostAct::GiveBack { user: seat.user }));
    }
}

fn rename_button(ui: &mut Ui, seat: &SeatRow, draft: &mut HostDraft) {
    if act_button(ui, &format!("host.rename.{}", seat.user.0), words::RENAME, true, None) {
        draft.renaming = Some((seat.user, seat.name.clone()));
    }
}

/// The field of a seat being renamed; whether it is this one.
fn rename(ui: &mut Ui, seat: &SeatRow, draft: &mut HostDraft, actions: &mut Vec<Action>) -> bool {
    let Some((user, name)) = draft.renaming.as_mut().filter(|(user, _)| *user == seat.user) else { return false };
    let label = words::RENAME;
    let about = field::About { name: "host.rename.field", label, kind: field::Kind::Text, limit: NAME_CHARS_MAX };
    let size = Vec2::new(160.0, theme::control_height(ui));
    let response = field::show(ui, &about, name, size, |edit| edit.vertical_align(Align::Center));
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
    if widgets::button(ui, "host.rename.ok", words::OK).clicked() || entered {
        actions.push(Action::Host(HostAct::Rename { user: *user, name: name.clone() }));
        draft.renaming = None;
    }
    true
}
