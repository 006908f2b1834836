//! What stands over the floor when trading does not go on: frozen, paused, disconnected.

use crate::kit::{field, place, theme, widgets};
use egui::{Align2, Area, Color32, Context, Frame, Id, Margin, Order, Pos2, Rect, RichText, Stroke, Ui, Vec2};
use outcry_desk::{
    action::Action,
    model::{Connection, Model},
    text::{self, banner as words},
    view::banner::{About, BannerView, Help},
};
use outcry_shared::limits::NAME_CHARS_MAX;

/// What was asked for, and where a banner stands over the floor's lower edge.
pub(super) type Shown = (Vec<Action>, Option<Rect>);

/// Draws the one that matters most, if any. What does not ask for an answer stands low in the free rectangle, where no
/// pillar has its head; that trading is frozen is not said where a card says more.
pub(super) fn draw(
    ctx: &Context,
    model: &Model,
    (free, has_card): (Rect, bool),
    name: &mut String,
    now_ms: u64,
) -> Shown {
    let said = BannerView::said(model, now_ms);
    let told = said.is_some();
    let view = match BannerView::new(model, now_ms) {
        Some(view) if has_card && view.about == About::Frozen => said,
        view => view,
    };
    let Some(view) = view else { return (vec![], None) };
    let screen = ctx.content_rect();
    if *model.connection() != Connection::Live {
        let over = view.about != About::Waiting;
        let at = At { point: screen.center(), pivot: Align2::CENTER_CENTER, over };
        let (actions, _) = show(ctx, at, 380.0, theme::AMBER, |ui| connection(ui, model, &view, name));
        return (actions, None);
    }
    let low = free.center_bottom() - Vec2::new(0.0, 8.0);
    let at = At { point: low, pivot: Align2::CENTER_BOTTOM, over: false };
    let width = free.width() - 16.0 - 2.0 * f32::from(MARGIN.left);
    // More about a phase where there is room; what the host says, always.
    let roomy = free.height() >= LOW || told;
    let body = if roomy { view.body.as_str() } else { "" };
    let color = color(view.about);
    let (actions, rect) = show(ctx, at, width.min(WIDEST), color, |ui| say(ui, color, view.title, body));
    (actions, Some(rect))
}

const fn color(about: About) -> Color32 {
    match about {
        About::Frozen => theme::YES,
        About::Ended => theme::LOSS,
        About::Host | About::Paused | About::Waiting | About::Name => theme::AMBER,
    }
}

/// Over a floor lower than this, phases are told by their title alone: the top bar has the rest. In points.
const LOW: f32 = 230.0;
/// Wider banners are not needed, in points.
const WIDEST: f32 = 560.0;
const MARGIN: Margin = Margin { left: 16, right: 16, top: 8, bottom: 8 };

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

fn connection(ui: &mut Ui, model: &Model, view: &BannerView, name: &mut String) -> Vec<Action> {
    if let Connection::NeedsName { error } = model.connection() {
        return join(ui, error.as_deref(), name);
    }
    say(ui, color(view.about), view.title, &view.body);
    let Some(help) = view.help else { return vec![] };
    let (id, action) = match help {
        Help::TryNow => ("connection.retry", Action::Reconnect),
        Help::Reload | Help::JoinAgain => ("connection.reload", Action::Reload),
    };
    if widgets::primary(ui, id, help.words(), theme::AMBER, true).clicked() { vec![action] } else { vec![] }
}

/// The native app's door; browsers have the page's form.
fn join(ui: &mut Ui, error: Option<&str>, name: &mut String) -> Vec<Action> {
    say(ui, theme::AMBER, words::JOIN, words::JOIN_BODY);
    let about = field::About { name: "join.name", label: words::NAME, kind: field::Kind::Text, limit: NAME_CHARS_MAX };
    let size = Vec2::new(ui.available_width(), 40.0);
    let response = field::show(ui, &about, name, size, |edit| {
        edit.hint_text(words::NAME).font(theme::words(16.0)).vertical_align(egui::Align::Center)
    });
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
    let ready = !name.trim().is_empty();
    let pressed = widgets::primary(ui, "join.submit", words::JOIN_BUTTON, theme::AMBER, ready).clicked();
    if let Some(error) = error {
        widgets::callout(ui, theme::LOSS, text::sentence(error));
    }
    if ready && (pressed || entered) { vec![Action::Join(name.trim().to_owned())] } else { vec![] }
}
