//! What stands over the floor when trading does not go on: frozen, paused, disconnected.

use crate::kit::{place, theme, widgets};
use egui::{Align2, Area, Color32, Context, Frame, Id, Margin, Order, Pos2, Rect, RichText, Stroke, Ui, Vec2};
use outcry_desk::{
    action::Action,
    format,
    model::{Connection, Model},
    text::{self, banner as words},
};
use outcry_shared::{message::RefusalCode, phase::Phase};

/// What was asked for, and where a banner stands over the floor's lower edge.
pub(super) type Shown = (Vec<Action>, Option<Rect>);

/// Draws the one that matters most, if any. What does not ask for an answer stands low, where no
/// pillar has its head.
pub(super) fn draw(ctx: &Context, model: &Model, free: Rect, name: &mut String, now_ms: u64) -> Shown {
    let screen = ctx.content_rect();
    if *model.connection() != Connection::Live {
        let waits = matches!(model.connection(), Connection::Reconnecting { .. } | Connection::Connecting);
        let at = At { point: screen.center(), pivot: Align2::CENTER_CENTER, over: !waits };
        let (actions, _) = show(ctx, at, 380.0, theme::AMBER, |ui| connection(ui, model, name));
        return (actions, None);
    }
    let Some((color, title, body)) = notice(model, free.height() >= LOW, now_ms) else { return (vec![], None) };
    let low = free.center_bottom() - Vec2::new(0.0, 8.0);
    let at = At { point: low, pivot: Align2::CENTER_BOTTOM, over: false };
    let width = free.width() - 16.0 - 2.0 * f32::from(MARGIN.left);
    let (actions, rect) = show(ctx, at, width.min(WIDEST), color, |ui| say(ui, color, title, &body));
    (actions, Some(rect))
}

/// Why nobody trades, with more about it where there is room, or what the host has to say.
fn notice(model: &Model, roomy: bool, now_ms: u64) -> Option<(Color32, &'static str, String)> {
    if let Some(text) = announcement(model, now_ms) {
        return Some((theme::AMBER, words::HOST_SAYS, text.to_owned()));
    }
    let (color, title, body) = match model.phase() {
        Phase::Frozen => (theme::YES, words::FROZEN, words::frozen(&left(model, now_ms))),
        Phase::Paused => (theme::AMBER, words::PAUSED, words::PAUSED_BODY.to_owned()),
        _ => return None,
    };
    Some((color, title, if roomy { body } else { String::new() }))
}

/// Over a floor lower than this, phases are told by their title alone: the top bar has the rest. In points.
const LOW: f32 = 230.0;
/// Wider banners are not needed, in points.
const WIDEST: f32 = 560.0;
const MARGIN: Margin = Margin { left: 16, right: 16, top: 8, bottom: 8 };

/// How long the host's message stands over the floor, in ms.
const ANNOUNCEMENT_MS: u64 = 15_000;

fn announcement(model: &Model, now_ms: u64) -> Option<&str> {
    model.announcement().filter(|(_, at_ms)| now_ms.saturating_sub(*at_ms) < ANNOUNCEMENT_MS).map(|(text, _)| text)
}

fn left(model: &Model, now_ms: u64) -> String {
    let resume_ms = model.session().and_then(|session| session.clock().resume_ms).unwrap_or(0);
    format::clock(resume_ms.saturating_sub(model.session_ms(now_ms)))
}

/// Where a banner stands, and whether it has to be answered before anything else.
struct At {
    point: Pos2,
    pivot: Align2,
    over: bool,
}

fn show(
    ctx: &Context,
    at: At,
    width: f32,
    color: Color32,
    add: impl FnOnce(&mut Ui) -> Vec<Action>,
) -> (Vec<Action>, Rect) {
    let area = Area::new(Id::new("outcry banner")).fixed_pos(at.point).pivot(at.pivot);
    let frame = Frame::new()
        .fill(theme::PANEL)
        .stroke(Stroke::new(1.5, theme::faint(color, 0.8)))
        .corner_radius(egui::CornerRadius::same(8))
        .inner_margin(MARGIN);
    let add = |ui: &mut Ui| {
        ui.set_width(width.min(ctx.content_rect().width() - 48.0));
        add(ui)
    };
    if at.over {
        let shown = place::modal(area, frame).show(ctx, add);
        return (shown.inner, shown.response.rect);
    }
    let shown = area.order(Order::Foreground).fade_in(false).show(ctx, |ui| frame.show(ui, add).inner);
    (shown.inner, shown.response.rect)
}

fn say(ui: &mut Ui, color: Color32, title: &str, body: &str) -> Vec<Action> {
    ui.vertical_centered(|ui| {
        ui.label(RichText::new(title).size(18.0).color(color));
        if !body.is_empty() {
            ui.label(RichText::new(body).color(theme::TEXT));
        }
    });
    vec![]
}

fn connection(ui: &mut Ui, model: &Model, name: &mut String) -> Vec<Action> {
    let mut actions = Vec::new();
    match model.connection() {
        Connection::Connecting => {
            say(ui, theme::AMBER, words::CONNECTING, words::CONNECTING_BODY);
        }
        Connection::Reconnecting { attempt, why } => {
            say(ui, theme::AMBER, words::RECONNECTING, &words::reconnecting(*attempt, why.as_deref()));
            if widgets::primary(ui, "connection.retry", text::ui::TRY_NOW, theme::AMBER, true).clicked() {
                actions.push(Action::Reconnect);
            }
        }
        Connection::NeedsName { error } => actions.extend(join(ui, error.as_deref(), name)),
        Connection::Refused(refusal) => {
            say(ui, theme::LOSS, words::refused(refusal.code), &refusal.reason);
            let label = if refusal.code == RefusalCode::Version { text::ui::RELOAD } else { words::JOIN_AGAIN };
            if widgets::primary(ui, "connection.reload", label, theme::AMBER, true).clicked() {
                actions.push(Action::Reload);
            }
        }
        Connection::Closed(reason) => {
            say(ui, theme::LOSS, words::CLOSED, reason);
            if widgets::primary(ui, "connection.reload", text::ui::RELOAD, theme::AMBER, true).clicked() {
                actions.push(Action::Reload);
            }
        }
        Connection::Live => {}
    }
    actions
}

/// The native app's door; browsers have the page's form.
fn join(ui: &mut Ui, error: Option<&str>, name: &mut String) -> Vec<Action> {
    say(ui, theme::AMBER, words::JOIN, words::JOIN_BODY);
    let edit = egui::TextEdit::singleline(name)
        .hint_text(words::NAME)
        .font(theme::words(16.0))
        .char_limit(outcry_shared::limits::NAME_CHARS_MAX)
        .vertical_align(egui::Align::Center);
    let response = ui.add_sized(Vec2::new(ui.available_width(), 40.0), edit);
    widgets::note(ui, "join.name", &response);
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
    let ready = !name.trim().is_empty();
    let pressed = widgets::primary(ui, "join.submit", words::JOIN_BUTTON, theme::AMBER, ready).clicked();
    if let Some(error) = error {
        widgets::callout(ui, theme::LOSS, text::sentence(error));
    }
    if ready && (pressed || entered) { vec![Action::Join(name.trim().to_owned())] } else { vec![] }
}
