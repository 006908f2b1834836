//! The file's side of a copy.

use super::table::{BATCH, columns, list};
use crate::store::{
    error::StoreError,
    sql::{Kind, Table, TableSpec},
};
use sqlx::{AssertSqlSafe, Connection, SqliteConnection, sqlite::SqliteConnectOptions};
use std::path::Path;

/// Opens a file that is there.
pub(super) async fn open(file: &Path) -> Result<SqliteConnection, StoreError> {
    let options = SqliteConnectOptions::new().filename(file);
    SqliteConnection::connect_with(&options)
        .await
        .map_err(|error| StoreError::Open { database: file.display().to_string(), reason: error.to_string() })
}

/// A copy of a file as it is at one moment, without its write-ahead log.
pub(super) async fn into_file(from: &Path, to: &Path) -> Result<(), StoreError> {
    let mut connection = open(from).await?;
    let copied = sqlx::query("VACUUM INTO ?1").bind(to.display().to_string()).execute(&mut connection).await;
    copied.map_err(|error| StoreError::Open { database: from.display().to_string(), reason: error.to_string() })?;
    Ok(connection.close().await?)
}

/// Nobody serves a copy. Which server's a session or a room was matters only where several shared the database: a
/// copy of what a single server had is the next one's. In which room a session was played it keeps: that goes by the code.
pub(super) async fn forget_servers(file: &Path) -> Result<(), StoreError> {
    let mut connection = open(file).await?;
    let forget = "UPDATE sessions SET alive_at = NULL, server = CASE WHEN server LIKE '%/%'
            OR (SELECT count(DISTINCT server) FROM sessions) > 1 THEN server END;
        UPDATE rooms SET holder = NULL, beat = NULL, board = NULL,
            house = CASE WHEN (SELECT count(DISTINCT house) FROM rooms) > 1 THEN house ELSE '' END;
        DELETE FROM members";
    sqlx::raw_sql(forget).execute(&mut connection).await?;
    Ok(connection.close().await?)
}

/// Some rows of a table, from the `after`th on.
pub(super) async fn rows(
    connection: &mut SqliteConnection,
    spec: &TableSpec,
    after: i64,
) -> Result<Table<'static>, StoreError> {
    let names = list(spec, |_, name, _| name.to_owned());
    let query = format!("SELECT {names} FROM {} LIMIT ?1 OFFSET ?2", spec.0);
    let rows = sqlx::query(AssertSqlSafe(query)).bind(BATCH).bind(after).fetch_all(connection).await?;
    Ok(columns(spec, &rows)?)
}

/// Puts rows into a table.
pub(super) async fn insert(
    connection: &mut SqliteConnection,
    spec: &TableSpec,
    rows: &Table<'_>,
) -> Result<(), StoreError> {
    let names = list(spec, |_, name, _| name.to_owned());
    let values = list(spec, |place, _, kind| match kind {
        Kind::Bytes => format!("unhex(value ->> {place})"),
        _ => format!("value ->> {place}"),
    });
    let query = format!("INSERT INTO {} ({names}) SELECT {values} FROM json_each(?1)", spec.0);
    let rows = serde_json::to_string(rows).unwrap_or_default();
    sqlx::query(AssertSqlSafe(query)).bind(rows).execute(connection).await?;
    Ok(())
}
