//! Cuts what everyone has been told into pieces, and brings them into the store, beside the lap: neither a slow store
//! nor anybody who reads them holds the market up.

use super::shelf::Shelf;
use crate::{
    clock::ServerClock,
    record::Recorder,
    store::{PieceRow, SessionId, StoreError},
};
use axum::body::Bytes;
use bevy::prelude::*;
use outcry_shared::piece::{Head, KEYFRAME_EVERY, encode};
use std::{collections::VecDeque, sync::Arc};
use tokio::task::JoinHandle;

/// What is told between two ticks waits so long for more, in ms.
const GATHER_MS: u64 = 500;
/// Time between two tries while the store does not answer, in ms.
const RETRY_MS: u64 = 250;
/// Pieces that wait for the store; beyond it they are left out, and a keyframe follows.
const WAITING_MAX: usize = 4 * KEYFRAME_EVERY as usize;

/// A piece on its way to the shelf.
#[derive(Clone)]
struct Printed {
    session: SessionId,
    number: u64,
    keyframe: bool,
    content: Bytes,
}

/// A try to store the first of what waits.
struct Attempt {
    pieces: usize,
    answer: JoinHandle<Result<(), StoreError>>,
}

/// Makes pieces, and keeps them until they are stored.
#[derive(Resource)]
pub struct Press {
    shelf: Shelf,
    session: SessionId,
    last: u64,
    /// The last keyframe; 0 when everyone begins anew with the next piece.
    keyframe: u64,
    printed_ms: u64,
    told: (u64, [u8; 32]),
    waiting: VecDeque<Printed>,
    attempt: Option<Attempt>,
    retry_ms: u64,
}

impl Press {
    /// A press that goes on with a session after so many pieces.
    #[must_use]
    pub fn new(shelf: Shelf, session: SessionId, pieces: u64) -> Self {
        shelf.begin(session, pieces);
        Self {
            shelf,
            session,
            last: pieces,
            keyframe: 0,
            printed_ms: 0,
            told: (0, [0; 32]),
            waiting: VecDeque::new(),
            attempt: None,
            retry_ms: 0,
        }
    }

    /// Number and hash of the last tick that was told: after it the market changes by joins alone, which nobody is told the
    /// hash of. `now` where everyone begins anew, or has just been told another.
    pub(crate) fn told(&mut self, now: (u64, [u8; 32]), ticked: bool) -> (u64, [u8; 32]) {
        if ticked || self.keyframe == 0 {
            self.told = now;
        }
        self.told
    }

    /// Goes over to another session, unless it is this one.
    pub(crate) fn follow(&mut self, session: SessionId) {
        if session != self.session {
            (self.session, self.last, self.keyframe, self.printed_ms) = (session, 0, 0, 0);
            self.shelf.begin(session, 0);
        }
    }

    /// Everyone starts anew: the next piece is a keyframe.
    pub(crate) const fn begin_anew(&mut self) {
        self.keyframe = 0;
    }

    /// Whether it is time for a piece: at every tick, at the beginning, and when something has waited for long enough.
    pub(crate) const fn is_due(&self, ticked: bool, silent: bool, now_ms: u64) -> bool {
        let gathered = self.printed_ms == 0 || now_ms >= self.printed_ms + GATHER_MS;
        ticked || (gathered && (!silent || self.keyframe == 0))
    }

    /// Whether the next piece is a keyframe.
    pub(crate) const fn wants_keyframe(&self) -> bool {
        self.keyframe == 0 || self.last + 1 >= self.keyframe + KEYFRAME_EVERY
    }

    /// Makes a piece of messages as everyone was told them, of which the last tick led to a state with this hash; in a
    /// keyframe the state whole is among them.
    pub(crate) fn print(&mut self, (tick, state_hash): (u64, [u8; 32]), messages: &[Vec<u8>], now_ms: u64) {
        let (anew, keyframe) = (self.keyframe == 0, self.wants_keyframe());
        self.last += 1;
        self.printed_ms = now_ms;
        if keyframe {
            self.keyframe = self.last;
        }
        let head = Head { session: self.session.0, number: self.last, tick, state_hash, anew };
        let content = encode(&head, messages).into();
        self.waiting.push_back(Printed { session: self.session, number: self.last, keyframe, content });
        let tried = self.attempt.as_ref().map_or(0, |attempt| attempt.pieces);
        if self.waiting.len() > tried + WAITING_MAX {
            tracing::warn!(pieces = self.waiting.len() - tried, "pieces of the public history are left out");
            self.waiting.truncate(tried);
            self.keyframe = 0;
        }
    }

    /// Looks for the answer to the last try, and begins another when something waits.
    fn pursue(&mut self, recorder: &Recorder, now_ms: u64) {
        if let Some(Attempt { pieces, answer }) = self.attempt.take_if(|attempt| attempt.answer.is_finished()) {
            let answer = recorder.runtime().block_on(answer);
            match answer.unwrap_or_else(|lost| Err(StoreError::Unavailable(lost.to_string()))) {
                Ok(()) => {
                    for Printed { session, number, keyframe, content } in self.waiting.drain(..pieces) {
                        self.shelf.put(session, number, keyframe, content);
                    }
                }
                Err(error) if error.is_transient() => self.retry_ms = now_ms + RETRY_MS,
                Err(error) => {
                    tracing::warn!(%error, "pieces of the public history cannot be stored: they are left out");
                    self.waiting.drain(..pieces);
                    self.keyframe = 0;
                }
            }
        }
        let Some(session) = self.waiting.front().map(|printed| printed.session) else { return };
        if self.attempt.is_some() || now_ms < self.retry_ms || recorder.fatal().is_some() {
            return;
        }
        let of_session = self.waiting.iter().take_while(|printed| printed.session == session);
        let rows: Vec<_> =
            of_session.map(|printed| PieceRow { number: printed.number, content: printed.content.to_vec() }).collect();
        let (store, pieces) = (Arc::clone(recorder.store()), rows.len());
        let answer = recorder.runtime().spawn(async move { store.keep_pieces(session, &rows).await });
        self.attempt = Some(Attempt { pieces, answer });
    }
}

/// Brings what was printed into the store, and onto the shelf.
pub(super) fn store(clock: Res<ServerClock>, recorder: Res<Recorder>, mut press: ResMut<Press>) {
    let now_ms = clock.now_ms();
    press.pursue(&recorder, now_ms);
}
