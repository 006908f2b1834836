//! Opens the database that a URL names.

use super::{
    contract::Store,
    error::StoreError,
    place::{Place, is_postgres},
    postgres::PostgresStore,
    sqlite::SqliteStore,
};
use std::{fmt, path::Path, sync::Arc};

/// Opens the database of a URL (`postgres://…`, `sqlite:FILE`), or else the embedded one in
/// the data directory, and brings its tables up to date.
///
/// # Errors
/// When the URL is of another kind, the database cannot be reached or is of a newer version.
pub async fn open(database_url: Option<&str>, data_dir: &Path) -> Result<Arc<dyn Store>, StoreError> {
    open_at(&Place::of(database_url, data_dir)).await
}

/// Opens the database of a place and brings its tables up to date.
///
/// # Errors
/// As [`open`], and when the schema is none.
pub async fn open_at(place: &Place<'_>) -> Result<Arc<dyn Store>, StoreError> {
    if let Some(url) = place.url.filter(|url| is_postgres(url)) {
        return Ok(Arc::new(PostgresStore::open(url, place.schema, place.server).await?));
    }
    Ok(Arc::new(SqliteStore::open(&place.file()?, place.server).await?))
}

/// A database that several rooms share: one pool of connections, a store for each room.
pub struct Building(Kind);

enum Kind {
    Postgres(PostgresStore),
    Sqlite(SqliteStore),
}

impl Building {
    /// Opens the database of a place and brings its tables up to date.
    ///
    /// # Errors
    /// As [`open_at`].
    pub async fn open(place: &Place<'_>) -> Result<Self, StoreError> {
        Ok(Self(match place.url.filter(|url| is_postgres(url)) {
            Some(url) => Kind::Postgres(PostgresStore::open(url, place.schema, place.server).await?),
            None => Kind::Sqlite(SqliteStore::open(&place.file()?, place.server).await?),
        }))
    }

    /// The store of a room, which sees the sessions of that room alone. Closing it lets go of its session.
    #[must_use]
    pub fn room(&self, code: &str) -> Arc<dyn Store> {
        match &self.0 {
            Kind::Postgres(store) => Arc::new(store.room(code)),
            Kind::Sqlite(store) => Arc::new(store.room(code)),
        }
    }

    /// Closes the connections, once every room's store is closed.
    ///
    /// # Errors
    /// What the database says.
    pub async fn close(&self) -> Result<(), StoreError> {
        match &self.0 {
            Kind::Postgres(store) => store.close().await,
            Kind::Sqlite(store) => store.close().await,
        }
    }
}

impl fmt::Debug for Building {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Building")
    }
}
