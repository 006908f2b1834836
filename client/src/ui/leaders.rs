//! The leaderboard; one's own row always.

use crate::kit::{
    table::{self, Column, HEAD, Row, Table, figures, words},
    theme, widgets,
};
use egui::{Ui, Vec2};
use outcry_desk::{
    text::{self, term::Term},
    view::leaders::{LeaderView, Leaders},
};

const COLUMNS: [Column; 5] = [figures(0.5), words(2.2), figures(1.5), figures(1.1), figures(0.8)];
/// Without the number of trades, below [`NARROW`]; and without the gain, which says no more than the value where everybody
/// began with the same, if a name would be cut for it.
const COLUMNS_NARROW: [Column; 4] = [figures(0.35), words(1.9), figures(1.6), figures(1.2)];
const NAMES_FIRST: [Column; 3] = [figures(0.35), words(1.9), figures(1.6)];
/// Panels narrower than this leave out the number of trades, in points.
const NARROW: f32 = 380.0;
const ROW: f32 = 26.0;
/// Height of the line that says how many more there are, in points.
const MORE: f32 = 20.0;

pub(super) fn panel(ui: &mut Ui, leaders: &Leaders) {
    let rows = leaders.rows.as_slice();
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
    let columns = columns(ui, rows, &titles);
    let columns = columns.as_slice();
    // One's own row is always seen: below the others, when it is not among the first that fit.
    let fit = |height: f32| ((height - HEAD) / (ROW + 1.0)).floor() as usize;
    let mut height = ui.available_height();
    let cut = leaders.others > 0 || fit(height) < rows.len();
    height -= if cut { MORE } else { 0.0 };
    let own = rows.iter().skip(fit(height)).find(|row| row.you);
    height -= if own.is_some() { ROW + 8.0 } else { 0.0 };
    // No row is cut in half.
    let whole = fit(height).max(1);
    if whole < rows.len() {
        height = HEAD + whole as f32 * (ROW + 1.0);
    }
    let width = table::width(ui, columns, 1);
    let names: Vec<String> =
        rows.iter().map(|row| table::marked(ui, &row.name, text::lobby::mark(row.you, row.bot), width)).collect();
    let table = Table { id: "leaders", columns, titles: &titles[..columns.len()], row: ROW, scrolls: true };
    let room = ui.available_width();
    let below = ui.allocate_ui(Vec2::new(room, height), |ui| {
        table.show(ui, rows.len(), |shown, index| line(shown, &rows[index], &names[index]))
    });
    // One's own row is seen twice once its place is scrolled to.
    let unseen = rows.iter().rev().take(below.inner).filter(|row| own.is_none() || !row.you).count();
    if let Some(row) = own {
        let name = table::marked(ui, &row.name, text::lobby::mark(row.you, row.bot), width);
        let below = Table { id: "own leader", titles: &[], scrolls: false, ..table };
        ui.allocate_ui(Vec2::new(room, ROW), |ui| below.show(ui, 1, |shown, _| line(shown, row, &name)));
    }
    if let Some(more) = text::ui::and_more(unseen + leaders.others) {
        widgets::weak(ui, more);
    }
}

/// Of many people, names of other lengths come and go: all of them decide, not those that are in sight.
fn columns(ui: &Ui, rows: &[LeaderView], titles: &[(&str, &str)]) -> Vec<Column> {
    if ui.available_width() >= NARROW {
        return COLUMNS.to_vec();
    }
    let cells = |row: &LeaderView| [row.rank.clone(), String::new(), row.value.clone(), row.gain.clone()];
    let whole = table::fitted(ui, COLUMNS_NARROW, titles, rows.iter().map(cells));
    let fits = |row: &LeaderView| table::named(ui, &row.name, text::lobby::mark(row.you, row.bot)) <= whole[1].share;
    if rows.iter().all(fits) {
        return whole.to_vec();
    }
    let cells = |row: &LeaderView| [row.rank.clone(), String::new(), row.value.clone()];
    table::fitted(ui, NAMES_FIRST, titles, rows.iter().map(cells)).to_vec()
}

fn line(shown: &mut Row<'_, '_, '_>, row: &LeaderView, name: &str) {
    let color = if row.you { theme::AMBER } else { theme::TEXT };
    let cells = [
        (row.rank.as_str(), theme::WEAK),
        (name, color),
        (row.value.as_str(), theme::TEXT),
        (row.gain.as_str(), theme::gain(row.gain_sign)),
        (row.trades.as_str(), theme::WEAK),
    ];
    shown.cells(&cells, 0.0, |painter, place| {
        if row.you {
            painter.rect_filled(place, theme::CORNER, theme::faint(theme::AMBER, 0.14));
        }
    });
}
