//! A market of one's own to practise on while one waits: the real engine with four bots in it, run where it is shown.
//! Nothing of it reaches a server or a record; [`Practice`] alone changes it.

mod mission;
mod room;

pub use mission::{Mission, Missions};

use crate::{action::Action, model::Model};
use outcry_shared::ServerMessage;
use room::Room;

/// A practice market with what its one player knows of it.
#[derive(Debug)]
pub struct Practice {
    room: Room,
    model: Model,
    /// When the next tick is due, local ms.
    next_ms: u64,
}

impl Practice {
    /// Opens one for a player of this name. `seed` decides what the bots do.
    #[must_use]
    pub fn open(name: &str, seed: u64, now_ms: u64) -> Option<Self> {
        let room = Room::new(seed)?;
        let mut model = Model::new(1);
        let welcome = room.welcome(name, now_ms);
        model.apply(ServerMessage::Welcome(Box::new(welcome)), now_ms);
        Some(Self { room, model, next_ms: now_ms + room::TICK_MS })
    }

    /// What the player knows of it.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// The missions that were done here.
    #[must_use]
    pub fn missions(&self) -> Missions {
        self.room.missions()
    }

    /// Lets time pass; whether anything has changed. A page that was asleep goes on where it was.
    pub fn turn(&mut self, now_ms: u64) -> bool {
        if now_ms < self.next_ms {
            return false;
        }
        self.next_ms = now_ms + room::TICK_MS;
        self.room.tick(now_ms);
        self.tell(now_ms);
        true
    }

    /// Carries out what is the market's, and returns the rest.
    pub fn act(&mut self, actions: Vec<Action>, now_ms: u64) -> Vec<Action> {
        let mut rest = Vec::new();
        for action in actions {
            if !matches!(action, Action::PlaceOrder(_) | Action::Cancel(_) | Action::CancelAll) {
                rest.push(action);
            } else if let Some(message) = self.model.outgoing(&action, now_ms) {
                self.room.hear(message);
            }
        }
        self.tell(now_ms);
        rest
    }

    fn tell(&mut self, now_ms: u64) {
        for message in self.room.take_said() {
            self.model.apply(message, now_ms);
        }
    }
}
