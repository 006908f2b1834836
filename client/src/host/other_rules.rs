//! The same orders under other rules, beside the market's own figures.

use crate::kit::{
    table::{Column, Row, Table, figures, words},
    theme, widgets,
};
use egui::{Label, RichText, Ui};
use outcry_desk::text::rules as said;
use outcry_shared::message::{Shadow, ShadowRow};

/// A rule's name, then figures and what differs.
const COLUMNS: [Column; 5] = [words(1.3), figures(0.9), figures(1.4), figures(1.7), figures(1.2)];
const ROW: f32 = 26.0;
/// Narrower than this, a rule is a line of words instead of a row, in points.
const NARROW: f32 = 420.0;

pub(super) fn section(ui: &mut Ui, shadow: &Shadow) {
    widgets::section(ui, said::TITLE);
    if shadow.rows.is_empty() || shadow.ticks == 0 {
        widgets::weak(ui, said::WAITING);
        return;
    }
    widgets::weak(ui, said::lead(shadow));
    if ui.available_width() < NARROW {
        return shadow.rows.iter().for_each(|row| line(ui, row));
    }
    let table = Table { id: "other-rules", columns: &COLUMNS, titles: &said::COLUMNS, row: ROW, scrolls: false };
    table.show(ui, shadow.rows.len(), |shown, index| row(shown, &shadow.rows[index]));
}

fn row(shown: &mut Row<'_, '_, '_>, row: &ShadowRow) {
    let color = if row.stopped.is_some() { theme::WEAK } else { theme::TEXT };
    let cells = said::cells(row);
    shown.cells(&cells.each_ref().map(|cell| (cell.as_str(), color)), 0.0, |_, _| {});
}

fn line(ui: &mut Ui, row: &ShadowRow) {
    let [name, rest] = said::line(row);
    ui.label(RichText::new(name).color(theme::TEXT));
    ui.add(Label::new(RichText::new(rest).size(12.0).color(theme::WEAK)).wrap());
    ui.add_space(4.0);
}
