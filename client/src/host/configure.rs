//! The configuration: presets, then what a host in a hurry sets, then everything else; or its rehearsal in their place.

use super::{fields, presets, rehearsal, rounds};
use crate::kit::{theme, widgets};
use egui::{RichText, Ui, Vec2};
use outcry_desk::{
    action::Action,
    host::{Checked, HostDraft},
    model::Model,
    text::host as words,
    view::rehearsal::Shown,
};
use outcry_shared::{
    config::Group,
    message::{HostAct, HostState},
    phase::Phase,
};

const GROUPS: [Group; 5] = [Group::Event, Group::Resolution, Group::Money, Group::Curve, Group::Matching];
/// Height that is kept below the form for what is wrong and for the button, in points.
const FOOTER: f32 = 112.0;

pub(super) fn panel(ui: &mut Ui, model: &Model, state: &HostState, draft: &mut HostDraft) -> Vec<Action> {
    let open = matches!(model.phase(), Phase::Draft | Phase::Lobby);
    let inside = ui.available_rect_before_wrap();
    let (above, below) = inside.split_top_bottom_at_y(inside.bottom() - FOOTER);
    let child = |ui: &mut Ui, rect| ui.new_child(egui::UiBuilder::new().max_rect(rect));
    let scroll = egui::ScrollArea::vertical().auto_shrink([false, false]).id_salt(draft.rehearsal);
    let scrolled = scroll.show(&mut child(ui, above), |ui| {
        if draft.rehearsal {
            let config = draft.form.as_ref().and_then(|form| form.checked().config.as_deref());
            return rehearsal::panel(ui, &state.rehearsal, config);
        }
        for error in &draft.file_errors {
            widgets::callout(ui, theme::LOSS, words::file_error(error));
        }
        if !open {
            widgets::callout(ui, theme::AMBER, words::CLOSED);
        }
        ui.add_enabled_ui(open, |ui| {
            presets::cards(ui, draft, &state.config);
            form(ui, draft);
        });
        ui.horizontal_wrapped(|ui| save_and_load(ui, draft)).inner
    });
    let mut actions = scrolled.inner;
    actions.extend(apply(&mut child(ui, below), model, state, draft, open));
    actions
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
    let mut changed = fields::session(ui, form);
    changed |= fields::simple(ui, form);
    changed |= fields::names(ui, form);
    changed |= rounds::list(ui, form);
    ui.add_space(theme::GAP);
    let label = format!("{} {}", if draft.advanced { "−" } else { "+" }, words::ADVANCED);
    if widgets::button(ui, "host.advanced", label).clicked() {
        draft.advanced = !draft.advanced;
    }
    if draft.advanced {
        changed |= fields::slippage(ui, form);
        for group in GROUPS {
            ui.add_space(4.0);
            widgets::section(ui, words::group(group));
            changed |= fields::group(ui, form, group);
        }
    }
    ui.add_space(theme::GAP);
    if changed {
        form.check();
        draft.edited = true;
    }
}

/// What is wrong, and the button.
fn apply(ui: &mut Ui, model: &Model, state: &HostState, draft: &mut HostDraft, open: bool) -> Vec<Action> {
    let Some(form) = &draft.form else { return vec![] };
    let checked = form.checked().clone();
    let same = checked.config.as_deref() == Some(&state.config);
    ui.add_space(4.0);
    let shown = Shown::of(&state.rehearsal, checked.config.as_deref());
    ui.allocate_ui_with_layout(
        Vec2::new(ui.available_width(), theme::control_height(ui)),
        egui::Layout::right_to_left(egui::Align::Center),
        |ui| {
            rehearsal::door(ui, &shown, draft);
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| summary(ui, &checked, draft));
        },
    );
    let label = if same { words::IN_FORCE } else { words::APPLY };
    let config = checked.config.filter(|_| open && !same);
    let pressed = widgets::primary(ui, "host.apply", label, theme::AMBER, config.is_some()).clicked();
    let last = model.host().last(|act| matches!(act, HostAct::Configure(_)));
    if let Some(Err(reason)) = last.and_then(|reply| reply.result.as_ref()) {
        ui.label(RichText::new(reason).color(theme::LOSS));
    }
    if same {
        draft.edited = false;
    }
    config.filter(|_| pressed).map(|config| Action::Host(HostAct::Configure(config))).into_iter().collect()
}

/// Width of what the warnings say, in points.
const WARNINGS_WIDTH: f32 = 320.0;

/// How many things are to be mended, with the way to each; or what costs the maker.
fn summary(ui: &mut Ui, checked: &Checked, draft: &mut HostDraft) {
    ui.spacing_mut().interact_size.y = theme::control_height(ui);
    if !checked.errors.is_empty() {
        let words = RichText::new(words::errors(checked.errors.len())).color(theme::INK);
        let button = egui::Button::new(words).fill(theme::LOSS).min_size(Vec2::new(0.0, theme::control_height(ui)));
        let response = ui.add(button);
        widgets::note(ui, "host.errors", &response);
        if let Some(field) = response.clicked().then(|| draft.seek()).flatten() {
            fields::seek(ui, field);
        }
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
