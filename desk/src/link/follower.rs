//! Watches a session by its public pieces, as anybody may: no seat, and nothing to say. It knows no clock and opens no
//! connection: time comes in, and a [`Fetch`] brings what lies on the server.

use super::{
    event::{BACKOFF, LinkEvent},
    server::Server,
};
use outcry_shared::{
    ServerMessage,
    message::{ConnectRefusal, EndReport, RefusalCode, Snapshot, Welcome},
    piece::PieceError,
    replica::{ReadError, Reader},
};
use serde::Deserialize;
use std::sync::mpsc::{Receiver, TryRecvError};

/// The longest wait for an answer, in ms: servers and caches answer within 15 s.
const ANSWER_WITHIN_MS: u64 = 20_000;
/// Between two questions for what is not there yet, in ms.
const AGAIN_MS: u64 = 1_000;

/// Status and body of an answer, or why there is none.
pub type Answer = Result<(u16, Vec<u8>), String>;

/// What a follower needs of the device that it runs on.
pub trait Fetch {
    /// Asks for what lies at an `http://` address. The device wakes its app when the answer is there.
    fn get(&mut self, url: &str) -> Receiver<Answer>;

    /// A number in 0..1, different on every device.
    fn chance(&mut self) -> f64;
}

/// Where the pieces stand, as `/live` says.
#[derive(Deserialize)]
struct Standing {
    code: String,
    keyframe: u64,
    join: String,
}

/// Follows a session by its pieces, and whatever session comes after it.
pub struct Follower<F> {
    server: Server,
    fetch: F,
    /// Where the pieces are, once that is known.
    standing: Option<Standing>,
    reader: Reader,
    asked: Option<(Receiver<Answer>, u64)>,
    /// Nothing is asked before, in local ms.
    due_ms: u64,
    failed: u32,
}

impl<F: Fetch> Follower<F> {
    /// A follower, which asks at the first [`Self::poll`].
    pub fn new(server: Server, fetch: F) -> Self {
        Self { server, fetch, standing: None, reader: Reader::default(), asked: None, due_ms: 0, failed: 0 }
    }

    /// Begins at the newest keyframe, at once: after a sleep it is nearer than what was missed.
    pub fn begin(&mut self) {
        (self.standing, self.reader, self.asked, self.due_ms) = (None, Reader::default(), None, 0);
    }

    /// Takes what was answered, and asks for what follows.
    pub fn poll(&mut self, now_ms: u64) -> Vec<LinkEvent> {
        let mut events = Vec::new();
        if let Some((answer, asked_ms)) = &self.asked {
            match answer.try_recv() {
                Ok(Ok(answer)) => self.answered(answer, now_ms, &mut events),
                Ok(Err(why)) => self.lose(now_ms, Some(why), &mut events),
                Err(TryRecvError::Empty) if now_ms <= asked_ms + ANSWER_WITHIN_MS => {}
                Err(_) => self.lose(now_ms, None, &mut events),
            }
        }
        if self.asked.is_none() && now_ms >= self.due_ms {
            let url = self.next_url();
            self.asked = Some((self.fetch.get(&url), now_ms));
        }
        events
    }

    fn next_url(&self) -> String {
        let base = self.server.base_url();
        match &self.standing {
            None => format!("{base}/live"),
            Some(Standing { code, keyframe, .. }) => {
                format!("{base}/live/{code}/{}", self.reader.next().unwrap_or(*keyframe))
            }
        }
    }

    fn answered(&mut self, (status, body): (u16, Vec<u8>), now_ms: u64, events: &mut Vec<LinkEvent>) {
        self.asked = None;
        match (status, self.standing.is_some()) {
            (200, false) => match serde_json::from_slice(&body) {
                Ok(standing) => self.standing = Some(standing),
                Err(error) => self.lose(now_ms, Some(format!("{}/live: {error}", self.server.base_url())), events),
            },
            (200, true) => match self.reader.read(&body) {
                Ok(messages) => self.tell(messages, events),
                Err(ReadError::Piece(error @ PieceError::Version(..))) => {
                    self.due_ms = u64::MAX;
                    let refusal = ConnectRefusal { code: RefusalCode::Version, reason: error.to_string() };
                    events.push(LinkEvent::Message(Box::new(ServerMessage::Refused(refusal))));
                }
                Err(error) => self.lose(now_ms, Some(error.to_string()), events),
            },
            // It is not there yet: that is no fault.
            (204, true) => self.due_ms = now_ms + AGAIN_MS,
            // Another session has begun, or the first has not.
            (404, true) | (503, false) => {
                self.begin();
                self.due_ms = now_ms + AGAIN_MS;
            }
            (status, _) => self.lose(now_ms, Some(format!("the server answered {status}")), events),
        }
    }

    /// What a spectator on a socket would be told: whoever begins is welcomed.
    fn tell(&mut self, messages: Vec<ServerMessage>, events: &mut Vec<LinkEvent>) {
        let join_url = self.standing.as_ref().map(|standing| standing.join.clone()).unwrap_or_default();
        self.failed = 0;
        for message in messages {
            let message = match message {
                ServerMessage::Snapshot(snapshot) => welcome(*snapshot, self.reader.end(), &join_url),
                other => other,
            };
            events.push(LinkEvent::Message(Box::new(message)));
        }
    }

    fn lose(&mut self, now_ms: u64, why: Option<String>, events: &mut Vec<LinkEvent>) {
        self.begin();
        self.failed += 1;
        self.due_ms = now_ms + BACKOFF.wait_ms(self.failed, self.fetch.chance());
        events.push(LinkEvent::Lost(self.failed, why));
    }
}

fn welcome(snapshot: Snapshot, end: Option<&EndReport>, join_url: &str) -> ServerMessage {
    ServerMessage::Welcome(Box::new(Welcome {
        build: String::new(),
        you: None,
        snapshot,
        private: None,
        end: end.cloned(),
        join_url: join_url.to_owned(),
        past: Vec::new(),
    }))
}
