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
        podium::{self, Honoured},
        tags, turns,
    },
    ui::UiState,
};
use bevy::prelude::*;
use bevy_egui::EguiContexts;
use egui::{Align2, Color32, CornerRadius, Galley, Painter, Rect, vec2};
use std::sync::Arc;

/// Sizes of one's own name and of others', in points.
const OWN: f32 = 12.5;
const OTHERS: f32 = 10.5;
/// Of a name on the podium, and the part of it that is used before a name is moved off its head.
const HONOURED: f32 = 14.0;
const SMALLER: f32 = 0.8;
/// At both sides of a name, in points.
const ASIDE: f32 = 3.0;

pub(super) fn draw(
    mut contexts: EguiContexts,
    model: Res<Known>,
    (stage, figures, ui): (Res<Stage>, Res<Figures>, Res<UiState>),
) -> Result {
    let painter = contexts.ctx_mut()?.layer_painter(egui::LayerId::background()).with_clip_rect(stage.free);
    let first = podium::honoured(model.end());
    let mut taken: Vec<Rect> = ui.floor.told.into_iter().collect();
    for one in &first {
        if let Some(figure) = figures.of(one.user) {
            honour(&painter, &stage, (one, figure), &model.name_of(one.user), &mut taken);
        }
    }
    let you = model.user();
    let mut people: Vec<_> = figures.iter().filter(|(user, _)| first.iter().all(|one| one.user != *user)).collect();
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

/// The name over the head, smaller or moved rather than left out, and the rank on the step.
fn honour(painter: &Painter, stage: &Stage, (one, figure): (&Honoured, &Figure), name: &str, taken: &mut Vec<Rect>) {
    let head = figure.at + Vec3::Y * figure.size_m * 1.06;
    let colour = if one.rank == 1 { theme::AMBER } else { theme::TEXT };
    if let Some(at) = stage.lens.see(head) {
        let words = |size| painter.layout_no_wrap(name.to_owned(), theme::words(size), colour);
        let size = HONOURED * stage.large;
        let galleys = [words(size), words(size * SMALLER)];
        let sizes = [0, 1].map(|index| galleys[index].size() + vec2(2.0 * ASIDE, 0.0));
        let (index, rect) = tags::honour(at - vec2(0.0, 2.0), sizes, stage.free, taken);
        paint(painter, rect, galleys[index].clone(), colour);
        taken.push(rect);
    }
    let front = one.foot + Vec3::new(0.0, one.height_m * 0.5, 0.5);
    if let Some(at) = stage.lens.see(front) {
        let size = (stage.lens.points_per_m(front) * one.height_m * 0.62).clamp(10.0, 90.0 * stage.large.max(1.0));
        painter.text(at, Align2::CENTER_CENTER, one.rank.to_string(), theme::words(size), theme::INK);
    }
}

/// A name on a dark strip, where there is room.
fn write(
    painter: &Painter,
    free: Rect,
    at: egui::Pos2,
    (align, size, colour): (Align2, f32, Color32),
    name: &str,
    taken: &mut Vec<Rect>,
) {
    let galley = painter.layout_no_wrap(name.to_owned(), theme::words(size), colour);
    let rect = align.anchor_size(at, galley.size()).expand2(vec2(ASIDE, 0.0));
    if !tags::has_room(rect, free, taken) {
        return;
    }
    paint(painter, rect, galley, colour);
    taken.push(rect);
}

fn paint(painter: &Painter, rect: Rect, galley: Arc<Galley>, colour: Color32) {
    painter.rect_filled(rect, CornerRadius::same(3), theme::INK.gamma_multiply(0.5));
    painter.galley(rect.min + vec2(ASIDE, 0.0), galley, colour);
}
