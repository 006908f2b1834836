//! A screen with a model behind it, driven and looked at.

use super::raster::Raster;
use egui::Rect;
use egui_kittest::Harness;
use image::RgbaImage;
use outcry_client::ui::{UiState, draw};
use outcry_desk::{action::Action, model::Model, prefs::Prefs};

/// What the harness draws.
pub(crate) struct Screen {
    pub(crate) model: Model,
    pub(crate) ui: UiState,
    pub(crate) now_ms: u64,
    pub(crate) actions: Vec<Action>,
}

impl Screen {
    /// The screen of somebody who knows it: the whole ticket, and no hints.
    pub(crate) fn new(model: Model) -> Self {
        let prefs = Prefs { full_ticket: true, hints_done: 0b111, ..Prefs::default() };
        Self { model, ui: UiState::new(prefs), now_ms: 5_300, actions: vec![] }
    }
}

/// A window of this size over a screen.
pub(crate) fn stage(screen: Screen, size: [f32; 2]) -> Harness<'static, Screen> {
    let app = |ui: &mut egui::Ui, screen: &mut Screen| {
        let actions = draw(ui.ctx(), &screen.model, &mut screen.ui, screen.now_ms);
        screen.actions.extend(actions);
    };
    let mut harness = Harness::builder()
        .with_size(egui::Vec2::from(size))
        .with_max_steps(8)
        .renderer(Raster::default())
        .build_ui_state(app, screen);
    harness.run_ok();
    harness
}

/// A picture of a part of the window.
pub(crate) fn picture(harness: &mut Harness<'static, Screen>, part: Rect) -> RgbaImage {
    let whole = harness.render().expect("the panels can be drawn");
    let [x, y] = [part.left(), part.top()].map(|side| side.max(0.0) as u32);
    let width = (part.width() as u32).min(whole.width() - x);
    image::imageops::crop_imm(&whole, x, y, width, (part.height() as u32).min(whole.height() - y)).to_image()
}

/// Every text that is painted, cut as it is, and where it stands.
pub(crate) fn painted(harness: &Harness<'static, Screen>) -> Vec<(Rect, String)> {
    fn texts(shape: &egui::Shape, found: &mut Vec<(Rect, String)>) {
        match shape {
            egui::Shape::Text(text) => found.push((text.visual_bounding_rect(), text.galley.text().to_owned())),
            egui::Shape::Vec(list) => list.iter().for_each(|shape| texts(shape, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    harness.output().shapes.iter().for_each(|clipped| texts(&clipped.shape, &mut found));
    found
}
