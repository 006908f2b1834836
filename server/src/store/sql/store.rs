//! A store on a database: its transactions, each in the answer's box.

use super::{
    database::Database,
    decode::Reader,
    read::Viewer,
    settled::settled,
    tick::{Claim, TickRows, whole_tick},
    write::Writer,
};
use crate::store::{
    admitted::{Duplicate, EventRow, Group},
    contents::{Contents, Wanted},
    contract::{Answer, Store},
    error::StoreError,
    opening::NewSession,
    record::{MetricsRow, OrderRow, PieceRow, Record, RecordedInput, SnapshotRow, TickRow, TradeRow, UserRow},
    session::{SessionId, SessionInfo, SessionState},
    tick::{Committed, LobPool, PositionRow, TickBatch},
};
use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::time::Instant;

/// How long a session with a free lock and a sign of life that counts is watched for another sign, unless whoever
/// gave it is known to be gone. A server gives one every second.
const WATCH: Duration = Duration::from_millis(2_200);
/// How long the lock of a server that has died may last.
const DYING: Duration = Duration::from_millis(500);
/// Time between two looks meanwhile.
const LOOK: Duration = Duration::from_millis(100);

/// A store on a database.
pub(crate) struct SqlStore<D> {
    pub(crate) database: D,
    server: String,
    /// Of a room, one of several on this database, its code: it sees the room's sessions alone, and leaves the
    /// connections open.
    room: Option<String>,
    claims: Mutex<Claims>,
}

/// What this store serves, and what it served before that: whether the one has followed the other
/// may be asked again.
#[derive(Clone, Copy, Default)]
struct Claims {
    served: Option<Claim>,
    before: Option<Claim>,
}

impl<D: Database> SqlStore<D> {
    /// A store for a server of this name; an empty one is nobody's in particular.
    pub(crate) fn new(database: D, server: &str) -> Self {
        Self { database, server: server.to_owned(), room: None, claims: Mutex::default() }
    }

    /// A store for a room beside this one, over the same connections. The room's name is this server's, a slash, and its
    /// code.
    pub(crate) fn room(&self, code: &str) -> Self {
        let server = format!("{}/{code}", self.server);
        Self { room: Some(code.to_owned()), ..Self::new(self.database.beside(), &server) }
    }

    /// Of all sessions those that whoever has this store may know of, each under the name by which it knows its own. A
    /// room knows its own by its code, whichever server had it. A file is one server's: whatever else served a session
    /// there goes on here, except a room.
    fn known(&self, sessions: Vec<SessionInfo>) -> Vec<SessionInfo> {
        let known = |mut session: SessionInfo| {
            let name = session.server.take();
            if let Some(room) = &self.room {
                let own = |name: &String| name.rsplit_once('/').is_some_and(|(_, code)| code == room);
                session.server = Some(name.filter(own).map(|_| self.server.clone())?);
            } else {
                session.server = name.filter(|name| D::LOSES_LOCK || name.contains('/'));
            }
            Some(session)
        };
        sessions.into_iter().filter_map(known).collect()
    }

    fn claims(&self) -> MutexGuard<'_, Claims> {
        self.claims.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn claimed(&self) -> Result<Claim, StoreError> {
        self.claims().served.ok_or(StoreError::NotClaimed)
    }

    /// The claim of the session served, or of the one before.
    fn claim_of(&self, session: SessionId) -> Result<Claim, StoreError> {
        let Claims { served, before } = *self.claims();
        served.into_iter().chain(before).find(|claim| claim.session == session).ok_or(StoreError::NotClaimed)
    }

    fn set_claim(&self, claim: Option<Claim>) {
        *self.claims() = Claims { served: claim, before: None };
    }

    async fn writer(&self, session: SessionId) -> Result<Writer<D::Work>, StoreError> {
        let work = self.database.begin().await?;
        Ok(Writer { work, sql: const { &D::SQL }, session, server: self.server.clone() })
    }

    /// A transaction on the session served.
    async fn serving(&self) -> Result<(Writer<D::Work>, Claim), StoreError> {
        let claim = self.claimed()?;
        Ok((self.writer(claim.session).await?, claim))
    }

    async fn viewer(&self, session: SessionId) -> Result<Viewer<D::Work>, StoreError> {
        Ok(Viewer { work: self.database.begin_reading().await?, sql: const { &D::SQL }, session })
    }

    async fn take(&self, session: SessionId) -> Result<(), StoreError> {
        self.set_claim(None);
        self.hold(session).await?;
        let watched = if self.database.is_of_fleet() { Ok(()) } else { self.watch(session).await };
        let claim = match watched {
            Ok(()) => self.raise_epoch(session).await,
            Err(error) => Err(error),
        };
        if claim.is_err() {
            self.database.unlock().await;
        }
        self.set_claim(Some(claim?));
        Ok(())
    }

    async fn delete(&self, session: SessionId) -> Result<(), StoreError> {
        settled(|| async { self.writer(session).await?.purge().await }).await
    }

    async fn raise_epoch(&self, session: SessionId) -> Result<Claim, StoreError> {
        settled(|| async { self.writer(session).await?.claim().await }).await
    }

    /// Locks a session. A server that has just died may have its lock for a moment more: until the database has
    /// noticed.
    async fn hold(&self, session: SessionId) -> Result<(), StoreError> {
        let deadline = Instant::now() + DYING;
        loop {
            match self.database.lock(session).await {
                Err(StoreError::Locked(_)) if Instant::now() < deadline => tokio::time::sleep(LOOK).await,
                held => return held,
            }
        }
    }

    /// Makes sure that nobody serves a session whose lock is free: a server may live on without it.
    /// Only one that gave a sign of life lately is waited for.
    async fn watch(&self, session: SessionId) -> Result<(), StoreError> {
        if !D::LOSES_LOCK {
            return Ok(());
        }
        let Some(before) = self.viewer(session).await?.life().await? else { return Ok(()) };
        let deadline = Instant::now() + WATCH;
        while Instant::now() < deadline && !self.database.outlived(before.1).await? {
            tokio::time::sleep(LOOK).await;
            if self.viewer(session).await?.life().await?.is_some_and(|now| now != before) {
                return Err(StoreError::Locked(session));
            }
        }
        Ok(())
    }
}

impl<D: Database> Store for SqlStore<D> {
    fn kind(&self) -> &'static str {
        D::KIND
    }

    fn ready(&self) -> Answer<'_, ()> {
        Box::pin(async move {
            let claimed = self.claimed().ok();
            let Some(claim) = claimed.filter(|_| D::LOSES_LOCK) else {
                let session = claimed.map_or(SessionId(0), |claim| claim.session);
                let viewer = self.viewer(session).await?;
                // A list of all sessions, asked for by many rooms, would be work.
                return if self.room.is_some() {
                    viewer.life().await.map(|_| ())
                } else {
                    viewer.sessions().await.map(|_| ())
                };
            };
            // By its sign of life, too, a session is known to be served. Neither waits for the other: whoever looks for
            // the one while the other is amiss must find it.
            let beat = settled(|| async { self.writer(claim.session).await?.beat(claim).await });
            let (beat, lock) = tokio::join!(beat, self.database.check_lock());
            beat.and(lock)
        })
    }

    fn create<'a>(&'a self, session: &'a NewSession) -> Answer<'a, SessionId> {
        Box::pin(async move {
            let claim = settled(|| async { self.writer(SessionId(0)).await?.create(session).await }).await?;
            self.set_claim(Some(claim));
            self.database.lock(claim.session).await?;
            Ok(claim.session)
        })
    }

    fn reopen<'a>(&'a self, from: SessionId, last: &'a Group, session: &'a NewSession) -> Answer<'a, SessionId> {
        Box::pin(settled(move || async move {
            let old = self.claim_of(from)?;
            let claim = self.writer(from).await?.reopen(old, last, session).await?;
            *self.claims() = Claims { served: Some(claim), before: Some(old) };
            // It is this server's by its epoch; the lock is taken as soon as the database can.
            if let Err(error) = self.database.lock(claim.session).await {
                tracing::warn!(%error, "the new session is not locked yet");
            }
            Ok(claim.session)
        }))
    }

    fn claim(&self, session: SessionId) -> Answer<'_, ()> {
        Box::pin(self.take(session))
    }

    fn served(&self) -> Option<SessionId> {
        self.claimed().ok().map(|claim| claim.session)
    }

    fn load(&self, session: SessionId) -> Answer<'_, Record> {
        Box::pin(settled(move || async move { self.viewer(session).await?.record(true).await }))
    }

    fn load_whole(&self, session: SessionId) -> Answer<'_, Record> {
        Box::pin(settled(move || async move { self.viewer(session).await?.record(false).await }))
    }

    fn accept<'a>(&'a self, group: &'a Group) -> Answer<'a, Vec<Duplicate>> {
        Box::pin(settled(move || async move {
            let (writer, claim) = self.serving().await?;
            writer.accept(claim, group).await
        }))
    }

    fn commit_tick<'a>(&'a self, batch: &'a TickBatch) -> Answer<'a, Committed> {
        Box::pin(settled(move || async move {
            batch.check_parties()?;
            let (claim, rows) = (self.claimed()?, TickRows::of(batch));
            if D::AT_ONCE && self.database.at_once(&whole_tick(&D::SQL, claim, batch, &rows)).await? {
                return Ok(Committed::Now);
            }
            self.writer(claim.session).await?.commit_tick(claim, batch, &rows).await
        }))
    }

    fn snapshot<'a>(&'a self, snapshot: &'a SnapshotRow) -> Answer<'a, ()> {
        Box::pin(settled(move || async move {
            let (writer, claim) = self.serving().await?;
            if claim.session != snapshot.session {
                return Err(StoreError::NotClaimed);
            }
            writer.snapshot(claim, snapshot).await
        }))
    }

    fn keep_pieces<'a>(&'a self, session: SessionId, pieces: &'a [PieceRow]) -> Answer<'a, ()> {
        Box::pin(settled(move || async move {
            let claim = self.claim_of(session)?;
            self.writer(session).await?.keep_pieces(claim, pieces).await
        }))
    }

    fn pieces(&self, session: SessionId, after: u64, count: u32) -> Answer<'_, Vec<PieceRow>> {
        Box::pin(settled(move || async move { self.viewer(session).await?.pieces(after, count).await }))
    }

    fn sessions(&self) -> Answer<'_, Vec<SessionInfo>> {
        Box::pin(settled(move || async move {
            let mut sessions = self.viewer(SessionId(0)).await?.sessions().await?;
            let in_use = self.database.in_use();
            sessions.iter_mut().for_each(|session| session.served &= in_use);
            Ok(self.known(sessions))
        }))
    }

    fn size(&self) -> Answer<'_, u64> {
        Box::pin(settled(move || async move { self.viewer(SessionId(0)).await?.size().await }))
    }

    fn session(&self, session: SessionId) -> Answer<'_, SessionState> {
        Box::pin(settled(move || async move { Ok(self.viewer(session).await?.state().await?.0) }))
    }

    fn users(&self, session: SessionId) -> Answer<'_, Vec<UserRow>> {
        Box::pin(settled(move || async move {
            self.viewer(session).await?.list(D::SQL.users, "participants", Reader::user).await
        }))
    }

    fn contents(&self, session: SessionId, wanted: Wanted) -> Answer<'_, Contents> {
        Box::pin(settled(move || async move { self.viewer(session).await?.contents(wanted).await }))
    }

    fn positions(&self, session: SessionId) -> Answer<'_, Vec<PositionRow>> {
        Box::pin(settled(move || async move {
            self.viewer(session).await?.list(D::SQL.positions, "positions", Reader::position).await
        }))
    }

    fn lob_pools(&self, session: SessionId) -> Answer<'_, Vec<LobPool>> {
        Box::pin(settled(move || async move {
            self.viewer(session).await?.list(D::SQL.lob_pools, "book", Reader::lob_pool).await
        }))
    }

    fn orders(&self, session: SessionId, after: u64) -> Answer<'_, Vec<OrderRow>> {
        Box::pin(settled(move || async move {
            self.viewer(session).await?.page((D::SQL.orders, "orders", after), Reader::order).await
        }))
    }

    fn trades(&self, session: SessionId, after: u64) -> Answer<'_, Vec<TradeRow>> {
        Box::pin(settled(move || async move {
            self.viewer(session).await?.page((D::SQL.trades, "trades", after), Reader::trade).await
        }))
    }

    fn events(&self, session: SessionId, after: u64) -> Answer<'_, Vec<(u64, EventRow)>> {
        Box::pin(settled(move || async move {
            self.viewer(session).await?.page((D::SQL.events, "events", after), Reader::event).await
        }))
    }

    fn inputs(&self, session: SessionId, after: u64) -> Answer<'_, Vec<RecordedInput>> {
        Box::pin(settled(move || async move {
            self.viewer(session).await?.page((D::SQL.inputs, "inputs", after), Reader::input).await
        }))
    }

    fn ticks(&self, session: SessionId, after: u64) -> Answer<'_, Vec<TickRow>> {
        Box::pin(settled(move || async move {
            self.viewer(session).await?.page((D::SQL.ticks, "ticks", after), Reader::tick).await
        }))
    }

    fn metrics(&self, session: SessionId, after: u64) -> Answer<'_, Vec<MetricsRow>> {
        Box::pin(settled(move || async move {
            self.viewer(session).await?.page((D::SQL.metrics, "metrics", after), Reader::metrics).await
        }))
    }

    fn purge(&self, session: SessionId) -> Answer<'_, ()> {
        Box::pin(async move {
            if let Ok(claim) = self.claimed() {
                return Err(StoreError::Locked(claim.session));
            }
            self.hold(session).await?;
            let purged = match self.watch(session).await {
                Ok(()) => self.delete(session).await,
                Err(error) => Err(error),
            };
            self.database.unlock().await;
            purged
        })
    }

    fn close(&self) -> Answer<'_, ()> {
        Box::pin(async move {
            if let Ok((writer, claim)) = self.serving().await
                && let Err(error) = writer.let_go(claim).await
            {
                tracing::debug!(%error, "no last sign of life");
            }
            self.set_claim(None);
            self.database.unlock().await;
            if self.room.is_none() {
                self.database.close().await;
            }
            Ok(())
        })
    }
}
