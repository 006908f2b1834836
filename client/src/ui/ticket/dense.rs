//! How a ticket fits the room that it has.

use crate::kit::theme;
use egui::{Align, Layout, Ui};

/// From the bottom up: the button stays there, whatever has to scroll above it.
pub(super) fn anchored<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    let size = ui.available_size().min(egui::vec2(f32::INFINITY, TALL));
    ui.allocate_ui_with_layout(size, Layout::bottom_up(Align::Min), add).inner
}

/// A ticket is never higher than this, so that its button stays near its figures, in points.
const TALL: f32 = 660.0;
/// Panels lower than this are tight, in points.
const LOW: f32 = 560.0;
/// Panels lower than this do not show the preview without scrolling even so, in points.
const LOWEST: f32 = 420.0;

/// How close things have to stand, so that the figures and the button are seen at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dense {
    /// There is room enough: nothing is made closer.
    Roomy,
    /// Lower controls and gaps.
    Tight,
    /// No room for the figures: their gist stands above the button.
    Scrolled,
}

impl Dense {
    pub(super) fn of(ui: &Ui) -> Self {
        let (height, touched) = (ui.available_height(), theme::control_height(ui) >= theme::TOUCH);
        match height {
            _ if height >= LOW => Self::Roomy,
            _ if touched || height < LOWEST => Self::Scrolled,
            _ => Self::Tight,
        }
    }

    pub(super) fn apply(self, ui: &mut Ui) {
        if self == Self::Tight {
            ui.spacing_mut().interact_size.y = 28.0;
            ui.spacing_mut().item_spacing.y = 6.0;
        }
    }
}
