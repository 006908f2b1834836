//! Practising while one waits: a market of one's own that nobody takes for the real one.

use crate::{
    floor::Floor,
    support::{Host, party},
};
use outcry_lite::light::Start;
use outcry_shared::{
    ClientMessage, ServerMessage,
    phase::{Clock, Phase},
};

fn lobby() -> Floor {
    Floor::of(&Host::new(party()), Start::default())
}

fn practising() -> Floor {
    let mut floor = lobby();
    floor.far.heard();
    assert!(floor.act("practise", "true"));
    floor
}

/// What the server was told of it: never an order.
fn told(floor: &mut Floor) -> Vec<u8> {
    let heard = floor
        .far
        .heard()
        .into_iter()
        .filter(|message| !matches!(message, ClientMessage::Ping { .. } | ClientMessage::Reached { .. }));
    heard
        .map(|message| match message {
            ClientMessage::Practised { missions } => missions,
            other => panic!("{other:?} went to the server"),
        })
        .collect()
}

#[test]
fn the_lobby_invites_those_who_have_a_seat() {
    let floor = lobby();
    assert!(floor.part("choose").contains("Practise while you wait"));
    assert_eq!(floor.read("choose").classed("missions").count(), 1);
}

#[test]
fn it_is_a_whole_market_and_says_what_it_is_everywhere() {
    let mut floor = practising();
    assert!(floor.part("top").contains("PRACTICE"));
    assert!(floor.part("choose").contains("Banana") && !floor.part("choose").contains("Ada Lovelace"));
    for tab in ["trade", "portfolio", "more", "market"] {
        floor.act("tab", tab);
        assert_eq!(floor.read("top").classed("practice-strip").count(), 1, "{tab}");
    }
    let before = floor.part("choose").to_owned();
    (0..10).for_each(|_| floor.turn(1_000));
    assert!(floor.part("choose") != before, "its bots trade");
    assert_eq!(told(&mut floor), Vec::<u8>::new());
}

#[test]
fn three_missions_are_done_and_the_host_is_told_of_each() {
    let mut floor = practising();
    let tick = |floor: &mut Floor| (0..2).for_each(|_| floor.turn(600));
    floor.act("pick", "0 yes");
    floor.act("bet", "yes");
    floor.turn(400);
    floor.act("confirm", "");
    tick(&mut floor);
    assert!(floor.part("top").contains("1 of 3 done"), "{}", floor.part("top"));
    floor.act("sell", "0 yes");
    floor.act("bet", "yes");
    floor.turn(400);
    floor.act("confirm", "");
    tick(&mut floor);
    for (what, value) in
        [("full", "true"), ("kind", "limit"), ("limit", "-5"), ("limit", "-5"), ("amount", "5"), ("send", "")]
    {
        floor.act(what, value);
    }
    floor.turn(400);
    floor.act("confirm", "");
    tick(&mut floor);
    floor.act("key", "x");
    assert!(floor.part("top").contains("All three done"), "{}", floor.part("top"));
    assert_eq!(told(&mut floor), [0b001, 0b011, 0b111]);
    floor.act("practise", "false");
    assert!(floor.part("choose").contains("Practise again"), "what was done is not forgotten");
    assert_eq!(floor.read("top").classed("practice-strip").count(), 0);
}

#[test]
fn it_ends_by_itself_when_the_session_begins() {
    let mut floor = practising();
    floor.act("pick", "1 no");
    floor.act("amount", "7");
    floor.act("bet", "no");
    assert!(floor.part("dialog").contains("NO Banana"));
    assert!(floor.light.draft().starts_with("0 YES buy"), "nothing of it is taken to another floor");
    let clock = Clock { phase: Phase::Running, ..*floor.light.model().session().unwrap().clock() };
    floor.said.clear();
    floor.say(&ServerMessage::Clock(clock));
    assert_eq!(floor.read("top").classed("practice-strip").count(), 0);
    assert!(floor.part("choose").contains("Ada Lovelace") && !floor.whole().contains("Banana"));
    assert_eq!((floor.part("dialog"), floor.light.state().draft.amount.as_str()), ("", ""));
    assert!(floor.said.iter().any(|said| said.starts_with("Practice is over")), "{:?}", floor.said);
    assert!(!floor.act("pick", "0 yes") && !floor.act("bet", "yes"), "meant for what stood there before");
    assert_eq!(floor.part("tabs"), "");
    floor.act("narrow", "true");
    assert_ne!(floor.part("tabs"), "", "a page that is turned in that moment is narrow from then on");
    floor.act("narrow", "false");
    assert_eq!(floor.part("tabs"), "");
    floor.turn(1_000);
    assert!(!floor.act("confirm", ""), "what was asked for there is asked for no more");
    assert!(floor.act("pick", "0 yes"));
    assert!(!floor.act("practise", "true"), "nobody practises while the market is open");
    assert_eq!(told(&mut floor), Vec::<u8>::new());
}
