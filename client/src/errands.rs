//! What people ask for that is not a message: files, preferences, another try.

use crate::{
    action::Action,
    model::{Connection, Model, ToastKind},
    net::{Entry, Session, exports},
    platform::{self, Outcome, Outcomes},
    text,
    ui::{Prefs, UiState},
};
use bevy::prelude::*;

/// Tells people what came of errands that took their time.
pub(crate) fn plugin(app: &mut App) {
    app.add_systems(PreUpdate, report);
}

/// Preferences remembered on this device, or what it asks of every page.
#[must_use]
pub(crate) fn kept_prefs() -> Prefs {
    let asked = || Prefs { reduce_motion: platform::is_calm(), ..Prefs::default() };
    platform::kept_prefs().and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_else(asked)
}

/// Does what an action asks of the owner of window and socket.
pub(crate) fn run(action: Action, session: &mut Session, model: &mut Model, outcomes: &Outcomes) {
    match action {
        Action::Join(name) => {
            model.connection = Connection::Connecting;
            session.enter(Entry::Named(name));
        }
        Action::Reconnect => session.reconnect(),
        Action::Reload => platform::reload(),
        Action::Export(export) => exports::fetch(session.server(), &export, model.host.grant, outcomes.sender()),
        Action::SaveConfig { file_name, text } => {
            platform::save_file(&file_name, text.as_bytes(), &outcomes.sender());
        }
        Action::LoadConfig => platform::choose_text_file(&outcomes.sender()),
        Action::SavePrefs(prefs) => platform::keep_prefs(&serde_json::to_string(&prefs).unwrap_or_default()),
        Action::Announce(sentence) => platform::announce(&sentence),
        // The clipboard is the panels' own context's; the others were messages.
        Action::Copy(_)
        | Action::PlaceOrder(_)
        | Action::Cancel(_)
        | Action::CancelAll
        | Action::HostLogin(_)
        | Action::Host(_) => {}
    }
}

fn report(outcomes: NonSend<Outcomes>, mut model: ResMut<Model>, mut ui: ResMut<UiState>) {
    while let Some(outcome) = outcomes.next() {
        match outcome {
            Outcome::Chosen(file) => ui.load_config(file),
            Outcome::Said(Ok(done)) => {
                model.toast(ToastKind::Good, text::toast::host_done(&done), platform::now_ms());
            }
            Outcome::Said(Err(reason)) => {
                model.toast(ToastKind::Bad, text::toast::host_refused(&reason), platform::now_ms());
            }
        }
    }
}
