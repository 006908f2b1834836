//! The rooms of a house by their codes, and what its organiser asks for. The table is changed by the house alone; the HTTP
//! side reads it, and asks by a bounded queue with one answer each.

use crate::{board::Board, code::Code, record::Health, stop::Stop};
use axum::Router;
use outcry_shared::config::SessionConfig;
use std::{
    collections::BTreeMap,
    fmt,
    sync::{Arc, PoisonError, RwLock},
};
use tokio::sync::{mpsc, oneshot};

/// Requests of organisers that wait; beyond it they are told "busy".
const ASKS_MAX: usize = 16;

/// A room that is open, as the door knows it. It holds a secret, and so does not print itself.
#[derive(Clone)]
pub struct Room {
    /// Which one it was of those that were opened.
    pub number: u32,
    /// Everything under its address.
    pub router: Router,
    /// How its record stands.
    pub health: Health,
    /// Where it stands.
    pub board: Board,
    /// How it is told to stop.
    pub(crate) stop: Stop,
    /// The address people join by.
    pub link: Arc<str>,
    /// The password of its host.
    pub password: Arc<str>,
}

#[cfg(test)]
impl Room {
    /// One without laps.
    pub(crate) fn bare(router: Router) -> Self {
        let (link, password) = ("https://floor.example.org/r/CODE".into(), "barley".into());
        Self {
            number: 1,
            router,
            health: Health::default(),
            board: Board::default(),
            stop: Stop::default(),
            link,
            password,
        }
    }
}

impl fmt::Debug for Room {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Room").field("link", &self.link).finish_non_exhaustive()
    }
}

/// What stands behind a code.
#[derive(Clone, Debug)]
pub enum Behind {
    /// A room.
    Room(Room),
    /// A room that cannot go on: why.
    Broken(String),
}

/// A room that is closed and still kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedRoom {
    /// What its address ended with.
    pub code: Code,
    /// What its first session was to be called.
    pub name: String,
}

/// What an organiser asks for.
#[derive(Debug)]
pub enum Ask {
    /// A new room.
    Open {
        /// What its session is opened with.
        config: Box<SessionConfig>,
        /// Its code, or one sentence why not.
        reply: oneshot::Sender<Result<Code, String>>,
    },
    /// Those that are closed and still kept.
    Closed {
        /// Them, or one sentence why they cannot be told.
        reply: oneshot::Sender<Result<Vec<ClosedRoom>, String>>,
    },
    /// Another try with a room that cannot go on, or a closed one open again.
    Again {
        /// Which.
        code: Code,
        /// Done, or one sentence why not.
        reply: oneshot::Sender<Result<(), String>>,
    },
    /// A closed room deleted, with the record of all its sessions.
    Purge {
        /// Which.
        code: Code,
        /// Done, or one sentence why not.
        reply: oneshot::Sender<Result<(), String>>,
    },
    /// The end of a room: everybody in it is sent away, and its record stays.
    Close {
        /// Which.
        code: Code,
        /// Done, or one sentence why not.
        reply: oneshot::Sender<Result<(), String>>,
    },
}

/// The table. Clones are the same table.
#[derive(Clone, Debug)]
pub struct Rooms {
    table: Arc<RwLock<BTreeMap<Code, Behind>>>,
    asks: mpsc::Sender<Ask>,
}

const BUSY: &str = "the server is busy or stopping: try again in a moment";

impl Rooms {
    /// An empty one, and the house's end of the queue.
    #[must_use]
    pub fn new() -> (Self, mpsc::Receiver<Ask>) {
        let (asks, receiver) = mpsc::channel(ASKS_MAX);
        (Self { table: Arc::default(), asks }, receiver)
    }

    /// What stands behind a code.
    #[must_use]
    pub fn find(&self, code: &Code) -> Option<Behind> {
        self.table.read().unwrap_or_else(PoisonError::into_inner).get(code).cloned()
    }

    /// All of them, by code.
    #[must_use]
    pub fn all(&self) -> Vec<(Code, Behind)> {
        let table = self.table.read().unwrap_or_else(PoisonError::into_inner);
        table.iter().map(|(code, behind)| (code.clone(), behind.clone())).collect()
    }

    /// The only room, if there is one and no other.
    #[must_use]
    pub fn only(&self) -> Option<Code> {
        let table = self.table.read().unwrap_or_else(PoisonError::into_inner);
        table.keys().next().filter(|_| table.len() == 1).cloned()
    }

    pub(crate) fn put(&self, code: Code, behind: Behind) {
        self.table.write().unwrap_or_else(PoisonError::into_inner).insert(code, behind);
    }

    pub(crate) fn take(&self, code: &Code) {
        self.table.write().unwrap_or_else(PoisonError::into_inner).remove(code);
    }

    /// Asks for a new room.
    ///
    /// # Errors
    /// One sentence: why there is none.
    pub async fn open(&self, config: SessionConfig) -> Result<Code, String> {
        self.ask(|reply| Ask::Open { config: Box::new(config), reply }).await
    }

    /// Asks for the end of a room.
    ///
    /// # Errors
    /// One sentence: why it goes on.
    pub async fn close(&self, code: Code) -> Result<(), String> {
        self.ask(|reply| Ask::Close { code, reply }).await
    }

    /// Asks for the rooms that are closed and still kept.
    ///
    /// # Errors
    /// One sentence: why they cannot be told.
    pub async fn closed(&self) -> Result<Vec<ClosedRoom>, String> {
        self.ask(|reply| Ask::Closed { reply }).await
    }

    /// Asks for another try with a room that cannot go on, or for a closed one open again.
    ///
    /// # Errors
    /// One sentence: why it stays as it is.
    pub async fn again(&self, code: Code) -> Result<(), String> {
        self.ask(|reply| Ask::Again { code, reply }).await
    }

    /// Asks for a closed room to be deleted, with the record of all its sessions.
    ///
    /// # Errors
    /// One sentence: why it is kept.
    pub async fn purge(&self, code: Code) -> Result<(), String> {
        self.ask(|reply| Ask::Purge { code, reply }).await
    }

    async fn ask<T>(&self, ask: impl FnOnce(oneshot::Sender<Result<T, String>>) -> Ask) -> Result<T, String> {
        let (reply, answer) = oneshot::channel();
        self.asks.try_send(ask(reply)).map_err(|_| BUSY.to_owned())?;
        answer.await.map_err(|_| BUSY.to_owned())?
    }
}
