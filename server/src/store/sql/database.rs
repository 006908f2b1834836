//! What a database must be able to do: transactions, bulk statements, and a lock on a session.

use super::{
    decode::Columns,
    statements::Statements,
    table::{Cell, Step, Table},
};
use crate::store::{error::StoreError, session::SessionId};
use std::future::Future;

/// A database with its connections and its lock on a session.
pub(crate) trait Database: Send + Sync + 'static {
    /// "sqlite" or "postgres".
    const KIND: &'static str;
    /// The statements in its dialect.
    const SQL: Statements;
    /// Whether its lock can be lost while its holder lives: then signs of life count as well.
    const LOSES_LOCK: bool;
    /// Whether [`Database::at_once`] can do anything.
    const AT_ONCE: bool;
    /// A transaction; dropping it rolls back.
    type Work: Work;

    /// Whether the table of a fleet says whose a session is: nothing is locked then, and who claims waits for nobody.
    fn is_of_fleet(&self) -> bool {
        false
    }
    /// The same database for another session beside this one, over the same connections.
    fn beside(&self) -> Self;
    /// A transaction that writes.
    fn begin(&self) -> impl Future<Output = Result<Self::Work, StoreError>> + Send;
    /// Runs steps as a transaction of one round trip. Says whether it did: if a step was refused
    /// or did not change the rows it must, nothing is stored, and why is for a transaction of
    /// many steps to find out.
    fn at_once(&self, steps: &[Step<'_>]) -> impl Future<Output = Result<bool, StoreError>> + Send;
    /// A transaction that reads one state of the data.
    fn begin_reading(&self) -> impl Future<Output = Result<Self::Work, StoreError>> + Send;
    /// Locks a session in a way that ends with this process, and lets go of the one before.
    fn lock(&self, session: SessionId) -> impl Future<Output = Result<(), StoreError>> + Send;
    /// Whether the lock still holds; takes it again if the connection that held it was lost.
    fn check_lock(&self) -> impl Future<Output = Result<(), StoreError>> + Send;
    /// Whether whoever gave a sign of life then, in ms of the database's clock, is gone for certain: it had a
    /// connection, and no server but this one has any. False where that cannot be known.
    fn outlived(&self, sign_ms: i64) -> impl Future<Output = Result<bool, StoreError>> + Send;
    /// Whether a server may be there whose signs of life are still standing.
    fn in_use(&self) -> bool;
    /// Lets go of the session.
    fn unlock(&self) -> impl Future<Output = ()> + Send;
    /// Closes every connection, once what runs on it is done.
    fn close(&self) -> impl Future<Output = ()> + Send;
}

/// A transaction; dropped before [`Work::commit`], it leaves no trace.
pub(crate) trait Work: Send {
    /// A row of an answer.
    type Row: Columns + Send;

    /// Runs a statement over all rows of a table at once: scalars first, then the table's
    /// columns in the way of the database. Returns the number of rows changed.
    fn run(
        &mut self,
        sql: &'static str,
        scalars: &[Cell<'_>],
        table: Option<&Table<'_>>,
    ) -> impl Future<Output = Result<u64, StoreError>> + Send;

    /// Runs statements none of which looks at what another one changes: all of them or, with an
    /// error, none that matters.
    fn run_all(&mut self, steps: &[Step<'_>]) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Runs a statement and returns its rows.
    fn rows(
        &mut self,
        sql: &'static str,
        scalars: &[Cell<'_>],
        table: Option<&Table<'_>>,
    ) -> impl Future<Output = Result<Vec<Self::Row>, StoreError>> + Send;

    /// Makes all of it last, at once.
    fn commit(self) -> impl Future<Output = Result<(), StoreError>> + Send;
}
