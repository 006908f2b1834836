//! What happened: a few that stand for a moment, and the history of all.

use super::{theme, widgets};
use egui::{Align2, Area, Color32, Context, Frame, Id, Margin, Order, RichText, Stroke, Ui, Vec2};
use outcry_desk::{
    format,
    model::{Toast, ToastKind, Toasts},
    text,
};

/// Height that a toast and what stands above it need, in points: as many stand as fit.
const HEIGHT: f32 = 110.0;
/// Size of its title alone, and its margin at the sides, in points.
const BRIEF: f32 = 12.5;
const MARGIN: i8 = 10;
/// Width of a toast, in points.
const WIDTH: f32 = 300.0;

fn color(kind: ToastKind) -> Color32 {
    match kind {
        ToastKind::Quiet | ToastKind::Info => theme::WEAK,
        ToastKind::Good => theme::GAIN,
        ToastKind::Notable => theme::AMBER,
        ToastKind::Bad => theme::LOSS,
    }
}

const fn mark(kind: ToastKind) -> &'static str {
    match kind {
        ToastKind::Quiet | ToastKind::Info => "•",
        ToastKind::Good => "✔",
        ToastKind::Notable => "★",
        ToastKind::Bad => "✖",
    }
}

/// The fresh ones, newest at the bottom, over the lower edge of the free floor.
pub(crate) fn standing(ctx: &Context, toasts: &Toasts, free: egui::Rect, now_ms: u64) {
    let fit = (free.height() / HEIGHT).floor().clamp(1.0, 4.0) as usize;
    let fresh: Vec<&Toast> = toasts.fresh(now_ms).rev().take(fit).collect();
    if fresh.is_empty() {
        return;
    }
    // Over a strip of floor their titles alone, so that the pillars keep their heads.
    let brief = free.height() < HEIGHT;
    let most = WIDTH.min(free.width() - 16.0);
    let wide = |toast: &&Toast| {
        let words = format!("{} {}", mark(toast.kind), toast.title);
        ctx.fonts_mut(|fonts| fonts.layout_no_wrap(words, theme::words(BRIEF), theme::TEXT).size().x)
    };
    let (width, edge) = if brief {
        // As wide as its words, and close to the edge.
        ((fresh.iter().map(wide).fold(0.0, f32::max) + 2.0 * f32::from(MARGIN) + 4.0).min(most), 3.0)
    } else {
        (most, 8.0)
    };
    let corner = free.right_bottom() - Vec2::splat(edge);
    let area = Area::new(Id::new("outcry toasts")).fixed_pos(corner).pivot(Align2::RIGHT_BOTTOM);
    area.order(Order::Tooltip).interactable(false).constrain_to(free).show(ctx, |ui| {
        ui.set_width(width);
        ui.spacing_mut().item_spacing.y = 6.0;
        for toast in fresh.into_iter().rev() {
            card(ui, toast, brief);
        }
    });
}

/// The newest fresh one in one line, where there is no room to stand; whole under the pointer.
pub(crate) fn line(ui: &mut Ui, toasts: &Toasts, now_ms: u64) {
    let Some(toast) = toasts.fresh(now_ms).next_back() else { return };
    let words = format!("{} {}  {}", mark(toast.kind), toast.title, toast.body);
    let label = egui::Label::new(RichText::new(words.trim_end()).color(color(toast.kind))).truncate();
    ui.add(label);
}

fn card(ui: &mut Ui, toast: &Toast, brief: bool) {
    let color = color(toast.kind);
    let frame = Frame::new()
        .fill(theme::PANEL)
        .stroke(Stroke::new(1.0, theme::faint(color, 0.7)))
        .corner_radius(theme::CORNER)
        .inner_margin(Margin::symmetric(MARGIN, if brief { 2 } else { 6 }));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        if brief {
            ui.spacing_mut().interact_size.y = 0.0;
            ui.add(egui::Label::new(title(toast, color).size(BRIEF)).truncate());
        } else {
            words(ui, toast, color);
        }
    });
}

fn title(toast: &Toast, color: Color32) -> RichText {
    RichText::new(format!("{} {}", mark(toast.kind), toast.title)).size(14.0).color(color)
}

fn words(ui: &mut Ui, toast: &Toast, color: Color32) {
    ui.spacing_mut().item_spacing.y = 2.0;
    ui.add(egui::Label::new(title(toast, color)).wrap());
    if !toast.body.is_empty() {
        ui.add(egui::Label::new(RichText::new(&toast.body).size(12.5).color(theme::TEXT)).wrap());
    }
}

/// All of them, newest first.
pub(crate) fn history(ui: &mut Ui, toasts: &Toasts) {
    if toasts.iter().next().is_none() {
        widgets::empty(ui, text::ui::NOTHING_HAPPENED);
        return;
    }
    egui::ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        for toast in toasts.iter().rev() {
            ui.horizontal_top(|ui| {
                ui.set_min_height(0.0);
                widgets::figure(ui, format!("{:>7}", format::moment(toast.session_ms)), 12.0, theme::WEAK);
                ui.vertical(|ui| words(ui, toast, color(toast.kind)));
            });
        }
    });
}
