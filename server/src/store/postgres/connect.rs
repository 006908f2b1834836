//! The way to the database: by its URL, under a name of our own, and why there is none.

use super::tables;
use crate::{
    chance::{NoEntropy, random_bytes},
    store::error::StoreError,
};
use outcry_reach::words::about_tls;
use sqlx::{
    ConnectOptions, Connection, Row,
    postgres::{PgConnectOptions, PgConnection},
};
use std::{net::IpAddr, str::FromStr, time::Duration};
use tokio::time::Instant;

/// What the names of all our connections begin with; what follows is this store's own.
const NAME: &str = "outcry";
/// How long a start waits for the database, in s.
const REACH_TIMEOUT_S: u64 = 5;
/// Time between two attempts to reach the database at the start.
const RETRY: Duration = Duration::from_millis(250);

/// How to connect to a URL's database, with the tables in a schema.
///
/// # Errors
/// When the URL or the schema is none.
pub(crate) fn options(url: &str, schema: Option<&str>) -> Result<PgConnectOptions, StoreError> {
    let malformed = |error: sqlx::Error| StoreError::Open { database: "URL".to_owned(), reason: error.to_string() };
    let options = PgConnectOptions::from_str(url).map_err(malformed)?.application_name(NAME);
    let Some(schema) = schema else { return Ok(options) };
    tables::checked_schema(schema)?;
    Ok(options.options([("search_path", schema)]))
}

/// A name that no other server's connections have.
pub(super) fn own_name() -> Result<String, StoreError> {
    let cannot = |error: NoEntropy| StoreError::Unavailable(error.to_string());
    Ok(format!("{NAME} {:016x}", u64::from_le_bytes(random_bytes().map_err(cannot)?)))
}

/// Waits for the database to answer, and says why it does not: a pool would only say that it has
/// waited. It may be starting at this moment, as this server is.
pub(super) async fn reach(options: &PgConnectOptions) -> Result<(), String> {
    let deadline = Instant::now() + Duration::from_secs(REACH_TIMEOUT_S);
    loop {
        match tokio::time::timeout_at(deadline, options.connect()).await {
            Err(_) => return Err(format!("no answer within {REACH_TIMEOUT_S} s")),
            Ok(Err(error)) => match (about_tls(&error), error) {
                // Whoever shows the wrong certificate will show it again.
                (Some(reason), _) => return Err(reason),
                (None, sqlx::Error::Tls(error)) => return Err(format!("{error}: sslmode=disable would be without")),
                (None, sqlx::Error::Io(_)) if Instant::now() + RETRY < deadline => tokio::time::sleep(RETRY).await,
                (None, error) => return Err(error.to_string()),
            },
            Ok(Ok(mut connection)) => {
                // Whether it answers once more, and says goodbye, does not matter.
                let _ = tokio::time::timeout_at(deadline, warn_of_listeners(options, &mut connection)).await;
                let _ = connection.close().await;
                return Ok(());
            }
        }
    }
}

/// Refuses a pooler that hands a connection to whoever comes next: a session's lock would be anybody's. Two connections
/// that are open at once have two of the database's, or share one.
pub(super) async fn refuse_sharing(options: &PgConnectOptions, other: &mut PgConnection) -> Result<(), String> {
    let sentence = |error: sqlx::Error| error.to_string();
    let mut one = options.connect().await.map_err(sentence)?;
    let shared = number(&mut one).await.map_err(sentence)? == number(other).await.map_err(sentence)?;
    let _ = one.close().await;
    if !shared {
        return Ok(());
    }
    Err("a pooler lends one connection to many at once, and a session's lock needs one that lasts: PostgreSQL's own port, \
         or pool_mode = session would be right"
        .to_owned())
}

/// Which of the database's connections this is. Asked for in text: such a pooler may not know what was prepared.
async fn number(connection: &mut PgConnection) -> Result<i32, sqlx::Error> {
    sqlx::raw_sql("SELECT pg_backend_pid()").fetch_one(connection).await?.try_get(0)
}

/// Says when what is stored crosses a network without encryption.
async fn warn_of_listeners(options: &PgConnectOptions, connection: &mut PgConnection) {
    let host = options.get_host();
    let is_here = options.get_socket().is_some()
        || host == "localhost"
        || host.trim_matches(['[', ']']).parse().is_ok_and(|address: IpAddr| address.is_loopback());
    let encrypted = sqlx::query("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()").fetch_one(connection);
    // A pool in between may not know: then nothing is said.
    if !is_here && encrypted.await.is_ok_and(|row| row.try_get(0).is_ok_and(|encrypted: bool| !encrypted)) {
        tracing::warn!(
            "nothing between here and the database on {host} is encrypted: sslmode=require would insist on it"
        );
    }
}
