//! Small things that panels are made of.

use super::{explain::Explain, theme};
use egui::{
    Align, Align2, Color32, CornerRadius, FontId, Frame, Id, Margin, Painter, Rect, Response, RichText, Sense, Sides,
    Stroke, Ui, Vec2,
};
use outcry_desk::text::{names::ISOLATE, term::Term};
use outcry_engine::OutcomeId;
use unicode_segmentation::UnicodeSegmentation;

/// Where [`note`] collects until the frame is drawn.
pub(crate) fn notes_id() -> Id {
    Id::new("outcry widget notes")
}

/// Notes where a thing to click was drawn, by a stable name ("ticket.submit"). What the keyboard comes to is brought into
/// sight, wherever its panel was scrolled to.
pub(crate) fn note(ui: &Ui, name: impl Into<String>, response: &Response) {
    if response.gained_focus() {
        ui.scroll_to_rect_animation(response.rect, None, egui::style::ScrollAnimation::none());
    }
    note_within(ui.clip_rect(), name, response);
}

/// The same of what is seen only within a rectangle.
pub(crate) fn note_within(clip: Rect, name: impl Into<String>, response: &Response) {
    let visible = response.rect.intersect(clip);
    if visible.is_positive() {
        let entry = (name.into(), visible);
        response.ctx.data_mut(|data| data.get_temp_mut_or_default::<Vec<(String, Rect)>>(notes_id()).push(entry));
    }
}

/// A label with the explanation of its term.
pub(crate) fn label(ui: &mut Ui, term: Term) -> Response {
    ui.label(RichText::new(term.name()).color(theme::WEAK)).explained(term.help())
}

/// Words that matter less than those around.
pub(crate) fn weak(ui: &mut Ui, words: impl Into<String>) -> Response {
    ui.label(RichText::new(words).color(theme::WEAK))
}

/// Words that stay together where a line wraps: all of them go to the next one.
pub(crate) fn whole(ui: &mut Ui, words: impl Into<RichText>) -> Response {
    ui.add(egui::Label::new(words.into()).wrap_mode(egui::TextWrapMode::Extend))
}

/// A figure, in digits that never jump.
pub(crate) fn figure(ui: &mut Ui, text: impl Into<String>, size: f32, color: Color32) -> Response {
    ui.label(RichText::new(text).font(theme::digits(size)).color(color))
}

/// A line: term left, figure right.
pub(crate) fn line(ui: &mut Ui, term: Term, value: impl Into<String>, color: Color32) {
    ui.spacing_mut().interact_size.y = 20.0;
    Sides::new().show(ui, |ui| label(ui, term), |ui| figure(ui, value, 13.0, color));
}

/// A column: term above, figure below.
pub(crate) fn stat(ui: &mut Ui, term: Term, value: impl Into<String>, color: Color32) {
    titled(ui, term.name(), value, color).explained(term.help());
}

/// The same, never narrower than `widest`: what stands beside it does not move when its figure grows.
pub(crate) fn steady_stat(ui: &mut Ui, term: Term, value: impl Into<String>, widest: &str, color: Color32) {
    let least = ui.painter().layout_no_wrap(widest.to_owned(), theme::digits(15.0), color).size().x;
    stat_of(ui, term.name(), value.into(), least, color).explained(term.help());
}

/// The same for words without an explanation.
pub(crate) fn titled(ui: &mut Ui, title: &str, value: impl Into<String>, color: Color32) -> Response {
    stat_of(ui, title, value.into(), 0.0, color)
}

fn stat_of(ui: &mut Ui, title: &str, value: String, least: f32, color: Color32) -> Response {
    let above = ui.painter().layout_no_wrap(title.to_owned(), theme::words(11.0), theme::WEAK);
    let below = ui.painter().layout_no_wrap(value.clone(), theme::digits(15.0), color);
    let size = Vec2::new(above.size().x.max(below.size().x).max(least), above.size().y + below.size().y);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let under = rect.min + Vec2::new(0.0, above.size().y);
    ui.painter().galley(rect.min, above, theme::WEAK);
    ui.painter().galley(under, below, color);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Label, true, format!("{title} {value}")));
    response
}

/// A section's heading within a panel.
pub(crate) fn section(ui: &mut Ui, words: &str) {
    ui.label(RichText::new(words.to_uppercase()).size(11.0).color(theme::WEAK).extra_letter_spacing(1.0));
}

/// A raised card, as wide as there is room.
pub(crate) fn card<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    let frame =
        Frame::new().fill(theme::faint(theme::RAISED, 0.6)).corner_radius(theme::CORNER).inner_margin(Margin::same(10));
    frame
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            add(ui)
        })
        .inner
}

/// A coloured note with words: what to know before going on.
pub(crate) fn callout(ui: &mut Ui, color: Color32, words: impl Into<RichText>) -> Response {
    let frame = Frame::new()
        .fill(theme::faint(color, 0.12))
        .stroke(Stroke::new(1.0, theme::faint(color, 0.5)))
        .corner_radius(theme::CORNER)
        .inner_margin(Margin::symmetric(10, 6));
    let shown = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.label(words.into().color(color))
    });
    shown.response
}

/// An outcome's badge: its colour and its letter.
pub(crate) fn badge(ui: &mut Ui, outcome: OutcomeId, size: f32, active: bool) -> Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(size), Sense::hover());
    paint_badge(ui.painter(), rect, outcome, active);
    response
}

/// The same, painted at a place.
pub(crate) fn paint_badge(painter: &Painter, rect: Rect, outcome: OutcomeId, active: bool) {
    let color = if active { theme::outcome(outcome) } else { theme::LINE };
    let letter = if active { theme::INK } else { theme::WEAK };
    painter.rect_filled(rect, CornerRadius::same(5), color);
    let font = theme::digits(rect.height() * 0.62);
    painter.text(rect.center(), Align2::CENTER_CENTER, outcome.letter(), font, letter);
}

/// A button of full control height.
pub(crate) fn button(ui: &mut Ui, name: &str, words: impl Into<String>) -> Response {
    let height = theme::control_height(ui);
    let response = ui.add(
        egui::Button::new(RichText::new(words))
            .min_size(Vec2::new(height, height))
            .wrap_mode(egui::TextWrapMode::Extend),
    );
    note(ui, name, &response);
    response
}

/// A word in its colour, with rounded ends.
pub(crate) fn pill(ui: &mut Ui, words: &str, color: Color32) -> Response {
    let galley = ui.painter().layout_no_wrap(words.to_owned(), theme::words(12.0), color);
    let (rect, response) = ui.allocate_exact_size(galley.size() + Vec2::new(16.0, 6.0), Sense::hover());
    ui.painter().rect_filled(rect, CornerRadius::same(11), theme::faint(color, 0.16));
    ui.painter().galley(rect.center() - galley.size() / 2.0, galley, color);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Label, true, words));
    response
}

/// A switch with its words; larger and squarer than egui's own.
pub(crate) fn check(ui: &mut Ui, name: &str, on: &mut bool, words: &str) -> Response {
    let side = 18.0;
    let galley =
        ui.painter().layout(words.to_owned(), theme::words(13.5), theme::TEXT, ui.available_width() - side - 8.0);
    let height = galley.size().y.max(theme::control_height(ui).min(32.0));
    let size = Vec2::new(side + 8.0 + galley.size().x, height);
    let (rect, mut response) = ui.allocate_exact_size(size, Sense::click());
    if response.clicked() {
        *on = !*on;
        response.mark_changed();
    }
    let square = Rect::from_center_size(rect.left_center() + Vec2::new(side / 2.0, 0.0), Vec2::splat(side));
    let enabled = ui.is_enabled();
    let fill = if *on && enabled { theme::AMBER } else { theme::INK };
    let edge = if response.hovered() { theme::TEXT } else { theme::WEAK };
    ui.painter().rect(square, CornerRadius::same(4), fill, Stroke::new(1.0, edge), egui::StrokeKind::Inside);
    if *on {
        let ink = if enabled { theme::INK } else { theme::WEAK };
        let [a, b, c] = [(-5.0, 0.0), (-1.5, 4.0), (5.0, -4.5)].map(|(x, y)| square.center() + Vec2::new(x, y));
        ui.painter().line(vec![a, b, c], Stroke::new(2.2, ink));
    }
    let at = egui::pos2(square.right() + 8.0, rect.center().y - galley.size().y / 2.0);
    let color = if enabled { theme::TEXT } else { theme::WEAK };
    ui.painter().galley_with_override_text_color(at, galley, color);
    response.widget_info(|| egui::WidgetInfo::selected(egui::WidgetType::Checkbox, enabled, *on, words));
    note(ui, name, &response);
    response
}

/// The one button that matters, as wide as there is room, in its colour.
pub(crate) fn primary(ui: &mut Ui, name: &str, words: impl Into<String>, color: Color32, enabled: bool) -> Response {
    let words = words.into();
    let (fill, ink) = if enabled { (color, theme::INK) } else { (theme::RAISED, theme::WEAK) };
    let width = ui.available_width();
    let mut job = egui::text::LayoutJob::simple(words.clone(), theme::words(16.0), ink, width - 20.0);
    job.halign = Align::Center;
    let galley = ui.painter().layout_job(job);
    let height = theme::control_height(ui).max(42.0).max(galley.size().y + 14.0);
    let sense = if enabled { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(Vec2::new(width, height), sense);
    let lit = enabled && response.hovered() && !response.is_pointer_button_down_on();
    let fill = if lit { fill.lerp_to_gamma(Color32::WHITE, 0.18) } else { fill };
    ui.painter().rect_filled(rect, theme::CORNER, fill);
    let at = egui::pos2(rect.center().x, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, ink);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, enabled, &words));
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
        ui.spacing_mut().button_padding.x = 2.0;
        // Words that would touch the edges are set smaller.
        let size = if width < 76.0 { 12.5 } else { 14.0 };
        for (index, (value, words, color)) in options.iter().enumerate() {
            let on = *value == current;
            let (fill, ink) = if on { (*color, theme::INK) } else { (theme::RAISED, *color) };
            let text = RichText::new(words).size(size).color(ink);
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
    // At least two cents of height, so that noise does not look like news.
    line_over_time(ui, points, size, 0.02, color);
}

/// A small line of a figure over time, as high as it has moved.
pub(crate) fn trend(ui: &mut Ui, points: &[f32], size: Vec2, color: Color32) {
    line_over_time(ui, points, size, f32::MIN_POSITIVE, color);
}

fn line_over_time(ui: &mut Ui, points: &[f32], size: Vec2, least: f32, color: Color32) {
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    if points.len() < 2 {
        return;
    }
    let low = points.iter().copied().fold(f32::INFINITY, f32::min);
    let high = points.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let span = (high - low).max(least);
    let middle = (high + low) / 2.0;
    let step = rect.width() / (points.len() - 1) as f32;
    let at = |(index, value): (usize, &f32)| {
        let y = rect.center().y - (value - middle) / span * (rect.height() - 4.0);
        egui::pos2(rect.left() + step * index as f32, y)
    };
    let line: Vec<_> = points.iter().enumerate().map(at).collect();
    ui.painter().add(egui::Shape::line(line, Stroke::new(1.5, color)));
}

/// As much of a name as there is room for, with dots for the rest.
pub(crate) fn elided(painter: &Painter, name: &str, font: &FontId, width: f32) -> String {
    let fits = |text: &str| painter.layout_no_wrap(text.to_owned(), font.clone(), Color32::WHITE).size().x <= width;
    if fits(name) {
        return name.to_owned();
    }
    // The dots of a name with a direction of its own stand within it, where it would go on.
    let [open, close] = ISOLATE;
    let within = name.strip_prefix(open).and_then(|name| name.strip_suffix(close));
    let (kept, marks) =
        within.map_or((name, [String::new(), String::new()]), |name| (name, [open.into(), close.into()]));
    let ends: Vec<usize> = kept.grapheme_indices(true).map(|(at, _)| at).skip(1).collect();
    let shorter = |end: &usize| format!("{}{}…{}", marks[0], kept[..*end].trim_end(), marks[1]);
    ends.iter().rev().map(shorter).find(|text| fits(text)).unwrap_or_default()
}

/// A hint for a first time, with what puts it away; whether that was pressed.
pub(crate) fn hint(ui: &mut Ui, words: &str, put_away: &str) -> bool {
    let frame = Frame::new()
        .stroke(Stroke::new(1.0, theme::AMBER))
        .corner_radius(theme::CORNER)
        .inner_margin(Margin::symmetric(10, 6));
    frame
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            Sides::new()
                .shrink_left()
                .wrap()
                .show(
                    ui,
                    |ui| ui.add(egui::Label::new(RichText::new(words).color(theme::TEXT)).wrap()),
                    |ui| button(ui, "hint.done", put_away).clicked(),
                )
                .1
        })
        .inner
}

/// What stands where there is nothing yet.
pub(crate) fn empty(ui: &mut Ui, words: &str) {
    ui.add_space(theme::GAP);
    ui.vertical_centered(|ui| weak(ui, words));
    ui.add_space(theme::GAP);
}
