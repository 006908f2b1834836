//! What is to happen, covered: hosts' screens are mirrored.

use crate::kit::widgets;
use egui::{RichText, Ui};
use outcry_desk::{
    format,
    host::HostDraft,
    text::{self, acts as words, host as said},
};
use outcry_engine::OutcomeId;
use outcry_shared::{config::Choice, message::HostState, phase::Phase, replica::Replica};
use std::collections::BTreeMap;

/// Winner and eliminations, for as long as somebody holds or has just pressed the button; after the end for everyone.
pub(super) fn card(ui: &mut Ui, state: &HostState, draft: &mut HostDraft, session: &Replica, now_ms: u64) {
    let phase = session.clock().phase;
    let name = |id| text::apart(session.outcome_name(id));
    widgets::card(ui, |ui| {
        if phase == Phase::Resolved {
            return came(ui, state, session, name);
        }
        if draft.is_peeking(now_ms) {
            planned(ui, state, name);
        }
        peek(ui, draft, "host.peek", now_ms, |ui, draft| {
            if !draft.is_peeking(now_ms) {
                ui.label(RichText::new(words::HIDDEN).size(15.0));
            }
            true
        });
        if !phase.is_live() {
            widgets::weak(ui, words::DRAWN);
        }
    });
}

/// Uncovers what is covered, for as long as it is held and a moment after; who else would see it is said before.
/// `above` draws what is covered, and says whether anything is.
pub(super) fn peek(
    ui: &mut Ui,
    draft: &mut HostDraft,
    name: &str,
    now_ms: u64,
    above: impl FnOnce(&mut Ui, &mut HostDraft) -> bool,
) {
    if !above(ui, draft) {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        widgets::weak(ui, if draft.is_peeking(now_ms) { words::COVERS_ITSELF } else { words::MIRRORED });
        let button = widgets::button(ui, name, words::PEEK);
        // A key, or a press shorter than a frame, is a click alone.
        if button.is_pointer_button_down_on() || button.clicked() {
            draft.peek(now_ms);
        }
    });
}

/// The most height of a list, and the height of one of its names with the gap after it, in points.
const LIST: f32 = 560.0;
const NAME: f32 = 40.0;

/// A list to choose from. What says nothing is always there; so many names are once somebody asks for them, until the
/// list is closed: what is chosen, and what a pointer rests on, would tell the room. `entries` learns whether they are
/// seen.
pub(super) fn covered_list(ui: &mut Ui, name: &str, chosen: &str, names: usize, entries: impl FnOnce(&mut Ui, bool)) {
    let id = ui.id().with((name, "names"));
    let seen = ui.data(|data| data.get_temp(id).unwrap_or(false));
    let list = egui::ComboBox::from_id_salt(name).selected_text(chosen).width(170.0).height(LIST);
    let shown = list.close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside).show_ui(ui, |ui| {
        entries(ui, seen);
        if seen {
            return true;
        }
        let above = ui.min_rect().bottom();
        ui.separator();
        widgets::weak(ui, words::NAMES_COVERED);
        let wanted = widgets::button(ui, &format!("{name}.show"), words::SHOW_NAMES).clicked();
        // As high as with the names: a list that is open grows no more.
        ui.add_space((NAME * (names + 1) as f32 - (ui.min_rect().bottom() - above)).max(0.0));
        wanted
    });
    ui.data_mut(|data| data.insert_temp(id, shown.inner.unwrap_or(false)));
    widgets::note(ui, name, &shown.response);
}

/// Who won and who left, and when they did: plans are over.
fn came(ui: &mut Ui, state: &HostState, session: &Replica, name: impl Fn(OutcomeId) -> String) {
    if let Some(winner) = state.winner {
        ui.label(said::winner_line(&name(winner)));
    }
    let mut left: BTreeMap<u64, Vec<String>> = BTreeMap::new();
    for (id, fate) in session.ids().zip(session.fates()) {
        if let Some(at_ms) = fate.eliminated_at_ms() {
            left.entry(at_ms).or_default().push(name(id));
        }
    }
    for (at_ms, names) in left {
        ui.label(words::left_line(&format::moment(at_ms), &names));
    }
}

fn planned(ui: &mut Ui, state: &HostState, name: impl Fn(OutcomeId) -> String) {
    let winner = match (state.winner, state.config.script.winner) {
        (Some(id), _) | (None, Choice::Fixed(id)) => name(id),
        (None, Choice::Random) => said::DRAWN_AT_START.to_owned(),
    };
    ui.label(said::winner_line(&winner));
    for (index, round) in state.config.params.rounds.iter().enumerate() {
        let drawn = state.eliminate.get(index).map(|ids| {
            let names: Vec<String> = ids.iter().map(|id| name(*id)).collect();
            names.join(", ")
        });
        let planned = || state.config.script.eliminate.get(index).map(|round| said::elimination(round, &name));
        let leaving = drawn.or_else(planned).unwrap_or_default();
        let [at, freeze] = [round.at_s, round.freeze_s].map(|seconds| format::clock(u64::from(seconds) * 1_000));
        ui.label(said::round_line(index + 1, &at, &freeze, &leaving));
    }
}
