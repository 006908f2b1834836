//! What the HTTP side asks of the lap: a bounded queue in, one answer each out.

use super::cookie::Shown;
use crate::peer::Peer;
use bevy::prelude::*;
use outcry_shared::{phase::Phase, secret::SeatCode};
use serde::Serialize;
use tokio::sync::{mpsc, oneshot};

/// Requests that wait for the lap; beyond it the asker is told "busy".
const REQUESTS_MAX: usize = 256;

/// A question of the HTTP side. Whoever reads it takes it out: it is answered once.
#[derive(Message, Debug)]
pub enum FrontRequest {
    /// A browser wants a seat.
    Join {
        /// The name as typed; it is put right before it is taken.
        name: String,
        /// The browser's key.
        key: Shown,
        /// Where it comes from.
        peer: Peer,
        /// The seat, or why not.
        reply: oneshot::Sender<Result<Joined, Unjoined>>,
    },
    /// Where the session stands.
    Session {
        /// The asker's key.
        key: Option<Shown>,
        /// Whether it is the first look of a page that has just been opened.
        opened: bool,
        /// Where the answer goes.
        reply: oneshot::Sender<SessionInfo>,
    },
    /// A browser gives its seat up.
    Leave {
        /// The browser's key.
        key: Shown,
        /// Done, or one sentence why not.
        reply: oneshot::Sender<Result<(), String>>,
    },
    /// A browser shows a code that gives it a seat.
    Claim {
        /// What the host gave.
        code: SeatCode,
        /// The browser's key, to which the seat will belong.
        key: Shown,
        /// The name on the seat, or why not.
        reply: oneshot::Sender<Result<Joined, Unjoined>>,
    },
}

/// A seat that a browser has, or has asked for just now: its connection brings it onto the floor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joined {
    /// The name on it.
    pub name: String,
    /// Whether the browser had it before.
    pub before: bool,
}

/// Why a browser does not get a seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unjoined {
    /// Its key is not one that this server made: it needs another.
    Key,
    /// One sentence.
    Because(String),
}

/// Where the session stands, for the page before the floor.
#[derive(Clone, Debug, Serialize)]
pub struct SessionInfo {
    /// Number of the session.
    pub session: u64,
    /// The name that the host gave it.
    pub name: String,
    /// What the market is about, as the host asks it; may be empty.
    pub question: String,
    /// Whether it waits, runs or is over.
    pub phase: Phase,
    /// The name on the seat that the asker's browser has.
    pub you: Option<String>,
    /// Whether newcomers may join.
    pub open: bool,
}

/// The HTTP side's way to the lap.
#[derive(Clone, Debug)]
pub struct Front {
    requests: mpsc::Sender<FrontRequest>,
}

impl Front {
    /// The HTTP side's end of a bounded queue, and the lap's.
    #[must_use]
    pub fn new() -> (Self, mpsc::Receiver<FrontRequest>) {
        let (requests, receiver) = mpsc::channel(REQUESTS_MAX);
        (Self { requests }, receiver)
    }

    /// Asks for a seat.
    ///
    /// # Errors
    /// Why not.
    pub async fn join(&self, name: String, key: Shown, peer: Peer) -> Result<Joined, Unjoined> {
        let answer = self.ask(|reply| FrontRequest::Join { name, key, peer, reply }).await;
        answer.map_err(Unjoined::Because)?
    }

    /// Asks where the session stands; `opened` at the first look of a page.
    ///
    /// # Errors
    /// When the server is too busy to say.
    pub async fn session(&self, key: Option<Shown>, opened: bool) -> Result<SessionInfo, String> {
        self.ask(|reply| FrontRequest::Session { key, opened, reply }).await
    }

    /// Gives a seat up.
    ///
    /// # Errors
    /// One sentence: why not.
    pub async fn leave(&self, key: Shown) -> Result<(), String> {
        self.ask(|reply| FrontRequest::Leave { key, reply }).await?
    }

    /// Shows a code of the host's.
    ///
    /// # Errors
    /// Why it gives no seat.
    pub async fn claim(&self, code: SeatCode, key: Shown) -> Result<Joined, Unjoined> {
        let answer = self.ask(|reply| FrontRequest::Claim { code, key, reply }).await;
        answer.map_err(Unjoined::Because)?
    }

    async fn ask<T>(&self, request: impl FnOnce(oneshot::Sender<T>) -> FrontRequest) -> Result<T, String> {
        let (reply, answer) = oneshot::channel();
        self.requests.try_send(request(reply)).map_err(|_| BUSY.to_owned())?;
        answer.await.map_err(|_| BUSY.to_owned())
    }
}

const BUSY: &str = "the server is busy or stopping: try again in a moment";
