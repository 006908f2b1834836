//! PostgreSQL: one database for many servers, each with a session of its own.
//!
//! The sessions' locks are advisory locks on a connection of their own: the database takes them
//! back when that connection ends, however the server ended.

mod statements;
mod tables;
mod connect;
mod silence;
mod lock;
mod register;

use super::{
    error::StoreError,
    session::SessionId,
    sql::{Cell, Column, Columns, Database, SqlStore, Statements, Step, Table, Work, int},
};
pub(super) use connect::options;
use connect::{own_name, reach, refuse_sharing};
use lock::Locks;
pub use register::Register;
use silence::Silence;
use sqlx::{
    AssertSqlSafe, PgPool, Postgres, Row, Transaction,
    postgres::{PgArguments, PgPoolOptions, PgRow},
};
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

/// Connections besides the one that holds the locks. More work waits for one.
const CONNECTIONS: u32 = 6;
/// How long work waits for a connection, in s. Beyond it, it fails, and is tried again: a lap must
/// not stand for long, or nobody is told why nothing moves.
const ACQUIRE_TIMEOUT_S: u64 = 1;

/// The store for many servers.
pub(crate) type PostgresStore = SqlStore<PostgresDatabase>;

/// Whether a server that had a connection then ($1, in ms) has none now: none of ours is left but those named
/// $2. A database that was started since proves nothing: all its connections are new.
const OUTLIVED: &str = "SELECT pg_postmaster_start_time() < to_timestamp($1::bigint / 1000.0::float8) AND NOT EXISTS (
    SELECT FROM pg_stat_activity
    WHERE datname = current_database() AND starts_with(application_name, 'outcry') AND application_name <> $2)";

/// A database with its connections, and the session that is locked for it.
pub(crate) struct PostgresDatabase {
    name: String,
    pool: PgPool,
    silence: Silence,
    locks: Arc<Locks>,
    locked: Mutex<Option<SessionId>>,
    /// Whether a table says whose a session is: then nothing is locked.
    is_of_fleet: bool,
}

impl PostgresDatabase {
    fn set_locked(&self, session: Option<SessionId>) -> Option<SessionId> {
        std::mem::replace(&mut *self.locked.lock().unwrap_or_else(PoisonError::into_inner), session)
    }

    fn locked(&self) -> Option<SessionId> {
        *self.locked.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl PostgresStore {
    /// Connects and brings the tables up to date.
    ///
    /// # Errors
    /// When the URL is none, the database does not answer or has tables of another version.
    pub(crate) async fn open(url: &str, schema: Option<&str>, server: &str) -> Result<Self, StoreError> {
        let name = own_name()?;
        let options = options(url, schema)?.application_name(&name);
        let (host, port) = (options.get_host(), options.get_port());
        let database = format!("{host}:{port}/{}", options.get_database().unwrap_or_default());
        let at = |reason: &str| StoreError::Open { database: database.clone(), reason: reason.to_owned() };
        reach(&options).await.map_err(|reason| at(&reason))?;
        let (silence, pool) = (Silence::default(), PgPoolOptions::new());
        let pool = pool
            .max_connections(CONNECTIONS)
            .acquire_timeout(Duration::from_secs(ACQUIRE_TIMEOUT_S))
            // A connection that has died shows in its answer, and what was asked is asked again.
            .test_before_acquire(false);
        let pool = silence.pool(pool, options.clone()).await.map_err(|error| at(&error.to_string()))?;
        let mut connection = pool.acquire().await?;
        refuse_sharing(&options, &mut connection).await.map_err(|reason| at(&reason))?;
        if let Some(schema) = schema {
            tables::make_schema(&mut connection, schema).await?;
        }
        tables::bring_up_to_date(&mut connection, &database).await?;
        drop(connection);
        let locks = Arc::new(Locks::new(options, name.clone(), silence.clone()));
        Ok(Self::new(
            PostgresDatabase { name, pool, silence, locks, locked: Mutex::new(None), is_of_fleet: false },
            server,
        ))
    }
}

impl PostgresStore {
    /// The same for a process of a fleet, whose table says whose a session is.
    pub(crate) fn of_fleet(mut self) -> Self {
        self.database.is_of_fleet = true;
        self
    }
}

impl Database for PostgresDatabase {
    const KIND: &'static str = "postgres";
    const SQL: Statements = statements::POSTGRES;
    /// A restart of the database takes every lock.
    const LOSES_LOCK: bool = true;
    const AT_ONCE: bool = true;
    type Work = PostgresWork;

    async fn begin(&self) -> Result<PostgresWork, StoreError> {
        Ok(PostgresWork(self.silence.begin(&self.pool, "BEGIN").await?))
    }

    async fn at_once(&self, steps: &[Step<'_>]) -> Result<bool, StoreError> {
        match together(steps).execute(&self.pool).await {
            Ok(_) => Ok(true),
            Err(sqlx::Error::Database(refused)) => {
                tracing::debug!(%refused, "not at once");
                Ok(false)
            }
            Err(error) => Err(error.into()),
        }
    }

    async fn begin_reading(&self) -> Result<PostgresWork, StoreError> {
        let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
        Ok(PostgresWork(self.silence.begin(&self.pool, begin).await?))
    }

    fn beside(&self) -> Self {
        let Self { name, pool, silence, locks, is_of_fleet, .. } = self;
        let (pool, silence, locks) = (pool.clone(), silence.clone(), Arc::clone(locks));
        Self { name: name.clone(), pool, silence, locks, locked: Mutex::new(None), is_of_fleet: *is_of_fleet }
    }

    fn is_of_fleet(&self) -> bool {
        self.is_of_fleet
    }

    async fn lock(&self, session: SessionId) -> Result<(), StoreError> {
        if self.is_of_fleet {
            return Ok(());
        }
        self.locks.take(session).await?;
        if let Some(before) = self.set_locked(Some(session)).filter(|before| *before != session) {
            self.locks.let_go(before).await;
        }
        Ok(())
    }

    async fn check_lock(&self) -> Result<(), StoreError> {
        match self.locked() {
            Some(session) => self.locks.check(session).await,
            None => Ok(()),
        }
    }

    fn in_use(&self) -> bool {
        true
    }

    async fn outlived(&self, sign_ms: i64) -> Result<bool, StoreError> {
        let row = sqlx::query(OUTLIVED).bind(sign_ms).bind(&self.name).fetch_one(&self.pool).await?;
        Ok(row.try_get(0)?)
    }

    async fn unlock(&self) {
        if let Some(session) = self.set_locked(None) {
            self.locks.let_go(session).await;
        }
    }

    async fn close(&self) {
        self.pool.close().await;
    }
}

pub(crate) struct PostgresWork(Transaction<'static, Postgres>);

pub(super) type Query = sqlx::query::Query<'static, Postgres, PgArguments>;

/// A statement with its values.
fn statement(sql: &'static str, scalars: &[Cell<'_>], table: Option<&Table<'_>>) -> Query {
    bind(sqlx::query(sql), scalars, table)
}

/// Adds values. A table's columns are arrays, after the scalars.
pub(super) fn bind(mut query: Query, scalars: &[Cell<'_>], table: Option<&Table<'_>>) -> Query {
    for cell in scalars {
        query = match cell {
            Cell::Int(number) => query.bind(*number),
            Cell::Text(text) => query.bind(text.clone().into_owned()),
            Cell::NoText => query.bind(None::<String>),
            Cell::Bytes(bytes) => query.bind(bytes.to_vec()),
            Cell::Given(_) => query,
        };
    }
    for column in table.iter().flat_map(|table| &table.columns) {
        query = match column {
            Column::Int(values) => query.bind(values.clone()),
            Column::Text(values) => {
                query.bind(values.iter().map(|text| text.as_deref().map(str::to_owned)).collect::<Vec<_>>())
            }
            Column::Bytes(values) => query.bind(values.iter().map(|bytes| bytes.to_vec()).collect::<Vec<_>>()),
        };
    }
    query
}

/// Steps as one statement, the parameters of each numbered after those of the ones before. Its
/// text depends on which steps there are, not on how many rows: it is prepared once.
///
/// A step that does not change the rows it must ends the statement: a division by zero is how a
/// statement can refuse itself.
fn together(steps: &[Step<'_>]) -> Query {
    let (mut text, mut checks) = (String::from("WITH "), String::new());
    let mut parameters = 0;
    for (number, step) in steps.iter().enumerate() {
        let comma = if number == 0 { "" } else { ", " };
        text += &format!("{comma}step{number} AS ({})", renumbered(step, &mut parameters));
    }
    for (number, _) in steps.iter().enumerate().filter(|(_, step)| step.must.is_some()) {
        parameters += 1;
        let comma = if checks.is_empty() { " " } else { ", " };
        checks +=
            &format!("{comma}1 / (CASE WHEN (SELECT count(*) FROM step{number}) = ${parameters} THEN 1 ELSE 0 END)");
    }
    let mut query = sqlx::query(AssertSqlSafe(format!("{text} SELECT{checks}")));
    for Step { scalars, table, .. } in steps {
        query = bind(query, scalars, table.as_ref());
    }
    steps.iter().filter_map(|step| step.must).fold(query, |query, must| query.bind(int(must as u64)))
}

/// A step's text whose parameters follow `before`, which is moved on. A dollar is nothing else in
/// our statements.
fn renumbered(step: &Step<'_>, before: &mut usize) -> String {
    let next = |before: &mut usize| {
        *before += 1;
        format!("${before}")
    };
    let mut names: Vec<String> = Vec::new();
    for cell in &step.scalars {
        names.push(if let Cell::Given(text) = cell { (*text).to_owned() } else { next(before) });
    }
    for _ in step.table.iter().flat_map(|table| &table.columns) {
        names.push(next(before));
    }
    let mut parts = step.sql.split('$');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let digits = part.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(part.len());
        let (number, rest) = part.split_at(digits);
        let name = number.parse::<usize>().ok().and_then(|number| names.get(number.checked_sub(1)?));
        text += name.map_or("NULL", String::as_str);
        text += rest;
    }
    text
}

impl Work for PostgresWork {
    type Row = PgRow;

    async fn run(
        &mut self,
        sql: &'static str,
        scalars: &[Cell<'_>],
        table: Option<&Table<'_>>,
    ) -> Result<u64, StoreError> {
        Ok(statement(sql, scalars, table).execute(&mut *self.0).await?.rows_affected())
    }

    /// One statement of several: they see one state of the data, and cost one round trip.
    async fn run_all(&mut self, steps: &[Step<'_>]) -> Result<(), StoreError> {
        if steps.is_empty() {
            return Ok(());
        }
        together(steps).execute(&mut *self.0).await?;
        Ok(())
    }

    async fn rows(
        &mut self,
        sql: &'static str,
        scalars: &[Cell<'_>],
        table: Option<&Table<'_>>,
    ) -> Result<Vec<PgRow>, StoreError> {
        Ok(statement(sql, scalars, table).fetch_all(&mut *self.0).await?)
    }

    async fn commit(self) -> Result<(), StoreError> {
        Ok(self.0.commit().await?)
    }
}

impl Columns for PgRow {
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
    use sqlx::{Connection, PgConnection};

    /// A database of this test's own, in which no other server is.
    async fn own_database() -> Option<String> {
        let Ok(url) = std::env::var("TEST_DATABASE_URL") else {
            assert!(std::env::var_os("CI").is_none(), "TEST_DATABASE_URL is not set: PostgreSQL must be tested");
            return None;
        };
        let name = format!("outlived_{}", std::process::id());
        let mut connection = PgConnection::connect(&url).await.unwrap();
        sqlx::query(AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut connection).await.unwrap();
        Some(format!("{}/{name}", url.rsplit_once('/').unwrap().0))
    }

    #[tokio::test]
    async fn a_server_may_live_as_long_as_it_has_a_connection() {
        let Some(url) = own_database().await else { return };
        let (first, second) =
            (PostgresStore::open(&url, None, "").await.unwrap(), PostgresStore::open(&url, None, "").await.unwrap());
        let now = "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint";
        let sign_ms: i64 = sqlx::query_scalar(now).fetch_one(&second.database.pool).await.unwrap();
        assert!(!second.database.outlived(sign_ms).await.unwrap(), "the first is there");
        first.database.close().await;
        while !second.database.outlived(sign_ms).await.unwrap() {}
        assert!(!second.database.outlived(0).await.unwrap(), "a sign from before the database was started");
    }
}
