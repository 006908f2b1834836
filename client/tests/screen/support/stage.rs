//! A screen with a model behind it, driven and looked at.

use super::raster::Raster;
use egui_kittest::Harness;
use outcry_client::{
    action::Action,
    model::Model,
    ui::{UiState, draw},
};
use std::path::PathBuf;

/// What the harness draws.
pub(crate) struct Screen {
    pub(crate) model: Model,
    pub(crate) ui: UiState,
    pub(crate) now_ms: u64,
    pub(crate) actions: Vec<Action>,
}

impl Screen {
    pub(crate) fn new(model: Model) -> Self {
        Self { model, ui: UiState::default(), now_ms: 5_300, actions: vec![] }
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

/// Writes a picture of the window beside the other products of the build.
pub(crate) fn picture(harness: &mut Harness<'static, Screen>, name: &str) -> PathBuf {
    let folder = std::env::var_os("OUTCRY_PICTURES")
        .map_or_else(|| PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("pictures"), PathBuf::from);
    std::fs::create_dir_all(&folder).expect("the folder of pictures can be made");
    let path = folder.join(format!("{name}.png"));
    harness.render().expect("the panels can be drawn").save(&path).expect("the picture can be written");
    path
}
