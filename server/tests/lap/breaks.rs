//! Breaks that the host ends early.

use crate::{
    hall::{Hall, Host, config},
    host::host_state,
    recovery::now,
};
use outcry_engine::{Event, OrderStatus, OutcomeId, RejectReason};
use outcry_server::store::{SessionId, Store};
use outcry_shared::{
    ClientMessage, ServerMessage,
    message::{HostAct, Resolve},
    phase::Phase,
};

/// The planned end of the freeze of the first round.
const RESUME: HostAct = HostAct::EndFreeze { resume_ms: 25_000 };

#[test]
fn a_break_that_the_host_ends_is_as_if_its_time_had_passed() {
    let (mut hall, mut host) = Hall::running();
    let mut ada = hall.join("Ada");
    hall.pass_ms(21_700);
    let late = ada.buys(10);
    hall.say(&mut ada, ClientMessage::Order(late));
    assert_eq!(hall.act(&mut host, RESUME), Ok("trading goes on 4 s early".to_owned()));
    ada.hear();
    let resume = ada.ticks().last().copied().unwrap().clone();
    assert_eq!((resume.clock.phase, resume.clock.now_ms, resume.clock.resume_ms), (Phase::Running, 25_000, None));
    assert_eq!((resume.clock.next_freeze_ms, resume.clock.end_ms), (Some(40_000), 60_000), "no plan has moved");
    assert_eq!(resume.clock.next_tick_ms, 26_000, "on the grid");
    assert!(resume.events.contains(&Event::Resume));
    let receipt = &ada.private().receipts[0].order;
    assert_eq!((receipt.status, &receipt.reason), (OrderStatus::Rejected, &Some(RejectReason::Frozen)), "sent before");
    host.guest.hear();
    let done = host_state(&host.guest.heard).unwrap().acts.last().unwrap().clone();
    assert_eq!((done.act.as_str(), done.at_ms), ("end the break", 25_000));

    ada.heard.clear();
    let order = ada.buys(10);
    hall.say(&mut ada, ClientMessage::Order(order));
    hall.pass_ms(15_000);
    ada.hear();
    let ticks = ada.ticks();
    assert_eq!((ticks[0].clock.now_ms, ticks[0].trades.len()), (26_000, 1), "trading goes on");
    let last = ticks.last().unwrap().clock;
    assert_eq!((last.phase, last.now_ms), (Phase::Frozen, 40_000), "the next round comes at its time");
    assert_eq!(ticks.len(), 15, "every second has its tick, and none is made up");
    let told = |message: &ServerMessage| matches!(message, ServerMessage::Announcement(_));
    assert!(!ada.heard.iter().any(told), "nobody is told of an interruption");
    let events = now(hall.store.events(SessionId(1), 0));
    let at = |kind: &str, to: &str| {
        let mut rows = events.iter().filter(|(_, row)| row.kind == kind && row.payload.contains(to));
        rows.next().map(|(_, row)| row.ts_ms)
    };
    assert_eq!(at("PHASE", r#""from":"FROZEN""#), Some(25_000));
    assert_eq!(at("HOST_ACT", "end the break"), Some(25_000));
}

#[test]
fn a_break_is_ended_only_by_whoever_saw_it_and_once_everyone_may_know_who_left() {
    let (mut hall, mut host) = Hall::running();
    let refused = |hall: &mut Hall, host: &mut Host, act: HostAct, why: &str| {
        let before = (hall.session().phase(), hall.session().now_ms());
        let reason = hall.act(host, act).unwrap_err();
        assert!(reason.contains(why), "{reason}");
        assert_eq!((hall.session().phase(), hall.session().now_ms()), before, "{why}: nothing was changed");
    };
    refused(&mut hall, &mut host, RESUME, "is running: it must be frozen");
    hall.pass_ms(20_000);
    refused(&mut hall, &mut host, RESUME, "being told who is out");
    hall.pass_ms(1_200);
    refused(&mut hall, &mut host, RESUME, "being told who is out");
    hall.pass_ms(100);
    let other = HostAct::EndFreeze { resume_ms: 45_000 };
    refused(&mut hall, &mut host, other, "the break until 0:45 is over, this one lasts until 0:25");
    hall.act(&mut host, HostAct::Pause).unwrap();
    refused(&mut hall, &mut host, RESUME, "is paused: it must be frozen");
    hall.act(&mut host, HostAct::Resume).unwrap();
    hall.act(&mut host, RESUME).unwrap();
    refused(&mut hall, &mut host, RESUME, "is running: it must be frozen");
    let mut config = config();
    config.params.rounds.truncate(1);
    config.script.eliminate.truncate(1);
    let mut hall = Hall::with(config);
    let mut host = hall.host();
    hall.act(&mut host, HostAct::Start).unwrap();
    hall.pass_ms(50_000);
    hall.act(&mut host, HostAct::Resolve(Resolve::Eliminate(vec![OutcomeId(1)]))).unwrap();
    hall.pass_ms(2_000);
    let resume_ms = hall.session().floor().resume_ms().unwrap();
    refused(&mut hall, &mut host, HostAct::EndFreeze { resume_ms }, "the game ends before");
}

#[test]
fn a_crash_after_a_break_was_ended_finds_it_ended() {
    let (mut hall, mut host) = Hall::running();
    let ada = hall.join("Ada");
    hall.pass_ms(22_000);
    hall.act(&mut host, RESUME).unwrap();
    let (token, hash) = (ada.token(), hall.session().market().state_hash());
    let mut hall = hall.crash();
    hall.lap();
    let session = hall.session();
    assert_eq!((session.phase(), session.now_ms()), (Phase::Paused, 25_000), "as after any start");
    assert_eq!(session.market().state_hash(), hash);
    let mut host = hall.host();
    hall.act(&mut host, HostAct::Resume).unwrap();
    let mut ada = hall.resume(token);
    hall.pass_ms(1_000);
    ada.hear();
    let clock = ada.ticks().last().unwrap().clock;
    assert_eq!((clock.phase, clock.now_ms, clock.next_freeze_ms), (Phase::Running, 26_000, Some(40_000)));
}
