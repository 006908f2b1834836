//! The host's desk: what was asked for, what came of it, and what can be exported.

use crate::{net::ConnId, record::Recorder};
use bevy::prelude::*;
use outcry_shared::message::{ActRecord, HostAct};
use std::collections::{BTreeMap, VecDeque};

/// Requests of one login whose answers are remembered; older ones would be done again.
const ANSWERS_MAX: usize = 256;
/// Acts shown to the host; the record has all.
const ACTS_SHOWN: usize = 50;
/// Acts that wait; beyond it they are refused.
const QUEUE_MAX: usize = 64;

/// An act that waits to be done.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) conn: ConnId,
    pub(super) key: RequestKey,
    /// The session that the host saw.
    pub(super) session: u64,
    pub(super) act: HostAct,
}

/// What came of an act, in one sentence for the host.
pub(super) type Effect = Result<String, String>;

/// A request: hash of the grant it came with, and the host's own number of it.
pub(super) type RequestKey = ([u8; 32], u32);

/// The host's desk: acts asked for, done and answered.
#[derive(Resource, Debug, Default)]
pub(crate) struct Desk {
    queue: VecDeque<Asked>,
    /// Done in this lap; told when committed.
    done: Vec<(Asked, Effect)>,
    /// What asked for a session that is not stored yet.
    opening: Option<Asked>,
    answers: BTreeMap<RequestKey, Option<Effect>>,
    order: VecDeque<RequestKey>,
    log: VecDeque<ActRecord>,
    /// Acts done so far.
    acts: u64,
    sessions: Vec<(u64, String)>,
}

impl Desk {
    /// What was answered to a request that was sent before; nothing inside while its act waits.
    pub(super) fn answer(&self, key: &RequestKey) -> Option<Option<Effect>> {
        self.answers.get(key).cloned()
    }

    /// Queues an act.
    ///
    /// # Errors
    /// One sentence: too many wait.
    pub(super) fn queue(&mut self, asked: Asked) -> Result<(), String> {
        if self.queue.len() >= QUEUE_MAX {
            return Err(format!("{QUEUE_MAX} acts wait already: try again"));
        }
        if self.order.len() == ANSWERS_MAX
            && let Some(oldest) = self.order.pop_front()
        {
            self.answers.remove(&oldest);
        }
        self.order.push_back(asked.key);
        self.answers.insert(asked.key, None);
        self.queue.push_back(asked);
        Ok(())
    }

    /// The next act to be done.
    pub(super) fn next(&mut self) -> Option<Asked> {
        self.queue.pop_front()
    }

    /// An act that has to wait after all.
    pub(super) fn put_back(&mut self, asked: Asked) {
        self.queue.push_front(asked);
    }

    /// An act that asks for another session: what came of it is noted once that is stored.
    pub(super) fn await_opening(&mut self, asked: Asked) {
        self.opening = Some(asked);
    }

    /// The act that asked for the session now stored.
    pub(super) const fn take_opening(&mut self) -> Option<Asked> {
        self.opening.take()
    }

    /// Notes what came of an act, and what the log says of it.
    pub(super) fn note(&mut self, asked: Asked, effect: Effect, record: ActRecord) {
        self.done.push((asked, effect));
        self.acts += 1;
        if self.log.len() == ACTS_SHOWN {
            self.log.pop_front();
        }
        self.log.push_back(record);
    }

    /// The acts to be answered, each with its answer; from now on they are remembered.
    pub(super) fn take_done(&mut self) -> Vec<(Asked, Effect)> {
        let done = std::mem::take(&mut self.done);
        self.answers.extend(done.iter().map(|(asked, effect)| (asked.key, Some(effect.clone()))));
        done
    }

    /// Acts done so far.
    pub(super) const fn acts(&self) -> u64 {
        self.acts
    }

    /// The last acts, oldest first.
    pub(super) fn log(&self) -> Vec<ActRecord> {
        self.log.iter().cloned().collect()
    }

    /// Sessions that can be exported: number and name, newest first.
    pub(super) fn sessions(&self) -> &[(u64, String)] {
        &self.sessions
    }

    /// Asks anew what the store has to export.
    pub(super) fn refresh_sessions(&mut self, recorder: &Recorder) {
        match recorder.wait(recorder.store().sessions()) {
            Ok(sessions) => self.sessions = sessions.into_iter().map(|info| (info.id.0, info.name)).collect(),
            Err(error) => tracing::warn!(%error, "the list of sessions cannot be read"),
        }
    }
}
