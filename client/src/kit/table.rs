//! Columns that stay where they are: widths in shares, figures right-aligned in digits.

use super::{theme, widgets};
use egui::{
    Align2, Color32, FontId, Rect, Response, Sense, Ui, Vec2, pos2,
    text::{LayoutJob, TextWrapping},
};

/// A column: its share of the width, and whether it holds figures.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    pub share: f32,
    pub figures: bool,
}

/// Words, left-aligned.
pub(crate) const fn words(share: f32) -> Column {
    Column { share, figures: false }
}

/// Figures, right-aligned.
pub(crate) const fn figures(share: f32) -> Column {
    Column { share, figures: true }
}

/// A cell: its text and colour.
pub(crate) type Cell<'a> = (&'a str, Color32);

/// Distance between columns, in points.
const GUTTER: f32 = 10.0;
/// Size of words, in points.
const WORDS: f32 = 13.5;

/// The heading of a table, with what each column means under the pointer.
pub(crate) fn heading(ui: &mut Ui, columns: &[Column], titles: &[(&str, &str)]) {
    let (rect, _) = ui.allocate_exact_size(Vec2::new(ui.available_width(), 18.0), Sense::hover());
    for (index, (place, (title, help))) in places(rect, columns).into_iter().zip(titles).enumerate() {
        put(ui, place, columns[index].figures, title, theme::WEAK, theme::words(11.5));
        if !help.is_empty() {
            ui.interact(place, ui.id().with(("heading", index)), Sense::hover()).on_hover_text(*help);
        }
    }
}

/// A row. `badge` leaves room at the left of the first cell.
pub(crate) fn row(ui: &mut Ui, columns: &[Column], cells: &[Cell<'_>], height: f32, badge: f32) -> Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width(), height), Sense::click());
    if response.hovered() {
        ui.painter().rect_filled(rect, theme::CORNER, theme::faint(theme::HOVER, 0.4));
    }
    for (index, (mut place, (text, color))) in places(rect, columns).into_iter().zip(cells).enumerate() {
        if index == 0 {
            place.min.x += badge;
        }
        let font = if columns[index].figures { theme::digits(12.5) } else { theme::words(WORDS) };
        put(ui, place, columns[index].figures, text, *color, font);
    }
    response
}

/// The rectangles of columns within a row.
pub(crate) fn places(rect: Rect, columns: &[Column]) -> Vec<Rect> {
    let shares: f32 = columns.iter().map(|column| column.share).sum();
    let inner = rect.shrink2(Vec2::new(6.0, 0.0));
    let room = inner.width() - GUTTER * (columns.len().saturating_sub(1)) as f32;
    let mut left = inner.left();
    columns
        .iter()
        .map(|column| {
            let width = room * column.share / shares;
            let place = Rect::from_min_max(pos2(left, rect.top()), pos2(left + width, rect.bottom()));
            left += width + GUTTER;
            place
        })
        .collect()
}

/// The width of a column, in points, of a table that is drawn here.
pub(crate) fn width(ui: &Ui, columns: &[Column], index: usize) -> f32 {
    let row = Rect::from_min_size(ui.cursor().min, Vec2::new(ui.available_width(), 1.0));
    places(row, columns).get(index).map_or(0.0, Rect::width)
}

/// A name that gives way to the mark after it, so that the mark is never cut.
pub(crate) fn marked(ui: &Ui, name: &str, mark: &str, width: f32) -> String {
    let font = theme::words(WORDS);
    let taken = ui.painter().layout_no_wrap(mark.to_owned(), font.clone(), theme::TEXT).size().x;
    format!("{}{mark}", widgets::elided(ui.painter(), name, &font, width - taken))
}

fn put(ui: &Ui, place: Rect, right: bool, text: &str, color: Color32, font: FontId) {
    let mut job = LayoutJob::simple_singleline(text.to_owned(), font, color);
    // A word too long for its column ends in dots; a figure is never cut.
    if !right {
        job.wrap = TextWrapping::truncate_at_width(place.width());
    }
    let galley = ui.painter().layout_job(job);
    let (anchor, at) =
        if right { (Align2::RIGHT_CENTER, place.right_center()) } else { (Align2::LEFT_CENTER, place.left_center()) };
    let rect = anchor.anchor_size(at, galley.size());
    ui.painter().galley(rect.min, galley, color);
}
