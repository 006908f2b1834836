//! What is to happen, covered: hosts' screens are mirrored.

use crate::kit::widgets;
use egui::{RichText, Ui};
use outcry_desk::{
    format,
    host::HostDraft,
    text::{acts as words, host as said},
};
use outcry_engine::OutcomeId;
use outcry_shared::{config::Choice, message::HostState, phase::Phase};

/// Winner and eliminations, for as long as somebody holds or has just pressed the button; after the end for everyone.
pub(super) fn card(
    ui: &mut Ui,
    state: &HostState,
    draft: &mut HostDraft,
    name: impl Fn(OutcomeId) -> String,
    (phase, now_ms): (Phase, u64),
) {
    widgets::card(ui, |ui| {
        if phase == Phase::Resolved {
            return lines(ui, state, name);
        }
        if draft.is_peeking(now_ms) {
            lines(ui, state, name);
        }
        peek(ui, draft, "host.peek", now_ms, |ui, draft| {
            if !draft.is_peeking(now_ms) {
                ui.label(RichText::new(words::HIDDEN).size(15.0));
            }
            true
        });
    });
}

/// Uncovers what is covered, for as long as it is held and a moment after; who else would see it is said before.
/// `beside` draws what the button stands beside, and says whether anything is covered.
pub(super) fn peek(
    ui: &mut Ui,
    draft: &mut HostDraft,
    name: &str,
    now_ms: u64,
    beside: impl FnOnce(&mut Ui, &mut HostDraft) -> bool,
) {
    let covers = ui.horizontal_wrapped(|ui| {
        let covers = beside(ui, draft);
        if covers {
            let button = widgets::button(ui, name, words::PEEK);
            // A key, or a press shorter than a frame, is a click alone.
            if button.is_pointer_button_down_on() || button.clicked() {
                draft.peek(now_ms);
            }
        }
        covers
    });
    if covers.inner {
        widgets::weak(ui, if draft.is_peeking(now_ms) { words::COVERS_ITSELF } else { words::MIRRORED });
    }
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

fn lines(ui: &mut Ui, state: &HostState, name: impl Fn(OutcomeId) -> String) {
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
