//! A store in memory: for tests and simulations.

mod session;

use super::{
    admitted::{Duplicate, EventRow, Group},
    contents::{Contents, Wanted},
    contract::{Answer, PAGE_ROWS, Store},
    error::StoreError,
    opening::NewSession,
    record::{MetricsRow, OrderRow, Record, RecordedInput, SnapshotRow, TickRow, TradeRow, UserRow},
    session::{SessionId, SessionInfo, SessionState},
    tick::{Committed, LobPool, PositionRow, TickBatch},
};
use session::Session;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// What several stores share, as servers share a database.
#[derive(Default)]
struct Database {
    sessions: BTreeMap<SessionId, Session>,
    /// Which store serves which session.
    claims: BTreeMap<SessionId, u64>,
    /// Which session followed another, and the last group of that one.
    successors: BTreeMap<SessionId, (u64, SessionId)>,
    stores: u64,
}

/// A store in memory. Dropping it is the end of its server; the data stay with the others
/// made by [`MemoryStore::another`].
#[derive(Default)]
pub struct MemoryStore {
    database: Arc<Mutex<Database>>,
    id: u64,
    /// The server that works on it.
    server: Option<String>,
}

impl Drop for MemoryStore {
    fn drop(&mut self) {
        self.lock().claims.retain(|_, owner| *owner != self.id);
    }
}

impl MemoryStore {
    /// Another server on the same data.
    #[must_use]
    pub fn another(&self) -> Self {
        let mut database = self.lock();
        database.stores += 1;
        Self { database: Arc::clone(&self.database), id: database.stores, server: self.server.clone() }
    }

    /// The same data for a server of this name.
    #[must_use]
    pub fn named(&self, server: &str) -> Self {
        let mut other = self.another();
        other.server = Some(server.to_owned());
        other
    }

    fn lock(&self) -> MutexGuard<'_, Database> {
        self.database.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn claimed(&self, database: &Database) -> Option<SessionId> {
        database.claims.iter().find(|(_, owner)| **owner == self.id).map(|(session, _)| *session)
    }

    /// Opens a session, which this store serves from now on.
    fn open(&self, database: &mut Database, mut session: Session) -> SessionId {
        session.server.clone_from(&self.server);
        let id = SessionId(database.sessions.keys().last().map_or(1, |last| last.0 + 1));
        database.sessions.insert(id, session);
        database.claims.retain(|_, owner| *owner != self.id);
        database.claims.insert(id, self.id);
        id
    }

    /// Runs a write on the session served.
    fn write<T>(&self, write: impl FnOnce(&mut Session) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let mut database = self.lock();
        let served = self.claimed(&database).ok_or(StoreError::NotClaimed)?;
        let session = database.sessions.get_mut(&served).ok_or(StoreError::UnknownSession(served))?;
        write(session)
    }

    fn read<T>(&self, id: SessionId, read: impl FnOnce(&Session) -> T) -> Answer<'_, T>
    where
        T: Send + 'static,
    {
        let answer = self.lock().sessions.get(&id).map(read).ok_or(StoreError::UnknownSession(id));
        Box::pin(async move { answer })
    }
}

fn page<T: Clone>(rows: &BTreeMap<u64, T>, after: u64) -> Vec<T> {
    rows.range(after + 1..).take(PAGE_ROWS as usize).map(|(_, row)| row.clone()).collect()
}

fn done<'a, T: Send + 'a>(answer: Result<T, StoreError>) -> Answer<'a, T> {
    Box::pin(async move { answer })
}

impl Store for MemoryStore {
    fn kind(&self) -> &'static str {
        "memory"
    }

    fn ready(&self) -> Answer<'_, ()> {
        done(Ok(()))
    }

    fn create<'a>(&'a self, session: &'a NewSession) -> Answer<'a, SessionId> {
        done(Session::new(session).map(|session| self.open(&mut self.lock(), session)))
    }

    fn reopen<'a>(&'a self, from: SessionId, last: &'a Group, session: &'a NewSession) -> Answer<'a, SessionId> {
        let mut database = self.lock();
        let served = self.claimed(&database);
        match database.successors.get(&from) {
            Some((group, next)) if *group == last.number && served == Some(*next) => return done(Ok(*next)),
            _ if served != Some(from) => return done(Err(StoreError::NotClaimed)),
            _ => {}
        }
        let Some(old) = database.sessions.get_mut(&from) else { return done(Err(StoreError::UnknownSession(from))) };
        let opened = Session::new(session).and_then(|session| old.accept(last).map(|_| session));
        done(opened.map(|session| {
            let id = self.open(&mut database, session);
            database.successors.insert(from, (last.number, id));
            id
        }))
    }

    fn claim(&self, session: SessionId) -> Answer<'_, ()> {
        let mut database = self.lock();
        if database.claims.get(&session).is_some_and(|owner| *owner != self.id) {
            return done(Err(StoreError::Locked(session)));
        }
        let Some(stored) = database.sessions.get_mut(&session) else {
            return done(Err(StoreError::UnknownSession(session)));
        };
        stored.server.clone_from(&self.server);
        database.claims.retain(|_, owner| *owner != self.id);
        database.claims.insert(session, self.id);
        done(Ok(()))
    }

    fn served(&self) -> Option<SessionId> {
        self.claimed(&self.lock())
    }

    fn load(&self, session: SessionId) -> Answer<'_, Record> {
        self.read(session, |stored| stored.record(session, stored.snapshot.clone()))
    }

    fn load_whole(&self, session: SessionId) -> Answer<'_, Record> {
        self.read(session, |stored| stored.record(session, None))
    }

    fn accept<'a>(&'a self, group: &'a Group) -> Answer<'a, Vec<Duplicate>> {
        done(self.write(|session| session.accept(group)))
    }

    fn commit_tick<'a>(&'a self, batch: &'a TickBatch) -> Answer<'a, Committed> {
        done(self.write(|session| session.commit(batch)))
    }

    fn snapshot<'a>(&'a self, snapshot: &'a SnapshotRow) -> Answer<'a, ()> {
        if self.served() != Some(snapshot.session) {
            return done(Err(StoreError::NotClaimed));
        }
        done(self.write(|session| {
            session.snapshot = Some(snapshot.clone());
            Ok(())
        }))
    }

    fn sessions(&self) -> Answer<'_, Vec<SessionInfo>> {
        let database = self.lock();
        let served = |id| database.claims.contains_key(id);
        done(Ok(database.sessions.iter().rev().map(|(id, session)| session.info(*id, served(id))).collect()))
    }

    fn size(&self) -> Answer<'_, u64> {
        done(Ok(0))
    }

    fn session(&self, session: SessionId) -> Answer<'_, SessionState> {
        self.read(session, |stored| stored.state.clone())
    }

    fn users(&self, session: SessionId) -> Answer<'_, Vec<UserRow>> {
        self.read(session, |stored| stored.users.values().cloned().collect())
    }

    fn contents(&self, session: SessionId, wanted: Wanted) -> Answer<'_, Contents> {
        self.read(session, |stored| stored.contents(wanted))
    }

    fn positions(&self, session: SessionId) -> Answer<'_, Vec<PositionRow>> {
        self.read(session, |stored| stored.positions.values().copied().collect())
    }

    fn lob_pools(&self, session: SessionId) -> Answer<'_, Vec<LobPool>> {
        self.read(session, |stored| stored.lob_pools.values().cloned().collect())
    }

    fn orders(&self, session: SessionId, after: u64) -> Answer<'_, Vec<OrderRow>> {
        self.read(session, |stored| page(&stored.orders, after))
    }

    fn trades(&self, session: SessionId, after: u64) -> Answer<'_, Vec<TradeRow>> {
        self.read(session, |stored| page(&stored.trades, after))
    }

    fn events(&self, session: SessionId, after: u64) -> Answer<'_, Vec<(u64, EventRow)>> {
        self.read(session, |stored| {
            let numbered = (1..).zip(&stored.events).map(|(number, event)| (number, event.clone()));
            numbered.skip(usize::try_from(after).unwrap_or(usize::MAX)).take(PAGE_ROWS as usize).collect()
        })
    }

    fn inputs(&self, session: SessionId, after: u64) -> Answer<'_, Vec<RecordedInput>> {
        self.read(session, |stored| page(&stored.inputs, after))
    }

    fn ticks(&self, session: SessionId, after: u64) -> Answer<'_, Vec<TickRow>> {
        self.read(session, |stored| page(&stored.ticks, after))
    }

    fn metrics(&self, session: SessionId, after: u64) -> Answer<'_, Vec<MetricsRow>> {
        self.read(session, |stored| page(&stored.metrics, after))
    }

    fn purge(&self, session: SessionId) -> Answer<'_, ()> {
        let mut database = self.lock();
        if database.claims.contains_key(&session) || self.claimed(&database).is_some() {
            return done(Err(StoreError::Locked(session)));
        }
        done(database.sessions.remove(&session).map(|_| ()).ok_or(StoreError::UnknownSession(session)))
    }

    fn close(&self) -> Answer<'_, ()> {
        self.lock().claims.retain(|_, owner| *owner != self.id);
        done(Ok(()))
    }
}
