//! Puts a panel at a place over the floor.

use super::theme;
use egui::{Area, Context, CornerRadius, Frame, Id, Margin, Order, Rect, Stroke, Ui};

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
        Look::Overlay => 16,
        Look::Floating | Look::Flat => 10,
        Look::Bar => 0,
    };
    let area = Area::new(Id::new(("outcry", id))).fixed_pos(rect.min).constrain(false).order(order).fade_in(false);
    let shown = area.show(ctx, |ui| {
        let frame = match look {
            Look::Floating | Look::Overlay => Frame::new()
                .fill(theme::PANEL.gamma_multiply(if look == Look::Overlay { 1.0 } else { 0.94 }))
                .stroke(Stroke::new(1.0, theme::LINE))
                .corner_radius(CornerRadius::same(8)),
            Look::Flat => Frame::new().fill(theme::PANEL),
            Look::Bar => Frame::new().fill(theme::RAISED),
        };
        let inner = rect.size() - egui::Vec2::splat(f32::from(margin) * 2.0);
        frame.inner_margin(Margin::same(margin)).show(ui, |ui| {
            ui.set_min_size(inner);
            ui.set_max_size(inner);
            ui.set_clip_rect(rect.shrink(1.0).intersect(ui.clip_rect()));
            add(ui)
        })
    });
    shown.inner.inner
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
