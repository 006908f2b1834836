//! The way into the store: nothing is acknowledged and nothing is shown before it is there.

use crate::{
    clock::ServerClock,
    intake::{Staged, Stored},
    lap::Lap,
    session::Session,
    store::{Duplicate, Group, Scribe, SnapshotRow, Store, StoreError, TickBatch},
    tick::Beat,
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

/// Whatever admits something comes before this; whatever acknowledges it comes after.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct StoreGroup;

/// Stores what a lap admitted and what it did.
pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Done>()
        .add_systems(Update, store_group.in_set(Lap::Admit).in_set(StoreGroup))
        .add_systems(Update, commit.in_set(Lap::Commit));
    for set in [Lap::Resolve, Lap::Match] {
        app.configure_sets(Update, set.run_if(|recorder: Res<Recorder>| !recorder.is_stalled()));
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
    /// Such changes on their way: asked for again, they must be the very same.
    outgoing: Option<Group>,
    batch: Option<TickBatch>,
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
            outgoing: None,
            batch: None,
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

    /// What the next commit stores besides a tick.
    pub(crate) const fn group(&mut self) -> &mut Group {
        &mut self.group
    }

    /// Goes on with another session, of which so many groups are stored.
    pub(crate) fn restart(&mut self, scribe: Scribe, groups: u64) {
        self.scribe = scribe;
        self.groups = groups;
    }

    /// What waits for the next commit besides a tick, with its number.
    pub(crate) fn take_group(&mut self) -> Group {
        Group { number: self.groups + 1, ..std::mem::take(&mut self.group) }
    }

    /// Stores a group. Asked for again under the same number it has no second effect.
    fn accept(&mut self, group: &Group) -> Result<Vec<Duplicate>, StoreError> {
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
    fn may_try(&self, now_ms: u64) -> bool {
        self.fatal.is_none() && self.retry_ms.is_none_or(|retry_ms| now_ms >= retry_ms)
    }

    fn failed(&mut self, error: &StoreError, now_ms: u64) {
        if error.is_transient() {
            tracing::warn!(%error, "not stored yet; trying again");
            self.retry_ms = Some(now_ms + RETRY_MS);
        } else {
            tracing::error!(%error, "cannot be stored; stopping");
            self.retry_ms = Some(u64::MAX);
            self.fatal = Some(error.to_string());
        }
    }

    /// Puts away the floor, beside the lap: a start then replays less.
    fn snapshot(&self, session: &Session, seq: u64) {
        let bytes = session.floor.encode();
        let row = SnapshotRow { tick: session.tick, seq, state_hash: session.floor.market.state_hash(), bytes };
        let store = Arc::clone(&self.store);
        self.runtime.spawn(async move {
            if let Err(error) = store.snapshot(&row).await {
                tracing::warn!(%error, tick = row.tick, "snapshot not stored");
            }
        });
    }
}

/// Stores what this lap admitted, as one group.
fn store_group(
    clock: Res<ServerClock>,
    mut recorder: ResMut<Recorder>,
    mut staged: ResMut<Staged>,
    mut stored: ResMut<Stored>,
) {
    let now_ms = clock.now_ms();
    if staged.is_empty() || !recorder.may_try(now_ms) {
        return;
    }
    let group = staged.group(recorder.groups + 1);
    let answer = if group.is_empty() { Ok(Vec::new()) } else { recorder.accept(&group) };
    match answer {
        Ok(duplicates) => {
            recorder.retry_ms = None;
            *stored = Stored { staged: std::mem::take(&mut *staged), duplicates };
        }
        Err(error) => recorder.failed(&error, now_ms),
    }
}

/// Stores what the lap did to session and market. Until that is done it is not published.
fn commit(
    clock: Res<ServerClock>,
    session: Res<Session>,
    mut recorder: ResMut<Recorder>,
    mut beat: ResMut<Beat>,
    mut done: ResMut<Done>,
) {
    *done = Done::default();
    let now_ms = clock.now_ms();
    if !recorder.may_try(now_ms) {
        return;
    }
    if recorder.outgoing.is_none() && !recorder.group.is_empty() {
        recorder.outgoing = Some(recorder.take_group());
    }
    if let Some(group) = recorder.outgoing.take() {
        if let Err(error) = recorder.accept(&group) {
            recorder.outgoing = Some(group);
            return recorder.failed(&error, now_ms);
        }
        done.group = true;
    }
    if beat.closed && recorder.batch.is_none() {
        let beat = &mut *beat;
        let events = std::mem::take(&mut beat.events);
        let at = (session.tick, session.now_ms(), session.phase);
        recorder.batch = Some(recorder.scribe.batch(at, &beat.steps, &session.floor.market, events));
    }
    let Some(batch) = recorder.batch.take() else {
        recorder.retry_ms = None;
        return;
    };
    let started = Instant::now();
    let answer = recorder.wait(recorder.store.commit_tick(&batch));
    recorder.commit_us = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
    if let Err(error) = answer {
        recorder.batch = Some(batch);
        return recorder.failed(&error, now_ms);
    }
    recorder.retry_ms = None;
    done.beat = true;
    if session.tick.is_multiple_of(SNAPSHOT_TICKS) {
        recorder.snapshot(&session, batch.first_seq + batch.inputs.len() as u64 - 1);
    }
}

/// What of this lap has been stored, and may be shown.
#[derive(Resource, Debug, Default)]
pub(crate) struct Done {
    /// Changes of the session.
    pub(crate) group: bool,
    /// What was done to the market.
    pub(crate) beat: bool,
}
