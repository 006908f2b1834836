//! Files: tables, charts, all as one archive.

use crate::kit::{theme, widgets};
use egui::{RichText, Ui};
use outcry_desk::{
    action::{Action, Export},
    model::Model,
    text::{export, host as words},
};
use outcry_shared::message::HostState;

pub(super) fn panel(ui: &mut Ui, model: &Model, state: &HostState) -> Vec<Action> {
    let mut actions = Vec::new();
    widgets::weak(ui, words::EXPORT_HELP);
    let current = model.session().map(|session| session.number());
    let known = state.sessions.iter().map(|(number, name)| (Some(*number), name.as_str()));
    let unlisted = state.sessions.is_empty().then_some((None, words::THIS_SESSION));
    for (number, name) in known.chain(unlisted) {
        widgets::card(ui, |ui| {
            let now = number.is_none() || number == current;
            let title = export::session(number, name, now);
            ui.label(RichText::new(title).color(if now { theme::AMBER } else { theme::TEXT }));
            ui.horizontal_wrapped(|ui| {
                for (file, label) in export::FILES {
                    let key = number.map_or_else(|| "current".to_owned(), |number| number.to_string());
                    let response = widgets::button(ui, &format!("host.export.{key}.{file}"), label);
                    if response.on_hover_text(export::file_help(file)).clicked() {
                        actions.push(Action::Export(Export::Record { session: number, file }));
                    }
                }
            });
        });
    }
    actions
}
