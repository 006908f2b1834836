//! Brings the tables of a file up to date.

use crate::store::{
    error::StoreError,
    sql::{Applied, migrator, must_migrate},
};
use sqlx::{Row, SqliteConnection};

/// Every migration, from the first.
pub(super) const MIGRATIONS: &[(&str, &str)] = &[
    ("initial", include_str!("../../../migrations/sqlite/0001_initial.sql")),
    ("succession", include_str!("../../../migrations/sqlite/0002_succession.sql")),
    ("analysis", include_str!("../../../migrations/sqlite/0003_analysis.sql")),
    ("pieces", include_str!("../../../migrations/sqlite/0004_pieces.sql")),
    ("rooms", include_str!("../../../migrations/sqlite/0005_rooms.sql")),
];

/// Whether the tables have to be brought up to date.
///
/// # Errors
/// When they are of a newer version, or another program's.
pub(super) async fn are_behind(connection: &mut SqliteConnection, file: &str) -> Result<bool, StoreError> {
    let tables = sqlx::query("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
    let tables = tables.fetch_all(&mut *connection).await?;
    let names: Vec<String> = tables.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?;
    let mut applied = Applied::new();
    if names.iter().any(|name| name == "_sqlx_migrations") {
        let query = sqlx::query("SELECT version, checksum FROM _sqlx_migrations ORDER BY version");
        for row in query.fetch_all(connection).await? {
            applied.push((row.try_get(0)?, row.try_get(1)?));
        }
    }
    must_migrate(file, &migrator(MIGRATIONS), &applied, !names.is_empty())
}

/// Brings them up to date. The file is locked.
pub(super) async fn bring_up_to_date(connection: &mut SqliteConnection, file: &str) -> Result<(), StoreError> {
    let version = |error: sqlx::migrate::MigrateError| StoreError::Version {
        database: file.to_owned(),
        reason: error.to_string(),
    };
    migrator(MIGRATIONS).run(connection).await.map_err(version)
}
