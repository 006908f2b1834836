//! A follower against a server of pieces in memory.

use crate::support::{Host, busy};
use outcry_desk::{
    exchange,
    link::{Answer, Fetch, Follower, Server},
    model::{Connection, Model, Unattended},
};
use outcry_shared::{
    ServerMessage, codec,
    phase::Phase,
    piece::{Head, encode},
    replica::Replica,
};
use std::{
    cell::RefCell,
    rc::Rc,
    sync::mpsc::{Receiver, Sender, channel},
};

/// What was asked for, and where the answer goes.
type Questions = Vec<(String, Sender<Answer>)>;

#[derive(Clone, Default)]
struct Asked(Rc<RefCell<Questions>>);

impl Fetch for Asked {
    fn get(&mut self, url: &str) -> Receiver<Answer> {
        let (sender, answer) = channel();
        self.0.borrow_mut().push((url.strip_prefix("http://floor.example").unwrap().to_owned(), sender));
        answer
    }

    fn chance(&mut self) -> f64 {
        1.0
    }
}

/// A screen that follows.
struct Screen {
    asked: Asked,
    follower: Follower<Asked>,
    model: Model,
}

impl Screen {
    fn new() -> Self {
        let asked = Asked::default();
        let follower = Follower::new(Server::at("http://floor.example").unwrap(), asked.clone());
        Self { asked, follower, model: Model::new(0) }
    }

    /// Polls, and says what it asks for, if it asks.
    fn asks(&mut self, now_ms: u64) -> Option<String> {
        let before = self.asked.0.borrow().len();
        let events = self.follower.poll(now_ms);
        exchange::watch(&mut self.model, events, now_ms);
        let asked = self.asked.0.borrow();
        asked.get(before).map(|(path, _)| path.clone())
    }

    /// Answers what it asked for last, and says what it asks for then.
    fn answer(&mut self, now_ms: u64, status: u16, body: &[u8]) -> Option<String> {
        self.asked.0.borrow().last().unwrap().1.send(Ok((status, body.to_vec()))).unwrap();
        self.asks(now_ms)
    }

    /// Follows a session from its keyframe, piece 7.
    fn following(host: &Host) -> Self {
        let mut screen = Self::new();
        assert_eq!(screen.asks(0).as_deref(), Some("/live"));
        assert_eq!(screen.answer(0, 200, STANDING).as_deref(), Some("/live/c0de/7"));
        assert_eq!(screen.answer(0, 200, &keyframe(host, 7)).as_deref(), Some("/live/c0de/8"));
        screen
    }
}

const STANDING: &[u8] = br#"{"session":1,"code":"c0de","keyframe":7,"edge":9,"join":"http://join.example"}"#;

fn keyframe(host: &Host, number: u64) -> Vec<u8> {
    let snapshot = host.snapshot();
    let replica = Replica::from(snapshot.clone());
    let head =
        Head { session: snapshot.session, number, tick: replica.tick(), state_hash: replica.state_hash(), anew: false };
    encode(&head, &[codec::encode(&ServerMessage::Snapshot(Box::new(snapshot)))])
}

#[test]
fn a_screen_follows_from_the_newest_keyframe() {
    let mut host = busy();
    let mut screen = Screen::following(&host);
    assert_eq!(screen.model.connection(), &Connection::Live);
    assert_eq!(screen.model.join_url(), "http://join.example");
    assert_eq!(screen.model.session().unwrap().state_hash(), Replica::from(host.snapshot()).state_hash());
    assert_eq!(screen.asks(10_000), None, "one question at a time");
    assert_eq!(screen.answer(10_001, 204, b""), None);
    assert_eq!(screen.asks(11_000), None, "what is not there yet is asked for a second later");
    assert_eq!(screen.asks(11_001).as_deref(), Some("/live/c0de/8"));
    let (update, _) = host.run(&[]);
    let after = Replica::from(host.snapshot());
    let head =
        Head { session: after.number(), number: 8, tick: after.tick(), state_hash: after.state_hash(), anew: false };
    let piece = encode(&head, &[codec::encode(&ServerMessage::Tick(update))]);
    assert_eq!(screen.answer(11_500, 200, &piece).as_deref(), Some("/live/c0de/9"));
    assert_eq!(screen.model.session().unwrap().state_hash(), after.state_hash());
}

#[test]
fn a_screen_comes_back_whatever_the_server_does() {
    let host = busy();
    for (status, body, waits_ms, lost) in [
        // The next session is another address.
        (404, &b""[..], 1_000, false),
        (502, b"no upstream", 500, true),
        (200, b"", 500, true),
        (200, &keyframe(&host, 9), 500, true),
    ] {
        let mut screen = Screen::following(&host);
        assert_eq!(screen.answer(100, status, body), None);
        let is_lost = matches!(screen.model.connection(), Connection::Reconnecting { attempt: 1, .. });
        assert_eq!(is_lost, lost, "{status}");
        assert_eq!(screen.model.session().unwrap().clock().phase, Phase::Running, "what was there stays");
        assert_eq!(screen.asks(99 + waits_ms), None);
        assert_eq!(screen.asks(100 + waits_ms).as_deref(), Some("/live"), "{status}");
        screen.answer(2_000, 200, STANDING);
        screen.answer(2_000, 200, &keyframe(&host, 7));
        assert_eq!(screen.model.connection(), &Connection::Live);
    }
}

#[test]
fn a_screen_waits_for_a_server_that_is_silent_and_for_a_first_session() {
    let mut screen = Screen::new();
    screen.asks(0);
    assert_eq!(screen.answer(0, 503, b"Nothing has been told yet"), None);
    assert_eq!(screen.model.connection(), &Connection::Connecting);
    assert_eq!(screen.asks(1_000).as_deref(), Some("/live"));
    assert_eq!(screen.asks(21_000), None);
    assert_eq!(screen.asks(21_001), None, "no answer is a loss");
    assert!(matches!(screen.model.connection(), Connection::Reconnecting { attempt: 1, .. }));
    assert_eq!(screen.asks(21_501).as_deref(), Some("/live"));
    screen.asked.0.borrow().last().unwrap().1.send(Err("refused".to_owned())).unwrap();
    screen.asks(21_502);
    let why = Some("refused".to_owned());
    assert_eq!(screen.model.connection(), &Connection::Reconnecting { attempt: 2, why });
}

#[test]
fn a_screen_of_another_version_loads_its_page_again() {
    let host = busy();
    let mut screen = Screen::following(&host);
    let mut piece = keyframe(&host, 8);
    piece[1] ^= 1;
    assert_eq!(screen.answer(0, 200, &piece), None);
    assert_eq!(screen.model.connection().unattended(), Some(Unattended::Reload));
    assert_eq!(screen.asks(100_000), None, "until it is told to");
    screen.follower.begin();
    assert_eq!(screen.asks(100_000).as_deref(), Some("/live"));
}

#[test]
fn a_sleeper_begins_at_the_newest_keyframe() {
    let mut screen = Screen::following(&busy());
    screen.follower.begin();
    assert_eq!(screen.asks(1).as_deref(), Some("/live"));
}
