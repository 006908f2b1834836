//! Recent trades, newest first.

use crate::kit::{
    table::{Column, Row, Table, figures, words},
    theme, widgets,
};
use egui::{Rect, Ui, Vec2};
use outcry_desk::{text, view::tape::TapeRow};

const WIDE: [Column; 7] = [figures(0.6), words(1.6), words(0.5), figures(0.8), figures(1.0), words(2.0), words(1.2)];
const NARROW: [Column; 5] = [figures(0.7), words(1.6), words(0.6), figures(0.9), figures(1.1)];
const ROW: f32 = 22.0;

pub(super) fn panel(ui: &mut Ui, rows: &[TapeRow]) {
    if rows.is_empty() {
        widgets::empty(ui, text::ui::NO_TRADES);
        return;
    }
    let wide = ui.available_width() > 460.0;
    let columns: &[Column] = if wide { &WIDE } else { &NARROW };
    let titles = text::ui::TAPE_COLUMNS.map(|title| (title, ""));
    let table = Table { id: "tape", columns, titles: &titles[..columns.len()], row: ROW, scrolls: true };
    table.show(ui, rows.len(), |shown, index| line(shown, &rows[index]));
}

fn line(shown: &mut Row<'_, '_, '_>, row: &TapeRow) {
    let color = if row.own { theme::AMBER } else { theme::TEXT };
    let cells = [
        (row.time.as_str(), theme::WEAK),
        (row.name.as_str(), color),
        (row.side.name(), theme::side(row.side)),
        (row.price.as_str(), theme::TEXT),
        (row.size.as_str(), theme::TEXT),
        (row.who.as_str(), color),
        (row.kind, theme::WEAK),
    ];
    shown.cells(&cells, 0.0, |painter, place| {
        if row.own {
            let stripe = Rect::from_min_size(place.min, Vec2::new(3.0, ROW));
            painter.rect_filled(stripe, egui::CornerRadius::same(1), theme::AMBER);
        }
    });
}
