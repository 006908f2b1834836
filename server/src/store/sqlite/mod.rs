//! SQLite: one file in the data directory, the default.
//!
//! Everything that writes goes through one connection, behind a lock on the file
//! `NAME.lock` that the operating system takes back when the process ends, however it ends. The rooms of a
//! process share both.

mod statements;
mod tables;

use super::{
    error::StoreError,
    session::SessionId,
    sql::{Cell, Columns, Database, SqlStore, Statements, Step, Table, Work},
};
use sqlx::{
    Connection, Row, Sqlite, SqlitePool, Transaction,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteRow, SqliteSynchronous},
};
use std::{
    fs::{File, TryLockError},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError, Weak},
    time::Duration,
};

/// How long a statement waits for another process that writes (a migration, an offline
/// command), in s. Beyond it the statement fails.
const BUSY_TIMEOUT_S: u64 = 5;
/// Connections for reading. More readers wait for one.
const READERS: u32 = 4;

/// The embedded store: one file, one server at a time.
pub(crate) type SqliteStore = SqlStore<SqliteFile>;

/// A database file with its connections and its lock.
pub(crate) struct SqliteFile {
    path: PathBuf,
    writer: SqlitePool,
    readers: SqlitePool,
    /// What all who share the file hold together, for as long as one of them does.
    shared: Arc<Mutex<Weak<File>>>,
    lock: Mutex<Option<Arc<File>>>,
}

impl SqliteStore {
    /// Opens the file, with its directory if need be, and brings its tables up to date.
    ///
    /// # Errors
    /// When it cannot be opened, is no database or has tables of another version.
    pub(crate) async fn open(path: &Path, server: &str) -> Result<Self, StoreError> {
        let cannot = |reason: String| StoreError::Open { database: path.display().to_string(), reason };
        if let Some(directory) = path.parent() {
            std::fs::create_dir_all(directory).map_err(|error| cannot(error.to_string()))?;
        }
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(BUSY_TIMEOUT_S));
        // After a full disk SQLite has ended the transaction itself, and sqlx waits for ever to end it:
        // a connection that is not where it should be makes way for another.
        let pool = |connections| {
            SqlitePoolOptions::new()
                .max_connections(connections)
                .before_acquire(|connection, _| Box::pin(async move { Ok(!connection.is_in_transaction()) }))
        };
        let writer = pool(1).connect_with(options.clone()).await.map_err(|error| cannot(error.to_string()))?;
        let readers = pool(READERS).connect_lazy_with(options.pragma("query_only", "ON"));
        let file =
            SqliteFile { path: path.to_owned(), writer, readers, shared: Arc::default(), lock: Mutex::new(None) };
        file.bring_up_to_date().await?;
        Ok(Self::new(file, server))
    }
}

impl SqliteStore {
    /// Closes a file that was opened to bring its tables up to date.
    pub(crate) async fn close_file(self) {
        self.database.close().await;
    }
}

impl SqliteFile {
    /// Brings the tables up to date, with nobody else on them.
    async fn bring_up_to_date(&self) -> Result<(), StoreError> {
        let name = self.path.display().to_string();
        let mut connection = self.writer.acquire().await?;
        if !tables::are_behind(&mut connection, &name).await? {
            return Ok(());
        }
        self.hold()?;
        let done = tables::bring_up_to_date(&mut connection, &name).await;
        self.unlock().await;
        done
    }

    fn lock_file(&self) -> std::io::Result<File> {
        let mut path = self.path.clone().into_os_string();
        path.push(".lock");
        File::options().create(true).append(true).open(path)
    }

    /// Locks the file, unless it is locked by this store already, or by one beside it.
    fn hold(&self) -> Result<(), StoreError> {
        let mut lock = self.lock.lock().unwrap_or_else(PoisonError::into_inner);
        if lock.is_some() {
            return Ok(());
        }
        let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(file) = shared.upgrade() {
            *lock = Some(file);
            return Ok(());
        }
        let database = self.path.display().to_string();
        let cannot = |error: std::io::Error| StoreError::Open { database: database.clone(), reason: error.to_string() };
        let file = self.lock_file().map_err(cannot)?;
        match file.try_lock() {
            Ok(()) => {
                let file = Arc::new(file);
                *shared = Arc::downgrade(&file);
                *lock = Some(file);
            }
            Err(TryLockError::WouldBlock) => return Err(StoreError::FileLocked(database)),
            Err(TryLockError::Error(error)) => return Err(cannot(error)),
        }
        Ok(())
    }
}

impl Database for SqliteFile {
    const KIND: &'static str = "sqlite";
    const SQL: Statements = statements::SQLITE;
    /// It is the operating system's.
    const LOSES_LOCK: bool = false;
    /// Its statements cost no round trips.
    const AT_ONCE: bool = false;
    type Work = SqliteWork;

    async fn begin(&self) -> Result<SqliteWork, StoreError> {
        self.hold()?;
        Ok(SqliteWork(self.writer.begin_with("BEGIN IMMEDIATE").await?))
    }

    async fn at_once(&self, _steps: &[Step<'_>]) -> Result<bool, StoreError> {
        Ok(false)
    }

    async fn begin_reading(&self) -> Result<SqliteWork, StoreError> {
        Ok(SqliteWork(self.readers.begin().await?))
    }

    fn beside(&self) -> Self {
        let Self { path, writer, readers, shared, .. } = self;
        let (writer, readers, shared) = (writer.clone(), readers.clone(), Arc::clone(shared));
        Self { path: path.clone(), writer, readers, shared, lock: Mutex::new(None) }
    }

    async fn lock(&self, _session: SessionId) -> Result<(), StoreError> {
        self.hold()
    }

    async fn check_lock(&self) -> Result<(), StoreError> {
        Ok(())
    }

    /// Whether somebody has the file: this store, one beside it, or another that its lock shows.
    fn in_use(&self) -> bool {
        let ours = self.shared.lock().unwrap_or_else(PoisonError::into_inner).strong_count() > 0;
        ours || matches!(self.lock_file().map(|file| file.try_lock()), Ok(Err(TryLockError::WouldBlock)))
    }

    async fn outlived(&self, _sign_ms: i64) -> Result<bool, StoreError> {
        Ok(false)
    }

    async fn unlock(&self) {
        *self.lock.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

pub(crate) struct SqliteWork(Transaction<'static, Sqlite>);

/// A statement with its values. A table is one of them, as JSON, and comes last.
fn statement(
    sql: &'static str,
    scalars: &[Cell<'_>],
    table: Option<&Table<'_>>,
) -> sqlx::query::Query<'static, Sqlite, sqlx::sqlite::SqliteArguments> {
    let mut query = sqlx::query(sql);
    for cell in scalars {
        query = match cell {
            Cell::Int(number) => query.bind(*number),
            Cell::Text(text) => query.bind(text.clone().into_owned()),
            Cell::NoText | Cell::Given(_) => query.bind(None::<String>),
            Cell::Bytes(bytes) => query.bind(bytes.to_vec()),
        };
    }
    match table {
        Some(table) => query.bind(serde_json::to_string(table).unwrap_or_default()),
        None => query,
    }
}

impl Work for SqliteWork {
    type Row = SqliteRow;

    async fn run(
        &mut self,
        sql: &'static str,
        scalars: &[Cell<'_>],
        table: Option<&Table<'_>>,
    ) -> Result<u64, StoreError> {
        Ok(statement(sql, scalars, table).execute(&mut *self.0).await?.rows_affected())
    }

    async fn run_all(&mut self, steps: &[Step<'_>]) -> Result<(), StoreError> {
        for Step { sql, scalars, table, .. } in steps {
            self.run(sql, scalars, table.as_ref()).await?;
        }
        Ok(())
    }

    async fn rows(
        &mut self,
        sql: &'static str,
        scalars: &[Cell<'_>],
        table: Option<&Table<'_>>,
    ) -> Result<Vec<SqliteRow>, StoreError> {
        Ok(statement(sql, scalars, table).fetch_all(&mut *self.0).await?)
    }

    async fn commit(self) -> Result<(), StoreError> {
        Ok(self.0.commit().await?)
    }
}

impl Columns for SqliteRow {
    fn maybe_int(&self, column: usize) -> Result<Option<i64>, sqlx::Error> {
        self.try_get(column)
    }

    fn maybe_text(&self, column: usize) -> Result<Option<String>, sqlx::Error> {
        self.try_get(column)
    }

    fn bytes(&self, column: usize) -> Result<Vec<u8>, sqlx::Error> {
        self.try_get(column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{EventRow, Group, NewSession, Store};
    use sqlx::{AssertSqlSafe, SqliteConnection};

    /// On a full disk SQLite ends a transaction by itself, and sqlx, which knows nothing of it, would
    /// begin no other on that connection.
    #[tokio::test]
    async fn a_transaction_that_ended_by_itself_does_no_harm() {
        let directory = std::env::temp_dir().join(format!("outcry-ended-{}", std::process::id()));
        let store = SqliteStore::open(&directory.join("floor.db"), "").await.unwrap();
        let config = outcry_shared::config::presets()[0].config.clone();
        store.create(&NewSession::empty(config, outcry_shared::phase::Phase::Lobby)).await.unwrap();
        let mut work = store.database.begin().await.unwrap();
        work.run("ROLLBACK", &[], None).await.unwrap();
        drop(work);
        let row = EventRow::named("LATER", &serde_json::json!({}), 0);
        let group = Group { number: 1, events: vec![row], ..Group::default() };
        store.accept(&group).await.unwrap();
        store.close().await.unwrap();
        std::fs::remove_dir_all(directory).unwrap();
    }

    /// A tick must cost what it touches, not what the session has gathered: every row is
    /// found by its whole key.
    #[tokio::test]
    async fn rows_are_found_by_their_whole_key() {
        let mut connection = SqliteConnection::connect("sqlite::memory:").await.unwrap();
        tables::bring_up_to_date(&mut connection, "memory").await.unwrap();
        let sql = statements::SQLITE;
        for (statement, key) in [
            (sql.update_orders, "orders USING PRIMARY KEY (session_id=? AND order_id=?)"),
            (sql.take_cancels, "orders USING PRIMARY KEY (session_id=? AND order_id=?)"),
            (sql.insert_cancels, "orders USING PRIMARY KEY (session_id=? AND order_id=?)"),
            (sql.update_users, "users USING PRIMARY KEY (session_id=? AND user_id=?)"),
            (sql.rename_users, "users USING PRIMARY KEY (session_id=? AND user_id=?)"),
            (sql.find_duplicates, "(session_id=? AND user_id=? AND client_order_id=?)"),
            (sql.waiting_cancels, "orders_to_cancel (session_id=? AND cancel_ms>?)"),
        ] {
            let explained = format!("EXPLAIN QUERY PLAN {statement}");
            let rows = sqlx::query(AssertSqlSafe(explained)).fetch_all(&mut connection).await.unwrap();
            let plan: Vec<String> = rows.iter().map(|row| row.try_get("detail").unwrap()).collect();
            assert!(plan.iter().any(|step| step.contains(key)), "{statement}: {plan:?}");
        }
    }
}
