//! What the person at the screen has chosen and typed, between frames.

use super::WidgetMap;
use egui::Rect;
use outcry_engine::OutcomeId;
use serde::{Deserialize, Serialize};

/// Remembered on this device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Prefs {
    /// No sounds.
    pub mute: bool,
    /// Ask before an order is sent.
    pub confirm_orders: bool,
    /// No animations on the floor.
    pub reduce_motion: bool,
}

impl Default for Prefs {
    fn default() -> Self {
        Self { mute: false, confirm_orders: true, reduce_motion: false }
    }
}

/// What the floor must show on behalf of the panels.
#[derive(Clone, Debug)]
pub struct FloorView {
    /// The outcome the ticket is on.
    pub selected: Option<OutcomeId>,
    /// `[YES, NO]` spots after the order being typed, of every outcome; empty when nothing
    /// is typed.
    pub ghosts: Vec<[f64; 2]>,
    /// The rectangle that panels leave free, in points: pillars' heads stay in it.
    pub free: Rect,
}

impl Default for FloorView {
    fn default() -> Self {
        Self { selected: None, ghosts: Vec::new(), free: Rect::NOTHING }
    }
}

/// What the person at the screen has chosen and typed.
#[derive(Default)]
#[cfg_attr(feature = "floor", derive(bevy::prelude::Resource))]
pub struct UiState {
    /// Remembered on this device; load at the start, save on [`crate::action::Action::SavePrefs`].
    pub prefs: Prefs,
    /// For the floor to show.
    pub floor: FloorView,
    /// Where things to click are.
    pub widgets: WidgetMap,
    /// Whether the host's overlay is open.
    pub host_open: bool,
    /// Whether the screen is touched rather than pointed at: larger targets, no hover help.
    pub touch: bool,
}

impl UiState {
    /// A fresh state with remembered preferences.
    #[must_use]
    pub fn new(prefs: Prefs) -> Self {
        Self { prefs, ..Self::default() }
    }

    /// Takes the text of a configuration file that the person chose, or why it cannot be read.
    pub fn load_config(&mut self, file: Result<String, String>) {
        let _ = file;
    }

    /// Opens the host's overlay (`?host`).
    pub fn open_host(&mut self) {
        self.host_open = true;
    }

    /// The floor was clicked on a pillar: the ticket turns to it.
    pub fn select(&mut self, outcome: OutcomeId) {
        self.floor.selected = Some(outcome);
    }
}
