//! The leaderboard; one's own row always.

use crate::kit::{
    table::{self, Column, figures, words},
    theme, widgets,
};
use egui::{Rect, Ui, Vec2};
use outcry_desk::{
    text::{self, term::Term},
    view::leaders::LeaderView,
};

const COLUMNS: [Column; 5] = [figures(0.5), words(2.2), figures(1.5), figures(1.1), figures(0.8)];
/// Without the number of trades, below [`NARROW`].
const COLUMNS_NARROW: [Column; 4] = [figures(0.35), words(1.9), figures(1.6), figures(1.2)];
/// Panels narrower than this leave out the number of trades, in points.
const NARROW: f32 = 320.0;
const ROW: f32 = 26.0;

pub(super) fn panel(ui: &mut Ui, rows: &[LeaderView]) {
    if rows.is_empty() {
        widgets::empty(ui, text::ui::NO_LEADERS);
        return;
    }
    let titles = [
        ("#", Term::Rank.help()),
        (text::ui::PLAYER, ""),
        (Term::Value.name(), Term::Value.help()),
        (Term::Gain.name(), Term::Gain.help()),
        (Term::Trades.name(), Term::Trades.help()),
    ];
    let columns: &[Column] = if ui.available_width() < NARROW { &COLUMNS_NARROW } else { &COLUMNS };
    table::heading(ui, columns, &titles[..columns.len()]);
    ui.spacing_mut().item_spacing.y = 1.0;
    // One's own row is always seen: below the others, when it is not among the first that fit.
    let fit = (ui.available_height() / (ROW + 1.0)).floor() as usize;
    let own = rows.iter().skip(fit).find(|row| row.you);
    let height = ui.available_height() - if own.is_some() { ROW + 8.0 } else { 0.0 };
    egui::ScrollArea::vertical().auto_shrink([false, false]).max_height(height).show(ui, |ui| {
        for row in rows {
            line(ui, row, columns);
        }
    });
    if let Some(row) = own {
        ui.add_space(6.0);
        line(ui, row, columns);
    }
}

fn line(ui: &mut Ui, row: &LeaderView, columns: &[Column]) {
    if row.you {
        let place = Rect::from_min_size(ui.cursor().min, Vec2::new(ui.available_width(), ROW));
        ui.painter().rect_filled(place, theme::CORNER, theme::faint(theme::AMBER, 0.14));
    }
    let color = if row.you { theme::AMBER } else { theme::TEXT };
    let name = table::marked(ui, &row.name, text::lobby::mark(row.you, row.bot), table::width(ui, columns, 1));
    let cells = [
        (row.rank.as_str(), theme::WEAK),
        (name.as_str(), color),
        (row.value.as_str(), theme::TEXT),
        (row.gain.as_str(), theme::gain(row.gain_sign)),
        (row.trades.as_str(), theme::WEAK),
    ];
    table::row(ui, columns, &cells[..columns.len()], ROW, 0.0);
}
