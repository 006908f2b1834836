//! The host's overlay under the hands of somebody in a hurry: what is next, what is out of the way, what is true.

use crate::{
    hosting::{TALL, acts, has, running, said},
    panels::{Window, click},
    support::{
        busy, scenes,
        stage::{Screen, painted, stage},
    },
};
use outcry_desk::{model::REVEAL_MS, page::Section};
use outcry_engine::{Input, OutcomeId, UserId};
use outcry_shared::{
    ServerMessage,
    config::Choice,
    message::{HostAct, Whom},
    phase::{Clock, Phase},
};

/// The server has carried out what was asked.
fn carry_out(window: &mut Window) {
    let acts = window.state().actions.clone();
    let Screen { model, now_ms, .. } = window.state_mut();
    for act in &acts {
        model.outgoing(act, *now_ms);
    }
    let request_id = model.host().waiting().unwrap().request_id;
    model.apply(ServerMessage::HostReply { request_id, result: Ok("done".to_owned()) }, *now_ms);
    window.run_ok();
}

#[test]
fn a_room_is_emptied_below_its_list_and_by_two_presses() {
    let mut window = running(Section::Lobby);
    window.set_size(egui::Vec2::from([1_280.0, 2_400.0]));
    window.run_ok();
    let last = UserId(8);
    assert!(!has(&window, "host.empty.everyone"), "folded away");
    let top = |name: &str| window.state().ui.widgets.get(name).unwrap().top();
    assert!((1..=8).all(|user| top(&format!("host.kick.{user}")) < top("host.empty")), "below the last of them");
    click(&mut window, "host.empty");
    for (name, whom) in [("host.empty.away", Whom::Away), ("host.empty.everyone", Whom::Everyone)] {
        click(&mut window, name);
        click(&mut window, name);
        assert_eq!(acts(&window).last(), Some(&HostAct::Empty { whom, last }));
    }
    assert_eq!(acts(&window).len(), 2);
    click(&mut window, "host.empty.everyone");
    assert!(said(&window).contains("Remove 6 people and 2 bots for this session?"), "{}", said(&window));
    carry_out(&mut window);
    assert!(!has(&window, "host.empty.everyone"), "it is done, and folded again");
}

#[test]
fn what_is_for_an_emergency_folds_by_itself() {
    let mut window = running(Section::Run);
    let pass = |window: &mut Window, ms| {
        window.state_mut().now_ms += ms;
        window.run_ok();
    };
    pass(&mut window, 20_000);
    click(&mut window, "host.leave.1");
    pass(&mut window, 20_000);
    assert!(has(&window, "host.reset"), "a hand was on it");
    pass(&mut window, 20_000);
    assert!(!has(&window, "host.reset"), "nobody has touched it");
    click(&mut window, "host.emergency");
    click(&mut window, "host.resolve.next");
    click(&mut window, "host.resolve.next");
    assert!(has(&window, "host.reset"), "whether it is carried out is to be seen");
    carry_out(&mut window);
    assert!(!has(&window, "host.reset"), "what it was needed for is done");
    click(&mut window, "host.emergency");
    assert!(has(&window, "host.reset"), "it is needed once more");
}

#[test]
fn the_step_of_a_break_is_its_end() {
    let mut host = busy();
    let mut screen = Screen::new(host.model());
    scenes::log_in(&mut screen.model, &host);
    screen.ui.open_host();
    host.phase = Phase::Frozen;
    host.now_ms += 1_000;
    let (outcomes, now_ms) = (vec![OutcomeId(2)], host.now_ms);
    let (update, _) = host.step(&Input::Eliminate { outcomes, round: None, now_ms, resume_ms: now_ms + 9_000 });
    screen.model.apply(ServerMessage::Tick(update), 5_250);
    let mut window = stage(screen, TALL);
    assert!(said(&window).contains("Everyone is being told who is out."), "{}", said(&window));
    click(&mut window, "host.go-on");
    assert_eq!(acts(&window), [], "nobody is told to trade before");
    let now_ms = window.state().now_ms + REVEAL_MS;
    window.state_mut().model.reveal(now_ms);
    window.state_mut().now_ms = now_ms;
    window.run_ok();
    let words = "Trading goes on by itself in 0:08. This ends the break now.";
    assert!(said(&window).contains(words), "{}", said(&window));
    click(&mut window, "host.go-on");
    click(&mut window, "host.pause");
    let resume_ms = window.state().model.session().unwrap().clock().resume_ms.unwrap();
    assert_eq!(acts(&window), [HostAct::EndFreeze { resume_ms }, HostAct::Pause], "of the break that is seen");
}

#[test]
fn a_break_that_the_end_comes_before_has_no_end_of_its_own() {
    let mut screen = scenes::hosting(Phase::Frozen);
    let clock = *screen.model.session().unwrap().clock();
    let clock = Clock { end_ms: clock.resume_ms.unwrap(), ..clock };
    screen.model.apply(ServerMessage::Clock(clock), 5_250);
    let mut window = stage(screen, TALL);
    assert!(!has(&window, "host.go-on"));
    click(&mut window, "host.pause");
    assert_eq!(acts(&window), [HostAct::Pause]);
}

#[test]
fn people_are_told_apart_from_bots_wherever_they_are_counted() {
    for section in [Section::Run, Section::Lobby] {
        let window = running(section);
        assert!(said(&window).contains("5 of 6 people connected, 2 bots"), "{section:?}: {}", said(&window));
    }
    let mut window = running(Section::Run);
    click(&mut window, "host.resolve.final");
    assert!(said(&window).contains("End the game for 6 people and 2 bots now?"), "{}", said(&window));
}

#[test]
fn the_preset_that_is_set_says_so_and_the_one_that_is_chosen_too() {
    let mut screen = scenes::hosting(Phase::Lobby);
    screen.ui.host.section = Section::Configure;
    let mut window = stage(screen, TALL);
    let marks = |window: &Window| {
        let said = said(window);
        ["Party this is set", "Three outcomes chosen, not applied yet"].map(|mark| said.contains(mark))
    };
    assert_eq!(marks(&window), [true, false], "{}", said(&window));
    click(&mut window, "host.preset.three-tuned");
    assert_eq!(marks(&window), [true, true], "{}", said(&window));
}

#[test]
fn a_message_that_is_offered_is_true_and_is_not_sent_yet() {
    let mut window = running(Section::Run);
    click(&mut window, "host.announce");
    assert_eq!(acts(&window), [], "there is nothing to send");
    assert!(said(&window).contains("Begin with:") && said(&window).contains("12 minutes left!"), "{}", said(&window));
    click(&mut window, "host.announce.0");
    assert_eq!((window.state().ui.host.announcement.as_str(), acts(&window).len()), ("12 minutes left!", 0));
    click(&mut window, "host.announce");
    assert_eq!(acts(&window), [HostAct::Announce { text: "12 minutes left!".to_owned() }]);
}

#[test]
fn whoever_uncovers_something_is_warned_before() {
    let mut window = running(Section::Run);
    let warnings = |window: &Window| said(window).matches("Guests see it too if this screen is mirrored.").count();
    assert_eq!(warnings(&window), 1, "beside the script: {}", said(&window));
    window.state_mut().ui.host.winner = Some(Choice::Fixed(OutcomeId(1)));
    window.run_ok();
    assert_eq!(warnings(&window), 2, "and beside the winner that was chosen");
}

#[test]
fn a_countdown_is_not_broken_in_two() {
    for width in [320.0, 336.0, 360.0, 375.0, 390.0, 412.0] {
        let mut screen = scenes::hosting(Phase::Running);
        screen.ui.host.section = Section::Run;
        let texts = painted(&stage(screen, [width, 740.0]));
        let (at, words) = texts.iter().find(|(_, words)| words.starts_with("next round in")).unwrap();
        assert!(at.height() < 20.0 && at.right() < width, "{width}: {words} at {at}");
    }
}
