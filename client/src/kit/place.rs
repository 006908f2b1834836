//! Puts a panel at a place over the floor.

use super::theme;
use egui::{
    Area, Color32, Context, CornerRadius, Frame, Id, Modal, Order, Popup, Pos2, Rect, Sense, Stroke, Ui, UiKind,
};

/// How a panel looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    /// A rounded panel over the floor.
    Floating,
    /// From edge to edge, on a phone.
    Flat,
    /// A bar of things to tap, on a phone.
    Bar,
}

/// Space within a panel, in points.
pub(crate) const MARGIN: f32 = 10.0;
/// Space within a window over everything, in points.
const WINDOW_MARGIN: f32 = 16.0;

/// Shows a panel at a rectangle, which it never leaves.
pub(crate) fn at<R>(ctx: &Context, id: &str, rect: Rect, look: Look, add: impl FnOnce(&mut Ui) -> R) -> R {
    let (fill, rounded, margin) = match look {
        Look::Floating => (theme::PANEL.gamma_multiply(0.94), true, MARGIN),
        Look::Flat => (theme::PANEL, false, MARGIN),
        Look::Bar => (theme::RAISED, false, 0.0),
    };
    let area = Area::new(Id::new(("outcry", id))).fixed_pos(rect.min).constrain(false).order(Order::Middle);
    area.fade_in(false).show(ctx, |ui| panel(ui, rect, (fill, rounded, margin), add)).inner
}

/// Shows a window over everything: what is behind it is dark, and out of reach for pointer and keys. Returns also
/// whether the dark was clicked.
pub(crate) fn over<R>(ctx: &Context, id: &str, rect: Rect, add: impl FnOnce(&mut Ui) -> R) -> (R, bool) {
    let area = Area::new(Id::new(("outcry", id))).fixed_pos(rect.min).constrain(false);
    let shown = modal(area, Frame::NONE).show(ctx, |ui| panel(ui, rect, (theme::PANEL, true, WINDOW_MARGIN), add));
    (shown.inner, shown.backdrop_response.clicked())
}

/// A modal window whose place is its own.
pub(crate) fn modal(area: Area, frame: Frame) -> Modal {
    let area = area.kind(UiKind::Modal).order(Order::Foreground).sense(Sense::hover()).fade_in(false);
    Modal { area, backdrop_color: theme::INK.gamma_multiply(0.72), frame: Some(frame) }
}

/// Whether nothing lies over the floor at a point, by what was drawn last: not where the pointer was, but where a finger
/// is. While a menu is open the whole screen is the menu's: a tap beside it closes it.
#[must_use]
pub fn is_bare(ctx: &Context, at: Pos2) -> bool {
    let over = ctx.layer_id_at(at).is_some_and(|layer| layer.order != Order::Background);
    !over && !Popup::is_any_open(ctx)
}

/// Paints a panel and shows what is in it.
fn panel<R>(
    ui: &mut Ui,
    rect: Rect,
    (fill, rounded, margin): (Color32, bool, f32),
    add: impl FnOnce(&mut Ui) -> R,
) -> R {
    // Painted and allocated whole before the content, which can then not push it wider.
    ui.allocate_rect(rect, Sense::hover());
    if rounded {
        let edge = Stroke::new(1.0, theme::LINE);
        ui.painter().rect(rect, CornerRadius::same(8), fill, edge, egui::StrokeKind::Inside);
    } else {
        ui.painter().rect_filled(rect, CornerRadius::ZERO, fill);
    }
    let mut content = ui.new_child(egui::UiBuilder::new().max_rect(rect.shrink(margin)));
    content.set_clip_rect(rect.shrink(1.0).intersect(ui.clip_rect()));
    add(&mut content)
}
