//! Brings the tables up to date: in a schema of one's own if that is asked, and never under the feet of a
//! server that plays on them.

use crate::store::{
    error::StoreError,
    sql::{Applied, migrator, must_migrate},
};
use sqlx::{AssertSqlSafe, PgConnection, Row};

/// Every migration, from the first.
pub(super) const MIGRATIONS: &[(&str, &str)] = &[
    ("initial", include_str!("../../../migrations/postgres/0001_initial.sql")),
    ("succession", include_str!("../../../migrations/postgres/0002_succession.sql")),
    ("analysis", include_str!("../../../migrations/postgres/0003_analysis.sql")),
    ("pieces", include_str!("../../../migrations/postgres/0004_pieces.sql")),
    ("rooms", include_str!("../../../migrations/postgres/0005_rooms.sql")),
];
/// First half of the locks that servers before the third migration held. The second half is the session.
const OLD_LOCK_CLASS: i64 = 0x4f75_7463;
/// First half of a session's lock: the tables that it is in, as a database may have several schemas of them.
pub(super) const LOCK_CLASS: &str = "('sessions'::regclass::oid::bigint & 2147483647)";

/// The name of a schema, which stands in statements as it is.
///
/// # Errors
/// When it is none that needs no quotes.
pub(super) fn checked_schema(name: &str) -> Result<(), StoreError> {
    let fits = name.len() <= 63
        && name.starts_with(|first: char| first.is_ascii_lowercase() || first == '_')
        && name.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_');
    if fits { Ok(()) } else { Err(StoreError::Schema(name.to_owned())) }
}

/// Makes the schema, unless it is there.
pub(super) async fn make_schema(connection: &mut PgConnection, schema: &str) -> Result<(), StoreError> {
    let there = sqlx::query("SELECT FROM pg_namespace WHERE nspname = $1").bind(schema.to_owned());
    if there.fetch_optional(&mut *connection).await?.is_none() {
        sqlx::query(AssertSqlSafe(format!("CREATE SCHEMA IF NOT EXISTS {schema}"))).execute(connection).await?;
    }
    Ok(())
}

/// Brings the tables up to date.
///
/// # Errors
/// When they are of a newer version or another program's, or a server plays on older ones.
pub(super) async fn bring_up_to_date(connection: &mut PgConnection, database: &str) -> Result<(), StoreError> {
    let migrator = migrator(MIGRATIONS);
    // In this order: another start may be making the tables at this moment.
    let has_tables = is_there(connection, "sessions").await? || is_there(connection, "users").await?;
    let applied = applied(connection).await?;
    if !must_migrate(database, &migrator, &applied, has_tables)? {
        return Ok(());
    }
    if has_tables && let Some(session) = served(connection).await? {
        return Err(StoreError::Served { database: database.to_owned(), session });
    }
    let version = |error: sqlx::migrate::MigrateError| StoreError::Version {
        database: database.to_owned(),
        reason: error.to_string(),
    };
    migrator.run(connection).await.map_err(version)
}

async fn is_there(connection: &mut PgConnection, table: &'static str) -> Result<bool, StoreError> {
    let row = sqlx::query("SELECT to_regclass($1) IS NOT NULL").bind(table).fetch_one(connection).await?;
    Ok(row.try_get(0)?)
}

async fn applied(connection: &mut PgConnection) -> Result<Applied, StoreError> {
    if !is_there(connection, "_sqlx_migrations").await? {
        return Ok(Applied::new());
    }
    let query = sqlx::query("SELECT version, checksum FROM _sqlx_migrations ORDER BY version");
    let rows = query.fetch_all(connection).await?;
    rows.into_iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
}

/// A session that a server holds the lock of.
async fn served(connection: &mut PgConnection) -> Result<Option<i64>, StoreError> {
    let held = format!(
        "SELECT objid::bigint FROM pg_locks
        WHERE locktype = 'advisory' AND objsubid = 2 AND granted
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            AND classid::bigint IN ({OLD_LOCK_CLASS}, {LOCK_CLASS})
        ORDER BY 1 LIMIT 1"
    );
    let row = sqlx::query(AssertSqlSafe(held)).fetch_optional(connection).await?;
    Ok(row.map(|row| row.try_get(0)).transpose()?)
}
