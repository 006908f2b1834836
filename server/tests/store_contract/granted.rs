//! A database that grants every lock to whoever asks, as some distributed ones do: then the epoch of a session alone
//! says whose it is.

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use std::path::{Path, PathBuf};

/// Where PostgreSQL looks for a function before its own.
const SCHEMA: &str = "granted";

/// The same database for a server whose every lock is granted.
pub(crate) async fn granted(url: &str) -> String {
    if let Some(file) = url.strip_prefix("sqlite:") {
        // Whoever comes next makes another file, and locks that.
        let _ = std::fs::remove_file(lock_of(Path::new(file)));
        return url.to_owned();
    }
    let mut connection = PgConnection::connect(url).await.unwrap();
    let grant = format!(
        "SELECT pg_advisory_lock(7); CREATE SCHEMA IF NOT EXISTS {SCHEMA};
        CREATE OR REPLACE FUNCTION {SCHEMA}.pg_try_advisory_lock(int, int) RETURNS boolean LANGUAGE sql AS 'SELECT true'"
    );
    connection.execute(AssertSqlSafe(grant)).await.unwrap();
    connection.close().await.unwrap();
    with_options(url, &format!("-c search_path={SCHEMA},pg_catalog,public"))
}

/// A PostgreSQL's URL with settings for every connection.
pub(crate) fn with_options(url: &str, options: &str) -> String {
    let sign = if url.contains('?') { '&' } else { '?' };
    format!("{url}{sign}options={}", options.replace(' ', "%20"))
}

fn lock_of(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".lock");
    name.into()
}
