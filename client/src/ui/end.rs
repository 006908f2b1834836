//! The end: who won, everyone's result, one's own statement, charts.

use super::{chart, state::Results};
use crate::kit::{
    explain::Explain,
    table::{self, Column, Row, Table, figures, words},
    theme, widgets,
};
use egui::{RichText, Sides, Ui};
use outcry_desk::{
    action::Action,
    keepsake::Keepsake,
    text::{self, end as said, lobby::mark, term::Term},
    view::end::{EndView, RankRow, StatementLine, name_places},
};

const WIDE: [Column; 7] =
    [figures(0.4), words(2.3), figures(1.4), figures(1.4), figures(1.0), figures(0.8), figures(0.9)];
const NARROW: [Column; 4] = [figures(0.4), words(1.6), figures(1.3), figures(1.2)];
const ROW: f32 = 26.0;
/// The key of a row that is the gas paid.
const GAS: usize = 5;

/// Whether everything is shown.
pub(super) enum All<'a> {
    /// There is room for it.
    Always,
    /// As the person wants it: else the floor has the screen.
    Of(&'a mut Results),
}

/// `keeps`: whether a result can be kept as a picture here.
pub(super) fn panel(
    ui: &mut Ui,
    view: &EndView,
    maker: &[(Term, Vec<[f64; 2]>)],
    mut all: All<'_>,
    keeps: bool,
) -> Vec<Action> {
    let mut actions = Vec::new();
    let drawn = egui::ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        let phone = matches!(all, All::Of(_));
        let size = if phone { 18.0 } else { 26.0 };
        ui.add(egui::Label::new(RichText::new(&view.headline).size(size).strong().color(theme::AMBER)).wrap());
        if phone {
            drawn(ui, view, (16.0, 13.5));
        }
        if let Some(own) = &view.own {
            let folded = matches!(&all, All::Of(results) if !results.open);
            result(ui, own, &view.why, folded);
        }
        let mut shown = true;
        let buttons = |ui: &mut Ui| {
            if let All::Of(results) = &mut all {
                let words = if results.open { said::TO_THE_FLOOR } else { said::ALL_RESULTS };
                results.open ^= widgets::button(ui, "end.all", words).clicked();
                shown = results.open;
            }
            let own = view.own.as_ref().filter(|_| keeps);
            let kept = own.filter(|_| widgets::button(ui, "end.keep", said::KEEP).clicked());
            actions.extend(kept.map(|own| Action::Keep(Box::new(own.clone()))));
        };
        if phone || keeps {
            ui.horizontal(buttons);
        }
        if !shown {
            return;
        }
        if !phone {
            drawn(ui, view, (22.0, 15.0));
        }
        if let Some(best) = &view.best_human {
            widgets::weak(ui, best);
        }
        rankings(ui, view);
        if !view.statement.is_empty() {
            ui.add_space(8.0);
            statement(ui, &view.statement);
        }
        ui.add_space(8.0);
        widgets::section(ui, said::MAKER);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 24.0;
            for (term, value) in &view.maker {
                widgets::stat(ui, *term, value, theme::TEXT);
            }
        });
        chart::maker(ui, maker, 220.0);
    });
    if let All::Of(results) = all {
        let height = drawn.content_size.y;
        if !results.open && (height - results.height).abs() > 0.5 {
            // The floor makes room for it in the next frame.
            results.height = height;
            ui.request_repaint();
        }
    }
    actions
}

/// What was drawn, which is another thing than who has won: the sizes of its letter and of its words.
fn drawn(ui: &mut Ui, view: &EndView, (letter, words): (f32, f32)) {
    ui.scope(|ui| {
        ui.spacing_mut().interact_size.y = letter;
        ui.horizontal(|ui| {
            widgets::badge(ui, view.winner, letter, true);
            ui.add(egui::Label::new(RichText::new(&view.drawn).size(words)).wrap());
        });
    });
}

/// One's own result, and why it came to that: where there is little room, how much went in and came back.
fn result(ui: &mut Ui, own: &Keepsake, why: &[String], folded: bool) {
    widgets::card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.spacing_mut().interact_size.y = 28.0;
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(&own.place).size(22.0).strong());
            widgets::figure(ui, &own.gain, 20.0, theme::gain(own.sign));
        });
        for said in why.iter().take(if folded { 1 } else { usize::MAX }) {
            ui.add(egui::Label::new(RichText::new(said).size(14.0).color(theme::TEXT)).wrap());
        }
        if let Some(best) = own.best.as_ref().filter(|_| !folded || why.is_empty()) {
            ui.label(RichText::new(format!("{}: {best}", own.best_words)).size(14.0).color(theme::TEXT));
        }
    });
}

fn rankings(ui: &mut Ui, view: &EndView) {
    // Names have the room of a column that says nothing.
    let gas = view.rankings.iter().any(|row| row.keys[GAS] != 0);
    let wide = if gas { &WIDE[..] } else { &WIDE[..WIDE.len() - 1] };
    let columns: &[Column] = if ui.available_width() < 460.0 { &NARROW } else { wide };
    widgets::section(ui, said::RANKINGS);
    let titles = [
        ("#", ""),
        (text::ui::PLAYER, ""),
        (said::BALANCE, Term::Balance.help()),
        (Term::Pnl.name(), Term::Pnl.help()),
        (Term::Gain.name(), Term::Gain.help()),
        (Term::Trades.name(), Term::Trades.help()),
        (Term::Gas.name(), Term::Gas.help()),
    ];
    let width = table::width(ui, columns, 1);
    let rows = &view.rankings;
    let names: Vec<String> =
        rows.iter().map(|row| table::marked(ui, &row.name, mark(row.you, row.bot), width)).collect();
    let table = Table { id: "rankings", columns, titles: &titles[..columns.len()], row: ROW, scrolls: false };
    let places = name_places(rows);
    let key = |row: usize, column: usize| match column {
        0 => rows[row].keys[0],
        1 => -places[row],
        figure => rows[row].keys[figure - 1],
    };
    table.show_sorted(ui, rows.len(), key, |shown, index| rank(shown, &rows[index], &names[index]));
    if !view.gas.is_empty() {
        widgets::weak(ui, &view.gas);
    }
}

fn rank(shown: &mut Row<'_, '_, '_>, row: &RankRow, name: &str) {
    let color = if row.you || row.rank <= 3 { theme::AMBER } else { theme::TEXT };
    let rank = row.rank.to_string();
    let gain = theme::gain(row.pnl_sign);
    let cells = [
        (rank.as_str(), color),
        (name, color),
        (row.balance.as_str(), theme::TEXT),
        (row.pnl.as_str(), gain),
        (row.gain.as_str(), gain),
        (row.trades.as_str(), theme::WEAK),
        (row.gas.as_str(), theme::WEAK),
    ];
    shown.cells(&cells, 0.0, |painter, place| {
        if row.you {
            painter.rect_filled(place, theme::CORNER, theme::faint(theme::AMBER, 0.14));
        }
    });
}

/// Every line to the micro: it adds up, and one can check it.
fn statement(ui: &mut Ui, lines: &[StatementLine]) {
    widgets::section(ui, said::STATEMENT);
    widgets::card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.spacing_mut().interact_size.y = 20.0;
        for line in lines {
            if line.sum {
                ui.separator();
            }
            let color = if line.sum { theme::AMBER } else { theme::TEXT };
            let words = RichText::new(line.words).color(if line.sum { theme::AMBER } else { theme::WEAK });
            let amount = |ui: &mut Ui| widgets::figure(ui, &line.amount, 13.0, color);
            let (_, amount) = Sides::new().show(ui, |ui| ui.label(words), amount);
            amount.explained(&said::exactly(&line.exact));
        }
    });
}
