//! Fields of the configuration: label, value, range, and what is wrong right below.

use crate::kit::{theme, widgets};
use egui::{Color32, RichText, Stroke, TextEdit, Ui, Vec2};
use outcry_desk::{host::ConfigForm, text::host as words};
use outcry_engine::params::{Field, FieldKind};
use outcry_shared::config::{Group, Wording, parameters};

/// The session's own fields. Returns whether something changed.
pub(super) fn session(ui: &mut Ui, form: &mut ConfigForm) -> bool {
    let mut changed = false;
    rows_from_top(ui, |ui| {
        changed |= cell(ui, 420.0, |ui| {
            label(ui, words::SESSION_NAME, "", words::SESSION_NAME_HELP);
            let bad = form.errors("name").next().is_some();
            let response = edit(ui, "name", &mut form.name, 400.0, bad, true);
            problems(ui, form, "name");
            response
        });
        changed |= cell(ui, 420.0, |ui| {
            label(ui, words::QUESTION, "", words::QUESTION_HELP);
            let bad = form.errors("question").next().is_some();
            let response = edit(ui, "question", &mut form.question, 400.0, bad, true);
            problems(ui, form, "question");
            response
        });
        changed |= cell(ui, 200.0, |ui| {
            label(ui, words::SLIPPAGE, "1–100", words::SLIPPAGE_HELP);
            let bad = form.errors("default_slippage_percent").next().is_some();
            let response = edit(ui, "default_slippage_percent", &mut form.slippage, 120.0, bad, true);
            problems(ui, form, "default_slippage_percent");
            response
        });
    });
    changed
}

/// Names of the outcomes, each at its badge.
pub(super) fn names(ui: &mut Ui, form: &mut ConfigForm) -> bool {
    let mut changed = false;
    label(ui, words::OUTCOME_NAMES, "", words::OUTCOME_NAMES_HELP);
    let ids: Vec<_> = form.outcomes().map(|(id, _)| id).collect();
    rows_from_top(ui, |ui| {
        for id in ids {
            let field = format!("outcome_names[{}]", id.0);
            changed |= cell(ui, 196.0, |ui| {
                let bad = form.errors(&field).next().is_some();
                let inner = ui.horizontal(|ui| {
                    widgets::badge(ui, id, 24.0, true);
                    edit(ui, &field, &mut form.outcome_names[id.index()], 150.0, bad, true)
                });
                problems(ui, form, &field);
                inner.inner
            });
        }
    });
    problems(ui, form, "outcome_names");
    changed
}

/// Every plain field of a group.
pub(super) fn group(ui: &mut Ui, form: &mut ConfigForm, group: Group, wide: bool) -> bool {
    let mut changed = false;
    let width = if wide { (ui.available_width() - 32.0) / 3.0 } else { ui.available_width() };
    let list: Vec<_> = parameters(group).filter(|(field, _)| field.kind != FieldKind::List).collect();
    for row in list.chunks(if wide { 3 } else { 1 }) {
        ui.horizontal_top(|ui| {
            for (field, wording) in row {
                changed |= cell(ui, width, |ui| one(ui, form, field, wording));
            }
        });
    }
    changed
}

/// Cells side by side, wrapped, each row aligned at its top: an error below one moves no other.
fn rows_from_top(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    let layout = egui::Layout::left_to_right(egui::Align::Min).with_main_wrap(true);
    // The height is that of the first row; it grows with what is in it.
    ui.allocate_ui_with_layout(Vec2::new(ui.available_width(), 0.0), layout, add);
}

/// A cell of fixed width; returns whether its field changed.
fn cell(ui: &mut Ui, width: f32, add: impl FnOnce(&mut Ui) -> bool) -> bool {
    let width = width.min(ui.clip_rect().width() - 36.0);
    // Asked for by size, so that a cell which does not fit begins a new line.
    ui.allocate_ui_with_layout(Vec2::new(width, 52.0), egui::Layout::top_down(egui::Align::Min), |ui| {
        ui.set_width(width);
        ui.spacing_mut().item_spacing.y = 2.0;
        add(ui)
    })
    .inner
}

fn one(ui: &mut Ui, form: &mut ConfigForm, field: &Field, wording: &Wording) -> bool {
    let mut changed = false;
    let bad = form.errors(field.name).next().is_some();
    label(ui, &words::labelled(wording.label, wording.symbol), wording.range, wording.help);
    if let Some(text) = form.values.get_mut(field.name) {
        changed = match field.kind {
            FieldKind::Number => edit(ui, field.name, text, 140.0, bad, true),
            FieldKind::Switch => switch(ui, field.name, text),
            FieldKind::Choice(choices) => choose(ui, field.name, text, choices),
            FieldKind::List => false,
        };
    }
    problems(ui, form, field.name);
    changed
}

fn label(ui: &mut Ui, name: &str, range: &str, help: &str) {
    ui.allocate_ui_with_layout(
        Vec2::new(ui.available_width(), 18.0),
        egui::Layout::left_to_right(egui::Align::Center),
        |ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            ui.label(RichText::new(name).size(13.0).color(theme::TEXT)).on_hover_text(help);
            ui.label(RichText::new(range).size(11.0).color(theme::WEAK)).on_hover_text(help);
        },
    );
}

/// A line to type in, red when it is wrong.
pub(super) fn edit(ui: &mut Ui, name: &str, text: &mut String, width: f32, bad: bool, mono: bool) -> bool {
    let height = theme::control_height(ui) - 4.0;
    let width = width.min(ui.available_width());
    let font = if mono { theme::digits(13.5) } else { theme::words(14.0) };
    let response = ui
        .scope(|ui| {
            if bad {
                let widgets = &mut ui.visuals_mut().widgets;
                widgets.inactive.bg_stroke = Stroke::new(1.5, theme::LOSS);
                widgets.hovered.bg_stroke = widgets.inactive.bg_stroke;
            }
            let edit = TextEdit::singleline(text)
                .font(font)
                .margin(egui::Margin::symmetric(8, 2))
                .vertical_align(egui::Align::Center);
            ui.add_sized(Vec2::new(width, height), edit)
        })
        .inner;
    widgets::note(ui, format!("field.{name}"), &response);
    response.changed()
}

fn switch(ui: &mut Ui, name: &str, text: &mut String) -> bool {
    let mut on = text.trim() == "true";
    let label = if on { words::ON } else { words::OFF };
    let response = widgets::check(ui, &format!("field.{name}"), &mut on, label);
    if response.changed() {
        *text = on.to_string();
    }
    response.changed()
}

fn choose(ui: &mut Ui, name: &str, text: &mut String, choices: &[&str]) -> bool {
    let mut changed = false;
    ui.horizontal(|ui| {
        for choice in choices {
            let response = ui.selectable_label(text.trim() == *choice, *choice);
            widgets::note(ui, format!("field.{name}.{choice}"), &response);
            if response.clicked() {
                *text = (*choice).to_owned();
                changed = true;
            }
        }
    });
    changed
}

/// What is wrong with a field, and what costs the maker.
pub(super) fn problems(ui: &mut Ui, form: &ConfigForm, field: &str) {
    let mut say = |words: String, color: Color32| {
        ui.add(egui::Label::new(RichText::new(words).size(12.0).color(color)).wrap());
    };
    for error in form.errors(field) {
        say(words::violation(error), theme::LOSS);
    }
    for warning in form.checked().warnings.iter().filter(|warning| warning.field == field) {
        say(format!("⚠ {}", warning.text), theme::AMBER);
    }
}
