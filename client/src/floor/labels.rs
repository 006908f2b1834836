//! Words and figures over the pillars, drawn by egui under the panels so that they are crisp at
//! every distance.

use super::{
    names,
    pillars::{Pillar, Pillars},
    seen::Stage,
};
use crate::{
    frame::DrawSystems,
    kit::{theme, widgets},
    net::Known,
    platform,
    stage::{
        place::{PILLAR_RADIUS_M, SCALE_M},
        tags::{self, Style},
    },
    ui::UiState,
};
use bevy::prelude::*;
use bevy_egui::{EguiContexts, EguiPrimaryContextPass};
use egui::{Align2, Color32, CornerRadius, FontId, Galley, Painter, Pos2, Rect, Stroke, StrokeKind, pos2, vec2};
use outcry_desk::{
    format,
    model::Model,
    view::{outcomes::change, why::price_before},
};
use outcry_engine::{OutcomeId, Side};
use outcry_shared::{message::Outcome, phase::Phase, replica::Replica};
use std::sync::Arc;

/// Before a freeze it is counted down from this many s.
const COUNT_IN_S: u64 = 5;
/// A price after a ticket that differs by less is not shown: a tenth of a cent.
const GHOST_LEAST: f64 = 0.001;

/// Where pillars and their labels were drawn last, in points.
#[derive(Resource, Default)]
pub(crate) struct PillarRects(pub(crate) Vec<(OutcomeId, Rect)>);

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<PillarRects>()
        .add_systems(EguiPrimaryContextPass, (draw, names::draw).chain().in_set(DrawSystems::Under));
}

fn draw(
    mut contexts: EguiContexts,
    (model, ui): (Res<Known>, Res<UiState>),
    (stage, pillars): (Res<Stage>, Res<Pillars>),
    mut rects: ResMut<PillarRects>,
) -> Result {
    let ctx = contexts.ctx_mut()?;
    rects.0.clear();
    let Some(session) = model.session() else { return Ok(()) };
    // What reaches under a panel is not drawn: panels let some light through.
    let painter = ctx.layer_painter(egui::LayerId::background()).with_clip_rect(stage.free);
    scale(&painter, &stage, &pillars, ui.floor.told);
    let tops: Vec<Pos2> =
        pillars.list.iter().filter_map(|pillar| stage.lens.see(pillar.foot + Vec3::Y * SCALE_M)).collect();
    if tops.len() == pillars.list.len() {
        for (pillar, rect) in pillars.list.iter().zip(tags::row(&tops, &stage.tags, stage.free, stage.large)) {
            let selected = ui.floor.selected == Some(pillar.outcome);
            let ghost = ui.floor.ghosts.get(pillar.outcome.index()).map(|spots| spots[0]);
            label(&painter, &stage, (pillar, session), rect, selected, ghost);
            let foot = stage.lens.see(pillar.foot).map_or(rect.bottom(), |foot| foot.y);
            rects.0.push((pillar.outcome, rect.with_max_y(foot.max(rect.bottom()))));
        }
    }
    count_in(&painter, &model, session, &stage);
    Ok(())
}

/// 25, 50, 75 and 100 ¢ beside the first and the last pillar, but for where something is told.
fn scale(painter: &Painter, stage: &Stage, pillars: &Pillars, told: Option<Rect>) {
    let (Some(first), Some(last)) = (pillars.list.first(), pillars.list.last()) else { return };
    let size = (stage.tags.words * 0.85).max(10.0);
    let font = theme::digits(size);
    // Where a quarter is hardly higher than its words, every other one is left out.
    let quarter_m = stage.lens.points_per_m(first.foot) * SCALE_M / 4.0;
    let step = if quarter_m < size * 1.3 { 2 } else { 1 };
    for quarter in (step..=4).step_by(step) {
        let height = Vec3::Y * SCALE_M * quarter as f32 / 4.0;
        let beside = Vec3::X * (PILLAR_RADIUS_M + 0.16);
        for (place, align) in [(first.foot - beside, Align2::RIGHT_CENTER), (last.foot + beside, Align2::LEFT_CENTER)] {
            if let Some(at) = stage.lens.see(place + height) {
                let colour = theme::WEAK.gamma_multiply(0.85);
                let words = painter.layout_no_wrap(format!("{}¢", quarter * 25), font.clone(), colour);
                let place = align.anchor_size(at, words.size());
                // At the edge it stands over its pillar rather than cut.
                let last = (stage.free.right() - place.width()).max(stage.free.left());
                let left = place.left().min(last).max(stage.free.left());
                let place = Rect::from_min_size(pos2(left, place.top()), place.size());
                if told.is_none_or(|told| !told.intersects(place)) {
                    painter.galley(place.min, words, colour);
                }
            }
        }
    }
}

/// Badge, name, price and its change over a pillar; while a ticket is typed, the price after it.
fn label(
    painter: &Painter,
    stage: &Stage,
    (pillar, session): (&Pillar, &Replica),
    rect: Rect,
    selected: bool,
    ghost: Option<f64>,
) {
    let style = &stage.tags.within(rect.width(), stage.large);
    let outcome = session.fates().get(pillar.outcome.index()).copied().unwrap_or(Outcome::Active);
    let colour = theme::outcome(pillar.outcome);
    let corner = CornerRadius::same((style.words * 0.45) as u8);
    painter.rect_filled(rect, corner, theme::INK.gamma_multiply(0.45));
    if selected {
        painter.rect_filled(rect, corner, colour.gamma_multiply(0.13));
        painter.rect_stroke(rect, corner, Stroke::new(1.0, colour.gamma_multiply(0.7)), StrokeKind::Inside);
    }
    let out = matches!(outcome, Outcome::Eliminated { .. } | Outcome::Lost);
    let spot = session.spot(pillar.outcome, Side::Yes);
    let ghost = ghost.filter(|ghost| (ghost - spot).abs() >= GHOST_LEAST);
    let faint = if out { 0.4 } else { 1.0 };
    let name = if style.name { session.outcome_name(pillar.outcome) } else { "" };
    let (price, price_colour) = match outcome {
        Outcome::Won => ("won".to_owned(), theme::AMBER),
        Outcome::Eliminated { .. } => ("out".to_owned(), theme::WEAK),
        // It stayed to the end.
        Outcome::Lost => ("lost".to_owned(), theme::WEAK),
        // Without a line of its own, the price after the ticket takes the place of the price: told by more than its colour.
        Outcome::Active if !style.change && ghost.is_some() => {
            (format!("→{}", cents(ghost.unwrap_or(spot), style.tenths)), theme::AMBER)
        }
        Outcome::Active => (cents(spot, style.tenths), Color32::WHITE),
    };
    let letter = if style.flat { style.words * tags::LETTER + tags::LETTER_GAP } else { 0.0 };
    let price = fitted(painter, &price, (style.price, price_colour), rect.width() - letter);
    if style.flat {
        let side = style.words * tags::LETTER;
        let left = rect.center().x - (side + tags::LETTER_GAP + price.size().x) / 2.0;
        badge(
            painter,
            pos2(left + side / 2.0, rect.center().y),
            style.words,
            pillar.outcome,
            colour.gamma_multiply(faint),
        );
        painter.galley(
            pos2(left + side + tags::LETTER_GAP, rect.center().y - price.size().y / 2.0),
            price,
            price_colour,
        );
        return;
    }
    let title = Rect::from_min_size(rect.min + vec2(0.0, 2.0), vec2(rect.width(), style.words * 1.35));
    heading(painter, title, style, (pillar.outcome, name), colour, faint);
    let at = pos2(rect.center().x - price.size().x / 2.0, title.bottom() + style.words * 0.06);
    painter.galley(at, price, price_colour);
    if style.change && outcome == Outcome::Active {
        let (text, colour) = match ghost {
            Some(ghost) => (format!("→ {}", format::spot_cents(ghost)), theme::AMBER),
            None => {
                let before = price_before(session, pillar.outcome).unwrap_or(spot);
                let (words, sign) = change(before, spot);
                (words, theme::gain(sign))
            }
        };
        let at = pos2(rect.center().x, rect.bottom() - 1.0);
        painter.text(at, Align2::CENTER_BOTTOM, text, theme::digits(style.words * 0.9), colour);
    }
}

/// Words as large as they may be, smaller where they would leave their room.
fn fitted(painter: &Painter, words: &str, (size, colour): (f32, Color32), room: f32) -> Arc<Galley> {
    let layout = |size| painter.layout_no_wrap(words.to_owned(), theme::digits(size), colour);
    let galley = layout(size);
    if galley.size().x <= room { galley } else { layout((size * room / galley.size().x).max(tags::LEAST)) }
}

fn cents(spot: f64, tenths: bool) -> String {
    if tenths { format::spot_cents(spot) } else { format!("{:.0}¢", spot * 100.0) }
}

/// The letter and, where there is room, the name, in the middle of a line.
fn heading(painter: &Painter, rect: Rect, style: &Style, named: (OutcomeId, &str), colour: Color32, faint: f32) {
    let font = theme::words(style.words);
    let side = style.words * 1.3;
    let words = theme::TEXT.gamma_multiply(0.35 + 0.65 * faint);
    let name = widgets::elided(painter, named.1, &font, rect.width() - side - 6.0);
    let name = painter.layout_no_wrap(name, font, words);
    let gap = if name.size().x > 0.0 { 5.0 } else { 0.0 };
    let left = rect.center().x - (side + gap + name.size().x) / 2.0;
    badge(painter, pos2(left + side / 2.0, rect.center().y), style.words, named.0, colour.gamma_multiply(faint));
    painter.galley(pos2(left + side + gap, rect.center().y - name.size().y / 2.0), name, words);
}

/// A letter on its colour.
fn badge(painter: &Painter, centre: Pos2, size: f32, outcome: OutcomeId, colour: Color32) {
    let rect = Rect::from_center_size(centre, vec2(size * 1.3, size * 1.3));
    painter.rect_filled(rect, CornerRadius::same((size * 0.3) as u8), colour);
    let font = FontId::new(size * 0.95, egui::FontFamily::Proportional);
    painter.text(rect.center(), Align2::CENTER_CENTER, outcome.letter(), font, theme::INK);
}

/// The last seconds before a freeze, large.
fn count_in(painter: &Painter, model: &Model, session: &Replica, stage: &Stage) {
    if session.clock().phase != Phase::Running {
        return;
    }
    let now_ms = model.session_ms(platform::now_ms());
    let Some(left_ms) = session.clock().next_freeze_ms.and_then(|freeze| freeze.checked_sub(now_ms)) else { return };
    if left_ms == 0 || left_ms > COUNT_IN_S * 1_000 {
        return;
    }
    let part = (left_ms % 1_000) as f32 / 1_000.0;
    let free = stage.free;
    let size = (free.height() * 0.34).clamp(40.0, 260.0 * stage.large.max(1.0)) * (0.85 + 0.15 * part);
    let text = left_ms.div_ceil(1_000).to_string();
    let colour = theme::AMBER.gamma_multiply(0.15 + 0.55 * part);
    painter.text(free.center(), Align2::CENTER_CENTER, text, theme::words(size), colour);
}
