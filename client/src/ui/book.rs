//! The book: asks above, the pool's price between, bids below; a click fills the ticket.

use crate::kit::{
    table::{self, Column, figures},
    theme, widgets,
};
use egui::{Align, Layout, Rect, RichText, Ui, pos2};
use outcry_desk::{
    text::{self, term::Term},
    view::book::{BookRow, BookView},
};
use outcry_engine::{Direction, Price, Side};

const COLUMNS: [Column; 3] = [figures(0.8), figures(1.2), figures(1.3)];
const ROW: f32 = 22.0;

/// What was clicked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Picked {
    /// The other side of the book.
    Side(Side),
    /// A level: its direction and price.
    Level(Direction, Price),
}

pub(super) fn panel(ui: &mut Ui, view: &BookView) -> Option<Picked> {
    let mut picked = header(ui, view);
    if ui.available_width() > 460.0 {
        ui.columns(2, |columns| {
            picked = picked.or(column(&mut columns[0], &view.bids, view.side, Direction::Buy));
            picked = picked.or(column(&mut columns[1], &view.asks, view.side, Direction::Sell));
        });
        return picked;
    }
    egui::ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        picked = picked.or(list(ui, &view.asks, view.side, Direction::Sell, true));
        pool_line(ui, view);
        picked = picked.or(list(ui, &view.bids, view.side, Direction::Buy, false));
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
    response.on_hover_text(Term::PoolPrice.help());
    ui.painter().hline(rect.x_range(), rect.center().y, egui::Stroke::new(1.0, theme::AMBER));
    let spread = view.spread.as_ref().map_or_else(String::new, |spread| format!(" · {} {spread}", Term::Spread.name()));
    let words = format!("{} {}{spread}", Term::PoolPrice.name(), view.pool);
    let galley = ui.painter().layout_no_wrap(words, theme::digits(12.0), theme::AMBER);
    let place = egui::Align2::CENTER_CENTER.anchor_size(rect.center(), galley.size());
    ui.painter().rect_filled(place.expand2(egui::vec2(8.0, 0.0)), theme::CORNER, theme::PANEL);
    ui.painter().galley(place.min, galley, theme::AMBER);
}

fn column(ui: &mut Ui, rows: &[BookRow], side: Side, direction: Direction) -> Option<Picked> {
    let scroll = egui::ScrollArea::vertical().id_salt(direction_name(direction)).auto_shrink([false, false]);
    heading(ui, direction);
    scroll.show(ui, |ui| rows_of(ui, rows, side, direction, false)).inner
}

fn list(ui: &mut Ui, rows: &[BookRow], side: Side, direction: Direction, reverse: bool) -> Option<Picked> {
    if direction == Direction::Sell {
        heading(ui, direction);
    }
    rows_of(ui, rows, side, direction, reverse)
}

fn heading(ui: &mut Ui, direction: Direction) {
    let title = match direction {
        Direction::Buy => text::ui::BIDS,
        Direction::Sell => text::ui::ASKS,
    };
    table::heading(
        ui,
        &COLUMNS,
        &[(title, ""), (Term::Size.name(), Term::Size.help()), (Term::Share.name(), Term::Share.help())],
    );
}

fn rows_of(ui: &mut Ui, rows: &[BookRow], side: Side, direction: Direction, reverse: bool) -> Option<Picked> {
    if rows.is_empty() {
        widgets::empty(ui, text::ui::no_orders(direction));
        return None;
    }
    ui.spacing_mut().item_spacing.y = 1.0;
    let mut picked = None;
    let ordered: Vec<&BookRow> = if reverse { rows.iter().rev().collect() } else { rows.iter().collect() };
    for row in ordered {
        if level(ui, row, side, direction) {
            picked = Some(Picked::Level(direction, row.price));
        }
    }
    picked
}

fn level(ui: &mut Ui, row: &BookRow, side: Side, direction: Direction) -> bool {
    let color = theme::direction(direction);
    let top = ui.cursor().min;
    let bar = Rect::from_min_max(top, pos2(top.x + ui.available_width() * row.cumulative, top.y + ROW));
    ui.painter().rect_filled(bar, egui::CornerRadius::same(2), theme::faint(color, 0.16));
    let own = row.own.as_deref().unwrap_or("");
    let cells = [(row.label.as_str(), color), (row.size.as_str(), theme::TEXT), (own, theme::AMBER)];
    let response = table::row(ui, &COLUMNS, &cells, ROW, 0.0).on_hover_text(text::ui::CLICK_LEVEL);
    let name = format!("book.{}.{}.{}", side.name().to_lowercase(), direction_name(direction), row.price.0);
    widgets::note(ui, name, &response);
    response.clicked()
}

const fn direction_name(direction: Direction) -> &'static str {
    match direction {
        Direction::Buy => "bid",
        Direction::Sell => "ask",
    }
}
