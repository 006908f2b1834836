//! The book: asks above, the pool's price between, bids below; a click fills the ticket.

use super::depth;
use crate::kit::{
    explain::Explain,
    table::{self, Column, Row, Table, figures},
    theme, widgets,
};
use egui::{Align, Layout, Rect, RichText, Ui};
use outcry_desk::{
    text::{self, term::Term},
    view::book::{BookRow, BookView},
};
use outcry_engine::{Direction, Price, Side};

const COLUMNS: [Column; 3] = [figures(0.8), figures(1.2), figures(1.3)];
const ROW: f32 = 22.0;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Picked {
    /// The other side of the book.
    Side(Side),
    /// A level: its direction and price.
    Level(Direction, Price),
}

pub(super) fn panel(ui: &mut Ui, view: &BookView) -> Option<Picked> {
    let mut picked = header(ui, view);
    let half = |direction, turned| {
        let rows = if direction == Direction::Buy { &view.bids } else { &view.asks };
        Half { rows, side: view.side, direction, turned }
    };
    if ui.available_width() > 460.0 {
        let levels = view.bids.len().max(view.asks.len()).max(1) as f32;
        let all = ui.available_height();
        let listed = (table::HEAD + levels * ROW + theme::GAP).min((all * 0.6).max(all - depth::TALLEST));
        let size = egui::vec2(ui.available_width(), if all - listed < depth::LEAST { all } else { listed });
        ui.allocate_ui(size, |ui| {
            ui.set_min_height(size.y);
            ui.columns(2, |columns| {
                picked = picked.or(half(Direction::Buy, false).show(&mut columns[0], true));
                picked = picked.or(half(Direction::Sell, false).show(&mut columns[1], true));
            });
        });
        if size.y < all {
            depth::draw(ui, view);
        }
        return picked;
    }
    egui::ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        picked = picked.or(half(Direction::Sell, true).show(ui, false));
        pool_line(ui, view);
        picked = picked.or(half(Direction::Buy, false).show(ui, false));
    });
    picked
}

fn header(ui: &mut Ui, view: &BookView) -> Option<Picked> {
    let mut picked = None;
    ui.spacing_mut().interact_size.y = ui.spacing().interact_size.y.min(36.0);
    ui.horizontal(|ui| {
        widgets::badge(ui, view.outcome, 20.0, true);
        ui.label(RichText::new(&view.name).size(15.0));
        ui.scope(|ui| {
            ui.set_max_width(120.0);
            let sides = Side::BOTH.map(|side| (side, side.name().to_owned(), theme::side(side)));
            picked = widgets::segments(ui, "book.side", view.side, &sides).map(Picked::Side);
        });
        if ui.available_width() < 240.0 {
            return;
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if let Some(spread) = &view.spread {
                widgets::figure(ui, spread, 12.5, theme::TEXT);
                widgets::label(ui, Term::Spread);
            }
            widgets::figure(ui, &view.pool, 12.5, theme::AMBER);
            widgets::label(ui, Term::PoolPrice);
        });
    });
    picked
}

fn pool_line(ui: &mut Ui, view: &BookView) {
    let (rect, response) = ui.allocate_exact_size(egui::vec2(ui.available_width(), 22.0), egui::Sense::hover());
    response.explained(Term::PoolPrice.help());
    ui.painter().hline(rect.x_range(), rect.center().y, egui::Stroke::new(1.0, theme::AMBER));
    let spread = view.spread.as_ref().map_or_else(String::new, |spread| format!(" · {} {spread}", Term::Spread.name()));
    let words = format!("{} {}{spread}", Term::PoolPrice.name(), view.pool);
    let galley = ui.painter().layout_no_wrap(words, theme::digits(12.0), theme::AMBER);
    let place = egui::Align2::CENTER_CENTER.anchor_size(rect.center(), galley.size());
    ui.painter().rect_filled(place.expand2(egui::vec2(8.0, 0.0)), theme::CORNER, theme::PANEL);
    ui.painter().galley(place.min, galley, theme::AMBER);
}

/// One direction of the book; `turned` has the best price last.
struct Half<'a> {
    rows: &'a [BookRow],
    side: Side,
    direction: Direction,
    turned: bool,
}

impl Half<'_> {
    /// With a head and rows that scroll below it, or within what scrolls as a whole.
    fn show(&self, ui: &mut Ui, scrolls: bool) -> Option<Picked> {
        let title = match self.direction {
            Direction::Buy => text::ui::BIDS,
            Direction::Sell => text::ui::ASKS,
        };
        let titles = [(title, ""), (Term::Size.name(), Term::Size.help()), (Term::Share.name(), Term::Share.help())];
        let id = direction_name(self.direction);
        let table =
            Table { id, columns: &COLUMNS, titles: &titles, row: ROW, scrolls: scrolls && !self.rows.is_empty() };
        let mut picked = None;
        ui.scope(|ui| {
            if self.rows.is_empty() {
                ui.spacing_mut().item_spacing.y = 1.0;
            }
            table.show(ui, self.rows.len(), |shown, index| {
                let index = if self.turned { self.rows.len() - 1 - index } else { index };
                if self.level(shown, &self.rows[index]) {
                    picked = Some(Picked::Level(self.direction, self.rows[index].price));
                }
            });
            if self.rows.is_empty() {
                widgets::empty(ui, text::ui::no_orders(self.direction));
            }
        });
        picked
    }

    fn level(&self, shown: &mut Row<'_, '_, '_>, row: &BookRow) -> bool {
        let color = theme::direction(self.direction);
        let own = row.own.as_deref().unwrap_or("");
        let cells = [(row.label.as_str(), color), (row.size.as_str(), theme::TEXT), (own, theme::AMBER)];
        let mut clip = Rect::NOTHING;
        let response = shown.cells(&cells, 0.0, |painter, place| {
            clip = painter.clip_rect();
            let bar = place.with_max_x(place.left() + place.width() * row.cumulative);
            painter.rect_filled(bar, egui::CornerRadius::same(2), theme::faint(color, 0.16));
        });
        let response = response.on_hover_text(text::ui::CLICK_LEVEL);
        let (side, direction) = (self.side.name().to_lowercase(), direction_name(self.direction));
        widgets::note_within(clip, format!("book.{side}.{direction}.{}", row.price.0), &response);
        response.clicked()
    }
}

const fn direction_name(direction: Direction) -> &'static str {
    match direction {
        Direction::Buy => "bid",
        Direction::Sell => "ask",
    }
}
