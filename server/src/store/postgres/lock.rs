//! The lock on a session, each on a connection of its own: the database takes it back when that connection ends. It
//! decides nothing about whose the session is; that is the epoch's.

use super::{silence::notice, tables::LOCK_CLASS};
use crate::store::{error::StoreError, session::SessionId};
use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection, Row,
    postgres::{PgConnectOptions, PgConnection},
};
use std::time::Duration;

/// Times that a lock is looked for whose holder was ended, and the time between two.
const LOOKS: (u32, Duration) = (10, Duration::from_millis(50));

/// A new connection, under our own name, that holds the session's lock.
pub(super) async fn locked(
    options: &PgConnectOptions,
    name: &str,
    session: SessionId,
) -> Result<PgConnection, StoreError> {
    let mut connection = options.connect().await?;
    notice(&mut connection).await?;
    if try_lock(&mut connection, session).await? {
        return Ok(connection);
    }
    if bury(&mut connection, name).await? > 0 {
        for _ in 0..LOOKS.0 {
            tokio::time::sleep(LOOKS.1).await;
            if try_lock(&mut connection, session).await? {
                return Ok(connection);
            }
        }
    }
    Err(StoreError::Locked(session))
}

/// Whether the lock on a session could be had.
async fn try_lock(connection: &mut PgConnection, session: SessionId) -> Result<bool, StoreError> {
    let key = i32::try_from(session.0).map_err(|_| StoreError::UnknownSession(session))?;
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

/// Frees a lock with its connection. Closing alone would free it only when the database notices;
/// the next server may be there before. Whether a broken connection says goodbye does not matter.
pub(super) async fn release(mut connection: PgConnection) {
    let _ = sqlx::query("SELECT pg_advisory_unlock_all()").execute(&mut connection).await;
    let _ = connection.close().await;
}
