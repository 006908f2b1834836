//! The depth of a book: all that rests up to each price, bids from the left, asks from the right, the pool's price between.

use crate::kit::theme;
use egui::{Align2, CornerRadius, Rect, Sense, Stroke, Ui, pos2, vec2};
use outcry_desk::{
    text::term::Term,
    view::book::{BookRow, BookView},
};
use outcry_engine::Direction;

/// Lower than this it says nothing; higher it says no more. In points.
pub(super) const LEAST: f32 = 70.0;
pub(super) const TALLEST: f32 = 260.0;
/// Room beside the first and the last price, 0 to 1.
const ASIDE: f64 = 0.05;
/// Height of the words under it, in points.
const WORDS: f32 = 18.0;

/// Fills what is left of a panel.
pub(super) fn draw(ui: &mut Ui, view: &BookView) {
    let size = vec2(ui.available_width(), ui.available_height().min(TALLEST));
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let words = format!("{} {}", Term::PoolPrice.name(), view.pool);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Label, true, &words));
    let prices = || view.bids.iter().chain(&view.asks).map(|row| row.price.as_f64()).chain([view.spot]);
    let low = (prices().fold(1.0, f64::min) - ASIDE).max(0.0);
    let high = (prices().fold(0.0, f64::max) + ASIDE).min(1.0);
    let area = rect.with_max_y(rect.bottom() - WORDS);
    let x = |price: f64| area.left() + ((price - low) / (high - low).max(1e-6)) as f32 * area.width();
    let painter = ui.painter();
    painter.rect_filled(area, theme::CORNER, theme::INK.gamma_multiply(0.6));
    for (rows, direction, end) in [(&view.bids, Direction::Buy, low), (&view.asks, Direction::Sell, high)] {
        let color = theme::direction(direction);
        for (index, row) in rows.iter().enumerate() {
            let next = rows.get(index + 1).map_or(end, |row: &BookRow| row.price.as_f64());
            let top = area.bottom() - row.cumulative * (area.height() - 6.0);
            let (here, there) = (x(row.price.as_f64()), x(next));
            let step = Rect::from_two_pos(pos2(here, top), pos2(there, area.bottom()));
            painter.rect_filled(step, CornerRadius::ZERO, theme::faint(color, 0.22));
            painter.hline(step.x_range(), top, Stroke::new(1.5, color));
        }
    }
    let pool = x(view.spot);
    painter.vline(pool, area.y_range(), Stroke::new(1.5, theme::AMBER));
    let label = painter.layout_no_wrap(words.clone(), theme::words(12.0), theme::AMBER);
    let left = (pool - label.size().x / 2.0).clamp(rect.left(), (rect.right() - label.size().x).max(rect.left()));
    let taken = Rect::from_min_size(pos2(left, area.bottom() + 2.0), label.size());
    painter.galley(taken.min, label, theme::AMBER);
    for (price, align, at) in [(low, Align2::LEFT_TOP, rect.left()), (high, Align2::RIGHT_TOP, rect.right())] {
        let words = painter.layout_no_wrap(format!("{:.0}¢", price * 100.0), theme::digits(12.0), theme::WEAK);
        let place = align.anchor_size(pos2(at, area.bottom() + 2.0), words.size());
        if !place.intersects(taken) {
            painter.galley(place.min, words, theme::WEAK);
        }
    }
}
