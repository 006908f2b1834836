//! Who is out, and what it meant: over the floor, or on a phone below it.

use crate::kit::{
    place::{self, Look},
    theme, widgets,
};
use egui::{Align2, Area, Context, Frame, Id, Margin, Order, Rect, RichText, Sides, Stroke, Ui, Vec2};
use outcry_desk::{
    text::moment as words,
    view::moment::{MomentLine, MomentView},
};

/// Part of the floor's height that the title takes, and its least and largest size, in points.
const TITLE: (f32, f32, f32) = (0.13, 28.0, 44.0);
/// Size of when trading goes on, and what is beside it in a bar, in points.
const NEXT: f32 = 17.0;
const BAR_MARGIN: f32 = 10.0;
/// Size of what it meant, and the distance of its lines, in points.
const MEANT: f32 = 15.0;
const GAP: f32 = 4.0;
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
            ui.vertical_centered(|ui| ui.label(RichText::new(&view.next).size(NEXT).color(theme::AMBER)));
        });
    });
    shown.response.rect
}

/// The card in a phone's panel, over a bar that says in the tabs' place when they are back; whether it is put away for
/// the panels behind it.
pub(super) fn panel(ctx: &Context, view: &MomentView, rect: Rect, bar: f32) -> bool {
    let (above, tabs) = rect.split_top_bottom_at_y(rect.bottom() - bar);
    place::at(ctx, "main", above, Look::Flat, |ui| {
        egui::ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
            let left = ui.available_height() - height(ui, view, TITLE.1);
            ui.add_space((left / 2.0).max(0.0));
            card(ui, view, TITLE.1);
        });
    });
    place::at(ctx, "tabs", tabs, Look::Bar, |ui| {
        let next = |ui: &mut Ui| {
            ui.add_space(BAR_MARGIN);
            ui.label(RichText::new(&view.next).size(NEXT).color(theme::AMBER));
        };
        let away = |ui: &mut Ui| {
            ui.add_space(BAR_MARGIN);
            widgets::button(ui, "moment.away", words::TO_MY_ORDERS).clicked()
        };
        Sides::new().height(bar).show(ui, next, away).1
    })
}

fn edge(view: &MomentView) -> egui::Color32 {
    view.outcomes.first().map_or(theme::YES, |outcome| theme::outcome(*outcome))
}

/// The height of a card, in points.
fn height(ui: &Ui, view: &MomentView, title: f32) -> f32 {
    let height = |words: &str, size| {
        let font = theme::words(size);
        ui.painter().layout(words.to_owned(), font, theme::TEXT, ui.available_width()).size().y
    };
    height(&view.loud(), title) + view.lines.iter().map(|line| GAP + height(&line.words, MEANT)).sum::<f32>()
}

fn card(ui: &mut Ui, view: &MomentView, title: f32) {
    ui.vertical_centered(|ui| {
        ui.spacing_mut().item_spacing.y = GAP;
        let color = if view.outcomes.is_empty() { theme::WEAK } else { edge(view) };
        ui.label(RichText::new(view.loud()).size(title).color(color).strong());
        for line in &view.lines {
            meant(ui, line);
        }
    });
}

fn meant(ui: &mut Ui, line: &MomentLine) {
    let color = if line.sign == 0 { theme::TEXT } else { theme::gain(line.sign) };
    ui.label(RichText::new(&line.words).size(MEANT).color(color));
}
