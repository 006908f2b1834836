//! What people ask for that is no message: files, preferences, another load of the page.

use crate::{
    net::{Errand, Known, Net, NetSystems, exports},
    platform::{self, Outcome, Outcomes},
    ui::UiState,
};
use bevy::prelude::*;
use outcry_desk::{action::Action, prefs::Prefs, view::ticket::to_keep};

/// Runs errands, and tells people what came of those that took their time.
pub(crate) fn plugin(app: &mut App) {
    app.insert_non_send(Outcomes::default())
        .add_systems(PreUpdate, report)
        .add_systems(Update, (run.after(NetSystems::Send), keep_draft, speak));
}

/// Preferences remembered on this device, or what it asks of every page.
#[must_use]
pub(crate) fn kept_prefs() -> Prefs {
    let asked = || Prefs { reduce_motion: platform::is_calm(), ..Prefs::default() };
    platform::kept_prefs().and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_else(asked)
}

/// Lets the page know the order being typed: should the floor stop, the light floor goes on with it.
fn keep_draft(ui: Res<UiState>, mut kept: Local<String>) {
    let draft = to_keep(&ui.draft);
    if *kept != draft {
        platform::keep_draft(&draft);
        *kept = draft;
    }
}

/// What a person who does not see the floor is told.
fn speak(mut ui: ResMut<UiState>) {
    if !ui.said.is_empty() {
        platform::announce(&std::mem::take(&mut ui.said));
    }
}

/// Does what is the device's to do.
fn run(mut errands: MessageReader<Errand>, net: NonSend<Net>, known: Res<Known>, outcomes: NonSend<Outcomes>) {
    for Errand(action) in errands.read() {
        match action {
            Action::Reload => platform::reload(),
            Action::LightFloor => platform::to_light_floor(),
            Action::OpenProjector => platform::open_page(&net.server().projector(), &outcomes.sender()),
            Action::Keep(result) => platform::keep_result(&serde_json::to_string(result).unwrap_or_default()),
            Action::Export(export) => {
                exports::fetch((&net.server(), &net.trust()), export, known.host().grant, outcomes.sender());
            }
            Action::SaveConfig { file_name, text } => {
                platform::save_file(file_name, text.as_bytes(), &outcomes.sender());
            }
            Action::LoadConfig => platform::choose_text_file(&outcomes.sender()),
            Action::SavePrefs(prefs) => platform::keep_prefs(&serde_json::to_string(prefs).unwrap_or_default()),
            Action::Copy(text) => platform::copy(text, &outcomes.sender()),
            // The link's.
            Action::Join(_)
            | Action::Reconnect
            | Action::PlaceOrder(_)
            | Action::Cancel(_)
            | Action::CancelAll
            | Action::Practised(_)
            | Action::Reached(_)
            | Action::HostLogin(_)
            | Action::Host(_)
            | Action::HideSeatCode => {}
        }
    }
}

fn report(outcomes: NonSend<Outcomes>, mut known: ResMut<Known>, mut ui: ResMut<UiState>) {
    while let Some(outcome) = outcomes.next() {
        match outcome {
            Outcome::Chosen(file) => ui.load_config(file),
            Outcome::Said(result) => known.tell(&result),
            Outcome::Copied => ui.copied(platform::now_ms()),
        }
    }
}
