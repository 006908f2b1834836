//! Where a server of these tests keeps its record: any store, with writes that go wrong on
//! demand.

use outcry_server::{
    ManualClock,
    store::{
        self, Answer, Committed, Contents, Duplicate, EventRow, Group, LobPool, MemoryStore, MetricsRow, NewSession,
        OrderRow, PieceRow, PositionRow, Record, SessionId, SessionInfo, SessionState, SnapshotRow, Store, StoreError,
        TickBatch, TickRow, TradeRow, UserRow, Wanted,
    },
};
use std::{
    future::poll_fn,
    path::Path,
    sync::{Arc, Mutex},
    task::Poll,
};

/// What outlives a server: the data, and the way to open them again.
pub(crate) enum Place {
    Memory(MemoryStore),
    Database(String),
}

impl Place {
    pub(crate) async fn open(&self) -> Arc<dyn Store> {
        match self {
            Self::Memory(data) => Arc::new(data.another()),
            Self::Database(url) => store::open(Some(url), Path::new("")).await.unwrap(),
        }
    }
}

/// What goes wrong at the next write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Nothing is stored.
    Lost,
    /// It is stored, but the answer says that the database does not answer.
    ReplyLost,
    /// Whoever waits gives up in the middle: after so many turns without an answer.
    Abandoned(u32),
    /// The answer takes so many turns more.
    Slow(u32),
    /// It is stored, but so many ms pass meanwhile that nobody waits for the answer any more.
    Late(u64),
}

/// Another store with a fault now and then.
pub(crate) struct FaultyStore {
    inner: Arc<dyn Store>,
    fault: Mutex<Option<Fault>>,
    /// Whether snapshots are thrown away, so that a restart replays everything.
    forgetful: Mutex<bool>,
    /// Whether the next snapshot is lost.
    snapshot_lost: Mutex<bool>,
    /// Whether nothing is answered.
    away: Mutex<bool>,
    /// What a late answer moves on.
    clock: Mutex<Option<ManualClock>>,
}

impl FaultyStore {
    pub(crate) fn new(inner: Arc<dyn Store>) -> Self {
        Self {
            inner,
            fault: Mutex::default(),
            forgetful: Mutex::default(),
            away: Mutex::default(),
            snapshot_lost: Mutex::default(),
            clock: Mutex::default(),
        }
    }

    /// Lets late answers move this clock.
    pub(crate) fn on_clock(&self, clock: &ManualClock) {
        *self.clock.lock().unwrap() = Some(clock.clone());
    }

    /// Lets the next write go wrong.
    pub(crate) fn fail_next(&self, fault: Fault) {
        *self.fault.lock().unwrap() = Some(fault);
    }

    /// Lets every write go wrong from now on, or no more.
    pub(crate) fn set_away(&self, away: bool) {
        *self.away.lock().unwrap() = away;
    }

    /// Lets the next snapshot go wrong.
    pub(crate) fn fail_snapshot(&self) {
        *self.snapshot_lost.lock().unwrap() = true;
    }

    /// Throws snapshots away from now on.
    pub(crate) fn forget_snapshots(&self) {
        *self.forgetful.lock().unwrap() = true;
    }

    fn write<'a, T: Send + 'a>(&self, mut write: Answer<'a, T>) -> Answer<'a, T> {
        let fault = if *self.away.lock().unwrap() { Some(Fault::Lost) } else { self.fault.lock().unwrap().take() };
        let clock = self.clock.lock().unwrap().clone();
        let gone = |when: &str| Err(StoreError::Unavailable(format!("connection lost {when}")));
        Box::pin(async move {
            match fault {
                None => write.await,
                Some(Fault::Lost) => gone("before the commit"),
                Some(Fault::ReplyLost) => write.await.and_then(|_| gone("after the commit")),
                Some(Fault::Late(ms)) => {
                    let answer = write.await;
                    clock.unwrap().advance_ms(ms);
                    answer.and_then(|_| gone("while it was waited for"))
                }
                Some(Fault::Slow(turns)) => {
                    let answer = write.await;
                    for _ in 0..turns {
                        tokio::task::yield_now().await;
                    }
                    answer
                }
                Some(Fault::Abandoned(turns)) => {
                    let mut left = turns;
                    let answer = poll_fn(|context| match (write.as_mut().poll(context), left) {
                        (Poll::Ready(answer), _) => Poll::Ready(Some(answer)),
                        (Poll::Pending, 0) => Poll::Ready(None),
                        (Poll::Pending, _) => {
                            left -= 1;
                            Poll::Pending
                        }
                    });
                    answer.await.unwrap_or_else(|| gone("in the middle"))
                }
            }
        })
    }
}

impl Store for FaultyStore {
    fn kind(&self) -> &'static str {
        self.inner.kind()
    }

    fn ready(&self) -> Answer<'_, ()> {
        self.inner.ready()
    }

    fn create<'a>(&'a self, session: &'a NewSession) -> Answer<'a, SessionId> {
        self.write(self.inner.create(session))
    }

    fn reopen<'a>(&'a self, from: SessionId, last: &'a Group, session: &'a NewSession) -> Answer<'a, SessionId> {
        self.write(self.inner.reopen(from, last, session))
    }

    fn claim(&self, session: SessionId) -> Answer<'_, ()> {
        self.write(self.inner.claim(session))
    }

    fn served(&self) -> Option<SessionId> {
        self.inner.served()
    }

    fn load(&self, session: SessionId) -> Answer<'_, Record> {
        self.inner.load(session)
    }

    fn load_whole(&self, session: SessionId) -> Answer<'_, Record> {
        self.inner.load_whole(session)
    }

    fn accept<'a>(&'a self, group: &'a Group) -> Answer<'a, Vec<Duplicate>> {
        self.write(self.inner.accept(group))
    }

    fn commit_tick<'a>(&'a self, batch: &'a TickBatch) -> Answer<'a, Committed> {
        self.write(self.inner.commit_tick(batch))
    }

    fn snapshot<'a>(&'a self, snapshot: &'a SnapshotRow) -> Answer<'a, ()> {
        if std::mem::take(&mut *self.snapshot_lost.lock().unwrap()) {
            return Box::pin(async { Err(StoreError::Unavailable("connection lost".to_owned())) });
        }
        if *self.forgetful.lock().unwrap() { Box::pin(async { Ok(()) }) } else { self.inner.snapshot(snapshot) }
    }

    fn keep_pieces<'a>(&'a self, session: SessionId, pieces: &'a [PieceRow]) -> Answer<'a, ()> {
        if *self.away.lock().unwrap() {
            return Box::pin(async { Err(StoreError::Unavailable("connection lost".to_owned())) });
        }
        self.inner.keep_pieces(session, pieces)
    }

    fn pieces(&self, session: SessionId, after: u64, count: u32) -> Answer<'_, Vec<PieceRow>> {
        self.inner.pieces(session, after, count)
    }

    fn sessions(&self) -> Answer<'_, Vec<SessionInfo>> {
        self.inner.sessions()
    }

    fn size(&self) -> Answer<'_, u64> {
        self.inner.size()
    }

    fn session(&self, session: SessionId) -> Answer<'_, SessionState> {
        self.inner.session(session)
    }

    fn users(&self, session: SessionId) -> Answer<'_, Vec<UserRow>> {
        self.inner.users(session)
    }

    fn contents(&self, session: SessionId, wanted: Wanted) -> Answer<'_, Contents> {
        self.inner.contents(session, wanted)
    }

    fn positions(&self, session: SessionId) -> Answer<'_, Vec<PositionRow>> {
        self.inner.positions(session)
    }

    fn lob_pools(&self, session: SessionId) -> Answer<'_, Vec<LobPool>> {
        self.inner.lob_pools(session)
    }

    fn orders(&self, session: SessionId, after: u64) -> Answer<'_, Vec<OrderRow>> {
        self.inner.orders(session, after)
    }

    fn trades(&self, session: SessionId, after: u64) -> Answer<'_, Vec<TradeRow>> {
        self.inner.trades(session, after)
    }

    fn events(&self, session: SessionId, after: u64) -> Answer<'_, Vec<(u64, EventRow)>> {
        self.inner.events(session, after)
    }

    fn ticks(&self, session: SessionId, after: u64) -> Answer<'_, Vec<TickRow>> {
        self.inner.ticks(session, after)
    }

    fn metrics(&self, session: SessionId, after: u64) -> Answer<'_, Vec<MetricsRow>> {
        self.inner.metrics(session, after)
    }

    fn purge(&self, session: SessionId) -> Answer<'_, ()> {
        self.inner.purge(session)
    }

    fn close(&self) -> Answer<'_, ()> {
        self.inner.close()
    }
}
