//! Rules, words and keys.

use crate::kit::{theme, widgets};
use egui::{RichText, Ui};
use outcry_desk::{
    action::Action,
    prefs::{Prefs, TEXT_PERCENTS},
    text::{help as words, lobby::RULES, term::Term, ticket::ASK_FIRST},
};

pub(super) fn panel(ui: &mut Ui, prefs: &mut Prefs, light_floor: bool) -> Vec<Action> {
    let mut actions = Vec::new();
    egui::ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        actions = settings(ui, prefs);
        if light_floor && widgets::button(ui, "help.light", words::LIGHT_FLOOR).clicked() {
            actions.push(Action::LightFloor);
        }
        widgets::section(ui, words::RULES);
        for (title, rule) in RULES {
            entry(ui, title, rule);
        }
        let (title, key) = words::IN_THE_ROOM;
        entry(ui, title, key);
        widgets::section(ui, words::TERMS);
        for term in Term::ALL {
            entry(ui, term.name(), term.help());
        }
        widgets::section(ui, words::KEYS);
        ui.spacing_mut().interact_size.y = 22.0;
        ui.spacing_mut().item_spacing.y = 6.0;
        for (keys, what) in words::KEY_MAP {
            ui.horizontal(|ui| {
                let (rect, _) = ui.allocate_exact_size(egui::vec2(130.0, 20.0), egui::Sense::hover());
                ui.painter().text(
                    rect.left_center(),
                    egui::Align2::LEFT_CENTER,
                    keys,
                    theme::digits(13.0),
                    theme::AMBER,
                );
                ui.add(egui::Label::new(what).wrap());
            });
        }
    });
    actions
}

/// Between choices, in points: clearly more than between a box and its own words.
const CHOICES: f32 = 28.0;
/// Width of the choice of a text size, in points.
const SIZES: f32 = 300.0;

fn settings(ui: &mut Ui, prefs: &mut Prefs) -> Vec<Action> {
    let before = *prefs;
    widgets::section(ui, words::SETTINGS);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = CHOICES;
        let mut check = |value: &mut bool, label: &str, name: &str| {
            widgets::check(ui, name, value, label);
        };
        check(&mut prefs.confirm_orders, ASK_FIRST, "prefs.confirm");
        check(&mut prefs.reduce_motion, words::REDUCE_MOTION, "prefs.motion");
        // The page stretches the colours; a window has none.
        if cfg!(target_arch = "wasm32") {
            check(&mut prefs.more_contrast, words::MORE_CONTRAST, "prefs.contrast");
        }
        check(&mut prefs.mute, words::MUTE, "prefs.mute");
    });
    ui.horizontal_wrapped(|ui| {
        widgets::weak(ui, words::TEXT_SIZE);
        let sizes = TEXT_PERCENTS.map(|percent| (percent, format!("{percent} %"), theme::TEXT));
        ui.scope(|ui| {
            ui.set_max_width(SIZES.min(ui.available_width()));
            if let Some(percent) = widgets::segments(ui, "prefs.text", prefs.text_percent, &sizes) {
                prefs.text_percent = percent;
            }
        });
    });
    if before == *prefs { vec![] } else { vec![Action::SavePrefs(*prefs)] }
}

fn entry(ui: &mut Ui, title: &str, body: &str) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        ui.label(RichText::new(title).color(theme::TEXT));
        ui.add(egui::Label::new(RichText::new(body).color(theme::WEAK)).wrap());
    });
}
