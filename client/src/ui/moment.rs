//! Who is out, and what it meant: over the floor, or on a phone below it.

use crate::kit::{
    place::{self, Look},
    theme, widgets,
};
use egui::{Align2, Area, Context, Frame, Id, Margin, Order, Rect, RichText, Stroke, Ui, Vec2};
use outcry_desk::{
    text::moment as words,
    view::moment::{MomentLine, MomentView},
};

/// Part of the floor's height that the title takes, and its least and largest size, in points.
const TITLE: (f32, f32, f32) = (0.13, 28.0, 44.0);
/// Wider cards are not needed, in points.
const WIDEST: f32 = 620.0;

/// The card over the lower edge of the floor.
pub(super) fn over(ctx: &Context, view: &MomentView, free: Rect) -> Rect {
    let area = Area::new(Id::new("outcry moment")).fixed_pos(free.center_bottom() - Vec2::new(0.0, 8.0));
    let area = area.pivot(Align2::CENTER_BOTTOM).order(Order::Foreground).fade_in(false);
    let frame = Frame::new()
        .fill(theme::PANEL.gamma_multiply(0.94))
        .stroke(Stroke::new(1.5, edge(view)))
        .corner_radius(egui::CornerRadius::same(8))
        .inner_margin(Margin::symmetric(16, 10));
    let shown = area.show(ctx, |ui| {
        frame.show(ui, |ui| {
            ui.set_width((free.width() - 48.0).min(WIDEST));
            let (part, least, most) = TITLE;
            card(ui, view, (free.height() * part).clamp(least, most));
        });
    });
    shown.response.rect
}

/// The card in a phone's panel; whether it is put away for the panels behind it.
pub(super) fn panel(ctx: &Context, view: &MomentView, rect: Rect) -> bool {
    place::at(ctx, "main", rect, Look::Flat, |ui| {
        let mut put_away = false;
        egui::ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
            card(ui, view, TITLE.1);
            ui.vertical_centered(|ui| put_away = widgets::button(ui, "moment.away", words::TO_MY_ORDERS).clicked());
        });
        put_away
    })
}

fn edge(view: &MomentView) -> egui::Color32 {
    view.outcomes.first().map_or(theme::YES, |outcome| theme::outcome(*outcome))
}

fn card(ui: &mut Ui, view: &MomentView, title: f32) {
    ui.vertical_centered(|ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        let color = if view.outcomes.is_empty() { theme::WEAK } else { edge(view) };
        ui.label(RichText::new(view.loud()).size(title).color(color).strong());
        for line in &view.lines {
            meant(ui, line);
        }
        ui.label(RichText::new(&view.next).size(17.0).color(theme::AMBER));
    });
}

fn meant(ui: &mut Ui, line: &MomentLine) {
    let color = if line.sign == 0 { theme::TEXT } else { theme::gain(line.sign) };
    ui.label(RichText::new(&line.words).size(15.0).color(color));
}
