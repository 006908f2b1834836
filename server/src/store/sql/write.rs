//! What is stored, in which order. Each function is one transaction up to its commit.

use super::{Cell, Statements, Table, Work, decode::Reader, encode, names::Named, statements::PURGE, table::int};
use crate::store::{
    Committed, Duplicate, Group, NewSession, NewUser, RecordedInput, SessionId, SessionState, SnapshotRow, StoreError,
    TickBatch,
};
use outcry_engine::{Input, OrderId};
use serde::Serialize;
use std::{borrow::Cow, collections::BTreeSet};

/// Which session this server serves, and since which claim.
#[derive(Clone, Copy, Debug)]
pub(super) struct Claim {
    pub(super) session: SessionId,
    pub(super) epoch: i64,
}

/// A transaction with the statements of its database and the session it is about.
pub(super) struct Writer<W> {
    pub(super) work: W,
    pub(super) sql: &'static Statements,
    pub(super) session: SessionId,
}

/// Plain data become JSON; were they not to, the tables would refuse the text.
fn json(value: &impl Serialize) -> Cow<'static, str> {
    Cow::Owned(serde_json::to_string(value).unwrap_or_default())
}

fn text(text: &str) -> Cell<'_> {
    Cell::Text(Cow::Borrowed(text))
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

    pub(super) async fn create(mut self, session: &NewSession) -> Result<SessionId, StoreError> {
        let rows = self.work.rows(self.sql.insert_session, &[text(&session.config.name)], None).await?;
        let row = rows.into_iter().next().ok_or(StoreError::NotClaimed)?;
        self.session = SessionId(Reader::new(row, self.session, "session").number()?);
        let config = [self.id(), Cell::Text(json(&session.config)), text(session.phase.name())];
        self.work.run(self.sql.insert_config, &config, None).await?;
        self.work.commit().await?;
        Ok(self.session)
    }

    /// Takes the session from whoever had it.
    pub(super) async fn claim(mut self) -> Result<Claim, StoreError> {
        let id = self.id();
        let rows = self.work.rows(self.sql.raise_epoch, &[id], None).await?;
        let row = rows.into_iter().next().ok_or(StoreError::UnknownSession(self.session))?;
        let epoch = Reader::new(row, self.session, "session").int()?;
        self.work.commit().await?;
        Ok(Claim { session: self.session, epoch })
    }

    pub(super) async fn accept(mut self, claim: Claim, group: &Group) -> Result<Vec<Duplicate>, StoreError> {
        let (last_event, last_group) = self.pass_fence(claim, group.events.len()).await?;
        if group.number == last_group {
            return self.duplicates(group).await;
        }
        if group.number != last_group + 1 {
            return Err(StoreError::GroupOrder { given: group.number, stored: last_group });
        }
        let id = [self.id()];
        self.seat(group).await?;
        self.bulk(self.sql.rename_users, &id, encode::renames(&group.renames)).await?;
        self.bulk(self.sql.insert_orders, &id, encode::orders(&group.orders)).await?;
        self.bulk(self.sql.insert_cancels, &id, encode::cancels(&group.cancels)).await?;
        let after = [self.id(), Cell::Int(int(last_event))];
        self.bulk(self.sql.insert_events, &after, encode::events(&group.events)).await?;
        if let Some(state) = &group.session {
            self.set_state(state).await?;
        }
        let duplicates = self.duplicates(group).await?;
        let number = [self.id(), Cell::Int(int(group.number))];
        self.work.run(self.sql.set_group, &number, None).await?;
        self.work.commit().await?;
        Ok(duplicates)
    }

    /// New seats, each with its join in the record of the tick to come.
    async fn seat(&mut self, group: &Group) -> Result<(), StoreError> {
        if group.users.is_empty() {
            return Ok(());
        }
        let id = [self.id()];
        let tick = self.current_tick().await? + 1;
        let join = |user: &NewUser| RecordedInput {
            seq: user.seq,
            tick,
            input: Input::Join { user: user.user, deposit: user.deposit },
        };
        let joins: Vec<_> = group.users.iter().map(join).collect();
        self.bulk(self.sql.insert_users, &id, encode::users(&group.users)).await?;
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

    pub(super) async fn commit_tick(mut self, claim: Claim, batch: &TickBatch) -> Result<Committed, StoreError> {
        let (last_event, _) = self.pass_fence(claim, batch.events.len()).await?;
        let (tick, now_ms) = (Cell::Int(int(batch.tick)), Cell::Int(int(batch.now_ms)));
        let advance = [self.id(), tick.clone(), text(batch.phase.name()), now_ms.clone()];
        if self.work.run(self.sql.advance, &advance, None).await? == 0 {
            return self.stored_before(batch).await;
        }
        let at_tick = [self.id(), tick.clone()];
        self.orders(&at_tick, batch).await?;
        self.accounts(batch).await?;
        self.bulk(self.sql.insert_trades, &at_tick, encode::trades(&batch.trades)).await?;
        let after = [self.id(), Cell::Int(int(last_event))];
        self.bulk(self.sql.insert_events, &after, encode::events(&batch.events)).await?;
        let summary = Cell::Text(json(&batch.summary()));
        let row = [self.id(), tick.clone(), now_ms.clone(), summary, Cell::Bytes(&batch.state_hash)];
        self.work.run(self.sql.insert_tick, &row, None).await?;
        let figures = &batch.metrics;
        let figures = [
            figures.volume,
            figures.mm_risk,
            figures.worst_case_loss,
            figures.mm_profit,
            figures.fees,
            figures.gas,
            figures.paid_in,
            figures.seigniorage,
        ];
        let row: Vec<_> =
            [self.id(), tick, now_ms].into_iter().chain(figures.map(|figure| Cell::Int(figure.0))).collect();
        self.work.run(self.sql.insert_metrics, &row, None).await?;
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

    /// The inputs, and what became of orders.
    async fn orders(&mut self, at_tick: &[Cell<'_>], batch: &TickBatch) -> Result<(), StoreError> {
        let record = |(seq, input): (u64, &Input)| RecordedInput { seq, tick: batch.tick, input: input.clone() };
        let inputs: Vec<_> = (batch.first_seq..).zip(&batch.inputs).map(record).collect();
        let taken: BTreeSet<_> = batch.taken_orders().collect();
        let cancelled: Vec<_> = batch.taken_cancels().collect();
        let id = [self.id()];
        self.bulk(self.sql.insert_inputs, &id, encode::inputs(&inputs)).await?;
        self.bulk(self.sql.update_orders, at_tick, encode::order_changes(&batch.orders, &taken)).await?;
        self.bulk(self.sql.take_cancels, at_tick, encode::order_ids(&cancelled)).await
    }

    /// Accounts, holdings and the book.
    async fn accounts(&mut self, batch: &TickBatch) -> Result<(), StoreError> {
        let id = [self.id()];
        self.bulk(self.sql.update_users, &id, encode::user_changes(&batch.users)).await?;
        self.bulk(self.sql.upsert_positions, &id, encode::positions(&batch.positions)).await?;
        let (gone, left): (Vec<_>, Vec<_>) = batch.lob_pools.iter().cloned().partition(|level| level.volume.0 == 0);
        self.bulk(self.sql.upsert_lob_pools, &id, encode::lob_pools(&left)).await?;
        self.bulk(self.sql.delete_lob_pools, &id, encode::lob_pool_keys(&gone)).await
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
