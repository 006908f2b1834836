//! Columns that stay where they are: widths in shares, figures right-aligned in digits; a head that stays in sight, and
//! rows in the order of a column whose title is clicked.

use super::{explain::Explain, theme, widgets};
use egui::{
    Align2, Color32, CursorIcon, FontId, Id, Painter, Rect, Response, Sense, Ui, UiBuilder, Vec2,
    text::{LayoutJob, TextWrapping},
};
use egui_extras::{TableBuilder, TableRow};
use outcry_desk::text::names::ISOLATE;

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

/// Distance between columns, and from the edges of a row to its words, in points.
const GUTTER: f32 = 10.0;
const EDGE: f32 = 6.0;
/// Distance between rows, in points.
const GAP: f32 = 1.0;
/// Height of the titles, and of the head with the space below it, in points.
const TITLES: f32 = 18.0;
pub(crate) const HEAD: f32 = TITLES + theme::GAP - GAP;
/// Size of words, of figures and of titles, in points.
const WORDS: f32 = 13.5;
const FIGURES: f32 = 12.5;
const TITLE: f32 = 11.5;

#[derive(Clone, Copy, Debug)]
pub(crate) struct Table<'a> {
    /// Tells it apart from others of its panel.
    pub id: &'static str,
    pub columns: &'a [Column],
    /// The title of each column, and what it means; empty for a table without a head.
    pub titles: &'a [(&'a str, &'a str)],
    /// Height of a row, in points.
    pub row: f32,
    /// Whether its rows scroll by themselves, in all the room there is.
    pub scrolls: bool,
}

/// The order that a click on a title asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Order {
    column: usize,
    /// The largest first, as the first click has it.
    down: bool,
}

impl Table<'_> {
    /// Shows so many rows, in the order that they have. Returns how many are below what is in sight.
    pub(crate) fn show(&self, ui: &mut Ui, count: usize, mut add: impl FnMut(&mut Row<'_, '_, '_>, usize)) -> usize {
        self.draw(ui, count, None, &mut add)
    }

    /// Shows rows in the order of the column whose title was clicked last; the same title again turns it around.
    /// `key` is what a row has in a column.
    pub(crate) fn show_sorted(
        &self,
        ui: &mut Ui,
        count: usize,
        key: impl Fn(usize, usize) -> i64,
        mut add: impl FnMut(&mut Row<'_, '_, '_>, usize),
    ) {
        let id = ui.id().with((self.id, "order"));
        let order = ui.data(|data| data.get_temp::<Order>(id)).filter(|order| order.column < self.columns.len());
        let rows = ordered(count, order, key);
        self.draw(ui, count, Some((id, order)), &mut |row, index| add(row, rows[index]));
    }

    fn draw(
        &self,
        ui: &mut Ui,
        count: usize,
        sorting: Option<(Id, Option<Order>)>,
        add: &mut dyn FnMut(&mut Row<'_, '_, '_>, usize),
    ) -> usize {
        let whole = ui.available_rect_before_wrap();
        let widths = widths(whole.width(), self.columns);
        ui.scope_builder(UiBuilder::new().id_salt(self.id).max_rect(whole.shrink2(Vec2::new(EDGE, 0.0))), |ui| {
            ui.spacing_mut().item_spacing = Vec2::new(GUTTER, GAP);
            ui.visuals_mut().widgets.hovered.bg_fill = theme::faint(theme::HOVER, 0.4);
            let mut table = TableBuilder::new(ui)
                .id_salt(self.id)
                // Tab stops at titles that order the rows. What a row does is done elsewhere by keys.
                .sense(if sorting.is_some() { Sense::click() } else { Sense::CLICK })
                .vscroll(self.scrolls)
                .auto_shrink([false, !self.scrolls])
                .min_scrolled_height(0.0)
                .max_scroll_height(f32::INFINITY);
            // What is painted under a row begins in its first cell and goes on beneath the others.
            for width in widths {
                table = table.column(egui_extras::Column::exact(width).clip(false));
            }
            let rows = |body: egui_extras::TableBody<'_>| {
                body.rows(self.row, count, |mut inner| {
                    let index = inner.index();
                    add(&mut Row { inner: &mut inner, columns: self.columns, width: whole.width() }, index);
                });
            };
            let shown = if self.titles.is_empty() {
                table.body(rows)
            } else {
                table.header(HEAD, |mut head| self.head(&mut head, sorting)).body(rows)
            };
            let seen = (shown.state.offset.y + shown.inner_rect.height() + GAP) / (self.row + GAP);
            // By rounding alone no row is out of sight.
            count.saturating_sub((seen + 0.1).floor() as usize)
        })
        .inner
    }

    fn head(&self, head: &mut TableRow<'_, '_>, sorting: Option<(Id, Option<Order>)>) {
        for (index, (column, (title, help))) in self.columns.iter().zip(self.titles).enumerate() {
            let order = sorting.and_then(|(_, order)| order).filter(|order| order.column == index);
            let mut clip = Rect::NOTHING;
            let (_, response) = head.col(|ui| {
                clip = ui.clip_rect();
                let place = ui.max_rect();
                let place = place.with_max_y(place.top() + TITLES);
                let mark = order.map_or("", |order| if order.down { " ▼" } else { " ▲" });
                let color = if order.is_some() { theme::AMBER } else { theme::WEAK };
                put(ui.painter(), place, column.figures, &format!("{title}{mark}"), color, theme::words(TITLE));
                if sorting.is_none() && !help.is_empty() {
                    ui.interact(place, ui.id().with("help"), Sense::CLICK).explained(help);
                }
            });
            // A press on a title that orders the rows orders them.
            let hovers = sorting.is_some() && !help.is_empty();
            let response = if hovers { response.on_hover_text(*help) } else { response };
            let Some((id, _)) = sorting else { continue };
            widgets::note_within(clip, format!("{}.{index}", self.id), &response);
            let response = response.on_hover_cursor(CursorIcon::PointingHand);
            if response.clicked() {
                let next = Order { column: index, down: order.is_none_or(|order| !order.down) };
                response.ctx.data_mut(|data| data.insert_temp(id, next));
            }
        }
    }
}

/// A row being drawn.
pub(crate) struct Row<'r, 'a, 'b> {
    inner: &'r mut TableRow<'a, 'b>,
    columns: &'r [Column],
    width: f32,
}

impl Row<'_, '_, '_> {
    /// Its cells over what is painted `under` them in the whole of the row. `badge` leaves room at the left of the
    /// first cell.
    pub(crate) fn cells(&mut self, cells: &[Cell<'_>], badge: f32, under: impl FnOnce(&Painter, Rect)) -> Response {
        let mut under = Some(under);
        for (column, (text, color)) in self.columns.iter().zip(cells) {
            let first = under.take();
            self.inner.col(|ui| {
                let mut place = ui.max_rect();
                if let Some(under) = first {
                    let corner = place.min - Vec2::new(EDGE, 0.0);
                    under(ui.painter(), Rect::from_min_size(corner, Vec2::new(self.width, place.height())));
                    place.min.x += badge;
                }
                let font = if column.figures { theme::digits(FIGURES) } else { theme::words(WORDS) };
                put(ui.painter(), place, column.figures, text, *color, font);
            });
        }
        self.inner.response()
    }
}

/// So many rows in an order; equal ones stay as they were.
fn ordered(count: usize, order: Option<Order>, key: impl Fn(usize, usize) -> i64) -> Vec<usize> {
    let mut rows: Vec<usize> = (0..count).collect();
    if let Some(Order { column, down }) = order {
        rows.sort_by_key(|row| if down { -key(*row, column) } else { key(*row, column) });
    }
    rows
}

/// What is left for the columns of a table so wide.
fn room(width: f32, columns: usize) -> f32 {
    width - 2.0 * EDGE - GUTTER * columns.saturating_sub(1) as f32
}

/// The widths of columns that share so much.
fn widths(width: f32, columns: &[Column]) -> Vec<f32> {
    let shares: f32 = columns.iter().map(|column| column.share).sum();
    let room = room(width, columns.len());
    columns.iter().map(|column| room * column.share / shares).collect()
}

/// The same columns where room is dear: figures are as wide as the widest of them and their title, words share the rest.
pub(crate) fn fitted<const N: usize>(
    ui: &Ui,
    columns: [Column; N],
    titles: &[(&str, &str)],
    rows: impl Iterator<Item = [String; N]>,
) -> [Column; N] {
    let wide = |text: &str, font| ui.painter().layout_no_wrap(text.to_owned(), font, theme::TEXT).size().x;
    let mut needs = [0.0_f32; N];
    for (need, (title, _)) in needs.iter_mut().zip(titles) {
        *need = wide(title, theme::words(TITLE));
    }
    for cells in rows {
        for (need, cell) in needs.iter_mut().zip(&cells) {
            *need = need.max(wide(cell, theme::digits(FIGURES)));
        }
    }
    let room = room(ui.available_width(), N);
    let taken: f32 = columns.iter().zip(needs).filter(|(column, _)| column.figures).map(|(_, need)| need).sum();
    let shares: f32 = columns.iter().filter(|column| !column.figures).map(|column| column.share).sum();
    let share = |(column, need): (Column, f32)| {
        let words = (room - taken).max(0.0) * column.share / shares.max(f32::MIN_POSITIVE);
        Column { share: if column.figures { need } else { words }, ..column }
    };
    std::array::from_fn(|index| share((columns[index], needs[index])))
}

/// What a name with its mark takes, in points.
pub(crate) fn named(ui: &Ui, name: &str, mark: &str) -> f32 {
    ui.painter().layout_no_wrap(format!("{name}{mark}"), theme::words(WORDS), theme::TEXT).size().x
}

/// The width of a column, in points, of a table that is drawn here.
pub(crate) fn width(ui: &Ui, columns: &[Column], index: usize) -> f32 {
    widths(ui.available_width(), columns).get(index).copied().unwrap_or(0.0)
}

/// A name that gives way to the mark after it, so that the mark is never cut.
pub(crate) fn marked(ui: &Ui, name: &str, mark: &str, width: f32) -> String {
    let font = theme::words(WORDS);
    let taken = ui.painter().layout_no_wrap(mark.to_owned(), font.clone(), theme::TEXT).size().x;
    format!("{}{mark}", widgets::elided(ui.painter(), name, &font, width - taken))
}

fn put(painter: &Painter, place: Rect, right: bool, text: &str, color: Color32, font: FontId) {
    // egui would cut a word from right to left where it begins.
    let cut = !right && text.contains(ISOLATE);
    let text = if cut { widgets::elided(painter, text, &font, place.width()) } else { text.to_owned() };
    let mut job = LayoutJob::simple_singleline(text, font, color);
    // A word too long for its column ends in dots; a figure is never cut.
    if !right {
        job.wrap = TextWrapping::truncate_at_width(place.width());
    }
    let galley = painter.layout_job(job);
    let (anchor, at) =
        if right { (Align2::RIGHT_CENTER, place.right_center()) } else { (Align2::LEFT_CENTER, place.left_center()) };
    let rect = anchor.anchor_size(at, galley.size());
    painter.galley(rect.min, galley, color);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_in_the_order_of_a_column_and_equal_ones_as_they_were() {
        let figures = [[1, 5], [2, 7], [3, 5], [4, -1]];
        let check = |order: Option<(usize, bool)>, expected: [usize; 4]| {
            let order = order.map(|(column, down)| Order { column, down });
            assert_eq!(ordered(4, order, |row, column| figures[row][column]), expected, "{order:?}");
        };
        check(None, [0, 1, 2, 3]);
        check(Some((0, true)), [3, 2, 1, 0]);
        check(Some((1, true)), [1, 0, 2, 3]);
        check(Some((1, false)), [3, 0, 2, 1]);
    }
}
