//! The host's password. It stays in the field until it is found right, or the window is closed: a wrong one is mended or
//! entered again. The page's own field is emptied when it goes.

use crate::kit::{field, theme, widgets};
use egui::{Key, Ui, Vec2};
use outcry_desk::{action::Action, host::HostDraft, model::Model, text::host as words};
use outcry_shared::{limits::PASSWORD_CHARS_MAX, secret::Secret};

pub(super) fn panel(ui: &mut Ui, model: &Model, draft: &mut HostDraft, now_ms: u64) -> Vec<Action> {
    ui.add_space(4.0);
    widgets::weak(ui, words::PASSWORD_HELP);
    let (name, limit) = ("host.password", PASSWORD_CHARS_MAX);
    let about = field::About { name, label: words::PASSWORD, kind: field::Kind::Secret, limit };
    let size = Vec2::new(ui.available_width(), theme::control_height(ui));
    let response = field::show(ui, &about, &mut draft.password, size, |edit| {
        let edit = edit.hint_text(words::PASSWORD).font(theme::words(16.0)).margin(egui::Margin::symmetric(8, 2));
        edit.vertical_align(egui::Align::Center).min_size(Vec2::new(0.0, size.y))
    });
    // Before the focus is asked for again, which would undo that Enter gave it up.
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if ui.memory(|memory| memory.focused()).is_none() {
        response.request_focus();
    }
    let retry_ms = model.host().denied.as_ref().map_or(0, |(_, from_ms)| from_ms.saturating_sub(now_ms));
    let ready = !draft.password.is_empty() && !model.host().checking && retry_ms == 0;
    let label = if model.host().checking { words::CHECKING } else { words::LOGIN };
    let pressed = widgets::primary(ui, "host.login", label, theme::AMBER, ready).clicked();
    if let Some((reason, _)) = &model.host().denied {
        widgets::callout(ui, theme::LOSS, words::denied(reason, retry_ms));
    }
    // Whoever is faster than the wait is not asked to press again.
    draft.enters |= (pressed || entered) && !draft.password.is_empty();
    if !(ready && draft.enters) {
        return vec![];
    }
    draft.enters = false;
    vec![Action::HostLogin(Secret::new(draft.password.clone()))]
}
