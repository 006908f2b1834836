//! The names of people: under their figures, and over those on the podium.

use super::{
    figures::{Figure, Figures},
    seen::Stage,
};
use crate::{
    kit::theme,
    net::Known,
    platform,
    stage::{
        place::{self, PODIUM},
        turns,
    },
};
use bevy::prelude::*;
use bevy_egui::EguiContexts;
use egui::{Align2, Color32, CornerRadius, Painter, Rect, vec2};
use outcry_engine::UserId;

/// Sizes of one's own name and of others', in points.
const OWN: f32 = 12.5;
const OTHERS: f32 = 10.5;
/// Of a name on the podium.
const HONOURED: f32 = 14.0;

pub(super) fn draw(
    mut contexts: EguiContexts,
    model: Res<Known>,
    (stage, figures): (Res<Stage>, Res<Figures>),
) -> Result {
    let painter = contexts.ctx_mut()?.layer_painter(egui::LayerId::background()).with_clip_rect(stage.free);
    let first: Vec<UserId> =
        model.end().into_iter().flat_map(|end| &end.rankings).take(PODIUM).map(|row| row.user).collect();
    let mut taken: Vec<Rect> = Vec::new();
    for (rank, user) in first.iter().enumerate() {
        if let Some(figure) = figures.of(*user) {
            honour(&painter, &stage, (rank, figure), &model.name_of(*user), &mut taken);
        }
    }
    let you = model.user();
    let mut people: Vec<_> = figures.iter().filter(|(user, _)| !first.contains(user)).collect();
    // One's own first. Where a name would cover another it is left out, and so the others take turns at being first.
    people.sort_by_key(|(user, _)| (you != Some(*user), *user));
    let own = people.iter().take_while(|(user, _)| you == Some(*user)).count();
    let others = people.len() - own;
    people[own..].rotate_left(turns::first(others, platform::now_ms()));
    for (user, figure) in people {
        let (size, colour) = if you == Some(user) { (OWN, theme::AMBER) } else { (OTHERS, theme::WEAK) };
        let Some(at) = stage.lens.see(figure.at) else { continue };
        let look = (Align2::CENTER_TOP, size * stage.large, colour);
        write(&painter, stage.free, at + vec2(0.0, 3.0), look, &model.name_of(user), &mut taken);
    }
    Ok(())
}

/// The name over the head, and the place on the step.
fn honour(painter: &Painter, stage: &Stage, (rank, figure): (usize, &Figure), name: &str, taken: &mut Vec<Rect>) {
    let head = figure.at + Vec3::Y * figure.size_m * 1.06;
    let colour = if rank == 0 { theme::AMBER } else { theme::TEXT };
    if let Some(at) = stage.lens.see(head) {
        let look = (Align2::CENTER_BOTTOM, HONOURED * stage.large, colour);
        write(painter, stage.free, at - vec2(0.0, 2.0), look, name, taken);
    }
    let (foot, height) = place::podium(rank);
    let front = foot + Vec3::new(0.0, height * 0.5, 0.5);
    if let Some(at) = stage.lens.see(front) {
        let size = (stage.lens.points_per_m(front) * height * 0.62).clamp(10.0, 90.0);
        painter.text(at, Align2::CENTER_CENTER, (rank + 1).to_string(), theme::words(size), theme::INK);
    }
}

/// A name on a dark strip, unless it would cover another or leave the free rectangle.
fn write(
    painter: &Painter,
    free: Rect,
    at: egui::Pos2,
    (align, size, colour): (Align2, f32, Color32),
    name: &str,
    taken: &mut Vec<Rect>,
) {
    let galley = painter.layout_no_wrap(name.to_owned(), theme::words(size), colour);
    let rect = align.anchor_size(at, galley.size()).expand2(vec2(3.0, 0.0));
    if !free.contains_rect(rect) || taken.iter().any(|other| other.expand(1.0).intersects(rect)) {
        return;
    }
    painter.rect_filled(rect, CornerRadius::same(3), theme::INK.gamma_multiply(0.5));
    painter.galley(rect.min + vec2(3.0, 0.0), galley, colour);
    taken.push(rect);
}
