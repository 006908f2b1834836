//! Every parameter as a validated field, presets, files.

use super::{HostDraft, fields, rounds};
use crate::{
    action::Action,
    model::Model,
    text::host as words,
    ui::{theme, widgets},
};
use egui::{Align, Layout, RichText, Ui};
use outcry_engine::params::Group;
use outcry_shared::{
    config::presets,
    message::{HostAct, HostState},
    phase::Phase,
};

const GROUPS: [Group; 5] = [Group::Event, Group::Resolution, Group::Money, Group::Curve, Group::Matching];

pub(super) fn panel(ui: &mut Ui, model: &Model, state: &HostState, draft: &mut HostDraft) -> Vec<Action> {
    let mut actions = files(ui, draft);
    let open = matches!(model.phase(), Phase::Draft | Phase::Lobby);
    let footer = 64.0;
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
    actions.extend(apply(ui, model, state, draft, open));
    actions
}

/// Presets, save and load.
fn files(ui: &mut Ui, draft: &mut HostDraft) -> Vec<Action> {
    let mut actions = Vec::new();
    ui.horizontal_wrapped(|ui| {
        let shown = egui::ComboBox::from_id_salt("host preset")
            .selected_text(words::PRESETS)
            .width(210.0)
            .height(420.0)
            .show_ui(ui, |ui| {
                for preset in presets() {
                    let response = ui.selectable_label(false, preset.label).on_hover_text(preset.about);
                    widgets::note(ui, format!("host.preset.{}", preset.id), &response);
                    if response.clicked() {
                        draft.start_from(&preset.config, true);
                    }
                }
            });
        widgets::note(ui, "host.presets", &shown.response);
        if widgets::button(ui, "host.load", words::LOAD).on_hover_text(words::LOAD_HELP).clicked() {
            actions.push(Action::LoadConfig);
        }
        let config = draft.form.as_ref().and_then(|form| form.checked().config.as_ref());
        let save = ui.add_enabled_ui(config.is_some(), |ui| widgets::button(ui, "host.save", words::SAVE)).inner;
        if let Some(config) = config.filter(|_| save.clicked()) {
            actions.push(Action::SaveConfig { file_name: words::file_name(&config.name), text: config.to_json() });
        }
    });
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
fn apply(ui: &mut Ui, model: &Model, state: &HostState, draft: &mut HostDraft, open: bool) -> Vec<Action> {
    let mut actions = Vec::new();
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        let Some(form) = &draft.form else { return };
        let checked = form.checked();
        summary(ui, checked.errors.len(), &checked.warnings);
        let same = checked.config.as_deref() == Some(&state.config);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.set_max_width((ui.available_width() - 4.0).min(360.0));
            let ready = open && checked.config.is_some() && !same;
            let label = if same { words::IN_FORCE } else { words::APPLY };
            if widgets::primary(ui, "host.apply", label, theme::AMBER, ready).clicked()
                && let Some(config) = &checked.config
            {
                actions.push(Action::Host(HostAct::Configure(config.clone())));
            }
        });
    });
    let last = model.host.last(|act| matches!(act, HostAct::Configure(_)));
    if let Some(Err(reason)) = last.and_then(|reply| reply.result.as_ref()) {
        ui.label(RichText::new(reason).color(theme::LOSS));
    }
    if !actions.is_empty() {
        draft.edited = false;
    }
    actions
}

fn summary(ui: &mut Ui, errors: usize, warnings: &[outcry_engine::Warning]) {
    if errors > 0 {
        ui.label(RichText::new(words::errors(errors)).color(theme::LOSS));
        return;
    }
    if warnings.is_empty() {
        ui.label(RichText::new(words::ALL_FINE).color(theme::GAIN));
        return;
    }
    let all: Vec<&str> = warnings.iter().map(|warning| warning.text.as_str()).collect();
    ui.label(RichText::new(words::warnings(warnings.len())).color(theme::AMBER)).on_hover_text(all.join("\n"));
}
