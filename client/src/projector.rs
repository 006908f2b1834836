//! The projector: the floor alone in large type. It joins with no seat, shows link and QR code
//! while people gather, clock and leaderboard while they trade, and needs no hand.

use crate::{
    frame::DrawSystems,
    kit::{
        headline::{self, Headline},
        qr, theme, widgets,
    },
    net::{Known, Net},
    platform, scripts,
    stage::tags,
    ui::UiState,
};
use bevy::prelude::*;
use bevy_egui::{EguiContexts, EguiPrimaryContextPass};
use egui::{Align, Align2, Color32, CornerRadius, Painter, Pos2, Rect, pos2, text::LayoutJob, vec2};
use outcry_desk::{
    model::{Model, Unattended},
    text::{self, stage as words},
    view::stage::{Board, Place, StageView, Tone},
};
use outcry_engine::OutcomeId;
use outcry_shared::{message::Outcome, phase::Phase, replica::Replica};

/// Side of the code that stays while people trade, in units of type.
const CORNER_CODE: f32 = 6.5;
/// What of the title's width the question may take: the countdown stands in the middle.
const QUESTION_SHARE: f32 = 0.34;
/// Names beside each other, so that each has room for as many letters as it may have.
const LEGEND: usize = 3;
/// Height of a row of the leaderboard with the gap below it, and of the line that says how many others there are, in
/// units of type. The line has room beside the code that stays.
const ROW: f32 = 3.6;
const MORE: f32 = 1.8;
/// Between two attempts to enter after a refusal, in ms.
const RETRY_MS: u64 = 5_000;

pub(crate) fn plugin(app: &mut App) {
    app.add_systems(EguiPrimaryContextPass, draw.in_set(DrawSystems::Panels)).add_systems(Update, insist);
}

/// Whatever the server refused may be allowed later, or by the page of its own version: nobody is there to click.
fn insist(net: NonSend<Net>, model: Res<Known>, mut tried_ms: Local<u64>) {
    let now_ms = platform::now_ms();
    let Some(unattended) = model.connection().unattended().filter(|_| now_ms > *tried_ms + RETRY_MS) else { return };
    *tried_ms = now_ms;
    if unattended == Unattended::Reload {
        platform::reload();
    }
    // A window has no page to load again: it asks, as it did.
    net.reconnect();
}

fn draw(mut contexts: EguiContexts, model: Res<Known>, mut state: ResMut<UiState>) -> Result {
    let ctx = contexts.ctx_mut()?;
    scripts::install(ctx);
    let screen = ctx.content_rect();
    let unit = tags::unit(screen.size());
    let painter = ctx.layer_painter(egui::LayerId::background());
    let header = Rect::from_min_max(screen.min, pos2(screen.right(), screen.top() + unit * 4.5));
    let side = Rect::from_min_max(pos2(screen.right() - unit * 18.0, header.bottom()), screen.max);
    let floor = Rect::from_min_max(pos2(screen.left(), header.bottom()), side.left_bottom());
    state.floor.leave(floor);
    let Some(session) = model.session() else {
        painter.text(screen.center(), Align2::CENTER_CENTER, "Outcry", theme::words(unit * 4.0), theme::AMBER);
        let at = screen.center() + vec2(0.0, unit * 4.0);
        painter.text(at, Align2::CENTER_CENTER, words::WAITING, theme::words(unit * 1.6), theme::WEAK);
        return Ok(());
    };
    let Some(view) = StageView::new(&model, platform::now_ms()) else { return Ok(()) };
    title(&painter, header, unit, session, &view);
    let floor = floor.with_min_y(question(&painter, floor, unit, session));
    let floor = floor.with_min_y(legend(&painter, floor, unit, session));
    state.floor.leave(floor);
    let over = ctx.layer_painter(egui::LayerId::new(egui::Order::Middle, egui::Id::new("stage")));
    let told = announce(&over, floor, unit, &view);
    if let Some(told) = told.filter(|_| view.headline.is_some()) {
        // Pillars, figures and the podium stand above it.
        state.floor.leave(floor.with_max_y(told.top()));
    }
    state.floor.told = told;
    if gathers(session) {
        invitation(ctx, side, unit, &model, (session, &view));
    } else {
        let joins = session.clock().phase != Phase::Resolved && view.link_fault.is_none();
        let below = unit * if joins { CORNER_CODE + 1.0 } else { MORE };
        leaders(&painter, side.with_max_y(side.bottom() - below), unit, &model);
        if joins {
            latecomers(ctx, side, unit, &model);
        }
    }
    Ok(())
}

/// Whether people still gather.
const fn gathers(session: &Replica) -> bool {
    matches!(session.clock().phase, Phase::Draft | Phase::Lobby)
}

/// A small code in the corner: whoever comes late joins without asking.
fn latecomers(ctx: &egui::Context, rect: Rect, unit: f32, model: &Model) {
    let side = unit * CORNER_CODE;
    let at = rect.max - vec2(side + unit, side + unit);
    egui::Area::new(egui::Id::new("latecomers")).fixed_pos(at).interactable(false).show(ctx, |ui| {
        qr::code(ui, model.join_url(), side);
    });
    let painter = ctx.layer_painter(egui::LayerId::background());
    let beside = at + vec2(-unit * 0.6, side / 2.0);
    painter.text(beside, Align2::RIGHT_CENTER, words::JOIN_ANY_TIME, theme::words(unit * 1.2), theme::WEAK);
}

/// Name, phase and clock on top.
fn title(painter: &Painter, rect: Rect, unit: f32, session: &Replica, view: &StageView) {
    let y = rect.center().y;
    let asks = !session.question().is_empty() && !gathers(session);
    let name = pos2(rect.left() + unit, if asks { y - unit * 0.8 } else { y });
    painter.text(name, Align2::LEFT_CENTER, session.name(), theme::words(unit * 2.0), theme::TEXT);
    if asks {
        let font = theme::words(unit * 1.2);
        let words = widgets::elided(painter, session.question(), &font, rect.width() * QUESTION_SHARE);
        painter.text(name + vec2(0.0, unit * 2.0), Align2::LEFT_CENTER, words, font, theme::WEAK);
    }
    let colour = match view.tone {
        Tone::Calm => theme::TEXT,
        Tone::Warm => theme::AMBER,
        Tone::Cold => theme::YES,
    };
    painter.text(rect.center(), Align2::CENTER_CENTER, &view.now, theme::words(unit * 1.9), colour);
    let colour = if view.live { theme::TEXT } else { theme::LOSS };
    let at = pos2(rect.right() - unit, y);
    painter.text(at, Align2::RIGHT_CENTER, &view.clock, theme::digits(unit * 2.2), colour);
}

/// What matters more than all else, over the floor's lower edge; above it what the host says. Returns where it stands.
fn announce(painter: &Painter, floor: Rect, unit: f32, view: &StageView) -> Option<Rect> {
    let room = floor.shrink(unit * 0.6);
    let mut told: Option<Rect> = None;
    if let Some(headline) = &view.headline {
        let color = match headline.outcomes[..] {
            [one] if view.tone == Tone::Cold => theme::outcome(one),
            _ if view.tone == Tone::Cold => theme::TEXT,
            _ => theme::AMBER,
        };
        let said = Headline { title: &headline.title, below: &headline.below, outcomes: &headline.outcomes, color };
        told = Some(headline::paint(painter, room, unit * 4.4, said));
    } else if let Some(why) = &view.why {
        let words = painter.layout(why.clone(), theme::words(unit * 1.25), theme::TEXT, room.width());
        let at = pos2(room.left(), room.bottom() - words.size().y);
        let strip = Rect::from_min_size(at, words.size());
        let corner = CornerRadius::same((unit * 0.3) as u8);
        painter.rect_filled(strip.expand(unit * 0.3), corner, theme::INK.gamma_multiply(0.7));
        told = Some(strip);
        painter.galley(at, words, theme::TEXT);
    }
    if let Some(said) = &view.said {
        let below = told.map_or(room.bottom(), |told| told.top());
        let above = room.with_max_y(below - unit * 0.6);
        let message = Headline { title: said, below: "", outcomes: &[], color: theme::AMBER };
        let strip = headline::paint(painter, above, unit * 2.6, message);
        told = Some(told.map_or(strip, |told| told.union(strip)));
    }
    told
}

/// What the market is about, above the floor while people gather. Returns its lower edge.
fn question(painter: &Painter, rect: Rect, unit: f32, session: &Replica) -> f32 {
    if session.question().is_empty() || !gathers(session) {
        return rect.top();
    }
    let font = theme::words(unit * 2.4);
    let words = painter.layout(session.question().to_owned(), font, theme::TEXT, rect.width() - unit * 4.0);
    let at = pos2(rect.left() + unit, rect.top() + unit * 0.5);
    let below = at.y + words.size().y + unit * 0.5;
    painter.galley(at, words, theme::TEXT);
    below
}

/// Who is who, above the floor, where a name would not fit on its label. Returns its lower edge.
fn legend(painter: &Painter, rect: Rect, unit: f32, session: &Replica) -> f32 {
    let all: Vec<(OutcomeId, String)> = session.ids().map(|id| (id, text::apart(session.outcome_name(id)))).collect();
    let wide = |name: &str, size| painter.layout_no_wrap(name.to_owned(), theme::words(size), theme::TEXT).size().x;
    let room = tags::name_room(all.len(), rect, tags::wall(painter.ctx().content_rect().size()));
    if room.is_some_and(|(room, size)| all.iter().all(|(_, name)| wide(name, size) <= room)) {
        return rect.top();
    }
    let (line, side, font) = (unit * 1.8, unit * 1.4, theme::words(unit * 1.05));
    let width = (rect.width() - unit * 2.0) / LEGEND as f32;
    for (index, (id, name)) in all.iter().enumerate() {
        let (column, row) = (index % LEGEND, index / LEGEND);
        let at = rect.min + vec2(unit + column as f32 * width, unit * 0.6 + row as f32 * line);
        let won = session.fates().get(id.index()) == Some(&Outcome::Won);
        let active = session.is_active(*id) || won;
        widgets::paint_badge(painter, Rect::from_min_size(at, vec2(side, side)), *id, active);
        let name = widgets::elided(painter, name, &font, width - side - unit);
        let colour = if active { theme::TEXT } else { theme::WEAK };
        painter.text(at + vec2(side + unit * 0.4, side / 2.0), Align2::LEFT_CENTER, name, font.clone(), colour);
    }
    rect.top() + unit * 0.6 + line * all.len().div_ceil(LEGEND) as f32
}

/// Link, QR code and who is here.
fn invitation(ctx: &egui::Context, rect: Rect, unit: f32, model: &Model, (session, view): (&Replica, &StageView)) {
    let painter = ctx.layer_painter(egui::LayerId::background());
    let side = (rect.width() - unit * 2.0).min(rect.height() * 0.5);
    let code = Rect::from_min_size(pos2(rect.center().x - side / 2.0, rect.top() + unit), vec2(side, side));
    let mut at = pos2(rect.center().x, code.bottom() + unit);
    if view.link_fault.is_some() {
        // Nobody is invited to scan what cannot work.
        at.y = rect.top() + unit * 2.0;
    } else {
        egui::Area::new(egui::Id::new("invitation")).fixed_pos(code.min).interactable(false).show(ctx, |ui| {
            qr::code(ui, model.join_url(), side);
        });
    }
    let link = model.join_url().trim_start_matches("http://").trim_start_matches("https://").trim_end_matches('/');
    let size = (unit * 1.5).min(rect.width() / link.chars().count().max(1) as f32 * 1.55);
    painter.text(at, Align2::CENTER_TOP, link, theme::digits(size), theme::TEXT);
    at.y += unit * 3.0;
    if let Some(fault) = view.link_fault {
        let width = rect.width() - unit * 2.0;
        let fault = painter.layout(fault.to_owned(), theme::words(unit * 1.1), theme::AMBER, width);
        let below = fault.size().y + unit;
        painter.galley(pos2(rect.left() + unit, at.y - unit * 0.8), fault, theme::AMBER);
        at.y += below;
    }
    let here = session.seats().values().filter(|seat| seat.connected);
    let (bots, people): (Vec<_>, Vec<_>) = here.partition(|seat| seat.bot);
    painter.text(at, Align2::CENTER_TOP, people.len().to_string(), theme::digits(unit * 3.6), theme::AMBER);
    at.y += unit * 4.4;
    let words = words::here(people.len(), bots.len());
    let mut job = LayoutJob::simple(words, theme::words(unit * 1.4), theme::WEAK, rect.width() - unit * 2.0);
    job.halign = Align::Center;
    painter.galley(at, painter.layout_job(job), theme::WEAK);
}

/// The best, and at the end the final ranking; how many others there are below.
fn leaders(painter: &Painter, rect: Rect, unit: f32, model: &Model) {
    let mut at = rect.min + vec2(unit, unit);
    let rows = at.y + unit * 2.6;
    let room = (rect.bottom() - rows) / (unit * ROW);
    let Some(board) = Board::new(model, room as usize) else { return };
    painter.text(at, Align2::LEFT_TOP, board.heading, theme::words(unit * 1.5), theme::WEAK);
    at.y = rows;
    for place in &board.places {
        let line = Rect::from_min_size(at, vec2(rect.width() - unit * 2.0, unit * (ROW - 0.3)));
        row(painter, line, unit, place);
        at.y += unit * ROW;
    }
    if let Some(more) = board.more {
        painter.text(at + vec2(unit * 0.7, unit * 0.2), Align2::LEFT_TOP, more, theme::words(unit * 1.2), theme::WEAK);
    }
}

fn row(painter: &Painter, rect: Rect, unit: f32, place: &Place) {
    painter.rect_filled(rect, CornerRadius::same((unit * 0.4) as u8), theme::PANEL.gamma_multiply(0.85));
    let first: Color32 = if place.rank == 1 { theme::AMBER } else { theme::TEXT };
    let y = rect.center().y;
    let left = |x: f32| Pos2::new(rect.left() + x * unit, y);
    painter.text(left(0.7), Align2::LEFT_CENTER, place.rank.to_string(), theme::digits(unit * 1.5), first);
    let right = rect.right() - unit * 0.7;
    let (above, below) = (rect.top() + unit * 0.35, rect.bottom() - unit * 0.35);
    // The name has a line of its own: a long one is set smaller before it is cut.
    let room = right - left(2.4).x;
    let wide = painter.layout_no_wrap(place.name.clone(), theme::words(unit * 1.25), first).size().x;
    let font = theme::words(unit * 1.25 * (room / wide.max(1.0)).clamp(0.75, 1.0));
    let name = widgets::elided(painter, &place.name, &font, room);
    painter.text(pos2(left(2.4).x, above), Align2::LEFT_TOP, name, font, first);
    painter.text(pos2(left(2.4).x, below), Align2::LEFT_BOTTOM, &place.money, theme::digits(unit * 1.05), theme::TEXT);
    let colour = theme::gain(place.gain_sign);
    painter.text(pos2(right, below), Align2::RIGHT_BOTTOM, &place.gain, theme::digits(unit * 1.05), colour);
}
