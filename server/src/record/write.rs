//! The one write in flight: what is on its way into the store, frozen at its first try. Asked for
//! again, it is the very same; nothing is ever added to it.

use crate::store::{Duplicate, Group, NewSession, Scribe, SessionId, Store, StoreError, TickBatch};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{runtime::Handle, task::JoinHandle};

/// What is on its way into the store.
#[derive(Default)]
pub(super) enum Write {
    #[default]
    Idle,
    /// What a lap admitted: whoever asked for it waits for the answer.
    Admitted(Arc<Group>),
    /// What the session did outside ticks.
    Noted(Arc<Group>),
    /// What was done to the market.
    Tick(Arc<TickBatch>),
    /// A session that follows the one served.
    Opening(Arc<Opening>),
}

/// A session that follows the one served.
pub(super) struct Opening {
    pub(super) from: SessionId,
    /// What the old one still has to record.
    pub(super) last: Group,
    pub(super) session: NewSession,
    /// Goes on with the new record.
    pub(super) scribe: Scribe,
}

/// What the store said.
pub(super) enum Reply {
    Group(Vec<Duplicate>),
    Tick,
    Opened(SessionId),
}

/// One try at a write. It runs beside the laps, so that none of them has to wait for its end.
pub(super) struct Attempt {
    began: Instant,
    answer: JoinHandle<Result<Reply, StoreError>>,
}

impl Write {
    pub(super) const fn is_idle(&self) -> bool {
        matches!(self, Self::Idle)
    }

    /// Begins a try; none without something to write.
    pub(super) fn begin(&self, store: &Arc<dyn Store>, runtime: &Handle) -> Option<Attempt> {
        let store = Arc::clone(store);
        let answer = match self {
            Self::Idle => return None,
            Self::Admitted(group) | Self::Noted(group) => {
                let group = Arc::clone(group);
                runtime.spawn(async move { store.accept(&group).await.map(Reply::Group) })
            }
            Self::Tick(batch) => {
                let batch = Arc::clone(batch);
                runtime.spawn(async move { store.commit_tick(&batch).await.map(|_| Reply::Tick) })
            }
            Self::Opening(opening) => {
                let opening = Arc::clone(opening);
                runtime.spawn(async move {
                    let Opening { from, last, session, .. } = &*opening;
                    store.reopen(*from, last, session).await.map(Reply::Opened)
                })
            }
        };
        Some(Attempt { began: Instant::now(), answer })
    }
}

impl Attempt {
    /// Waits for the answer, no longer than `patience`; none yet without one.
    pub(super) fn wait(&mut self, runtime: &Handle, patience: Duration) -> Option<Result<Reply, StoreError>> {
        if patience.is_zero() && !self.answer.is_finished() {
            return None;
        }
        let answer = &mut self.answer;
        let answer = runtime.block_on(async { tokio::time::timeout(patience, answer).await }).ok()?;
        Some(answer.unwrap_or_else(|lost| Err(StoreError::Unavailable(lost.to_string()))))
    }

    /// How long it has run.
    pub(super) fn age(&self) -> Duration {
        self.began.elapsed()
    }
}

/// Whoever gives a try up does not know what became of it: the same is asked for again.
impl Drop for Attempt {
    fn drop(&mut self) {
        self.answer.abort();
    }
}
