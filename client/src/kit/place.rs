//! Puts a panel at a place over the floor.

use super::theme;
use egui::{Area, Context, CornerRadius, Id, Order, Rect, Stroke, Ui};

/// How a panel looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    /// A rounded panel over the floor.
    Floating,
    /// From edge to edge, on a phone.
    Flat,
    /// A bar of things to tap, on a phone.
    Bar,
    /// Closes what is behind it.
    Overlay,
}

/// Shows a panel at a rectangle, which it never leaves.
pub(crate) fn at<R>(ctx: &Context, id: &str, rect: Rect, look: Look, add: impl FnOnce(&mut Ui) -> R) -> R {
    let order = if look == Look::Overlay { Order::Foreground } else { Order::Middle };
    let margin = match look {
        Look::Overlay => 16.0,
        Look::Floating | Look::Flat => 10.0,
        Look::Bar => 0.0,
    };
    let area = Area::new(Id::new(("outcry", id))).fixed_pos(rect.min).constrain(false).order(order).fade_in(false);
    let shown = area.show(ctx, |ui| {
        // Painted and allocated whole before the content, which can then not push it wider.
        ui.allocate_rect(rect, egui::Sense::hover());
        paint(ui, rect, look);
        let inner = rect.shrink(margin);
        let mut content = ui.new_child(egui::UiBuilder::new().max_rect(inner));
        content.set_clip_rect(rect.shrink(1.0).intersect(ui.clip_rect()));
        add(&mut content)
    });
    shown.inner
}

fn paint(ui: &Ui, rect: Rect, look: Look) {
    let (fill, rounded) = match look {
        Look::Floating => (theme::PANEL.gamma_multiply(0.94), true),
        Look::Overlay => (theme::PANEL, true),
        Look::Flat => (theme::PANEL, false),
        Look::Bar => (theme::RAISED, false),
    };
    if !rounded {
        ui.painter().rect_filled(rect, CornerRadius::ZERO, fill);
        return;
    }
    let edge = Stroke::new(1.0, theme::LINE);
    ui.painter().rect(rect, CornerRadius::same(8), fill, edge, egui::StrokeKind::Inside);
}

/// Darkens what is behind an overlay, and takes its clicks. Returns whether it was clicked.
pub(crate) fn backdrop(ctx: &Context, id: &str) -> bool {
    let screen = ctx.content_rect();
    let area = Area::new(Id::new(("outcry backdrop", id))).fixed_pos(screen.min).order(Order::Middle).fade_in(false);
    let shown = area.show(ctx, |ui| {
        let response = ui.allocate_rect(screen, egui::Sense::click());
        ui.painter().rect_filled(screen, CornerRadius::ZERO, theme::INK.gamma_multiply(0.72));
        response.clicked()
    });
    shown.inner
}
