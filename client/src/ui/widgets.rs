//! Small things that panels are made of.

use super::theme;
use crate::text::term::Term;
use egui::{
    Align, Align2, Color32, CornerRadius, Frame, Id, Layout, Margin, Rect, Response, RichText, Sense, Stroke, Ui, Vec2,
};
use outcry_engine::OutcomeId;

/// Where [`note`] collects until the frame is drawn.
pub(crate) fn notes_id() -> Id {
    Id::new("outcry widget notes")
}

/// Notes where a thing to click was drawn, by a stable name ("ticket.submit").
pub(crate) fn note(ui: &Ui, name: impl Into<String>, response: &Response) {
    let visible = response.rect.intersect(ui.clip_rect());
    if visible.is_positive() {
        let entry = (name.into(), visible);
        ui.data_mut(|data| data.get_temp_mut_or_default::<Vec<(String, Rect)>>(notes_id()).push(entry));
    }
}

/// A label with the explanation of its term under the pointer.
pub(crate) fn label(ui: &mut Ui, term: Term) -> Response {
    ui.label(RichText::new(term.name()).color(theme::WEAK)).on_hover_text(term.help())
}

/// Weak words.
pub(crate) fn weak(ui: &mut Ui, words: impl Into<String>) -> Response {
    ui.label(RichText::new(words).color(theme::WEAK))
}

/// A figure, in digits that never jump.
pub(crate) fn figure(ui: &mut Ui, text: impl Into<String>, size: f32, color: Color32) -> Response {
    ui.label(RichText::new(text).font(theme::digits(size)).color(color))
}

/// A line: term left, figure right.
pub(crate) fn line(ui: &mut Ui, term: Term, value: impl Into<String>, color: Color32) {
    ui.spacing_mut().interact_size.y = 20.0;
    ui.horizontal(|ui| {
        label(ui, term);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| figure(ui, value, 13.0, color));
    });
}

/// A column: term above, figure below.
pub(crate) fn stat(ui: &mut Ui, term: Term, value: impl Into<String>, color: Color32) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.label(RichText::new(term.name()).size(11.0).color(theme::WEAK)).on_hover_text(term.help());
        figure(ui, value, 15.0, color);
    });
}

/// A section's heading within a panel.
pub(crate) fn section(ui: &mut Ui, words: &str) {
    ui.label(RichText::new(words.to_uppercase()).size(11.0).color(theme::WEAK).extra_letter_spacing(1.0));
}

/// A raised card.
pub(crate) fn card<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    let frame = Frame::new().fill(theme::faint(theme::RAISED, 0.6)).corner_radius(theme::CORNER).inner_margin(Margin::same(10));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        add(ui)
    })
    .inner
}

/// A coloured note with words: what to know before going on.
pub(crate) fn callout(ui: &mut Ui, color: Color32, words: impl Into<String>) -> Response {
    let frame = Frame::new()
        .fill(theme::faint(color, 0.12))
        .stroke(Stroke::new(1.0, theme::faint(color, 0.5)))
        .corner_radius(theme::CORNER)
        .inner_margin(Margin::symmetric(10, 6));
    let shown = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.label(RichText::new(words).color(color))
    });
    shown.response
}

/// An outcome's badge: its colour and its letter.
pub(crate) fn badge(ui: &mut Ui, outcome: OutcomeId, size: f32, active: bool) -> Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(size), Sense::hover());
    paint_badge(ui, rect, outcome, active);
    response
}

/// The same, painted at a place.
pub(crate) fn paint_badge(ui: &Ui, rect: Rect, outcome: OutcomeId, active: bool) {
    let color = if active { theme::outcome(outcome) } else { theme::LINE };
    let letter = if active { theme::INK } else { theme::WEAK };
    ui.painter().rect_filled(rect, CornerRadius::same(5), color);
    let font = theme::digits(rect.height() * 0.62);
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, outcome.letter(), font, letter);
}

/// A button of full control height.
pub(crate) fn button(ui: &mut Ui, name: &str, words: impl Into<String>) -> Response {
    let height = theme::control_height(ui);
    let response = ui.add(egui::Button::new(RichText::new(words)).min_size(Vec2::new(height, height)));
    note(ui, name, &response);
    response
}

/// The one button that matters, as wide as there is room, in its colour.
pub(crate) fn primary(ui: &mut Ui, name: &str, words: impl Into<String>, color: Color32, enabled: bool) -> Response {
    let (fill, ink) = if enabled { (color, theme::INK) } else { (theme::RAISED, theme::WEAK) };
    let height = theme::control_height(ui).max(40.0);
    let text = RichText::new(words).size(15.0).color(ink).strong();
    let button = egui::Button::new(text).fill(fill).stroke(Stroke::NONE).min_size(Vec2::new(ui.available_width(), height)).wrap();
    let response = ui.add_enabled(enabled, button);
    note(ui, name, &response);
    response
}

/// One of several, side by side in equal widths. Returns the one that was clicked.
pub(crate) fn segments<T: Copy + PartialEq>(
    ui: &mut Ui,
    name: &str,
    current: T,
    options: &[(T, String, Color32)],
) -> Option<T> {
    let mut clicked = None;
    let height = theme::control_height(ui);
    let count = options.len().max(1) as f32;
    let gap = 4.0;
    let width = (ui.available_width() - gap * (count - 1.0)) / count;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        for (index, (value, words, color)) in options.iter().enumerate() {
            let on = *value == current;
            let (fill, ink) = if on { (*color, theme::INK) } else { (theme::RAISED, *color) };
            let text = RichText::new(words).color(ink);
            let button = egui::Button::new(text).fill(fill).stroke(Stroke::NONE).min_size(Vec2::new(width, height));
            let response = ui.add(button);
            note(ui, format!("{name}.{index}"), &response);
            if response.clicked() {
                clicked = Some(*value);
            }
        }
    });
    clicked
}

/// A small line of prices over time.
pub(crate) fn sparkline(ui: &mut Ui, points: &[f32], size: Vec2, color: Color32) {
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    if points.len() < 2 {
        return;
    }
    let low = points.iter().copied().fold(f32::INFINITY, f32::min);
    let high = points.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    // At least two cents of height, so that noise does not look like news.
    let span = (high - low).max(0.02);
    let middle = (high + low) / 2.0;
    let step = rect.width() / (points.len() - 1) as f32;
    let at = |(index, price): (usize, &f32)| {
        let y = rect.center().y - (price - middle) / span * (rect.height() - 4.0);
        egui::pos2(rect.left() + step * index as f32, y)
    };
    let line: Vec<_> = points.iter().enumerate().map(at).collect();
    ui.painter().add(egui::Shape::line(line, Stroke::new(1.5, color)));
}

/// What stands where there is nothing yet.
pub(crate) fn empty(ui: &mut Ui, words: &str) {
    ui.add_space(theme::GAP);
    ui.vertical_centered(|ui| weak(ui, words));
    ui.add_space(theme::GAP);
}
