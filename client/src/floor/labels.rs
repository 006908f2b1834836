//! Words and figures on the floor, drawn by egui under the panels so that they are crisp at
//! every distance.

use super::{
    camera::FloorCamera,
    figures::Figures,
    layout::{PILLAR_RADIUS_M, SCALE_M},
    pillars::{Pillar, Pillars},
};
use crate::{
    app::{DrawSystems, View},
    format,
    model::{Model, Session},
    platform,
    ui::{UiState, theme},
};
use bevy::{prelude::*, window::PrimaryWindow};
use bevy_egui::{EguiContexts, EguiPrimaryContextPass};
use egui::{Align2, Color32, CornerRadius, FontId, Painter, Pos2, Rect, pos2, vec2};
use outcry_engine::{OutcomeId, Side};
use outcry_shared::{message::Outcome, phase::Phase};

/// Before a freeze it is counted down from this many s.
const COUNT_IN_S: u64 = 5;
/// A label narrower than this has no room for the change of its price, in points.
const CHANGE_WIDTH: f32 = 62.0;
/// Names of figures that are tried; where one would cover another it is left out.
const NAMES_MAX: usize = 30;

/// Where pillars and their labels were drawn last, in points.
#[derive(Resource, Default)]
pub(crate) struct PillarRects(pub(crate) Vec<(OutcomeId, Rect)>);

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<PillarRects>().add_systems(EguiPrimaryContextPass, draw.in_set(DrawSystems::Under));
}

/// From the world to points of the screen.
struct Lens<'a> {
    camera: &'a Camera,
    at: GlobalTransform,
    points_per_pixel: f32,
}

impl Lens<'_> {
    fn see(&self, place: Vec3) -> Option<Pos2> {
        let p = self.camera.world_to_viewport(&self.at, place).ok()? * self.points_per_pixel;
        Some(pos2(p.x, p.y))
    }
}

fn draw(
    mut contexts: EguiContexts,
    camera: Single<(&Camera, &Transform), With<FloorCamera>>,
    window: Single<&Window, With<PrimaryWindow>>,
    (model, ui, view): (Res<Model>, Res<UiState>, Res<View>),
    (pillars, figures): (Res<Pillars>, Res<Figures>),
    mut rects: ResMut<PillarRects>,
) -> Result {
    let ctx = contexts.ctx_mut()?;
    rects.0.clear();
    let Some(session) = &model.session else { return Ok(()) };
    let points_per_pixel = window.scale_factor() / ctx.pixels_per_point();
    let lens = Lens { camera: camera.0, at: GlobalTransform::from(*camera.1), points_per_pixel };
    let painter = ctx.layer_painter(egui::LayerId::background());
    let large = if *view == View::Floor { 1.7 } else { 1.0 };
    scale(&painter, &lens, &pillars, large);
    names(&painter, &lens, &figures, &model, large);
    let width = label_width(&lens, &pillars);
    for pillar in &pillars.list {
        let rect = label(&painter, &lens, pillar, session, &ui, width, large);
        rects.0.extend(rect.map(|rect| (pillar.outcome, rect)));
    }
    count_in(&painter, &model, session, ui.floor.free);
    Ok(())
}

/// The least distance of neighbouring heads: how wide a label may be.
fn label_width(lens: &Lens, pillars: &Pillars) -> f32 {
    let heads: Vec<f32> =
        pillars.list.iter().filter_map(|p| lens.see(p.foot + Vec3::Y * SCALE_M)).map(|p| p.x).collect();
    heads.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(160.0, f32::min)
}

/// 25, 50, 75 and 100 ¢ beside the first and the last pillar.
fn scale(painter: &Painter, lens: &Lens, pillars: &Pillars, large: f32) {
    let (Some(first), Some(last)) = (pillars.list.first(), pillars.list.last()) else { return };
    for quarter in 1..=4 {
        let height = Vec3::Y * SCALE_M * quarter as f32 / 4.0;
        let beside = Vec3::X * (PILLAR_RADIUS_M + 0.16);
        for (place, align) in [(first.foot - beside, Align2::RIGHT_CENTER), (last.foot + beside, Align2::LEFT_CENTER)] {
            if let Some(at) = lens.see(place + height) {
                let text = format!("{}¢", quarter * 25);
                painter.text(at, align, text, theme::digits(10.5 * large), theme::WEAK.gamma_multiply(0.65));
            }
        }
    }
}

/// Badge, name, price and its change over a pillar's head. Returns what can be clicked.
fn label(
    painter: &Painter,
    lens: &Lens,
    pillar: &Pillar,
    session: &Session,
    ui: &UiState,
    width: f32,
    large: f32,
) -> Option<Rect> {
    let colour = theme::outcome(pillar.outcome);
    let name = session.outcome_name(pillar.outcome);
    let outcome = session.outcomes.get(pillar.outcome.index()).copied().unwrap_or(Outcome::Active);
    let small = (width * 0.145).clamp(10.0, 15.0) * large;
    if matches!(outcome, Outcome::Eliminated { .. } | Outcome::Lost) {
        // At the end the podium stands where feet are seen.
        if session.clock.phase == Phase::Resolved {
            return None;
        }
        let at = lens.see(pillar.foot + Vec3::Y * 0.35)?;
        let dim = theme::WEAK.gamma_multiply(0.8);
        badge(painter, at, small * 0.9, pillar.outcome, colour.gamma_multiply(0.35));
        painter.text(at + vec2(0.0, small), Align2::CENTER_TOP, "out", theme::words(small * 0.85), dim);
        return None;
    }
    let foot = lens.see(pillar.foot)?;
    let head = lens.see(pillar.head() + Vec3::Y * 0.10)?;
    let price_size = (width * 0.26).clamp(12.0, 25.0) * large;
    let spot = session.spot(pillar.outcome, Side::Yes);
    let with_change = width >= CHANGE_WIDTH;
    let height = small * 1.35 + price_size * 1.15 + if with_change { small * 1.1 } else { 0.0 };
    let top = (head.y - 6.0 - height).max(painter.clip_rect().top().max(ui.floor.free.top()) + 2.0);

    // Rings and lights pass behind it.
    let half = (width * 0.45).max(16.0);
    let back = Rect::from_min_max(pos2(head.x - half, top - 2.0), pos2(head.x + half, top + height + 1.0));
    painter.rect_filled(back, CornerRadius::same(6), theme::INK.gamma_multiply(0.62));

    let font = theme::words(small);
    let title = elided(painter, name, &font, width - small * 1.9);
    let title_width = painter.layout_no_wrap(title.clone(), font.clone(), theme::TEXT).size().x;
    let row = Rect::from_center_size(pos2(head.x, top + small * 0.65), vec2(title_width + small * 1.7, small * 1.3));
    badge(painter, pos2(row.left() + small * 0.65, row.center().y), small, pillar.outcome, colour);
    let at = pos2(row.left() + small * 1.65, row.center().y);
    shadowed(painter, at, Align2::LEFT_CENTER, &title, font, theme::TEXT);

    let won = outcome == Outcome::Won;
    let price = if won { "won".to_owned() } else { format::spot_cents(spot) };
    let at = pos2(head.x, top + small * 1.35);
    let price_colour = if won { theme::AMBER } else { Color32::WHITE };
    shadowed(painter, at, Align2::CENTER_TOP, &price, theme::digits(price_size), price_colour);
    if with_change && !won {
        let before = session.price_before(pillar.outcome).unwrap_or(spot);
        let micros = ((spot - before) * 1e6) as i64;
        let at = pos2(head.x, top + small * 1.35 + price_size * 1.15);
        let text = format::cents_change(before, spot);
        shadowed(painter, at, Align2::CENTER_TOP, &text, theme::digits(small * 0.85), theme::gain(micros));
    }
    Some(Rect::from_min_max(pos2(head.x - half, top), pos2(head.x + half, foot.y)))
}

/// A letter on its colour.
fn badge(painter: &Painter, centre: Pos2, size: f32, outcome: OutcomeId, colour: Color32) {
    let rect = Rect::from_center_size(centre, vec2(size * 1.3, size * 1.3));
    painter.rect_filled(rect, CornerRadius::same((size * 0.3) as u8), colour);
    let font = FontId::new(size * 0.95, egui::FontFamily::Proportional);
    painter.text(rect.center(), Align2::CENTER_CENTER, outcome.letter(), font, theme::INK);
}

/// Words that stay readable over light.
fn shadowed(painter: &Painter, at: Pos2, align: Align2, text: &str, font: FontId, colour: Color32) {
    for off in [vec2(1.0, 1.0), vec2(-1.0, 1.0), vec2(0.0, -1.0)] {
        painter.text(at + off, align, text, font.clone(), theme::INK.gamma_multiply(0.8));
    }
    painter.text(at, align, text, font, colour);
}

/// As much of a name as there is room for.
fn elided(painter: &Painter, name: &str, font: &FontId, width: f32) -> String {
    let fits = |text: &str| painter.layout_no_wrap(text.to_owned(), font.clone(), Color32::WHITE).size().x <= width;
    if fits(name) {
        return name.to_owned();
    }
    let letters: Vec<char> = name.chars().collect();
    let kept = (1..letters.len()).rev().find(|kept| {
        let text: String = letters[..*kept].iter().collect();
        fits(&format!("{}…", text.trim_end()))
    });
    kept.map_or_else(String::new, |kept| format!("{}…", letters[..kept].iter().collect::<String>().trim_end()))
}

/// Names under the figures; where one would cover another, the one further back is left out.
fn names(painter: &Painter, lens: &Lens, figures: &Figures, model: &Model, large: f32) {
    let you = model.user();
    let mut people: Vec<_> = figures.iter().collect();
    people.sort_by(|(a, at), (b, bt)| {
        let first = |user| (you != Some(user)) as u8;
        first(*a).cmp(&first(*b)).then(bt.at.z.total_cmp(&at.at.z)).then(a.cmp(b))
    });
    let mut taken: Vec<Rect> = Vec::new();
    for (user, figure) in people.into_iter().take(NAMES_MAX) {
        let Some(at) = lens.see(figure.at) else { continue };
        let own = you == Some(user);
        let colour = if own { theme::AMBER } else { theme::WEAK };
        let font = theme::words(if own { 12.0 } else { 10.5 } * large);
        let galley = painter.layout_no_wrap(model.name_of(user), font, colour);
        let rect = Align2::CENTER_TOP.anchor_size(at + vec2(0.0, 3.0), galley.size());
        if taken.iter().any(|other| other.expand(1.0).intersects(rect)) {
            continue;
        }
        painter.rect_filled(rect.expand2(vec2(3.0, 0.0)), CornerRadius::same(3), theme::INK.gamma_multiply(0.55));
        painter.galley(rect.min, galley, colour);
        taken.push(rect);
    }
}

/// The last seconds before a freeze, large.
fn count_in(painter: &Painter, model: &Model, session: &Session, free: Rect) {
    if session.clock.phase != Phase::Running {
        return;
    }
    let now_ms = model.session_ms(platform::now_ms());
    let Some(left_ms) = session.clock.next_freeze_ms.and_then(|freeze| freeze.checked_sub(now_ms)) else { return };
    if left_ms == 0 || left_ms > COUNT_IN_S * 1_000 {
        return;
    }
    let part = (left_ms % 1_000) as f32 / 1_000.0;
    let size = (free.height() * 0.34).clamp(40.0, 260.0) * (0.85 + 0.15 * part);
    let text = left_ms.div_ceil(1_000).to_string();
    let colour = theme::AMBER.gamma_multiply(0.15 + 0.55 * part);
    painter.text(free.center(), Align2::CENTER_CENTER, text, theme::words(size), colour);
}
