//! What is read, in which order. Each function reads one state of the data.

use super::{
    database::Work,
    decode::Reader,
    statements::Statements,
    table::{Cell, int},
};
use crate::store::{
    contents::{Contents, Wanted},
    contract::PAGE_ROWS,
    error::StoreError,
    record::{ANSWERS_KEPT, PieceRow, Record, SnapshotRow},
    session::{SessionId, SessionInfo, SessionState},
};
use outcry_engine::OrderId;

/// No limit, where a statement has one.
const ALL_ROWS: i64 = i64::MAX;

/// A transaction with the statements of its database and the session it is about.
pub(super) struct Viewer<W> {
    pub(super) work: W,
    pub(super) sql: &'static Statements,
    pub(super) session: SessionId,
}

impl<W: Work> Viewer<W> {
    /// Every row of an answer, each decoded.
    async fn all<T>(
        &mut self,
        sql: &'static str,
        what: &'static str,
        rest: &[i64],
        decode: impl Fn(&mut Reader<W::Row>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let scalars: Vec<_> = [int(self.session.0)].iter().chain(rest).map(|number| Cell::Int(*number)).collect();
        let rows = self.work.rows(sql, &scalars, None).await?;
        rows.into_iter().map(|row| decode(&mut Reader::new(row, self.session, what))).collect()
    }

    /// Every row of a session that exists.
    pub(super) async fn list<T>(
        mut self,
        sql: &'static str,
        what: &'static str,
        decode: impl Fn(&mut Reader<W::Row>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        self.state().await?;
        self.all(sql, what, &[], decode).await
    }

    /// A page of a session that exists.
    pub(super) async fn page<T>(
        mut self,
        (sql, what, after): (&'static str, &'static str, u64),
        decode: impl Fn(&mut Reader<W::Row>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        self.state().await?;
        self.all(sql, what, &[int(after), PAGE_ROWS.into()], decode).await
    }

    /// So many pieces of a session that exists.
    pub(super) async fn pieces(mut self, after: u64, count: u32) -> Result<Vec<PieceRow>, StoreError> {
        self.state().await?;
        let read = |reader: &mut Reader<W::Row>| Ok(PieceRow { number: reader.number()?, content: reader.bytes()? });
        self.all(self.sql.pieces, "pieces", &[int(after), count.into()], read).await
    }

    pub(super) async fn sessions(mut self) -> Result<Vec<SessionInfo>, StoreError> {
        let rows = self.work.rows(self.sql.sessions, &[], None).await?;
        rows.into_iter().map(|row| Reader::new(row, self.session, "list of sessions").session_info()).collect()
    }

    /// Bytes of all tables.
    pub(super) async fn size(mut self) -> Result<u64, StoreError> {
        let rows = self.work.rows(self.sql.size, &[], None).await?;
        rows.into_iter().next().map_or(Ok(0), |row| Reader::new(row, self.session, "size").number())
    }

    /// The last sign of life of the session's server: its epoch and time; nothing when it is old.
    pub(super) async fn life(mut self) -> Result<Option<(i64, i64)>, StoreError> {
        let read = |reader: &mut Reader<W::Row>| Ok((reader.int()?, reader.int()?, reader.int()? != 0));
        let signs = self.all(self.sql.life, "session", &[], read).await?;
        let (epoch, at, fresh) = signs.into_iter().next().ok_or(StoreError::UnknownSession(self.session))?;
        Ok(fresh.then_some((epoch, at)))
    }

    /// The session's state and the number of its last group.
    pub(super) async fn state(&mut self) -> Result<(SessionState, u64), StoreError> {
        let mut rows = self.all(self.sql.session, "configuration", &[], Reader::session_state).await?;
        rows.pop().ok_or(StoreError::UnknownSession(self.session))
    }

    /// All that an export is made of: one transaction, so one state.
    pub(super) async fn contents(mut self, wanted: Wanted) -> Result<Contents, StoreError> {
        let (state, _) = self.state().await?;
        let mut times = self.all(self.sql.times, "session", &[], |row| Ok((row.text()?, row.maybe_text()?))).await?;
        let (created_at, started_at) = times.pop().unwrap_or_default();
        Ok(Contents {
            created_at,
            started_at,
            users: self.all(self.sql.users, "participants", &[], Reader::user).await?,
            positions: self.all(self.sql.positions, "positions", &[], Reader::position).await?,
            trades: self.long(wanted.trades, self.sql.trades, "trades", Reader::trade).await?,
            orders: self.long(wanted.orders, self.sql.orders, "orders", Reader::order).await?,
            events: self.long(wanted.events, self.sql.events, "events", Reader::dated_event).await?,
            ticks: self.long(wanted.ticks, self.sql.ticks, "ticks", Reader::dated_tick).await?,
            metrics: self.long(wanted.metrics, self.sql.metrics, "metrics", Reader::metrics).await?,
            cash: self.long(wanted.cash, self.sql.cash, "movements of cash", Reader::cash).await?,
            state,
        })
    }

    /// A long table whole, if it is wanted.
    async fn long<T>(
        &mut self,
        wanted: bool,
        sql: &'static str,
        what: &'static str,
        decode: impl Fn(&mut Reader<W::Row>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        if !wanted {
            return Ok(Vec::new());
        }
        self.all(sql, what, &[0, ALL_ROWS], decode).await
    }

    /// What a start needs: from the latest snapshot on, or from the beginning.
    pub(super) async fn record(mut self, from_snapshot: bool) -> Result<Record, StoreError> {
        let (state, last_group) = self.state().await?;
        let snapshot = if from_snapshot { self.latest_snapshot().await? } else { None };
        let (seq, tick) = snapshot.as_ref().map_or((0, 0), |snapshot| (snapshot.seq, snapshot.tick));
        let mut numbers = self
            .all(self.sql.last_numbers, "numbers", &[], |reader| {
                Ok((OrderId(reader.number()?), reader.number()?, reader.number()?, reader.number()?))
            })
            .await?;
        let (last_order, last_seq, last_ms, last_piece) = numbers.pop().unwrap_or((OrderId(0), 0, 0, 0));
        let forgotten = last_order.0.saturating_sub(ANSWERS_KEPT);
        Ok(Record {
            id: self.session,
            users: self.all(self.sql.users, "participants", &[], Reader::user).await?,
            inputs: self.all(self.sql.inputs, "inputs", &[int(seq), ALL_ROWS], Reader::input).await?,
            hashes: self.all(self.sql.hashes, "ticks", &[int(tick), ALL_ROWS], Reader::tick_hash).await?,
            waiting_orders: self.all(self.sql.waiting_orders, "orders", &[], Reader::waiting_order).await?,
            waiting_cancels: self.all(self.sql.waiting_cancels, "orders", &[], Reader::cancel).await?,
            answers: self.all(self.sql.answers, "orders", &[int(forgotten)], Reader::answer).await?,
            state,
            snapshot,
            last_order,
            last_ms,
            last_seq,
            last_group,
            last_piece,
        })
    }

    /// The latest snapshot that is undamaged. A damaged one costs time, not truth: the record
    /// is replayed from the one before it, or from the start.
    async fn latest_snapshot(&mut self) -> Result<Option<SnapshotRow>, StoreError> {
        let snapshots = self.all(self.sql.snapshots, "snapshot", &[], |reader| Ok(reader.snapshot())).await?;
        for snapshot in snapshots {
            match snapshot {
                Ok(snapshot) => return Ok(Some(snapshot)),
                Err(error) => tracing::warn!(%error, "a snapshot is passed over"),
            }
        }
        Ok(None)
    }
}
