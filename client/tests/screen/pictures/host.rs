//! The host's overlay.

use super::{Part, Shot, compare};
use crate::support::{busy, scenes, stage::Screen};
use outcry_desk::{host::Armed, model::ToastKind, page::Section};
use outcry_engine::{OutcomeId, Rate, UserId};
use outcry_shared::{
    ServerMessage,
    config::{Choice, presets},
    message::{Progress, Rehearsal},
    phase::Phase,
    secret::{HostGrant, SeatCode},
};

const LOGIN: Part = Part::Window([460.0, 300.0]);

pub(super) const SHOTS: &[Shot] = &[
    ("host-login", LOGIN, login),
    ("host-wrong-password", LOGIN, || {
        let mut screen = login();
        let reason = "wrong password: try again in 4 s".to_owned();
        screen.model.apply(ServerMessage::HostDenied { reason, retry_after_ms: 4_000 }, screen.now_ms);
        screen
    }),
    ("host-loading", Part::Whole, || {
        let mut screen = login();
        screen.model.apply(ServerMessage::HostGranted { grant: HostGrant([7; 24]) }, 5_100);
        screen
    }),
    ("host-run-lobby", Part::Whole, || at(Phase::Lobby, Section::Run)),
    ("host-run", Part::Whole, || {
        let mut screen = at(Phase::Running, Section::Run);
        let words = ("Done".to_owned(), "The end moved to 16:00.".to_owned());
        screen.model.toast(ToastKind::Info, words, screen.now_ms);
        screen
    }),
    ("host-run-frozen", Part::Whole, || {
        let mut screen = scenes::eliminated();
        let host = busy();
        scenes::log_in(&mut screen.model, &host);
        screen.ui.open_host();
        screen
    }),
    ("host-run-paused", Part::Whole, || {
        let mut screen = at(Phase::Paused, Section::Run);
        let now_ms = screen.now_ms;
        screen.ui.host.emergency.toggle(now_ms);
        screen.ui.host.leaving = vec![OutcomeId(1)];
        screen.ui.host.announcement = "Back in five minutes".to_owned();
        screen
    }),
    ("host-run-winner", Part::Whole, || {
        let mut screen = at(Phase::Running, Section::Run);
        screen.ui.host.winner = Some(Choice::Fixed(OutcomeId(4)));
        let (armed, now_ms) = (Armed::SetWinner(Choice::Fixed(OutcomeId(4))), screen.now_ms);
        screen.ui.host.press(armed, now_ms);
        let now_ms = screen.now_ms;
        screen.ui.host.emergency.toggle(now_ms);
        screen
    }),
    ("host-run-peek", Part::Whole, || {
        let mut screen = at(Phase::Running, Section::Run);
        let now_ms = screen.now_ms;
        screen.ui.host.peek(now_ms);
        screen
    }),
    ("host-run-over", Part::Whole, || at(Phase::Resolved, Section::Run)),
    ("host-configure", Part::Whole, || at(Phase::Lobby, Section::Configure)),
    ("host-configure-advanced", Part::Whole, || {
        let mut screen = at(Phase::Lobby, Section::Configure);
        screen.ui.host.advanced = true;
        screen.ui.host.all_presets = true;
        screen
    }),
    ("host-configure-chosen", Part::Whole, || {
        let mut screen = at(Phase::Lobby, Section::Configure);
        screen.ui.host.start_from(&presets()[1].config, true);
        screen
    }),
    ("host-configure-closed", Part::Whole, || at(Phase::Running, Section::Configure)),
    ("host-configure-errors", Part::Whole, || {
        let mut screen = at(Phase::Lobby, Section::Configure);
        let mut config = presets()[0].config.clone();
        config.name.clear();
        config.params.f = Rate(90_000_000);
        config.params.outcome_names[1] = "Ada".to_owned();
        screen.ui.host.start_from(&config, true);
        screen
    }),
    ("host-configure-bad-file", Part::Whole, || {
        let mut screen = at(Phase::Lobby, Section::Configure);
        screen.ui.load_config(Ok(r#"{"name": 7, "params": {"f": "lots"}}"#.to_owned()));
        screen
    }),
    ("host-rehearsal", Part::Whole, || rehearsal(None, |screen| screen.ui.host.rehearsal = true)),
    ("host-rehearsal-under-way", Part::Whole, || {
        rehearsal(Some(Progress { done: 412, of: 1_006 }), |screen| screen.ui.host.rehearsal = true)
    }),
    ("host-rehearsed", Part::Whole, || rehearsal(None, |_| ())),
    ("host-lobby", Part::Whole, || at(Phase::Running, Section::Lobby)),
    ("host-lobby-empty", Part::Whole, || {
        let mut screen = at(Phase::Lobby, Section::Lobby);
        let mut state = screen.model.host().state.clone().unwrap();
        state.seats.clear();
        state.door_open = false;
        screen.model.apply(ServerMessage::HostState(state), 5_120);
        screen
    }),
    ("host-lobby-seat", Part::Whole, || {
        let mut screen = at(Phase::Running, Section::Lobby);
        let mut state = screen.model.host().state.clone().unwrap();
        state.arriving = 2;
        state.turned_away = Some("newcomers were turned away (3 so far): 40 seats are taken from 192.0.2.1".to_owned());
        screen.model.apply(ServerMessage::HostState(state), 5_120);
        let (user, code) = (UserId(4), SeatCode([0x5e; 16]));
        screen.model.apply(ServerMessage::SeatCode { user, code, valid_ms: 600_000 }, 5_130);
        screen
    }),
    ("host-lobby-many", Part::Whole, || {
        let mut screen = at(Phase::Running, Section::Lobby);
        let mut state = screen.model.host().state.clone().unwrap();
        state.seats.truncate(1);
        state.seats[0].reached = [None; 4];
        state.opened = 0;
        screen.model.apply(ServerMessage::HostState(state), 5_120);
        let now_ms = screen.now_ms;
        screen.ui.host.many.toggle(now_ms);
        screen
    }),
    ("host-watch", Part::Whole, || at(Phase::Running, Section::Watch)),
    ("host-export", Part::Whole, || at(Phase::Running, Section::Export)),
];

fn login() -> Screen {
    let mut screen = scenes::trading();
    screen.ui.open_host();
    screen
}

fn at(phase: Phase, section: Section) -> Screen {
    let mut host = busy();
    host.phase = phase;
    let mut screen = Screen::new(host.model());
    scenes::log_in(&mut screen.model, &host);
    screen.ui.open_host();
    screen.ui.host.section = section;
    screen
}

/// A sheet is there, of the configuration in the form unless another one is under way.
fn rehearsal(progress: Option<Progress>, edit: fn(&mut Screen)) -> Screen {
    let mut screen = at(Phase::Lobby, Section::Configure);
    let mut state = screen.model.host().state.clone().unwrap();
    let mut config = state.config.clone();
    if progress.is_some() {
        config.name = "Another night".to_owned();
    }
    state.rehearsal = Rehearsal { progress, failed: None, sheet: Some(Box::new(scenes::sheet(config))) };
    screen.model.apply(ServerMessage::HostState(state), 5_120);
    edit(&mut screen);
    screen
}

#[test]
fn door_and_course() {
    compare(&SHOTS[..10]);
}

#[test]
fn sections() {
    compare(&SHOTS[10..]);
}
