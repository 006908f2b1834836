//! The locks on sessions, all of a process on one connection: the database takes them back when that connection ends. They
//! decide nothing about whose a session is; that is the epoch's.

use super::{
    silence::{Silence, notice},
    tables::LOCK_CLASS,
};
use crate::store::{error::StoreError, session::SessionId};
use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection, Row,
    postgres::{PgConnectOptions, PgConnection},
};
use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};
use tokio::{sync::Mutex, time::timeout};

/// How long the connection may take to answer. Beyond it it is lost.
const ANSWER: Duration = Duration::from_secs(2);
/// An answer counts for as long, whoever asked: rooms that share the connection do not ask one by one.
const FRESH: Duration = Duration::from_millis(500);
/// Times that a lock is looked for whose holder was ended, and the time between two.
const LOOKS: (u32, Duration) = (10, Duration::from_millis(50));

/// The locks of a process.
pub(super) struct Locks {
    options: PgConnectOptions,
    /// Of all our connections, and of nobody else's.
    name: String,
    silence: Silence,
    held: Mutex<Held>,
}

#[derive(Default)]
struct Held {
    connection: Option<PgConnection>,
    sessions: BTreeSet<SessionId>,
    answered: Option<Instant>,
}

impl Locks {
    pub(super) fn new(options: PgConnectOptions, name: String, silence: Silence) -> Self {
        Self { options, name, silence, held: Mutex::default() }
    }

    /// Locks a session, unless this process has it locked.
    ///
    /// # Errors
    /// [`StoreError::Locked`] when another has.
    pub(super) async fn take(&self, session: SessionId) -> Result<(), StoreError> {
        let mut held = self.held.lock().await;
        self.take_on(&mut held, session).await
    }

    /// Whether a session's lock still holds; takes it again when the connection that held it was lost.
    ///
    /// # Errors
    /// [`StoreError::Locked`] when another has it by now.
    pub(super) async fn check(&self, session: SessionId) -> Result<(), StoreError> {
        let mut held = self.held.lock().await;
        let is_shared = held.sessions.len() > 1;
        if !is_shared || held.answered.is_none_or(|answered| answered.elapsed() > FRESH) {
            self.ask(&mut held).await;
        }
        if held.sessions.contains(&session) {
            return Ok(());
        }
        self.take_on(&mut held, session).await?;
        tracing::info!(session = session.0, "the session's lock was lost and is taken again");
        Ok(())
    }

    /// Lets go of a session; of the connection with the last one. Closing alone would free a lock only when the database
    /// notices, and the next server may be there before. Whether a broken connection says goodbye does not matter.
    pub(super) async fn let_go(&self, session: SessionId) {
        let mut held = self.held.lock().await;
        if !held.sessions.remove(&session) {
            return;
        }
        if held.sessions.is_empty() {
            if let Some(mut connection) = held.lose() {
                let _ = timeout(ANSWER, sqlx::query("SELECT pg_advisory_unlock_all()").execute(&mut connection)).await;
                let _ = timeout(ANSWER, connection.close()).await;
            }
        } else if let (Some(connection), Ok(key)) = (&mut held.connection, key(session)) {
            let free = format!("SELECT pg_advisory_unlock({LOCK_CLASS}::int, $1)");
            let _ = timeout(ANSWER, sqlx::query(AssertSqlSafe(free)).bind(key).execute(connection)).await;
        }
    }

    async fn take_on(&self, held: &mut Held, session: SessionId) -> Result<(), StoreError> {
        if held.sessions.contains(&session) {
            return Ok(());
        }
        if let Some(connection) = &mut held.connection {
            match timeout(ANSWER, try_lock(connection, session)).await {
                Ok(Ok(true)) => {
                    held.sessions.insert(session);
                    return Ok(());
                }
                Ok(Ok(false)) => return Err(StoreError::Locked(session)),
                Ok(Err(error @ StoreError::UnknownSession(_))) => return Err(error),
                silent_or_lost => {
                    if silent_or_lost.is_err() {
                        self.silence.found();
                    }
                    held.lose();
                }
            }
        }
        let connection = self.connection_with(session).await?;
        held.connection = Some(connection);
        held.sessions.insert(session);
        Ok(())
    }

    /// A new connection, under our own name, that holds a session's lock.
    async fn connection_with(&self, session: SessionId) -> Result<PgConnection, StoreError> {
        let mut connection = self.options.connect().await?;
        notice(&mut connection).await?;
        if try_lock(&mut connection, session).await? {
            return Ok(connection);
        }
        if bury(&mut connection, &self.name).await? > 0 {
            for _ in 0..LOOKS.0 {
                tokio::time::sleep(LOOKS.1).await;
                if try_lock(&mut connection, session).await? {
                    return Ok(connection);
                }
            }
        }
        Err(StoreError::Locked(session))
    }

    /// Asks the connection for a sign of life; without one every lock is lost with it.
    async fn ask(&self, held: &mut Held) {
        let Some(connection) = &mut held.connection else { return };
        let answer = timeout(ANSWER, connection.ping()).await;
        if answer.is_err() {
            self.silence.found();
        }
        if matches!(answer, Ok(Ok(()))) {
            held.answered = Some(Instant::now());
        } else {
            held.lose();
        }
    }
}

impl Held {
    fn lose(&mut self) -> Option<PgConnection> {
        self.sessions.clear();
        self.answered = None;
        self.connection.take()
    }
}

/// Second half of a session's lock.
fn key(session: SessionId) -> Result<i32, StoreError> {
    i32::try_from(session.0).map_err(|_| StoreError::UnknownSession(session))
}

/// Whether the lock on a session could be had.
async fn try_lock(connection: &mut PgConnection, session: SessionId) -> Result<bool, StoreError> {
    let key = key(session)?;
    let lock = format!("SELECT pg_try_advisory_lock({LOCK_CLASS}::int, $1)");
    let row = sqlx::query(AssertSqlSafe(lock)).bind(key).fetch_one(connection).await?;
    Ok(row.try_get(0)?)
}

/// Ends those connections of our own name that hold a lock as ours, or a transaction open: their other end is lost, and
/// they would keep what we need. Says how many.
async fn bury(connection: &mut PgConnection, name: &str) -> Result<i64, StoreError> {
    let end = format!(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
        WHERE datname = current_database() AND application_name = $1 AND pid <> pg_backend_pid()
            AND (starts_with(state, 'idle in transaction')
                OR pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND classid::bigint = {LOCK_CLASS}))"
    );
    Ok(sqlx::query(AssertSqlSafe(end)).bind(name).fetch_one(connection).await?.try_get(0)?)
}
