//! The store as the lap sees it: what waits for it, and the one write in flight. Others note what is to
//! be stored; the systems of this folder write it.

use super::write::{Attempt, Opening, Reply, Write};
use crate::{
    clock::ServerClock,
    market::{Beat, Session},
    store::{EventRow, Group, NewSession, Rename, Scribe, SeatUpdate, SessionId, SnapshotRow, Store, StoreError},
};
use bevy::prelude::*;
use std::{sync::Arc, time::Duration};
use tokio::runtime::Handle;

/// How long a lap waits for the store. Beyond it the lap goes on without acknowledging anything, and
/// the next ones look for the answer.
const PATIENCE: Duration = Duration::from_secs(1);
/// How long an answer may take. Beyond it the same is asked for anew.
const ANSWER_MAX: Duration = Duration::from_secs(5);
/// Time between two tries while the store does not answer, in ms.
const RETRY_MS: u64 = 250;
/// How long nothing could be stored when whoever comes is sent away, in ms. Before that they wait.
const BUSY_MS: u64 = 1_000;
/// Ticks between two snapshots.
const SNAPSHOT_TICKS: u64 = 100;

/// The store, and what it has not taken yet.
#[derive(Resource)]
pub struct Recorder {
    store: Arc<dyn Store>,
    runtime: Handle,
    scribe: Scribe,
    /// Number of the last group stored.
    groups: u64,
    /// Changes of the session outside ticks, for the next commit.
    noted: Group,
    /// A session to be opened with the next commit.
    opening: Option<(SessionId, NewSession, Scribe)>,
    write: Write,
    attempt: Option<Attempt>,
    /// Server time before which there is no other try, in ms.
    retry_ms: u64,
    /// Why the last try failed, and since when nothing could be stored, in ms of server time.
    trouble: Option<(u64, String)>,
    /// Time of the last tick's transaction, in µs.
    commit_us: u64,
    fatal: Option<String>,
}

impl Recorder {
    /// Writes to `store` on `runtime`.
    #[must_use]
    pub fn new(store: Arc<dyn Store>, runtime: Handle, scribe: Scribe, groups: u64) -> Self {
        Self {
            store,
            runtime,
            scribe,
            groups,
            noted: Group::default(),
            opening: None,
            write: Write::Idle,
            attempt: None,
            retry_ms: 0,
            trouble: None,
            commit_us: 0,
            fatal: None,
        }
    }

    /// Whether something is not stored yet that was to be. Until it is, no session time passes.
    #[must_use]
    pub const fn is_stalled(&self) -> bool {
        !self.write.is_idle()
    }

    /// Whether the next commit opens another session.
    pub(crate) const fn is_opening(&self) -> bool {
        self.opening.is_some()
    }

    /// Whether nothing is being stored, and nothing is to be.
    pub(crate) fn is_quiet(&self) -> bool {
        !self.is_stalled() && !self.is_opening() && self.noted.is_empty()
    }

    /// Since when nothing could be stored, in ms of server time, and why, if it is so.
    #[must_use]
    pub fn trouble(&self) -> Option<(u64, &str)> {
        self.trouble.as_ref().map(|(since_ms, why)| (*since_ms, why.as_str()))
    }

    /// Why whoever comes is sent away for now, if they are.
    pub(crate) fn busy(&self, now_ms: u64) -> Option<String> {
        let (_, why) = self.trouble().filter(|(since_ms, _)| now_ms >= since_ms + BUSY_MS)?;
        Some(format!("the record cannot be written at the moment ({why}): try again in a few seconds"))
    }

    /// Why the server must stop, if it must.
    #[must_use]
    pub fn fatal(&self) -> Option<&str> {
        self.fatal.as_deref()
    }

    /// Time of the last tick's transaction, in µs.
    #[must_use]
    pub const fn commit_us(&self) -> u64 {
        self.commit_us
    }

    /// The store itself, for what is not on the way of a lap.
    #[must_use]
    pub const fn store(&self) -> &Arc<dyn Store> {
        &self.store
    }

    /// Where tasks beside the lap run.
    #[must_use]
    pub const fn runtime(&self) -> &Handle {
        &self.runtime
    }

    /// The number of a join.
    pub(crate) fn next_seq(&mut self) -> u64 {
        self.scribe.next_seq()
    }

    /// The next commit stores an event of the session.
    pub(crate) fn note(&mut self, event: EventRow) {
        self.noted.events.push(event);
    }

    /// The next commit stores a seat's new name; of several the last one counts.
    pub(crate) fn rename(&mut self, rename: Rename) {
        self.noted.renames.retain(|before| before.user != rename.user);
        self.noted.renames.push(rename);
    }

    /// The next commit stores who has a seat; of several words about one the last counts.
    pub(crate) fn update_seat(&mut self, update: SeatUpdate) {
        self.noted.seats.retain(|before| before.user != update.user);
        self.noted.seats.push(update);
    }

    /// The next commit stores the session's row.
    pub(crate) fn keep_session(&mut self, session: &Session) {
        self.noted.session = Some(session.state());
    }

    /// The next commit opens a session that follows the one served, with what was noted for that one
    /// stored there. Memory follows once that is told.
    pub(crate) fn reopen(&mut self, from: SessionId, session: NewSession, scribe: Scribe) {
        self.opening = Some((from, session, scribe));
    }

    /// Waits for an answer of the store that is not on the way of a lap, as long as a lap may wait.
    ///
    /// # Errors
    /// What the store says, or that it did not answer in time.
    pub(crate) fn wait<T>(&self, answer: impl Future<Output = Result<T, StoreError>>) -> Result<T, StoreError> {
        let answer = async { tokio::time::timeout(PATIENCE, answer).await };
        let late = || StoreError::Unavailable(format!("no answer within {} s", PATIENCE.as_secs()));
        self.runtime.block_on(answer).unwrap_or_else(|_| Err(late()))
    }

    /// What a lap admitted is the next to be written.
    pub(super) fn freeze_admitted(&mut self, rows: Group) {
        self.write = Write::Admitted(Arc::new(Group { number: self.groups + 1, ..rows }));
    }

    /// What the session did outside ticks, what was done to the market, another session: the first of
    /// them that there is will be written next. Says whether there is one.
    pub(super) fn freeze_next(&mut self, session: &Session, beat: Option<&Beat>) -> bool {
        if let Some((from, new, scribe)) = self.opening.take_if(|_| beat.is_none()) {
            let last = self.take_noted();
            self.write = Write::Opening(Arc::new(Opening { from, last, session: new, scribe }));
        } else if self.opening.is_none() && !self.noted.is_empty() {
            self.write = Write::Noted(Arc::new(self.take_noted()));
        } else if let Some(beat) = beat {
            let at = (session.tick(), session.now_ms(), session.phase());
            self.write = Write::Tick(Arc::new(self.scribe.batch(
                at,
                beat.steps(),
                session.market(),
                beat.refused(),
                beat.notes(),
            )));
        }
        !self.write.is_idle()
    }

    /// What was noted, with its number.
    fn take_noted(&mut self) -> Group {
        Group { number: self.groups + 1, ..std::mem::take(&mut self.noted) }
    }

    /// The session that the write in flight opens, if it does.
    pub(super) fn opens(&self) -> Option<NewSession> {
        let Write::Opening(opening) = &self.write else { return None };
        Some(opening.session.clone())
    }

    /// Whether what a lap admitted is on its way.
    pub(super) const fn writes_admitted(&self) -> bool {
        matches!(self.write, Write::Admitted(_))
    }

    /// Tries the write in flight, or looks for the answer to the last try. Says what came of it once
    /// it is stored.
    pub(super) fn pursue(&mut self, clock: &ServerClock) -> Option<Reply> {
        if self.fatal.is_some() {
            return None;
        }
        let mut patience = Duration::ZERO;
        if self.attempt.is_none() {
            if clock.now_ms() < self.retry_ms {
                return None;
            }
            self.attempt = self.write.begin(&self.store, &self.runtime);
            patience = PATIENCE;
        }
        let attempt = self.attempt.as_mut()?;
        let answer = attempt.wait(&self.runtime, patience);
        let age = attempt.age();
        let late = || Err(StoreError::Unavailable(format!("no answer within {} s", ANSWER_MAX.as_secs())));
        match answer.or_else(|| (age >= ANSWER_MAX).then(late)) {
            Some(Ok(reply)) => {
                self.stored(&reply, age);
                Some(reply)
            }
            Some(Err(error)) => {
                self.failed(&error, clock.now_ms());
                None
            }
            None => {
                self.suffer(clock.now_ms(), "the database takes long");
                None
            }
        }
    }

    /// What was written is in the store.
    fn stored(&mut self, reply: &Reply, age: Duration) {
        match (std::mem::take(&mut self.write), reply) {
            (Write::Admitted(group) | Write::Noted(group), _) => self.groups = group.number,
            (Write::Tick(_), _) => self.commit_us = u64::try_from(age.as_micros()).unwrap_or(u64::MAX),
            (Write::Opening(opening), _) => {
                self.scribe = opening.scribe.clone();
                self.groups = 0;
            }
            (Write::Idle, _) => {}
        }
        self.attempt = None;
        self.trouble = None;
    }

    /// What was tried is not known to be stored: it is tried again, or nothing is any more.
    fn failed(&mut self, error: &StoreError, now_ms: u64) {
        self.attempt = None;
        if error.is_transient() {
            tracing::warn!(%error, "not stored yet; trying again");
            self.retry_ms = now_ms + RETRY_MS;
        } else {
            tracing::error!(%error, "cannot be stored; stopping");
            self.fatal = Some(error.to_string());
        }
        self.suffer(now_ms, &error.to_string());
    }

    fn suffer(&mut self, now_ms: u64, why: &str) {
        let since_ms = self.trouble.take().map_or(now_ms, |(since_ms, _)| since_ms);
        self.trouble = Some((since_ms, why.to_owned()));
    }

    /// Puts away the floor, beside the lap: a start then replays less.
    pub(super) fn keep_snapshot(&self, session: &Session) {
        if !session.tick().is_multiple_of(SNAPSHOT_TICKS) {
            return;
        }
        let (seq, bytes) = (self.scribe.last_seq(), session.floor().encode());
        let (tick, state_hash) = (session.tick(), session.market().state_hash());
        let row = SnapshotRow { session: session.id(), tick, seq, state_hash, bytes };
        let store = Arc::clone(&self.store);
        self.runtime.spawn(async move {
            if let Err(error) = store.snapshot(&row).await {
                tracing::warn!(%error, tick = row.tick, "snapshot not stored");
            }
        });
    }
}
