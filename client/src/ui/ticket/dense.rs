//! How a ticket fits the room that it has.

use crate::kit::theme;
use egui::{Align, Layout, ScrollArea, Ui};
use outcry_engine::OutcomeId;

/// From the bottom up: the button stays there, whatever has to scroll above it.
pub(super) fn anchored<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    let size = ui.available_size().min(egui::vec2(f32::INFINITY, TALL));
    ui.allocate_ui_with_layout(size, Layout::bottom_up(Align::Min), add).inner
}

/// What has to scroll where there is little room. It shows its start whenever it is opened, on another outcome, or on a
/// screen that was turned; as long as it stays open, what it was scrolled to.
pub(super) fn scrolled<R>(ui: &mut Ui, outcome: OutcomeId, add: impl FnOnce(&mut Ui) -> R) -> R {
    let (id, frame) = (ui.id().with("opened"), ui.ctx().cumulative_frame_nr());
    let now = (outcome, ui.ctx().content_rect().width());
    let before: Option<(u64, (OutcomeId, f32))> = ui.data(|data| data.get_temp(id));
    ui.data_mut(|data| data.insert_temp(id, (frame, now)));
    let stays = before.is_some_and(|(last, before)| last + 1 >= frame && before == now);
    let area = ScrollArea::vertical().auto_shrink([false, false]);
    let area = if stays { area } else { area.vertical_scroll_offset(0.0) };
    area.show(ui, add).inner
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
