//! The leaderboard; one's own row always.

use super::{
    table::{self, Column, figures, words},
    theme, widgets,
};
use crate::{
    text::{self, term::Term},
    view::leaders::LeaderView,
};
use egui::{Rect, Ui, Vec2};

const COLUMNS: [Column; 5] = [figures(0.5), words(2.2), figures(1.5), figures(1.1), figures(0.8)];
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
    table::heading(ui, &COLUMNS, &titles);
    egui::ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        for row in rows {
            line(ui, row);
        }
    });
}

fn line(ui: &mut Ui, row: &LeaderView) {
    if row.you {
        let place = Rect::from_min_size(ui.cursor().min, Vec2::new(ui.available_width(), ROW));
        ui.painter().rect_filled(place, theme::CORNER, theme::faint(theme::AMBER, 0.14));
    }
    let color = if row.you { theme::AMBER } else { theme::TEXT };
    let name = text::lobby::person(&row.name, row.you, row.bot);
    let cells = [
        (row.rank.as_str(), theme::WEAK),
        (name.as_str(), color),
        (row.value.as_str(), theme::TEXT),
        (row.gain.as_str(), theme::gain(row.gain_sign)),
        (row.trades.as_str(), theme::WEAK),
    ];
    table::row(ui, &COLUMNS, &cells, ROW, 0.0);
}
