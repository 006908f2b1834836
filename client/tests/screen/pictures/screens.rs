//! Whole screens at the sizes people have.

use crate::support::{
    album::Album,
    scenes,
    stage::{Screen, picture, stage},
};
use egui::{Rect, Vec2, pos2, vec2};
use outcry_client::kit::layout;
use outcry_desk::page::Tab;

/// A phone on its side, a tablet on its side and upright, a small laptop, a usual one, and a screen on a desk.
const SIZES: [(&str, [f32; 2]); 5] = [
    ("lying-phone", [740.0, 360.0]),
    ("small-laptop", [960.0, 600.0]),
    ("tablet", [768.0, 1_024.0]),
    ("laptop", [1_280.0, 720.0]),
    ("desk", [2_560.0, 1_440.0]),
];

type Scene = (&'static str, fn() -> Screen);

const SCENES: [Scene; 2] = [("screen", trading), ("screen-crowded", crowded)];

fn trading() -> Screen {
    let mut screen = scenes::filled();
    screen.ui.tab = Tab::Chart;
    screen.ui.draft.amount = "40".to_owned();
    screen
}

/// Ten outcomes with names as long as they may be.
fn crowded() -> Screen {
    let mut screen = scenes::crowded();
    screen.ui.draft.amount = "40".to_owned();
    screen
}

pub(super) fn names() -> impl Iterator<Item = String> {
    SCENES.into_iter().flat_map(|(scene, _)| SIZES.map(|(label, _)| format!("{scene}-{label}")))
}

fn compare(scene: &str, make: fn() -> Screen) {
    let mut album = Album::default();
    for (label, size) in SIZES {
        // Large windows have larger panels: drawn at their own size, the picture is smaller and has every detail.
        let points = Vec2::from(size) / layout::zoom(vec2(size[0], size[1]), 1.0, 1.0);
        let mut window = stage(make(), points.into());
        let whole = Rect::from_min_size(pos2(0.0, 0.0), points);
        album.compare(&format!("{scene}-{label}"), &picture(&mut window, whole));
    }
    album.close();
}

#[test]
fn usual() {
    compare(SCENES[0].0, SCENES[0].1);
}

#[test]
fn crowded_ones() {
    compare(SCENES[1].0, SCENES[1].1);
}
