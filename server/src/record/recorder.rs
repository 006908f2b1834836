//! The store as the lap sees it: what is on its way there, and the wait for it. Others note what is to
//! be stored; the systems of this folder write it.

use crate::{
    market::{Beat, Session},
    store::{
        Duplicate, EventRow, Group, NewSession, NewUser, Rename, Scribe, SessionId, SnapshotRow, Store, StoreError,
        TickBatch,
    },
};
use bevy::prelude::*;
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::runtime::Handle;

/// How long a lap waits for the store, in ms. Beyond it the lap goes on without acknowledging
/// anything, and asks again.
const STORE_DEADLINE_MS: u64 = 5_000;
/// Time between two attempts while the store does not answer, in ms.
const RETRY_MS: u64 = 250;
/// Ticks between two snapshots.
const SNAPSHOT_TICKS: u64 = 100;

/// What a commit has on its way into the store, until it is known to be there. Asked for again,
/// it must be the very same.
enum Write {
    Idle,
    /// What the session did outside ticks.
    Group(Group),
    /// What was done to the market.
    Tick(TickBatch),
}

impl Write {
    const fn is_idle(&self) -> bool {
        matches!(self, Self::Idle)
    }
}

/// The store, and what it has not taken yet.
#[derive(Resource)]
pub struct Recorder {
    store: Arc<dyn Store>,
    runtime: Handle,
    scribe: Scribe,
    /// Number of the last group stored.
    groups: u64,
    /// Changes of the session outside ticks, for the next commit.
    group: Group,
    write: Write,
    /// Server time of the next attempt, in ms, while the store does not answer.
    retry_ms: Option<u64>,
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
            group: Group::default(),
            write: Write::Idle,
            retry_ms: None,
            commit_us: 0,
            fatal: None,
        }
    }

    /// Whether something could not be written yet. Until it is, no session time passes.
    #[must_use]
    pub const fn is_stalled(&self) -> bool {
        self.retry_ms.is_some()
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
    pub fn store(&self) -> &Arc<dyn Store> {
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
        self.group.events.push(event);
    }

    /// The next commit stores a seat's new name.
    pub(crate) fn rename(&mut self, rename: Rename) {
        self.group.renames.push(rename);
    }

    /// The next commit stores the session's row.
    pub(crate) fn keep_session(&mut self, session: &Session) {
        self.group.session = Some(session.state());
    }

    /// Begins a new record, of a new session with these seats in it, and goes on with that one.
    /// What was noted for the old one is stored there first.
    ///
    /// # Errors
    /// When the store fails.
    pub(crate) fn reopen(
        &mut self,
        session: &NewSession,
        users: Vec<NewUser>,
        scribe: Scribe,
    ) -> Result<SessionId, StoreError> {
        let pending = self.take_group();
        let seats = Group { number: 1, users, ..Group::default() };
        let id = self.wait(async {
            if !pending.is_empty() {
                self.store.accept(&pending).await?;
            }
            let id = self.store.create(session).await?;
            if !seats.is_empty() {
                self.store.accept(&seats).await?;
            }
            Ok(id)
        })?;
        self.scribe = scribe;
        self.groups = u64::from(!seats.is_empty());
        Ok(id)
    }

    /// What waits for the next commit besides a tick, with its number.
    fn take_group(&mut self) -> Group {
        Group { number: self.next_group(), ..std::mem::take(&mut self.group) }
    }

    /// The number of the next group.
    pub(super) const fn next_group(&self) -> u64 {
        self.groups + 1
    }

    /// Stores a group. Asked for again under the same number it has no second effect.
    pub(super) fn accept(&mut self, group: &Group) -> Result<Vec<Duplicate>, StoreError> {
        let duplicates = self.wait(self.store.accept(group))?;
        self.groups = group.number;
        Ok(duplicates)
    }

    /// Waits for the store, no longer than the deadline.
    ///
    /// # Errors
    /// What the store says, or that it did not answer in time.
    pub(crate) fn wait<T>(&self, answer: impl Future<Output = Result<T, StoreError>>) -> Result<T, StoreError> {
        let deadline = Duration::from_millis(STORE_DEADLINE_MS);
        let answer = async { tokio::time::timeout(deadline, answer).await };
        self.runtime
            .block_on(answer)
            .unwrap_or_else(|_| Err(StoreError::Unavailable(format!("no answer within {STORE_DEADLINE_MS} ms"))))
    }

    /// Whether an attempt may be made now.
    pub(super) fn may_try(&self, now_ms: u64) -> bool {
        self.fatal.is_none() && self.retry_ms.is_none_or(|retry_ms| now_ms >= retry_ms)
    }

    /// What was tried is stored: time goes on.
    pub(super) const fn caught_up(&mut self) {
        self.retry_ms = None;
    }

    /// What was tried is not stored: it is tried again, or nothing is any more.
    pub(super) fn failed(&mut self, error: &StoreError, now_ms: u64) {
        if error.is_transient() {
            tracing::warn!(%error, "not stored yet; trying again");
            self.retry_ms = Some(now_ms + RETRY_MS);
        } else {
            tracing::error!(%error, "cannot be stored; stopping");
            self.retry_ms = Some(u64::MAX);
            self.fatal = Some(error.to_string());
        }
    }

    /// Stores what the session did outside ticks; says whether there was something.
    pub(super) fn write_group(&mut self) -> Result<bool, StoreError> {
        if self.write.is_idle() && !self.group.is_empty() {
            self.write = Write::Group(self.take_group());
        }
        let Write::Group(group) = &self.write else { return Ok(false) };
        self.wait(self.store.accept(group))?;
        self.groups = group.number;
        self.write = Write::Idle;
        Ok(true)
    }

    /// Stores what was done to the market; says whether there was something.
    pub(super) fn write_tick(&mut self, session: &Session, beat: &Beat) -> Result<bool, StoreError> {
        if self.write.is_idle() && beat.is_closed() {
            let at = (session.tick(), session.now_ms(), session.phase());
            self.write = Write::Tick(self.scribe.batch(at, beat.steps(), session.market(), Vec::new()));
        }
        let Write::Tick(batch) = &self.write else { return Ok(false) };
        let last_seq = batch.first_seq + batch.inputs.len() as u64 - 1;
        let started = Instant::now();
        let answer = self.wait(self.store.commit_tick(batch));
        self.commit_us = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
        answer?;
        self.write = Write::Idle;
        if session.tick().is_multiple_of(SNAPSHOT_TICKS) {
            self.snapshot(session, last_seq);
        }
        Ok(true)
    }

    /// Puts away the floor, beside the lap: a start then replays less.
    fn snapshot(&self, session: &Session, seq: u64) {
        let bytes = session.floor().encode();
        let row = SnapshotRow { tick: session.tick(), seq, state_hash: session.market().state_hash(), bytes };
        let store = Arc::clone(&self.store);
        self.runtime.spawn(async move {
            if let Err(error) = store.snapshot(&row).await {
                tracing::warn!(%error, tick = row.tick, "snapshot not stored");
            }
        });
    }
}
