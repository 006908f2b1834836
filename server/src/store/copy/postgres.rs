//! PostgreSQL's side of a copy: what it has is read in one transaction, and written in one.

use super::{
    sqlite,
    table::{BATCH, columns, list},
};
use crate::store::{
    error::StoreError,
    postgres,
    sql::{Kind, TABLES, Table, TableSpec},
};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection};
use std::path::Path;

/// Copies every table into a file that has them all, empty.
pub(super) async fn into_file(url: &str, schema: Option<&str>, file: &Path) -> Result<(), StoreError> {
    let mut from = postgres::options(url, schema)?.connect().await?;
    let mut to = sqlite::open(file).await?;
    let mut reading = from.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?;
    let mut writing = to.begin().await?;
    for spec in TABLES {
        let values = list(spec, |_, name, kind| read(name, kind));
        // A name of its own: what a statement gives is remembered by its text.
        let cursor = format!("DECLARE copy_{0} NO SCROLL CURSOR FOR SELECT {values} FROM {0}", spec.0);
        sqlx::query(AssertSqlSafe(cursor)).execute(&mut *reading).await?;
        loop {
            let fetch = format!("FETCH {BATCH} FROM copy_{}", spec.0);
            let rows = sqlx::query(AssertSqlSafe(fetch)).fetch_all(&mut *reading).await?;
            if rows.is_empty() {
                break;
            }
            sqlite::insert(&mut writing, spec, &columns(spec, &rows)?).await?;
        }
    }
    writing.commit().await?;
    reading.rollback().await?;
    to.close().await?;
    Ok(from.close().await?)
}

/// Copies every table of a file into tables that are there, empty.
pub(super) async fn from_file(url: &str, schema: Option<&str>, file: &Path) -> Result<(), StoreError> {
    let mut from = sqlite::open(file).await?;
    let mut to = postgres::options(url, schema)?.connect().await?;
    let mut writing = to.begin().await?;
    for spec in TABLES {
        let mut after = 0;
        loop {
            let rows = sqlite::rows(&mut from, spec, after).await?;
            if rows.rows == 0 {
                break;
            }
            after += BATCH;
            insert(&mut writing, spec, rows).await?;
        }
    }
    // The next session's number follows the last one's.
    let next = "SELECT setval(pg_get_serial_sequence('sessions', 'session_id'), max(session_id)) FROM sessions
        HAVING max(session_id) IS NOT NULL";
    sqlx::query(next).execute(&mut *writing).await?;
    writing.commit().await?;
    to.close().await?;
    Ok(from.close().await?)
}

/// A column as a whole number, a text or bytes.
fn read(name: &str, kind: Kind) -> String {
    match kind {
        Kind::Int | Kind::Text | Kind::Bytes => name.to_owned(),
        Kind::Flag => format!("{name}::int::bigint"),
        Kind::Micros => format!("({name} * 1000000)::bigint"),
        Kind::Nanos => format!("({name} * 1000000000)::bigint"),
        Kind::Json => format!("{name}::text"),
        Kind::Time => format!("to_char({name} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')"),
    }
}

/// The other way: a whole number, a text or bytes as the column's value.
fn written(name: &str, kind: Kind) -> String {
    match kind {
        Kind::Int | Kind::Text | Kind::Bytes => name.to_owned(),
        Kind::Flag => format!("{name} <> 0"),
        Kind::Micros => format!("{name} * 0.000001"),
        Kind::Nanos => format!("{name} * 0.000000001"),
        Kind::Json => format!("{name}::json"),
        Kind::Time => format!("{name}::timestamptz"),
    }
}

fn array(place: usize, kind: Kind) -> String {
    let of = match kind {
        Kind::Int | Kind::Flag | Kind::Micros | Kind::Nanos => "bigint",
        Kind::Text | Kind::Json | Kind::Time => "text",
        Kind::Bytes => "bytea",
    };
    format!("${}::{of}[]", place + 1)
}

async fn insert(connection: &mut PgConnection, spec: &TableSpec, rows: Table<'_>) -> Result<(), StoreError> {
    let names = list(spec, |_, name, _| name.to_owned());
    let values = list(spec, |_, name, kind| written(name, kind));
    let arrays = list(spec, |place, _, kind| array(place, kind));
    let query = format!(
        "INSERT INTO {} ({names}) OVERRIDING SYSTEM VALUE SELECT {values} FROM unnest({arrays}) AS new ({names})",
        spec.0
    );
    postgres::bind(sqlx::query(AssertSqlSafe(query)), &[], Some(&rows)).execute(connection).await?;
    Ok(())
}
