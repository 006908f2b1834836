//! The lobby: who is here, three rules, how to bring others.

use crate::kit::{qr, theme, widgets};
use egui::{RichText, Ui};
use outcry_desk::{
    action::Action,
    text::{lobby as words, practice},
    view::lobby::{LobbyView, Person},
};

/// Side of the QR code, in points.
const QR: f32 = 132.0;
/// Size of tonight's question, in points.
const QUESTION: f32 = 18.0;
/// Panels at least this wide have people beside the code, in points.
const BESIDE: f32 = 440.0;

/// `practises`: whether the page has a floor to practise on.
pub(super) fn panel(ui: &mut Ui, view: &LobbyView, practises: bool, copied: bool) -> Vec<Action> {
    let mut actions = Vec::new();
    egui::ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        ui.label(RichText::new(&view.heading).size(22.0).color(theme::AMBER));
        if !view.question.is_empty() {
            ui.add(egui::Label::new(RichText::new(&view.question).size(QUESTION).color(theme::TEXT)).wrap());
        }
        ui.label(RichText::new(&view.wait).color(theme::TEXT));
        if let Some(start) = &view.start_with {
            widgets::weak(ui, start);
        }
        ui.add_space(4.0);
        // Before what there is to read: on a phone all else would push it out of sight.
        if practises && practise(ui) {
            actions.push(Action::LightFloor);
        }
        for (index, (title, rule)) in words::RULES.iter().enumerate() {
            rule_card(ui, index + 1, title, rule);
        }
        ui.add_space(4.0);
        actions.extend(company(ui, view, copied));
    });
    actions
}

/// What there is to do while one waits. Returns whether it is wanted.
fn practise(ui: &mut Ui) -> bool {
    let shown = widgets::card(ui, |ui| {
        ui.label(RichText::new(practice::INVITE).size(15.0).color(theme::TEXT));
        widgets::weak(ui, format!("{} {}", practice::ABOUT, practice::ABOUT_PAGE));
        widgets::primary(ui, "lobby.practise", practice::OPEN, theme::AMBER, true).clicked()
    });
    ui.add_space(4.0);
    shown
}

fn rule_card(ui: &mut Ui, number: usize, title: &str, rule: &str) {
    widgets::card(ui, |ui| {
        ui.horizontal_top(|ui| {
            ui.label(RichText::new(number.to_string()).font(theme::digits(22.0)).color(theme::AMBER));
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                ui.label(RichText::new(title).size(15.0).color(theme::TEXT));
                ui.add(egui::Label::new(RichText::new(rule).color(theme::WEAK)).wrap());
            });
        });
    });
}

fn people(ui: &mut Ui, view: &LobbyView) {
    ui.horizontal(|ui| {
        widgets::section(ui, words::HERE);
        widgets::weak(ui, &view.count);
    });
    if view.people.is_empty() {
        widgets::weak(ui, words::ALONE);
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(6.0, 6.0);
        ui.spacing_mut().interact_size.y = 26.0;
        for person in &view.people {
            chip(ui, person);
        }
    });
}

fn chip(ui: &mut Ui, person: &Person) {
    let color = if person.you {
        theme::AMBER
    } else if person.connected {
        theme::TEXT
    } else {
        theme::WEAK
    };
    let words = RichText::new(&person.label).size(13.0).color(color);
    let chip = egui::Button::new(words).sense(egui::Sense::hover()).corner_radius(egui::CornerRadius::same(13));
    ui.add(chip.stroke(egui::Stroke::NONE).min_size(egui::vec2(0.0, 26.0)).wrap_mode(egui::TextWrapMode::Extend));
}

/// Who is here, and how to bring others: side by side where there is room, so that a long list
/// does not push the code off the screen.
fn company(ui: &mut Ui, view: &LobbyView, copied: bool) -> Vec<Action> {
    if view.link.is_empty() {
        people(ui, view);
        return vec![];
    }
    if ui.available_width() < BESIDE {
        people(ui, view);
        ui.add_space(4.0);
        widgets::section(ui, words::INVITE);
        return ui.horizontal_top(|ui| code(ui, view, |ui| link(ui, view, copied))).inner;
    }
    ui.horizontal_top(|ui| {
        code(ui, view, |ui| {
            widgets::section(ui, words::INVITE);
            let actions = link(ui, view, copied);
            ui.add_space(4.0);
            people(ui, view);
            actions
        })
    })
    .inner
}

fn code<R>(ui: &mut Ui, view: &LobbyView, beside: impl FnOnce(&mut Ui) -> R) -> R {
    if !view.only_here {
        qr::code(ui, &view.link, QR);
    }
    ui.vertical(beside).inner
}

fn link(ui: &mut Ui, view: &LobbyView, copied: bool) -> Vec<Action> {
    if view.only_here {
        ui.add(egui::Label::new(RichText::new(words::ONLY_HERE).color(theme::AMBER)).wrap());
    }
    let pressed = ui.horizontal_wrapped(|ui| {
        ui.add(egui::Label::new(RichText::new(&view.link).font(theme::digits(13.0)).color(theme::YES)).wrap());
        let pressed = widgets::button(ui, "lobby.copy", words::COPY).clicked();
        if copied {
            widgets::weak(ui, words::COPIED);
        }
        pressed
    });
    if pressed.inner { vec![Action::Copy(view.link.clone())] } else { vec![] }
}
