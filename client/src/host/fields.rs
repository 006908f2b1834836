//! Fields of the configuration: label, value, range, and what is wrong right below.

use crate::kit::{explain::Explain, field, theme, widgets};
use egui::{Align, Color32, Id, RichText, Stroke, Ui, Vec2};
use outcry_desk::{
    host::{ConfigForm, SIMPLE},
    text::host as words,
};
use outcry_engine::params::{Field, FieldKind};
use outcry_shared::config::{Group, Wording, parameters};

/// What the evening is called and is about. Returns whether something changed.
pub(super) fn session(ui: &mut Ui, form: &mut ConfigForm) -> bool {
    let mut changed = false;
    let lines =
        [("name", words::SESSION_NAME, words::SESSION_NAME_HELP), ("question", words::QUESTION, words::QUESTION_HELP)];
    for (field, title, help) in lines {
        changed |= cell(ui, f32::INFINITY, |ui| {
            label(ui, title, "", help);
            let bad = form.errors(field).next().is_some();
            let text = if field == "name" { &mut form.name } else { &mut form.question };
            let changed = edit(ui, (field, title), text, f32::INFINITY, bad, false);
            problems(ui, form, field);
            changed
        });
    }
    changed
}

/// The parameters that a host in a hurry sets.
pub(super) fn simple(ui: &mut Ui, form: &mut ConfigForm) -> bool {
    let mut changed = false;
    rows_from_top(ui, |ui| {
        for (field, wording) in [Group::Event, Group::Resolution].into_iter().flat_map(parameters) {
            if SIMPLE.contains(&field.name) {
                changed |= cell(ui, 140.0, |ui| one(ui, form, field, wording));
            }
        }
    });
    changed
}

/// What tickets start with.
pub(super) fn slippage(ui: &mut Ui, form: &mut ConfigForm) -> bool {
    cell(ui, f32::INFINITY, |ui| {
        label(ui, words::SLIPPAGE, "1–100", words::SLIPPAGE_HELP);
        let bad = form.errors("default_slippage_percent").next().is_some();
        let changed = edit(ui, ("default_slippage_percent", words::SLIPPAGE), &mut form.slippage, 120.0, bad, true);
        problems(ui, form, "default_slippage_percent");
        changed
    })
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
                    edit(ui, (&field, words::OUTCOME_NAMES), &mut form.outcome_names[id.index()], 150.0, bad, true)
                });
                problems(ui, form, &field);
                inner.inner
            });
        }
    });
    problems(ui, form, "outcome_names");
    changed
}

/// Every other plain field of a group, in as many columns as there is room for.
pub(super) fn group(ui: &mut Ui, form: &mut ConfigForm, group: Group) -> bool {
    let mut changed = false;
    let columns = if ui.available_width() > TWO_COLUMNS { 2 } else { 1 };
    let width = (ui.available_width() - 16.0 * (columns - 1) as f32) / columns as f32;
    let plain = |field: &Field| field.kind != FieldKind::List && !SIMPLE.contains(&field.name);
    let list: Vec<_> = parameters(group).filter(|(field, _)| plain(field)).collect();
    for row in list.chunks(columns) {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 16.0;
            for (field, wording) in row {
                changed |= cell(ui, width, |ui| one(ui, form, field, wording));
            }
        });
    }
    changed
}

/// Forms wider than this have two columns, in points.
const TWO_COLUMNS: f32 = 440.0;

/// Where the field is noted that is sought.
fn sought() -> Id {
    Id::new("host's field that is sought")
}

/// Asks for a field to be shown and typed in, once it is drawn.
pub(super) fn seek(ui: &Ui, field: String) {
    ui.data_mut(|data| data.insert_temp(sought(), field));
}

/// Whether this field is the one that is sought: once.
fn finds(ui: &Ui, field: &str) -> bool {
    ui.data_mut(|data| {
        let found = data.get_temp::<String>(sought()).is_some_and(|sought| sought == field);
        if found {
            data.remove::<String>(sought());
        }
        found
    })
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
            FieldKind::Number => edit(ui, (field.name, wording.label), text, 140.0, bad, true),
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
            ui.label(RichText::new(name).size(13.0).color(theme::TEXT)).explained(help);
            ui.label(RichText::new(range).size(11.0).color(theme::WEAK)).explained(help);
        },
    );
}

/// A line to type in, red when it is wrong.
pub(super) fn edit(
    ui: &mut Ui,
    (name, label): (&str, &str),
    text: &mut String,
    width: f32,
    bad: bool,
    mono: bool,
) -> bool {
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
            let name = &format!("field.{name}");
            let about = field::About { name, label, kind: field::Kind::Text, limit: usize::MAX };
            field::show(ui, &about, text, Vec2::new(width, height), |edit| {
                edit.font(font).margin(egui::Margin::symmetric(8, 2)).vertical_align(egui::Align::Center)
            })
        })
        .inner;
    if finds(ui, name) {
        response.scroll_to_me(Some(Align::Center));
        response.request_focus();
    }
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
        let shown = ui.add(egui::Label::new(RichText::new(words).size(13.0).color(color)).wrap());
        // Of what is no line to type in, what is wrong with it is shown.
        if finds(ui, field) {
            shown.scroll_to_me(Some(Align::Center));
        }
    };
    for error in form.errors(field) {
        say(words::violation(error), theme::LOSS);
    }
    for warning in form.checked().warnings.iter().filter(|warning| warning.field == field) {
        say(format!("⚠ {}", warning.text), theme::AMBER);
    }
}
