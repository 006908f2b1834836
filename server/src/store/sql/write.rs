//! What is stored, in which order. Each function is one transaction up to its commit.

use super::{
    database::Work,
    decode::Reader,
    encode,
    names::Named,
    statements::{PURGE, Statements},
    table::{Cell, Table, int, json, text},
    tick::{Claim, TickRows, accounts, advance, tick_steps},
};
use crate::store::{
    admitted::{Duplicate, Group, NewUser},
    error::StoreError,
    opening::NewSession,
    record::{PieceRow, RecordedInput, SnapshotRow},
    session::{SessionId, SessionState},
    tick::{Committed, TickBatch},
};
use outcry_engine::{Input, OrderId};

/// The epoch of a session that nobody has claimed after the server that opened it.
const FIRST_EPOCH: i64 = 1;

/// A transaction with the statements of its database and the session it is about.
pub(super) struct Writer<W> {
    pub(super) work: W,
    pub(super) sql: &'static Statements,
    pub(super) session: SessionId,
    /// Who opens or claims sessions; nobody in particular when it is empty.
    pub(super) server: String,
}

impl<W: Work> Writer<W> {
    fn id(&self) -> Cell<'static> {
        Cell::Int(int(self.session.0))
    }

    /// Runs a statement over a table, unless the table is empty.
    async fn bulk(&mut self, sql: &'static str, scalars: &[Cell<'_>], table: Table<'_>) -> Result<(), StoreError> {
        if table.rows == 0 {
            return Ok(());
        }
        self.work.run(sql, scalars, Some(&table)).await.map(|_| ())
    }

    /// Makes sure that this server still serves the session and reserves numbers for events.
    /// Returns the number of the last event and of the last group.
    async fn pass_fence(&mut self, claim: Claim, events: usize) -> Result<(u64, u64), StoreError> {
        let scalars = [self.id(), Cell::Int(claim.epoch), Cell::Int(int(events as u64))];
        let rows = self.work.rows(self.sql.fence, &scalars, None).await?;
        let row = rows.into_iter().next().ok_or(StoreError::Superseded(self.session))?;
        let mut reader = Reader::new(row, self.session, "session");
        Ok((reader.number()?, reader.number()?))
    }

    /// A new session; its first claim is this server's.
    pub(super) async fn create(mut self, session: &NewSession) -> Result<Claim, StoreError> {
        self.session = self.open(session).await?;
        self.work.commit().await?;
        Ok(Claim { session: self.session, epoch: FIRST_EPOCH })
    }

    /// Ends a session with its last group, and opens the one that follows.
    pub(super) async fn reopen(
        mut self,
        claim: Claim,
        last: &Group,
        session: &NewSession,
    ) -> Result<Claim, StoreError> {
        let (last_event, last_group) = self.pass_fence(claim, last.events.len()).await?;
        if last.number == last_group {
            let id = [self.id()];
            let rows = self.work.rows(self.sql.successor, &id, None).await?;
            let row = rows.into_iter().next().ok_or(StoreError::UnknownSession(self.session))?;
            let successor = SessionId(Reader::new(row, self.session, "session").number()?);
            return Ok(Claim { session: successor, epoch: FIRST_EPOCH });
        }
        self.write(last, last_event, last_group).await?;
        self.session = self.open(session).await?;
        self.work.commit().await?;
        Ok(Claim { session: self.session, epoch: FIRST_EPOCH })
    }

    /// The rows of a new session, which follows the one this is about.
    async fn open(&mut self, session: &NewSession) -> Result<SessionId, StoreError> {
        let row = [text(&session.config.name), self.id(), text(&self.server)];
        let rows = self.work.rows(self.sql.insert_session, &row, None).await?;
        let row = rows.into_iter().next().ok_or(StoreError::NotClaimed)?;
        self.session = SessionId(Reader::new(row, self.session, "session").number()?);
        let config = [self.id(), Cell::Text(json(&session.config)), text(session.phase.name())];
        self.work.run(self.sql.insert_config, &config, None).await?;
        self.seat(&session.users).await?;
        Ok(self.session)
    }

    /// Takes the session from whoever had it.
    pub(super) async fn claim(mut self) -> Result<Claim, StoreError> {
        let scalars = [self.id(), text(&self.server)];
        let rows = self.work.rows(self.sql.raise_epoch, &scalars, None).await?;
        let row = rows.into_iter().next().ok_or(StoreError::UnknownSession(self.session))?;
        let epoch = Reader::new(row, self.session, "session").int()?;
        self.work.commit().await?;
        Ok(Claim { session: self.session, epoch })
    }

    /// A sign of life.
    pub(super) async fn beat(mut self, claim: Claim) -> Result<(), StoreError> {
        let beaten = self.work.run(self.sql.beat, &[self.id(), Cell::Int(claim.epoch)], None).await?;
        self.work.commit().await?;
        if beaten == 0 { Err(StoreError::Superseded(self.session)) } else { Ok(()) }
    }

    /// The last sign of life: whoever comes next need not wait and see.
    pub(super) async fn let_go(mut self, claim: Claim) -> Result<(), StoreError> {
        self.work.run(self.sql.let_go, &[self.id(), Cell::Int(claim.epoch)], None).await?;
        self.work.commit().await
    }

    pub(super) async fn accept(mut self, claim: Claim, group: &Group) -> Result<Vec<Duplicate>, StoreError> {
        let (last_event, last_group) = self.pass_fence(claim, group.events.len()).await?;
        if group.number == last_group {
            return self.duplicates(group).await;
        }
        self.write(group, last_event, last_group).await?;
        let duplicates = self.duplicates(group).await?;
        self.work.commit().await?;
        Ok(duplicates)
    }

    /// The rows of a group that follows the last one.
    async fn write(&mut self, group: &Group, last_event: u64, last_group: u64) -> Result<(), StoreError> {
        if group.number != last_group + 1 {
            return Err(StoreError::GroupOrder { given: group.number, stored: last_group });
        }
        let id = [self.id()];
        self.seat(&group.users).await?;
        // Names may go from hand to hand: the unique key looks at every row on the way.
        self.bulk(self.sql.free_names, &id, encode::renames(&group.renames)).await?;
        self.bulk(self.sql.rename_users, &id, encode::renames(&group.renames)).await?;
        self.bulk(self.sql.update_seats, &id, encode::seats(&group.seats)).await?;
        self.bulk(self.sql.insert_orders, &id, encode::orders(&group.orders)).await?;
        self.bulk(self.sql.insert_cancels, &id, encode::cancels(&group.cancels)).await?;
        let after = [self.id(), Cell::Int(int(last_event))];
        self.bulk(self.sql.insert_events, &after, encode::events(&group.events)).await?;
        if let Some(state) = &group.session {
            self.set_state(state).await?;
        }
        let number = [self.id(), Cell::Int(int(group.number))];
        self.work.run(self.sql.set_group, &number, None).await.map(|_| ())
    }

    /// New seats, each with its join in the record of the tick to come.
    async fn seat(&mut self, users: &[NewUser]) -> Result<(), StoreError> {
        if users.is_empty() {
            return Ok(());
        }
        let id = [self.id()];
        let tick = self.current_tick().await? + 1;
        let join = |user: &NewUser| RecordedInput {
            seq: user.seq,
            tick,
            input: Input::Join { user: user.user, deposit: user.deposit },
        };
        let joins: Vec<_> = users.iter().map(join).collect();
        self.bulk(self.sql.insert_users, &id, encode::users(users)).await?;
        self.bulk(self.sql.insert_inputs, &id, encode::inputs(&joins)).await
    }

    async fn current_tick(&mut self) -> Result<u64, StoreError> {
        let id = [self.id()];
        let rows = self.work.rows(self.sql.current_tick, &id, None).await?;
        let row = rows.into_iter().next().ok_or(StoreError::UnknownSession(self.session))?;
        Reader::new(row, self.session, "configuration").number()
    }

    async fn set_state(&mut self, state: &SessionState) -> Result<(), StoreError> {
        let session = [self.id(), text(&state.config.name), Cell::Int(state.door_open.into())];
        self.work.run(self.sql.update_session, &session, None).await?;
        let script = state.script.as_ref().map_or(Cell::NoText, |script| Cell::Text(json(script)));
        let config = [
            self.id(),
            Cell::Text(json(&state.config)),
            script,
            text(state.phase.name()),
            Cell::Int(int(state.clock_ms)),
        ];
        self.work.run(self.sql.update_config, &config, None).await.map(|_| ())
    }

    /// The orders of the group whose client id belongs to an earlier order.
    async fn duplicates(&mut self, group: &Group) -> Result<Vec<Duplicate>, StoreError> {
        if group.orders.is_empty() {
            return Ok(Vec::new());
        }
        let id = [self.id()];
        let table = encode::client_ids(&group.orders);
        let rows = self.work.rows(self.sql.find_duplicates, &id, Some(&table)).await?;
        let duplicate = |row| {
            let mut reader = Reader::new(row, self.session, "orders");
            let (given, stored) = (OrderId(reader.number()?), OrderId(reader.number()?));
            Ok(Duplicate { given, stored, ts_ms: reader.number()? })
        };
        rows.into_iter().map(duplicate).collect()
    }

    /// Stores a tick step by step, and finds out why it cannot be stored if it cannot.
    pub(super) async fn commit_tick(
        mut self,
        claim: Claim,
        batch: &TickBatch,
        rows: &TickRows,
    ) -> Result<Committed, StoreError> {
        let (last_event, _) = self.pass_fence(claim, batch.events.len()).await?;
        let step = advance(self.sql, self.session, batch);
        if self.work.run(step.sql, &step.scalars, None).await? == 0 {
            return self.stored_before(batch).await;
        }
        if let Some(step) = accounts(self.sql, self.session, batch) {
            let changed = self.work.run(step.sql, &step.scalars, step.table.as_ref()).await?;
            if changed != batch.users.len() as u64 {
                let touched = batch.users.len();
                return Err(StoreError::Refused(format!("{touched} accounts were touched, {changed} are known")));
            }
        }
        let steps = tick_steps(self.sql, self.session, batch, rows, Cell::Int(int(last_event)));
        self.work.run_all(&steps).await?;
        self.work.commit().await?;
        Ok(Committed::Now)
    }

    /// Whether a batch that does not follow the last tick is one that was stored before.
    async fn stored_before(&mut self, batch: &TickBatch) -> Result<Committed, StoreError> {
        let key = [self.id(), Cell::Int(int(batch.tick))];
        let rows = self.work.rows(self.sql.tick_hash, &key, None).await?;
        if let Some(row) = rows.into_iter().next()
            && Reader::new(row, self.session, "ticks").hash()? == batch.state_hash
        {
            return Ok(Committed::Before);
        }
        Err(StoreError::TickOrder { given: batch.tick, stored: self.current_tick().await? })
    }

    pub(super) async fn snapshot(mut self, claim: Claim, snapshot: &SnapshotRow) -> Result<(), StoreError> {
        self.pass_fence(claim, 0).await?;
        let checksum = encode::checksum(snapshot);
        let row = [
            self.id(),
            Cell::Int(int(snapshot.tick)),
            Cell::Int(int(snapshot.seq)),
            Cell::Bytes(&snapshot.state_hash),
            Cell::Bytes(&checksum),
            Cell::Bytes(&snapshot.bytes),
        ];
        self.work.run(self.sql.insert_snapshot, &row, None).await?;
        let id = [self.id()];
        self.work.run(self.sql.delete_snapshots, &id, None).await?;
        self.work.commit().await
    }

    pub(super) async fn keep_pieces(mut self, claim: Claim, pieces: &[PieceRow]) -> Result<(), StoreError> {
        self.pass_fence(claim, 0).await?;
        let id = [self.id()];
        self.bulk(self.sql.insert_pieces, &id, encode::pieces(pieces)).await?;
        self.work.commit().await
    }

    pub(super) async fn purge(mut self) -> Result<(), StoreError> {
        let id = [self.id()];
        let mut deleted = 0;
        for statement in PURGE {
            deleted = self.work.run(statement, &id, None).await?;
        }
        // The last statement deletes the session itself.
        if deleted == 0 {
            return Err(StoreError::UnknownSession(self.session));
        }
        self.work.commit().await
    }
}
