//! The host's overlay: what a press does, and what it needs to be armed.
use crate::{
    panels::{Window, click, click_at},
    support::{scenes, stage::stage},
};
use egui::pos2;
use outcry_desk::{action::Action, page::Section};
use outcry_engine::{OutcomeId, UserId};
use outcry_shared::{
    ServerMessage,
    config::Choice,
    message::{HostAct, Resolve, Whom},
    phase::Phase,
    secret::SeatCode,
};

const LAPTOP: [f32; 2] = [1280.0, 800.0];

fn running(section: Section) -> Window {
    let mut screen = scenes::hosting(Phase::Running);
    screen.ui.host.section = section;
    stage(screen, LAPTOP)
}

fn acts(window: &Window) -> Vec<HostAct> {
    let acts = window.state().actions.iter().filter_map(|action| match action {
        Action::Host(act) => Some(act.clone()),
        _ => None,
    });
    acts.collect()
}

fn has(window: &Window, name: &str) -> bool {
    window.state().ui.widgets.get(name).is_some()
}

#[test]
fn the_winner_that_is_set_is_the_one_that_the_button_names() {
    let mut window = running(Section::Run);
    click(&mut window, "host.winner.set");
    click(&mut window, "host.winner.set");
    assert_eq!(acts(&window), [], "nobody has been chosen");
    click(&mut window, "host.winner");
    let past = pos2(LAPTOP[0] - 4.0, LAPTOP[1] - 4.0);
    click_at(&mut window, past);
    assert_eq!(window.state().ui.host.winner, None, "a click past the menu chooses nobody");
    assert!(!has(&window, "host.winner.set.1"), "and there is no button for a choice that was lost");
    click(&mut window, "host.winner");
    click(&mut window, "host.winner.1");
    click(&mut window, "host.winner.set.1");
    assert_eq!(acts(&window), [], "armed");
    click(&mut window, "host.winner.set.1");
    assert_eq!(acts(&window), [HostAct::SetWinner(Choice::Fixed(OutcomeId(1)))]);
}

#[test]
fn whatever_an_act_was_armed_on_is_what_it_does() {
    let mut window = running(Section::Run);
    window.state_mut().ui.host.winner = Some(Choice::Fixed(OutcomeId(0)));
    window.run_ok();
    click(&mut window, "host.winner.set.0");
    window.state_mut().ui.host.winner = Some(Choice::Fixed(OutcomeId(1)));
    window.run_ok();
    click(&mut window, "host.winner.set.1");
    assert_eq!(acts(&window), [], "another winner");
    window.state_mut().ui.host.leaving = vec![OutcomeId(1)];
    window.run_ok();
    click(&mut window, "host.eliminate");
    window.state_mut().ui.host.leaving = vec![OutcomeId(2), OutcomeId(1)];
    window.run_ok();
    click(&mut window, "host.eliminate");
    assert_eq!(acts(&window), [], "others leave");
    click(&mut window, "host.eliminate");
    assert_eq!(acts(&window), [HostAct::Resolve(Resolve::Eliminate(vec![OutcomeId(1), OutcomeId(2)]))]);
}

#[test]
fn the_next_round_is_the_one_that_was_armed() {
    let mut window = running(Section::Run);
    click(&mut window, "host.resolve.next");
    let mut state = window.state().model.host().state.clone().unwrap();
    // The round has been held meanwhile, and it was the last.
    state.next_round = None;
    window.state_mut().model.apply(ServerMessage::HostState(state.clone()), 5_200);
    window.run_ok();
    click(&mut window, "host.resolve.next");
    click(&mut window, "host.resolve.next");
    assert_eq!(acts(&window), [], "none is left");
    state.next_round = Some(1);
    window.state_mut().model.apply(ServerMessage::HostState(state), 5_200);
    window.run_ok();
    click(&mut window, "host.resolve.next");
    click(&mut window, "host.resolve.next");
    click(&mut window, "host.resolve.final");
    click(&mut window, "host.resolve.final");
    let expected = [Resolve::Next(1), Resolve::Final(OutcomeId(3))].map(HostAct::Resolve);
    assert_eq!(acts(&window), expected);
}

#[test]
fn a_seat_is_given_to_another_device() {
    let mut window = running(Section::Lobby);
    click(&mut window, "host.seat.4");
    let user = UserId(4);
    assert_eq!(acts(&window), [HostAct::GiveBack { user }]);
    let code = SeatCode([0xab; 16]);
    window.state_mut().model.apply(ServerMessage::SeatCode { user, code, valid_ms: 600_000 }, 5_200);
    window.run_ok();
    click(&mut window, "host.seat.copy");
    let link = format!("https://floor.example.org/#seat={}", "ab".repeat(16));
    assert!(window.state().actions.contains(&Action::Copy(link)), "{:?}", window.state().actions);
    window.state_mut().now_ms += 600_000;
    window.run_ok();
    assert!(!has(&window, "host.seat.copy"), "it is worth nothing any more");
}

#[test]
fn a_room_is_emptied_by_two_presses() {
    let mut window = running(Section::Lobby);
    let last = UserId(8);
    for (name, whom) in [("host.empty.away", Whom::Away), ("host.empty.everyone", Whom::Everyone)] {
        click(&mut window, name);
        click(&mut window, name);
        assert_eq!(acts(&window).last(), Some(&HostAct::Empty { whom, last }));
    }
    assert_eq!(acts(&window).len(), 2);
}
