//! Cash, positions, open orders and "if X wins".

use crate::kit::{
    explain::Explain,
    table::{Cell, Column, Row, Table, figures, words},
    theme, widgets,
};
use egui::{Rect, Response, RichText, Sides, Ui, Vec2};
use outcry_desk::{
    action::Action,
    text::{self, term::Term},
    view::{
        portfolio::{OrderRow, PortfolioView, PositionRow},
        receipts::{Mark, ReceiptRow},
        scenario::ScenarioRow,
    },
};
use outcry_engine::{OutcomeId, Side};

const ROW: f32 = 24.0;
/// Height of a line of words, which is lower than a button, in points.
const LINE: f32 = 20.0;
/// Panels narrower than this are on a phone, in points.
const NARROW: f32 = 460.0;
const SCENARIOS: [Column; 5] = [words(1.7), figures(1.1), figures(1.2), figures(2.2), figures(0.7)];
const SCENARIOS_NARROW: [Column; 4] = [words(1.4), figures(0.95), figures(1.1), figures(0.75)];

/// Everything the portfolio shows.
pub(super) struct Shown<'a> {
    pub view: &'a PortfolioView,
    pub wins: &'a [ScenarioRow],
    pub leaves: &'a [ScenarioRow],
    pub receipts: &'a [ReceiptRow],
}

/// A holding that is to be sold.
type Sold = Option<(OutcomeId, Side)>;

pub(super) fn panel(ui: &mut Ui, shown: &Shown<'_>) -> (Vec<Action>, Sold) {
    egui::ScrollArea::vertical()
        .auto_shrink([false, false])
        .show(ui, |ui| {
            cash(ui, shown.view);
            let sold = positions(ui, shown.view);
            ui.add_space(4.0);
            let actions = orders(ui, &shown.view.orders);
            ui.add_space(4.0);
            receipts(ui, shown.receipts);
            ui.add_space(4.0);
            scenarios(ui, Term::IfWins, shown.wins);
            if !shown.leaves.is_empty() {
                ui.add_space(4.0);
                scenarios(ui, Term::IfLeaves, shown.leaves);
            }
            (actions, sold)
        })
        .inner
}

fn cash(ui: &mut Ui, view: &PortfolioView) {
    let cash = &view.cash;
    let list = [
        (Term::Value, &cash.value, theme::AMBER),
        (Term::Pnl, &cash.pnl, theme::gain(cash.pnl_sign)),
        (Term::Balance, &cash.balance, theme::TEXT),
        (Term::Locked, &cash.locked, theme::TEXT),
    ];
    if ui.available_width() >= NARROW {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 22.0;
            list.iter().for_each(|(term, value, color)| widgets::stat(ui, *term, *value, *color));
        });
        return;
    }
    for row in list.chunks(2) {
        ui.columns(2, |columns| {
            for (column, (term, value, color)) in columns.iter_mut().zip(row) {
                widgets::stat(column, *term, *value, *color);
            }
        });
    }
}

/// Every holding in words, with what sells it.
fn positions(ui: &mut Ui, view: &PortfolioView) -> Sold {
    if let Some(words) = &view.nothing {
        widgets::empty(ui, words);
        return None;
    }
    let mut sold = None;
    for row in &view.positions {
        sold = if position(ui, row) { Some((row.outcome, row.side)) } else { sold };
    }
    sold
}

fn name(row: &PositionRow) -> String {
    format!("position.{}.{}", row.outcome.0, row.side.name().to_lowercase())
}

/// What it is and is worth, what it cost and gained; beside them, or on a phone below, what sells it, if that was pressed.
fn position(ui: &mut Ui, row: &PositionRow) -> bool {
    let wide = ui.available_width() >= NARROW;
    widgets::card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        if !wide {
            token(ui, row);
            widgets::weak(ui, &row.words);
            return Sides::new().show(ui, |ui| sale(ui, row), |ui| gain(ui, row)).0;
        }
        let holding = |ui: &mut Ui| {
            ui.vertical(|ui| {
                token(ui, row);
                let words = |ui: &mut Ui| widgets::weak(ui, &row.words);
                Sides::new().height(LINE).shrink_left().show(ui, words, |ui| gain(ui, row));
            })
        };
        Sides::new().shrink_left().spacing(12.0).show(ui, holding, |ui| sale(ui, row)).1
    })
}

fn sale(ui: &mut Ui, row: &PositionRow) -> bool {
    row.sale.as_ref().is_some_and(|sale| widgets::button(ui, &name(row), sale).clicked())
}

fn token(ui: &mut Ui, row: &PositionRow) {
    let token = RichText::new(text::token(row.side, &row.name)).size(15.0).color(theme::side(row.side));
    let named = |ui: &mut Ui| {
        widgets::badge(ui, row.outcome, 18.0, true);
        ui.add(egui::Label::new(token).truncate())
    };
    Sides::new().height(LINE).shrink_left().show(ui, named, |ui| widgets::figure(ui, &row.value, 15.0, theme::TEXT));
}

fn gain(ui: &mut Ui, row: &PositionRow) {
    widgets::figure(ui, &row.open, 13.0, theme::gain(row.open_sign));
}

/// Name and help of a term, as a heading takes them.
const fn term(term: Term) -> (&'static str, &'static str) {
    (term.name(), term.help())
}

fn badged(shown: &mut Row<'_, '_, '_>, cells: &[Cell<'_>], outcome: OutcomeId) -> Response {
    shown.cells(cells, 24.0, |painter, place| {
        let badge = Rect::from_min_size(place.min + Vec2::new(4.0, 3.0), Vec2::splat(18.0));
        widgets::paint_badge(painter, badge, outcome, true);
    })
}

fn orders(ui: &mut Ui, rows: &[OrderRow]) -> Vec<Action> {
    let mut actions = Vec::new();
    let ((), all) = Sides::new().show(
        ui,
        |ui| widgets::section(ui, text::ui::OPEN_ORDERS),
        |ui| rows.len() > 1 && widgets::button(ui, "orders.cancelall", text::ui::CANCEL_ALL).clicked(),
    );
    if all {
        actions.push(Action::CancelAll);
    }
    if rows.is_empty() {
        widgets::weak(ui, text::ui::NO_ORDERS);
    }
    for row in rows {
        let resting = |ui: &mut Ui| {
            widgets::badge(ui, row.outcome, 18.0, true);
            order(ui, row);
        };
        let cancel = format!("orders.cancel.{}", row.id.0);
        let cancel = |ui: &mut Ui| widgets::button(ui, &cancel, text::ui::CANCEL);
        let ((), cancel) = Sides::new().shrink_left().show(ui, resting, cancel);
        if cancel.clicked() {
            actions.push(Action::Cancel(row.id));
        }
    }
    actions
}

fn order(ui: &mut Ui, row: &OrderRow) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.add(egui::Label::new(RichText::new(&row.words).color(theme::side(row.side))).truncate());
        if let Some(filled) = &row.filled {
            ui.label(RichText::new(filled).size(12.0).color(theme::WEAK));
        }
        if row.auto_fill {
            let mark = RichText::new(Term::AutoFill.name()).size(12.0).color(theme::AMBER);
            ui.label(mark).explained(Term::AutoFill.help());
        }
    });
}

/// Orders sent from here, each with every part of its fill under the pointer or when tapped.
fn receipts(ui: &mut Ui, rows: &[ReceiptRow]) {
    widgets::section(ui, text::receipt::TITLE);
    if rows.is_empty() {
        ui.add(egui::Label::new(RichText::new(text::receipt::NONE).color(theme::WEAK)).wrap());
    }
    for row in rows {
        let (mark, color) = match row.mark {
            Mark::Waiting => ("…", theme::AMBER),
            Mark::Good => ("✔", theme::GAIN),
            Mark::Bad => ("✖", theme::LOSS),
            Mark::Gone => ("•", theme::WEAK),
        };
        widgets::card(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            ui.spacing_mut().interact_size.y = 18.0;
            ui.horizontal_wrapped(|ui| {
                widgets::badge(ui, row.outcome, 16.0, true);
                ui.label(RichText::new(&row.words).color(theme::side(row.side)));
                ui.label(RichText::new(format!("{mark} {}", row.stage)).size(13.0).color(color));
            });
            for line in &row.lines {
                ui.add(egui::Label::new(RichText::new(line).size(12.5).color(theme::WEAK)).wrap());
            }
        });
    }
}

fn scenarios(ui: &mut Ui, what: Term, rows: &[ScenarioRow]) {
    if rows.is_empty() {
        return;
    }
    let narrow = ui.available_width() < NARROW;
    let columns: &[Column] = if narrow { &SCENARIOS_NARROW } else { &SCENARIOS };
    let cash = if what == Term::IfWins { Term::FinalCash } else { Term::Value };
    let titles = [term(what), term(Term::Payout), term(cash), term(Term::Pnl), term(Term::RankThen)];
    let titles = if narrow { vec![titles[0], titles[1], titles[2], titles[4]] } else { titles.to_vec() };
    let table = Table { id: what.name(), columns, titles: &titles, row: ROW, scrolls: false };
    table.show(ui, rows.len(), |shown, index| {
        let row = &rows[index];
        let color = theme::gain(row.pnl_sign);
        let all = [
            (row.name.as_str(), theme::TEXT),
            (row.payout.as_str(), theme::TEXT),
            (row.cash.as_str(), if narrow { color } else { theme::TEXT }),
            (row.pnl.as_str(), color),
            (row.rank.as_str(), theme::AMBER),
        ];
        let cells = if narrow { vec![all[0], all[1], all[2], all[4]] } else { all.to_vec() };
        badged(shown, &cells, row.outcome);
    });
}
