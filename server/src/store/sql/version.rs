//! Of which version a database's tables are, found out before anything in it is changed.

use crate::store::error::StoreError;
use sqlx::{
    SqlStr,
    migrate::{Migration, MigrationType, Migrator},
};
use std::borrow::Cow;

/// What a database has been through: version and checksum of every migration, by version.
pub(crate) type Applied = Vec<(i64, Vec<u8>)>;

/// The migrations of a database, from the first: name and text of each.
pub(crate) fn migrator(migrations: &[(&'static str, &'static str)]) -> Migrator {
    let one = |(version, (name, text)): (i64, &(&'static str, &'static str))| {
        Migration::new(version, Cow::Borrowed(*name), MigrationType::Simple, SqlStr::from_static(text), false)
    };
    Migrator::with_migrations((1..).zip(migrations).map(one).collect())
}

/// Whether tables have to be brought up to date. `has_tables` says whether there are tables of our names.
///
/// # Errors
/// When they are of a newer version, changed, or another program's.
pub(crate) fn must_migrate(
    database: &str,
    known: &Migrator,
    applied: &Applied,
    has_tables: bool,
) -> Result<bool, StoreError> {
    let database = || database.to_owned();
    let Some(last) = applied.last().map(|(version, _)| *version) else {
        return if has_tables { Err(StoreError::Foreign(database())) } else { Ok(true) };
    };
    let checksum = |version: i64| known.iter().find(|known| known.version == version).map(|known| &*known.checksum);
    let ours = |(version, sum): &(i64, Vec<u8>)| checksum(*version).map(|known| known == sum.as_slice());
    if applied.first().and_then(ours) != Some(true) {
        return Err(StoreError::Foreign(database()));
    }
    let newest = known.iter().map(|known| known.version).max().unwrap_or_default();
    if applied.iter().any(|row| ours(row).is_none()) {
        return Err(StoreError::Newer { database: database(), found: last, known: newest });
    }
    match applied.iter().find(|row| ours(row) == Some(false)) {
        Some((version, _)) => Err(StoreError::Changed { database: database(), version: *version }),
        None => Ok(applied.len() < known.iter().count()),
    }
}
