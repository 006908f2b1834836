//! Recent trades.

use crate::kit::{
    table::{self, Column, figures, words},
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
    table::heading(ui, columns, &titles[..columns.len()]);
    ui.spacing_mut().item_spacing.y = 1.0;
    egui::ScrollArea::vertical().auto_shrink([false, false]).show_rows(ui, ROW, rows.len(), |ui, range| {
        for row in &rows[range] {
            line(ui, row, columns);
        }
    });
}

fn line(ui: &mut Ui, row: &TapeRow, columns: &[Column]) {
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
    let top = ui.cursor().min;
    if row.own {
        let stripe = Rect::from_min_size(top, Vec2::new(3.0, ROW));
        ui.painter().rect_filled(stripe, egui::CornerRadius::same(1), theme::AMBER);
    }
    table::row(ui, columns, &cells[..columns.len()], ROW, 0.0);
}
