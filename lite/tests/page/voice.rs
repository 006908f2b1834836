//! What is announced to the eye is announced to the ear: once, and not while somebody types.

use crate::{
    floor::Floor,
    support::{busy, market},
    wires::Far,
};
use outcry_desk::link::WireEvent;
use outcry_engine::{Direction, Input, OutcomeId, Side};
use outcry_lite::light::Start;
use outcry_shared::{ServerMessage, phase::Phase};

#[test]
fn the_session_is_named_on_arrival_and_the_focus_is_in_it() {
    let floor = Floor::busy();
    assert!(floor.said.contains(&"You are in: Friday night. Trading.".to_owned()), "{:?}", floor.said);
    assert_eq!(floor.focus, Some("main"));
}

#[test]
fn what_happens_is_said_once() {
    let mut floor = Floor::busy();
    floor.said.clear();
    floor.say(&ServerMessage::Announcement("Ten minutes left".to_owned()));
    floor.turn(1_000);
    assert_eq!(floor.said, ["Message from the host. Ten minutes left."]);
}

#[test]
fn a_round_is_said_as_it_happens() {
    let mut host = busy();
    let mut floor = Floor::of(&host, Start::default());
    floor.said.clear();
    host.phase = Phase::Frozen;
    host.now_ms += 1_000;
    let (now_ms, resume_ms) = (host.now_ms, host.now_ms + 9_000);
    let (update, own) =
        host.step(&Input::Eliminate { outcomes: vec![OutcomeId(2)], round: Some(0), now_ms, resume_ms });
    floor.say(&ServerMessage::Tick(update));
    floor.say(&ServerMessage::Private(own));
    (0..5).for_each(|_| floor.turn(1_000));
    let said = floor.said.join(" | ");
    for words in ["Trading is frozen", "Carl is out", "You were paid"] {
        assert_eq!(said.matches(words).count(), 1, "{words}: {said}");
    }
    assert!(floor.part("moment").contains("Trading again in 0:0"), "{}", floor.part("moment"));
}

#[test]
fn ticks_are_not_read_out() {
    let mut host = busy();
    let mut floor = Floor::of(&host, Start::default());
    floor.act("amount", "20");
    floor.turn(2_000);
    floor.said.clear();
    for _ in 0..3 {
        let (update, own) = host.run(&[market(3, 1, Side::Yes, Direction::Buy, 15)]);
        floor.say(&ServerMessage::Tick(update));
        floor.say(&ServerMessage::Private(own));
        floor.turn(1_000);
    }
    assert_eq!(floor.said, Vec::<String>::new(), "other people's trades move figures, and say nothing");
}

#[test]
fn an_order_being_typed_is_said_when_nothing_follows() {
    let mut floor = Floor::busy();
    floor.said.clear();
    for amount in ["2", "20"] {
        floor.act("amount", amount);
        floor.turn(300);
    }
    assert_eq!(floor.said, Vec::<String>::new());
    floor.turn(700);
    assert!(floor.said.len() == 1 && floor.said[0].starts_with("$20.00 on YES Ada Lovelace → $"), "{:?}", floor.said);
    floor.act("amount", "900");
    floor.turn(1_000);
    assert!(floor.said[1].starts_with("Too much at once: "), "what is in the way: {:?}", floor.said);
}

#[test]
fn a_lost_connection_is_said_and_comes_back_by_itself() {
    let mut floor = Floor::busy();
    floor.said.clear();
    floor.far.line.borrow_mut().events.push_back(WireEvent::Closed(None));
    floor.turn(100);
    floor.turn(100);
    assert_eq!(floor.said.len(), 1);
    assert!(floor.said[0].starts_with("Connection lost. Trying again by itself"), "{:?}", floor.said);
    assert!(floor.part("banner").contains("Try now"));
    floor.act("reconnect", "");
    floor.turn(100);
    floor.far = Far::of(&floor.pocket);
    floor.say(&ServerMessage::Welcome(Box::new(busy().welcome_me())));
    assert_eq!(floor.part("banner"), "");
    assert_eq!(floor.said[1..], ["Connected again."]);
}

#[test]
fn a_device_that_slept_connects_anew() {
    let mut floor = Floor::busy();
    floor.light.wake();
    floor.turn(100);
    assert_eq!(floor.pocket.lines.borrow().len(), 2);
}
