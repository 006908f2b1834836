//! A store in memory: for tests and simulations.

mod session;

use super::{
    admitted::{Duplicate, EventRow, Group},
    contents::{Contents, Wanted},
    contract::{Answer, PAGE_ROWS, Store},
    error::StoreError,
    opening::NewSession,
    record::{MetricsRow, OrderRow, PieceRow, Record, SnapshotRow, TickRow, TradeRow, UserRow},
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
    /// Which store has the lock of which session.
    locks: BTreeMap<SessionId, u64>,
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
    /// Whether every lock is granted to it.
    granted: bool,
    claims: Mutex<Claims>,
}

/// A session that a store serves, and since which claim.
#[derive(Clone, Copy)]
struct Claim {
    session: SessionId,
    epoch: u64,
}

/// What a store serves, and what it served before that.
#[derive(Clone, Copy, Default)]
struct Claims {
    served: Option<Claim>,
    before: Option<Claim>,
}

impl Drop for MemoryStore {
    fn drop(&mut self) {
        self.unlock(&mut self.database());
    }
}

impl MemoryStore {
    /// Another server on the same data.
    #[must_use]
    pub fn another(&self) -> Self {
        let mut database = self.database();
        database.stores += 1;
        Self {
            database: Arc::clone(&self.database),
            id: database.stores,
            server: self.server.clone(),
            granted: self.granted,
            claims: Mutex::default(),
        }
    }

    /// The same data for a server of this name.
    #[must_use]
    pub fn named(&self, server: &str) -> Self {
        let mut other = self.another();
        other.server = Some(server.to_owned());
        other
    }

    /// The same data for a server to which every lock is granted, whoever has it.
    #[must_use]
    pub fn granted(&self) -> Self {
        let mut other = self.another();
        other.granted = true;
        other
    }

    fn database(&self) -> MutexGuard<'_, Database> {
        self.database.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn claims(&self) -> MutexGuard<'_, Claims> {
        self.claims.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn unlock(&self, database: &mut Database) {
        database.locks.retain(|_, owner| *owner != self.id);
    }

    /// Opens a session, which this store serves from now on.
    fn open(&self, database: &mut Database, mut session: Session) -> SessionId {
        session.server.clone_from(&self.server);
        let epoch = session.claim();
        let id = SessionId(database.sessions.keys().last().map_or(1, |last| last.0 + 1));
        database.sessions.insert(id, session);
        self.unlock(database);
        database.locks.insert(id, self.id);
        let mut claims = self.claims();
        *claims = Claims { served: Some(Claim { session: id, epoch }), before: claims.served };
        id
    }

    /// The claim of the session served, or of the one before.
    fn claim_of(&self, session: SessionId) -> Result<Claim, StoreError> {
        let Claims { served, before } = *self.claims();
        served.into_iter().chain(before).find(|claim| claim.session == session).ok_or(StoreError::NotClaimed)
    }

    /// Runs a write on the session served.
    fn write<T>(&self, write: impl FnOnce(&mut Session) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let claim = self.claims().served.ok_or(StoreError::NotClaimed)?;
        write(fenced(&mut self.database(), claim)?)
    }

    fn read<T>(&self, id: SessionId, read: impl FnOnce(&Session) -> T) -> Answer<'_, T>
    where
        T: Send + 'static,
    {
        let answer = self.database().sessions.get(&id).map(read).ok_or(StoreError::UnknownSession(id));
        Box::pin(async move { answer })
    }
}

/// A session, unless another server has claimed it since.
fn fenced(database: &mut Database, claim: Claim) -> Result<&mut Session, StoreError> {
    let session = database.sessions.get_mut(&claim.session).filter(|session| session.epoch() == claim.epoch);
    session.ok_or(StoreError::Superseded(claim.session))
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
        let claim = self.claims().served;
        done(claim.map_or(Ok(()), |claim| fenced(&mut self.database(), claim).map(drop)))
    }

    fn create<'a>(&'a self, session: &'a NewSession) -> Answer<'a, SessionId> {
        done(Session::new(session).map(|session| self.open(&mut self.database(), session)))
    }

    fn reopen<'a>(&'a self, from: SessionId, last: &'a Group, session: &'a NewSession) -> Answer<'a, SessionId> {
        let claim = match self.claim_of(from) {
            Ok(claim) => claim,
            Err(error) => return done(Err(error)),
        };
        let mut database = self.database();
        let successor = database.successors.get(&from).copied();
        let old = match (fenced(&mut database, claim), successor) {
            (Err(error), _) => return done(Err(error)),
            (Ok(_), Some((group, next))) if group == last.number => return done(Ok(next)),
            (Ok(old), _) => old,
        };
        let opened = Session::new(session).and_then(|session| old.accept(last).map(|_| session));
        done(opened.map(|session| {
            let id = self.open(&mut database, session);
            database.successors.insert(from, (last.number, id));
            id
        }))
    }

    fn claim(&self, session: SessionId) -> Answer<'_, ()> {
        let mut database = self.database();
        if !self.granted && database.locks.get(&session).is_some_and(|owner| *owner != self.id) {
            return done(Err(StoreError::Locked(session)));
        }
        let Some(stored) = database.sessions.get_mut(&session) else {
            return done(Err(StoreError::UnknownSession(session)));
        };
        stored.server.clone_from(&self.server);
        let epoch = stored.claim();
        self.unlock(&mut database);
        database.locks.insert(session, self.id);
        *self.claims() = Claims { served: Some(Claim { session, epoch }), before: None };
        done(Ok(()))
    }

    fn served(&self) -> Option<SessionId> {
        self.claims().served.map(|claim| claim.session)
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

    fn keep_pieces<'a>(&'a self, session: SessionId, pieces: &'a [PieceRow]) -> Answer<'a, ()> {
        done(self.claim_of(session).and_then(|claim| {
            let mut database = self.database();
            let kept = &mut fenced(&mut database, claim)?.pieces;
            pieces.iter().for_each(|piece| _ = kept.entry(piece.number).or_insert_with(|| piece.clone()));
            Ok(())
        }))
    }

    fn pieces(&self, session: SessionId, after: u64, count: u32) -> Answer<'_, Vec<PieceRow>> {
        self.read(session, |stored| {
            stored.pieces.range(after + 1..).take(count as usize).map(|(_, piece)| piece.clone()).collect()
        })
    }

    fn sessions(&self) -> Answer<'_, Vec<SessionInfo>> {
        let database = self.database();
        let served = |id| database.locks.contains_key(id);
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

    fn ticks(&self, session: SessionId, after: u64) -> Answer<'_, Vec<TickRow>> {
        self.read(session, |stored| page(&stored.ticks, after))
    }

    fn metrics(&self, session: SessionId, after: u64) -> Answer<'_, Vec<MetricsRow>> {
        self.read(session, |stored| page(&stored.metrics, after))
    }

    fn purge(&self, session: SessionId) -> Answer<'_, ()> {
        let mut database = self.database();
        if database.locks.contains_key(&session) || self.served().is_some() {
            return done(Err(StoreError::Locked(session)));
        }
        done(database.sessions.remove(&session).map(|_| ()).ok_or(StoreError::UnknownSession(session)))
    }

    fn close(&self) -> Answer<'_, ()> {
        self.unlock(&mut self.database());
        *self.claims() = Claims::default();
        done(Ok(()))
    }
}
