//! The host's right, and what must stay secret.

use crate::hall::{Hall, Host};
use outcry_engine::{OutcomeId, UserId};
use outcry_shared::{
    ClientMessage, ServerMessage,
    config::{Choice, Elimination},
    message::{HostAct, HostState, Resolve, SeatClaim, Step, Whom},
    phase::Phase,
    secret::HostGrant,
};

fn every_act() -> Vec<HostAct> {
    vec![
        HostAct::Configure(Box::new(crate::hall::config())),
        HostAct::OpenLobby,
        HostAct::Start,
        HostAct::Pause,
        HostAct::Resume,
        HostAct::EndFreeze { resume_ms: 25_000 },
        HostAct::Extend { by_s: 60 },
        HostAct::Resolve(Resolve::Next(0)),
        HostAct::Resolve(Resolve::Eliminate(vec![OutcomeId(1)])),
        HostAct::Resolve(Resolve::Final(OutcomeId(0))),
        HostAct::SetWinner(Choice::Fixed(OutcomeId(1))),
        HostAct::Reset,
        HostAct::Kick { user: UserId(1) },
        HostAct::Rename { user: UserId(1), name: "Zoe".to_owned() },
        HostAct::SetDoor { open: false },
        HostAct::Announce { text: "hello".to_owned() },
        HostAct::GiveBack { user: UserId(1) },
        HostAct::Empty { whom: Whom::Everyone, last: UserId(9) },
        HostAct::Rehearse(Box::new(crate::hall::config())),
        HostAct::StopRehearsal,
    ]
}

pub(crate) fn host_state(messages: &[ServerMessage]) -> Option<&HostState> {
    messages.iter().rev().find_map(|message| match message {
        ServerMessage::HostState(state) => Some(&**state),
        _ => None,
    })
}

#[test]
fn no_participant_can_do_what_the_host_does() {
    let (mut hall, _host) = Hall::running();
    let mut ada = hall.join("Ada");
    for (request, act) in (1..).zip(every_act()) {
        let refused = hall.request(&mut ada, HostGrant([3; 24]), request, act.clone()).unwrap_err();
        assert!(refused.contains("host's right"), "{act:?}: {refused}");
    }
    let snapshot = hall.claim(SeatClaim::Spectate).welcome().snapshot.clone();
    assert_eq!((snapshot.session, snapshot.clock.phase, snapshot.seats.len()), (1, Phase::Running, 1));
    assert_eq!(snapshot.seats[0].name, "Ada");
    assert!(host_state(&ada.heard).is_none());
}

#[test]
fn the_host_sees_who_has_practised() {
    let (mut hall, mut host) = Hall::running();
    let (mut ada, _ben) = (hall.join("Ada"), hall.join("Ben"));
    for missions in [0b001, 0b100 | 0b1111_0000] {
        hall.say(&mut ada, ClientMessage::Practised { missions });
    }
    hall.act(&mut host, HostAct::SetDoor { open: true }).unwrap();
    host.guest.hear();
    let seats = &host_state(&host.guest.heard).unwrap().seats;
    let practised: Vec<_> = seats.iter().map(|row| (row.name.as_str(), row.practised)).collect();
    assert_eq!(practised, [("Ada", 0b101), ("Ben", 0)], "added up, and only those that there are");
}

#[test]
fn the_host_sees_how_far_newcomers_have_come() {
    let (mut hall, mut host) = Hall::running();
    let (mut ada, _ben) = (hall.join("Ada"), hall.join("Ben"));
    let mut watcher = hall.claim(SeatClaim::Spectate);
    let tell = |step, after_ms| ClientMessage::Reached { step, after_ms };
    for message in [tell(Step::Named, 900), tell(Step::Sight, 1_500), tell(Step::Named, 7), tell(Step::Tap, u32::MAX)] {
        hall.say(&mut ada, message);
    }
    hall.say(&mut ada, tell(Step::Order, 2_000));
    hall.say(&mut watcher, tell(Step::Named, 1));
    let reached = |hall: &mut Hall, host: &mut Host| -> Vec<_> {
        hall.act(host, HostAct::SetDoor { open: true }).unwrap();
        host.guest.hear();
        host_state(&host.guest.heard).unwrap().seats.iter().map(|row| row.reached).collect()
    };
    let said = reached(&mut hall, &mut host);
    assert_eq!(
        said,
        [[Some(900), Some(1_500), None, None], [None; 4]],
        "the first word; no day-long time, no order yet"
    );
    let order = ada.buys(1);
    hall.say(&mut ada, ClientMessage::Order(order));
    hall.say(&mut ada, tell(Step::Order, 9_000));
    assert_eq!(reached(&mut hall, &mut host)[0][3], Some(9_000));
}

#[test]
fn pages_that_are_opened_without_a_seat_are_counted() {
    let (mut hall, mut host) = Hall::running();
    for opened in [true, false, true] {
        let front = hall.front.clone();
        let info = hall.asked(async move { front.session(None, opened).await }).unwrap();
        assert_eq!(info.you, None);
    }
    hall.act(&mut host, HostAct::SetDoor { open: true }).unwrap();
    host.guest.hear();
    assert_eq!(host_state(&host.guest.heard).unwrap().opened, 2);
}

#[test]
fn a_request_sent_again_has_one_effect() {
    let (mut hall, mut host) = Hall::running();
    let act = HostAct::Extend { by_s: 10 };
    let first = hall.request(&mut host.guest, host.grant, 77, act.clone());
    let again = hall.request(&mut host.guest, host.grant, 77, act);
    assert_eq!(first, again);
    assert_eq!(hall.claim(SeatClaim::Spectate).welcome().snapshot.clock.end_ms, 70_000);
}

#[test]
fn acts_need_the_right_phase() {
    let mut hall = Hall::open();
    let mut host = hall.host();
    let refused = [
        HostAct::OpenLobby,
        HostAct::Pause,
        HostAct::Resume,
        HostAct::EndFreeze { resume_ms: 0 },
        HostAct::Extend { by_s: 10 },
        HostAct::Resolve(Resolve::Next(0)),
        HostAct::Resolve(Resolve::Final(OutcomeId(0))),
        HostAct::Kick { user: UserId(9) },
        HostAct::Announce { text: " ".to_owned() },
    ];
    for act in refused {
        assert!(hall.act(&mut host, act.clone()).is_err(), "{act:?} in the lobby");
    }
    hall.act(&mut host, HostAct::Start).unwrap();
    for act in [HostAct::Start, HostAct::Configure(Box::new(crate::hall::config())), HostAct::Resume] {
        assert!(hall.act(&mut host, act.clone()).is_err(), "{act:?} while running");
    }
}

#[test]
fn a_configuration_is_checked_whole_and_reaches_everyone() {
    let mut hall = Hall::open();
    let mut host = hall.host();
    let mut ada = hall.join("Ada");
    let mut bad = crate::hall::config();
    bad.params.n_outcomes = 2;
    bad.params.total_duration = 0;
    let reason = hall.act(&mut host, HostAct::Configure(Box::new(bad))).unwrap_err();
    assert!(reason.contains("n_outcomes") && reason.contains("total_duration"), "{reason}");
    let mut renamed = crate::hall::config();
    renamed.name = "Friday".to_owned();
    renamed.question = "Who wins the final?".to_owned();
    hall.act(&mut host, HostAct::Configure(Box::new(renamed))).unwrap();
    ada.hear();
    let shown = ada.snapshot().unwrap();
    assert_eq!((shown.session_name.as_str(), shown.question.as_str()), ("Friday", "Who wins the final?"));
    assert_eq!(ada.private().own.balance, crate::hall::config().params.starting_balance, "Ada is still there");
    hall.pass_ms(500); // snapshots are not sent faster
    let mut good = crate::hall::config();
    good.params.starting_balance = outcry_engine::Usdc::whole(250);
    hall.act(&mut host, HostAct::Configure(Box::new(good.clone()))).unwrap();
    ada.hear();
    assert_eq!(ada.snapshot().unwrap().market.params, good.params);
    assert_eq!(ada.private().own.balance, outcry_engine::Usdc::whole(250));
    host.guest.hear();
    assert_eq!(host_state(&host.guest.heard).unwrap().config, good);
    let token = ada.token();
    let mut hall = hall.crash();
    assert_eq!(hall.resume(token).private().own.balance, outcry_engine::Usdc::whole(250));
}

#[test]
fn the_host_closes_renames_and_keeps_the_door() {
    let (mut hall, mut host) = Hall::running();
    let mut ada = hall.join("Ada");
    let bob = hall.join("Bob");
    let ada_id = ada.welcome().you.as_ref().unwrap().user;
    let bob_id = bob.welcome().you.as_ref().unwrap().user;
    let taken = HostAct::Rename { user: bob_id, name: "ada".to_owned() };
    assert!(hall.act(&mut host, taken).unwrap_err().contains("taken"));
    hall.act(&mut host, HostAct::Rename { user: bob_id, name: "Bert".to_owned() }).unwrap();
    hall.act(&mut host, HostAct::SetDoor { open: false }).unwrap();
    assert!(hall.join("Cyd").refusal().unwrap().contains("door"));
    hall.act(&mut host, HostAct::SetDoor { open: true }).unwrap();
    let token = ada.token();
    hall.act(&mut host, HostAct::Kick { user: ada_id }).unwrap();
    ada.hear();
    assert!(ada.refusal().unwrap().contains("closed your seat"));
    assert!(ada.closing().is_some());
    assert!(hall.resume(token).refusal().unwrap().contains("stays closed"));
    let seats = hall.claim(SeatClaim::Spectate).welcome().snapshot.seats.clone();
    assert_eq!(seats.iter().map(|seat| seat.name.as_str()).collect::<Vec<_>>(), ["Bert"]);
}

#[test]
fn the_host_sees_everything_and_every_act_is_in_the_log() {
    let (mut hall, mut host) = Hall::running();
    let mut ada = hall.join("Ada");
    let order = ada.buys(5);
    hall.say(&mut ada, ClientMessage::Order(order));
    hall.pass_ms(2_000);
    hall.act(&mut host, HostAct::Announce { text: "Half time".to_owned() }).unwrap();
    host.guest.hear();
    let state = host_state(&host.guest.heard).unwrap();
    assert_eq!(state.winner, Some(OutcomeId(0)));
    assert_eq!(state.eliminate, [vec![OutcomeId(3)], vec![OutcomeId(2)]]);
    assert_eq!((state.seats[0].orders, state.watch.orders, state.watch.fills), (1, 1, 1));
    assert_eq!(state.watch.store, "memory");
    let acts: Vec<_> = state.acts.iter().map(|act| act.act.as_str()).collect();
    assert_eq!(acts, ["start", "announce \"Half time\""]);
    assert!(state.acts.iter().all(|act| act.effect == Ok(String::new())), "nothing is said twice: {:?}", state.acts);
    let dot = vec![OutcomeId(3), OutcomeId(2)];
    let done = hall.act(&mut host, HostAct::Resolve(Resolve::Eliminate(dot))).unwrap();
    assert_eq!(done, "eliminated Dot, Cyd");
    host.guest.hear();
    let log = host_state(&host.guest.heard).unwrap().acts.last().unwrap().clone();
    assert_eq!((log.act.as_str(), log.effect), ("eliminate Dot, Cyd", Ok(String::new())));
    ada.hear();
    assert!(ada.heard.contains(&ServerMessage::Announcement("Half time".to_owned())));
}

/// Two sessions that differ in nothing but their scripts: until something of the script
/// happens, a participant receives the same bytes.
#[test]
fn nothing_of_the_script_reaches_a_participant_before_it_happens() {
    let wire = |winner: u8, leaves: u8| {
        let mut config = crate::hall::config();
        config.script.winner = Choice::Fixed(OutcomeId(winner));
        let others: Vec<u8> = (0..4).filter(|other| *other != winner && *other != leaves).collect();
        config.script.eliminate =
            vec![Elimination::Fixed(vec![OutcomeId(leaves)]), Elimination::Fixed(vec![OutcomeId(others[0])])];
        let mut hall = Hall::with(config);
        let mut host = hall.host();
        let mut ada = hall.join("Ada");
        hall.act(&mut host, HostAct::Start).unwrap();
        let order = ada.buys(10);
        hall.say(&mut ada, ClientMessage::Order(order));
        hall.pass_ms(19_900);
        hall.say(&mut ada, ClientMessage::Resync);
        hall.act(&mut host, HostAct::SetDoor { open: false }).unwrap();
        ada.hear();
        let messages: Vec<_> = ada.heard.iter().map(without_server_time).collect();
        assert!(messages.len() > 20);
        messages
    };
    let one = wire(0, 3);
    assert_eq!(one, wire(1, 2));
    assert_eq!(one, wire(2, 0));
}

#[test]
fn a_key_is_told_to_nobody() {
    let (mut hall, mut host) = Hall::running();
    let mut bob = hall.join("Bob");
    let mut ada = hall.join("Ada");
    let token = ada.token();
    let order = ada.buys(10);
    hall.say(&mut ada, ClientMessage::Order(order));
    hall.say(&mut bob, ClientMessage::Resync);
    let again = hall.resume(token);
    hall.pass_ms(3_000);
    hall.act(&mut host, HostAct::Resolve(Resolve::Final(OutcomeId(0)))).unwrap();
    for mut guest in [ada, bob, host.guest, again] {
        guest.hear();
        assert!(guest.wire.windows(16).all(|window| window != token.0));
    }
}

/// Debug text of a message, without the token that is random in each run.
fn without_server_time(message: &ServerMessage) -> String {
    match message {
        ServerMessage::Welcome(welcome) => format!("{:?}", welcome.snapshot),
        other => format!("{other:?}"),
    }
}
