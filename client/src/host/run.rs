//! The course of the session: start, pause, extend, resolve, override, reset.

use super::{
    acts::{BUTTON, act_button, armed_button},
    rounds::choose_winner,
};
use crate::kit::{field, theme, widgets};
use egui::{Align, Layout, RichText, Ui, Vec2};
use outcry_desk::{
    action::Action,
    format,
    host::{Armed, HostDraft},
    model::Model,
    text::{self, host as words},
};
use outcry_engine::OutcomeId;
use outcry_shared::{
    config::Choice,
    limits::ANNOUNCEMENT_CHARS_MAX,
    message::{HostAct, HostState, Resolve},
    phase::Phase,
};

/// Seconds that one press of "+60 s" adds.
const EXTEND_S: u32 = 60;

pub(super) fn panel(ui: &mut Ui, model: &Model, state: &HostState, draft: &mut HostDraft, now_ms: u64) -> Vec<Action> {
    let mut actions = Vec::new();
    if ui.available_width() < TWO_COLUMNS {
        course(ui, model, state, now_ms, &mut actions);
        resolve(ui, model, state, draft, now_ms, &mut actions);
        announce(ui, draft, &mut actions);
        reset(ui, model, draft, now_ms, &mut actions);
        acts(ui, model, state);
        return actions;
    }
    ui.horizontal_top(|ui| {
        let width = ui.available_width();
        ui.vertical(|ui| {
            ui.set_width(width * 0.6);
            course(ui, model, state, now_ms, &mut actions);
            resolve(ui, model, state, draft, now_ms, &mut actions);
            reset(ui, model, draft, now_ms, &mut actions);
        });
        ui.add_space(16.0);
        ui.vertical(|ui| {
            announce(ui, draft, &mut actions);
            acts(ui, model, state);
        });
    });
    actions
}

/// Panels at least this wide show what was done beside the controls, in points.
const TWO_COLUMNS: f32 = 900.0;

/// Where the session stands, and its plain acts.
fn course(ui: &mut Ui, model: &Model, state: &HostState, now_ms: u64, actions: &mut Vec<Action>) {
    let phase = model.phase();
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(words::now(text::phase(phase))).size(16.0));
        if let Some(session) = model.session()
            && phase.is_live()
        {
            let left = session.clock().end_ms.saturating_sub(model.session_ms(now_ms));
            widgets::weak(ui, words::left(&format::clock(left)));
        }
        widgets::weak(ui, words::seats(state.seats.iter().filter(|seat| seat.connected).count(), state.seats.len()));
    });
    ui.spacing_mut().interact_size.y = BUTTON;
    plain_acts(ui, phase, actions);
    ui.add_space(theme::GAP);
}

/// The plain acts; the one that comes next is lit.
fn plain_acts(ui: &mut Ui, phase: Phase, actions: &mut Vec<Action>) {
    let next = match phase {
        Phase::Draft => Some("host.open"),
        Phase::Lobby => Some("host.start"),
        Phase::Paused => Some("host.resume"),
        _ => None,
    };
    let list: [(&str, &str, bool, HostAct); 5] = [
        ("host.open", words::OPEN, phase == Phase::Draft, HostAct::OpenLobby),
        ("host.start", words::START, phase == Phase::Lobby, HostAct::Start),
        ("host.pause", words::PAUSE, phase.clock_runs(), HostAct::Pause),
        ("host.resume", words::RESUME, phase == Phase::Paused, HostAct::Resume),
        ("host.extend", words::EXTEND, phase.is_live(), HostAct::Extend { by_s: EXTEND_S }),
    ];
    ui.horizontal_wrapped(|ui| {
        for (name, label, enabled, act) in list {
            let lit = next == Some(name);
            if act_button(ui, name, label, enabled, lit.then_some(theme::AMBER)) {
                actions.push(Action::Host(act));
            }
        }
    });
}

fn resolve(
    ui: &mut Ui,
    model: &Model,
    state: &HostState,
    draft: &mut HostDraft,
    now_ms: u64,
    actions: &mut Vec<Action>,
) {
    let Some(session) = model.session() else { return };
    let live = model.phase().is_live();
    widgets::section(ui, words::RESOLUTIONS);
    script(ui, state, |id| text::apart(session.outcome_name(id)));
    ui.horizontal_wrapped(|ui| {
        let mut fire = |ui: &mut Ui, act, (name, label): (&str, &str), enabled, resolve| {
            if armed_button(ui, draft, act, (name, label), live && enabled, now_ms) {
                actions.push(Action::Host(HostAct::Resolve(resolve)));
            }
        };
        let round = state.next_round;
        let label = round.map_or_else(|| words::NO_ROUND_LEFT.to_owned(), words::resolve_next);
        let number = round.unwrap_or_default();
        let names = ("host.resolve.next", label.as_str());
        fire(ui, Armed::ResolveNext(number), names, round.is_some(), Resolve::Next(number));
        let winner = state.winner.unwrap_or_default();
        let names = ("host.resolve.final", words::RESOLVE_FINAL);
        fire(ui, Armed::ResolveFinal(winner), names, state.winner.is_some(), Resolve::Final(winner));
    });
    let active: Vec<(OutcomeId, String)> = session
        .ids()
        .filter(|id| session.is_active(*id))
        .map(|id| (id, text::apart(session.outcome_name(id))))
        .collect();
    ui.horizontal_wrapped(|ui| {
        widgets::weak(ui, words::BY_HAND);
        for (id, name) in &active {
            let mut on = draft.leaving.contains(id);
            let label = text::badge_and_name(*id, name);
            if widgets::check(ui, &format!("host.leave.{}", id.0), &mut on, &label).changed() {
                if on {
                    draft.leaving.push(*id);
                } else {
                    draft.leaving.retain(|other| other != id);
                }
            }
        }
        draft.leaving.retain(|id| active.iter().any(|(other, _)| other == id));
        draft.leaving.sort_unstable();
        let ready = live && !draft.leaving.is_empty() && draft.leaving.len() < active.len();
        let names: Vec<String> = draft.leaving.iter().map(|id| text::apart(session.outcome_name(*id))).collect();
        let (label, leaving) = (words::eliminate(&names), draft.leaving.clone());
        let act = Armed::Eliminate(leaving.clone());
        if armed_button(ui, draft, act, ("host.eliminate", &label), ready, now_ms) {
            draft.leaving.clear();
            actions.push(Action::Host(HostAct::Resolve(Resolve::Eliminate(leaving))));
        }
    });
    ui.horizontal_wrapped(|ui| {
        widgets::weak(ui, words::OVERRIDE);
        draft.winner = draft.winner.filter(|choice| match choice {
            Choice::Random => true,
            Choice::Fixed(id) => session.is_active(*id),
        });
        choose_winner(ui, "host.winner", &mut draft.winner, &active);
        let over = model.phase() == Phase::Resolved;
        set_winner(ui, draft, over, |id| text::apart(session.outcome_name(id)), now_ms, actions);
    });
    ui.add_space(theme::GAP);
}

/// The button names the winner that it sets, and so does the name by which it is found.
fn set_winner(
    ui: &mut Ui,
    draft: &mut HostDraft,
    over: bool,
    name: impl Fn(OutcomeId) -> String,
    now_ms: u64,
    actions: &mut Vec<Action>,
) {
    let Some(choice) = draft.winner else {
        act_button(ui, "host.winner.set", words::SET_WINNER, false, None);
        return;
    };
    let (key, label) = match choice {
        Choice::Random => ("random".to_owned(), words::RANDOM.to_owned()),
        Choice::Fixed(id) => (id.0.to_string(), name(id)),
    };
    let names = (format!("host.winner.set.{key}"), words::set_winner(&label));
    if armed_button(ui, draft, Armed::SetWinner(choice), (&names.0, &names.1), !over, now_ms) {
        actions.push(Action::Host(HostAct::SetWinner(choice)));
        draft.winner = None;
    }
}

/// What the script says, for the host's eyes only.
fn script(ui: &mut Ui, state: &HostState, name: impl Fn(OutcomeId) -> String) {
    let winner = match (state.winner, state.config.script.winner) {
        (Some(id), _) | (None, Choice::Fixed(id)) => name(id),
        (None, Choice::Random) => words::DRAWN_AT_START.to_owned(),
    };
    widgets::card(ui, |ui| {
        widgets::weak(ui, words::SECRET);
        ui.label(words::winner_line(&winner));
        for (index, round) in state.config.params.rounds.iter().enumerate() {
            let leaving = state.eliminate.get(index).map(|ids| {
                let names: Vec<String> = ids.iter().map(|id| name(*id)).collect();
                names.join(", ")
            });
            let leaving = leaving
                .or_else(|| state.config.script.eliminate.get(index).map(|round| words::elimination(round, &name)));
            let at = format::clock(u64::from(round.at_s) * 1_000);
            ui.label(words::round_line(index + 1, &at, round.freeze_s, &leaving.unwrap_or_default()));
        }
    });
}

fn announce(ui: &mut Ui, draft: &mut HostDraft, actions: &mut Vec<Action>) {
    ui.spacing_mut().interact_size.y = BUTTON;
    widgets::section(ui, words::ANNOUNCE);
    let row = Vec2::new(ui.available_width(), theme::control_height(ui));
    ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
        let text = draft.announcement.trim().to_owned();
        let send = ui.add_enabled_ui(!text.is_empty(), |ui| widgets::button(ui, "host.announce", words::SEND)).inner;
        let (name, limit) = ("host.announcement", ANNOUNCEMENT_CHARS_MAX);
        let about = field::About { name, label: words::ANNOUNCE, kind: field::Kind::Text, limit };
        field::show(ui, &about, &mut draft.announcement, ui.available_size(), |edit| {
            let edit = edit.margin(egui::Margin::symmetric(8, 2)).vertical_align(egui::Align::Center);
            edit.hint_text(words::ANNOUNCE_HINT)
        });
        if send.clicked() {
            actions.push(Action::Host(HostAct::Announce { text }));
            draft.announcement.clear();
        }
    });
    ui.add_space(theme::GAP);
}

fn reset(ui: &mut Ui, model: &Model, draft: &mut HostDraft, now_ms: u64, actions: &mut Vec<Action>) {
    widgets::section(ui, words::NEW_SESSION);
    ui.horizontal_wrapped(|ui| {
        let over = Armed::Reset(model.session().map_or(0, |session| session.number()));
        if armed_button(ui, draft, over, ("host.reset", words::RESET), true, now_ms) {
            actions.push(Action::Host(HostAct::Reset));
        }
        widgets::weak(ui, words::RESET_HELP);
    });
    ui.add_space(theme::GAP);
}

/// The acts so far with their effect, newest first.
fn acts(ui: &mut Ui, model: &Model, state: &HostState) {
    ui.spacing_mut().interact_size.y = 20.0;
    widgets::section(ui, words::ACTS);
    if model.host().waiting().is_some() {
        widgets::weak(ui, words::ASKING);
    }
    if state.acts.is_empty() {
        widgets::weak(ui, words::NO_ACTS);
    }
    for act in state.acts.iter().rev() {
        ui.horizontal_wrapped(|ui| {
            widgets::figure(ui, format::clock(act.at_ms), 12.5, theme::WEAK);
            ui.label(&act.act);
            match &act.effect {
                Ok(done) => ui.label(RichText::new(done).color(theme::GAIN)),
                Err(reason) => ui.label(RichText::new(reason).color(theme::LOSS)),
            };
        });
    }
}
