//! What the HTTP side asks of the lap: a bounded queue in, one answer each out.

use super::grants::Grants;
use bevy::prelude::*;
use outcry_engine::UserId;
use outcry_shared::{phase::Phase, secret::SeatToken};
use serde::Serialize;
use tokio::sync::{mpsc, oneshot};

/// Requests that wait for the lap; beyond it the asker is told "busy".
const REQUESTS_MAX: usize = 256;

/// A question of the HTTP side. Whoever reads it takes it out: it is answered once.
#[derive(Message, Debug)]
pub enum FrontRequest {
    /// Someone wants a seat.
    Join {
        /// The name as typed; it is put right before it is taken.
        name: String,
        /// The seat, or one sentence why not.
        reply: oneshot::Sender<Result<Joined, String>>,
    },
    /// Where the session stands.
    Session {
        /// The asker's cookie.
        cookie: Option<SeatToken>,
        /// Where the answer goes.
        reply: oneshot::Sender<SessionInfo>,
    },
}

/// A seat that was given and stored: what the page keeps and shows.
#[derive(Clone, Debug)]
pub struct Joined {
    /// The participant's number in the market.
    pub user: UserId,
    /// The name shown: what was typed, put right.
    pub name: String,
    /// What resumes it; goes into the cookie.
    pub token: SeatToken,
}

/// Where the session stands, for the page before the floor.
#[derive(Clone, Debug, Serialize)]
pub struct SessionInfo {
    /// Number of the session.
    pub session: u64,
    /// The name that the host gave it.
    pub name: String,
    /// Whether it waits, runs or is over.
    pub phase: Phase,
    /// The name of the seat that the asker's cookie resumes.
    pub you: Option<String>,
    /// Whether newcomers may join.
    pub open: bool,
}

/// The HTTP side's way to the lap.
#[derive(Clone, Debug)]
pub struct Front {
    requests: mpsc::Sender<FrontRequest>,
    /// The hosts' grants: the lap adds them, the HTTP side asks for them.
    pub grants: Grants,
}

impl Front {
    /// The HTTP side's end of a bounded queue, and the lap's.
    #[must_use]
    pub fn new() -> (Self, mpsc::Receiver<FrontRequest>) {
        let (requests, receiver) = mpsc::channel(REQUESTS_MAX);
        (Self { requests, grants: Grants::default() }, receiver)
    }

    /// Asks for a seat.
    ///
    /// # Errors
    /// One sentence: why not.
    pub async fn join(&self, name: String) -> Result<Joined, String> {
        let (reply, answer) = oneshot::channel();
        self.ask(FrontRequest::Join { name, reply })?;
        answer.await.unwrap_or_else(|_| Err(BUSY.to_owned()))
    }

    /// Asks where the session stands.
    ///
    /// # Errors
    /// When the server is too busy to say.
    pub async fn session(&self, cookie: Option<SeatToken>) -> Result<SessionInfo, String> {
        let (reply, answer) = oneshot::channel();
        self.ask(FrontRequest::Session { cookie, reply })?;
        answer.await.map_err(|_| BUSY.to_owned())
    }

    fn ask(&self, request: FrontRequest) -> Result<(), String> {
        self.requests.try_send(request).map_err(|_| BUSY.to_owned())
    }
}

const BUSY: &str = "the server is busy or stopping: try again in a moment";
