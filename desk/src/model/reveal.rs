//! The way in: a message is taken in at once, or waits behind the curtain until everyone may see it.

use super::{
    curtain::{Curtain, follows, secret},
    notice::Notice,
    state::Model,
};
use outcry_shared::ServerMessage;

impl Model {
    /// Takes a message in and says what it meant. Who has just left the game is not seen for a moment, nor is what was
    /// said after it; only that trading stands still.
    pub fn apply(&mut self, message: ServerMessage, now_local_ms: u64) -> Vec<Notice> {
        self.listen(&message, now_local_ms);
        let mut notices = self.reveal(now_local_ms);
        if let Some(curtain) = self.curtain.as_mut().filter(|_| follows(&message)) {
            curtain.held.push(message);
        } else if let Some(opens_ms) = self.opens(&message, now_local_ms) {
            notices.extend(self.stop(&message, now_local_ms));
            self.curtain = Some(Curtain { opens_ms, held: vec![message] });
        } else {
            notices.extend(self.take_in(message, now_local_ms));
        }
        notices
    }

    /// Lets time pass: what waited is taken in once it may be seen.
    pub fn reveal(&mut self, now_local_ms: u64) -> Vec<Notice> {
        let Some(curtain) = self.curtain.take_if(|curtain| now_local_ms >= curtain.opens_ms) else { return vec![] };
        curtain.held.into_iter().flat_map(|message| self.take_in(message, now_local_ms)).collect()
    }

    /// Whether [`Self::reveal`] would show something now.
    #[must_use]
    pub fn is_due(&self, now_local_ms: u64) -> bool {
        self.curtain.as_ref().is_some_and(|curtain| now_local_ms >= curtain.opens_ms)
    }

    /// Whether somebody has left, and it is not said who.
    #[must_use]
    pub const fn holds_breath(&self) -> bool {
        self.curtain.is_some()
    }

    /// The server's time is told by when a message comes, not by when it is taken in.
    fn listen(&mut self, message: &ServerMessage, now_local_ms: u64) {
        self.time.heard(now_local_ms);
        match message {
            ServerMessage::Welcome(welcome) => self.time.clock(&welcome.snapshot.clock, now_local_ms),
            ServerMessage::Snapshot(snapshot) => self.time.clock(&snapshot.clock, now_local_ms),
            ServerMessage::Tick(update) => self.time.clock(&update.clock, now_local_ms),
            ServerMessage::Clock(clock) => self.time.clock(clock, now_local_ms),
            ServerMessage::Pong { sent_ms, server_ms } => self.time.pong(*sent_ms, *server_ms, now_local_ms),
            _ => {}
        }
    }

    /// The local time before which a message tells too much, in ms.
    fn opens(&self, message: &ServerMessage, now_local_ms: u64) -> Option<u64> {
        let (clock, told_ms) = secret(message)?;
        if let ServerMessage::Tick(update) = message {
            // One that is late or after a gap tells nothing.
            let next = |tick| !self.needs_resync && update.tick == tick + 1;
            self.session.as_ref().filter(|session| next(session.tick()))?;
        }
        let left_ms = told_ms.saturating_sub(self.time.session_ms(&clock, now_local_ms));
        (left_ms > 0).then_some(now_local_ms + left_ms)
    }

    /// That trading stands still is seen at once.
    fn stop(&mut self, message: &ServerMessage, now_local_ms: u64) -> Vec<Notice> {
        let (clock, number) = match message {
            ServerMessage::Tick(update) => (update.clock, None),
            ServerMessage::Snapshot(snapshot) => (snapshot.clock, Some(snapshot.session)),
            _ => return vec![],
        };
        let same = |number| self.session.as_ref().is_some_and(|session| session.number() == number);
        if number.is_none_or(same) { self.clock(clock, now_local_ms) } else { vec![] }
    }
}
