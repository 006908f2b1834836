//! Every parameter as a validated field, presets, files.

use super::{fields, rounds};
use crate::kit::{theme, widgets};
use egui::{RichText, Sides, Ui};
use outcry_desk::{
    action::Action,
    host::{Checked, HostDraft},
    model::Model,
    text::host as words,
};
use outcry_shared::{
    config::{Group, presets},
    message::{HostAct, HostState},
    phase::Phase,
};

const GROUPS: [Group; 5] = [Group::Event, Group::Resolution, Group::Money, Group::Curve, Group::Matching];

pub(super) fn panel(ui: &mut Ui, model: &Model, state: &HostState, draft: &mut HostDraft) -> Vec<Action> {
    let mut actions = files(ui, draft);
    let open = matches!(model.phase(), Phase::Draft | Phase::Lobby);
    let width = ui.available_width();
    let footer = if width < NARROW { 80.0 } else { 56.0 };
    let height = (ui.available_height() - footer).max(120.0);
    let scroll = egui::ScrollArea::vertical().auto_shrink([false, false]).max_height(height);
    scroll.show(ui, |ui| {
        for error in &draft.file_errors {
            widgets::callout(ui, theme::LOSS, words::file_error(error));
        }
        if !open {
            widgets::callout(ui, theme::AMBER, words::CLOSED);
        }
        ui.add_enabled_ui(open, |ui| form(ui, draft));
    });
    actions.extend(apply(ui, model, state, draft, (open, width)));
    actions
}

/// Presets, save and load.
fn files(ui: &mut Ui, draft: &mut HostDraft) -> Vec<Action> {
    if ui.available_width() < NARROW {
        preset_choice(ui, draft);
        return ui.horizontal(|ui| save_and_load(ui, draft)).inner;
    }
    let row = ui.horizontal(|ui| {
        preset_choice(ui, draft);
        save_and_load(ui, draft)
    });
    row.inner
}

/// Forms narrower than this stack what stands side by side elsewhere, in points.
const NARROW: f32 = 460.0;

fn preset_choice(ui: &mut Ui, draft: &mut HostDraft) {
    let choice = egui::ComboBox::from_id_salt("host preset").selected_text(words::PRESETS).width(210.0).height(420.0);
    let shown = choice.show_ui(ui, |ui| {
        for preset in presets() {
            let response = ui.selectable_label(false, preset.label).on_hover_text(preset.about);
            widgets::note(ui, format!("host.preset.{}", preset.id), &response);
            if response.clicked() {
                draft.start_from(&preset.config, true);
            }
        }
    });
    widgets::note(ui, "host.presets", &shown.response);
}

fn save_and_load(ui: &mut Ui, draft: &HostDraft) -> Vec<Action> {
    let mut actions = Vec::new();
    if widgets::button(ui, "host.load", words::LOAD).on_hover_text(words::LOAD_HELP).clicked() {
        actions.push(Action::LoadConfig);
    }
    let config = draft.form.as_ref().and_then(|form| form.checked().config.as_ref());
    let save = ui.add_enabled_ui(config.is_some(), |ui| widgets::button(ui, "host.save", words::SAVE)).inner;
    if let Some(config) = config.filter(|_| save.clicked()) {
        actions.push(Action::SaveConfig { file_name: words::file_name(&config.name), text: config.to_json() });
    }
    actions
}

fn form(ui: &mut Ui, draft: &mut HostDraft) {
    let Some(form) = &mut draft.form else { return };
    let mut changed = false;
    let wide = ui.available_width() > 720.0;
    for group in GROUPS {
        ui.add_space(4.0);
        widgets::section(ui, words::group(group));
        if group == Group::Event {
            changed |= fields::session(ui, form);
            changed |= fields::names(ui, form);
        }
        changed |= fields::group(ui, form, group, wide);
        if group == Group::Resolution {
            changed |= rounds::list(ui, form);
        }
    }
    if changed {
        form.check();
        draft.edited = true;
    }
}

/// Errors and warnings counted, and the button.
fn apply(
    ui: &mut Ui,
    model: &Model,
    state: &HostState,
    draft: &mut HostDraft,
    (open, width): (bool, f32),
) -> Vec<Action> {
    ui.set_max_width(width);
    let Some(form) = &draft.form else { return vec![] };
    let checked = form.checked();
    let same = checked.config.as_deref() == Some(&state.config);
    let button = |ui: &mut Ui| {
        let ready = open && !same;
        let label = if same { words::IN_FORCE } else { words::APPLY };
        let config = checked.config.as_ref().filter(|_| ready);
        let pressed = widgets::primary(ui, "host.apply", label, theme::AMBER, config.is_some()).clicked();
        let config = config.filter(|_| pressed);
        config.map(|config| Action::Host(HostAct::Configure(config.clone())))
    };
    ui.add_space(4.0);
    let action = if width < NARROW {
        summary(ui, checked);
        with_width(ui, width, button)
    } else {
        Sides::new().show(ui, |ui| summary(ui, checked), |ui| with_width(ui, 360.0, button)).1
    };
    let last = model.host().last(|act| matches!(act, HostAct::Configure(_)));
    if let Some(Err(reason)) = last.and_then(|reply| reply.result.as_ref()) {
        ui.label(RichText::new(reason).color(theme::LOSS));
    }
    if same {
        draft.edited = false;
    }
    action.into_iter().collect()
}

fn with_width<R>(ui: &mut Ui, width: f32, add: impl FnOnce(&mut Ui) -> R) -> R {
    let size = egui::vec2(width, ui.available_height().min(48.0));
    ui.allocate_ui(size, |ui| {
        ui.set_max_width(width);
        add(ui)
    })
    .inner
}

/// Width of what the warnings say, in points.
const WARNINGS_WIDTH: f32 = 320.0;

fn summary(ui: &mut Ui, checked: &Checked) {
    if !checked.errors.is_empty() {
        ui.label(RichText::new(words::errors(checked.errors.len())).color(theme::LOSS));
        return;
    }
    if checked.warnings.is_empty() {
        ui.label(RichText::new(words::ALL_FINE).color(theme::GAIN));
        return;
    }
    let title = RichText::new(words::warnings(checked.warnings.len())).color(theme::AMBER);
    let menu = ui.menu_button(title, |ui| {
        ui.set_max_width(WARNINGS_WIDTH);
        for warning in &checked.warnings {
            ui.add(egui::Label::new(&warning.text).wrap());
        }
    });
    widgets::note(ui, "host.warnings", &menu.response);
}
