//! Opens the database that a URL names.

use super::{
    contract::Store,
    error::StoreError,
    place::{Place, is_postgres},
    postgres::PostgresStore,
    register::KeptRoom,
    sqlite::SqliteStore,
};
use crate::code::Code;
use outcry_shared::config::SessionConfig;
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

    /// The same for a process of a fleet: whose a room's session is says the table of the fleet, and no lock.
    ///
    /// # Errors
    /// As [`open_at`], and when it is no PostgreSQL.
    pub async fn open_in_fleet(place: &Place<'_>) -> Result<Self, StoreError> {
        match Self::open(place).await?.0 {
            Kind::Postgres(store) => Ok(Self(Kind::Postgres(store.of_fleet()))),
            Kind::Sqlite(_) => Err(StoreError::UnknownKind),
        }
    }

    /// The store of a room, which sees the sessions of that room alone. Closing it lets go of its session.
    #[must_use]
    pub fn room(&self, code: &str) -> Arc<dyn Store> {
        match &self.0 {
            Kind::Postgres(store) => Arc::new(store.room(code)),
            Kind::Sqlite(store) => Arc::new(store.room(code)),
        }
    }

    /// Every room of a house, closed ones too, by number.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn rooms(&self, house: &str) -> Result<Vec<KeptRoom>, StoreError> {
        match &self.0 {
            Kind::Postgres(store) => store.rooms(house).await,
            Kind::Sqlite(store) => store.rooms(house).await,
        }
    }

    /// Keeps another room. False when its code was given before, or its number.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_room(
        &self,
        house: &str,
        room: (&Code, u32),
        config: &SessionConfig,
        is_open: bool,
    ) -> Result<bool, StoreError> {
        match &self.0 {
            Kind::Postgres(store) => store.add_room(house, room, config, is_open).await,
            Kind::Sqlite(store) => store.add_room(house, room, config, is_open).await,
        }
    }

    /// Closes a room. False when there is none of this code that is open.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn close_room(&self, code: &Code) -> Result<bool, StoreError> {
        match &self.0 {
            Kind::Postgres(store) => store.close_room(code).await,
            Kind::Sqlite(store) => store.close_room(code).await,
        }
    }

    /// Opens a closed room again. False when there is none of this code that is closed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn reopen_room(&self, code: &Code) -> Result<bool, StoreError> {
        match &self.0 {
            Kind::Postgres(store) => store.reopen_room(code).await,
            Kind::Sqlite(store) => store.reopen_room(code).await,
        }
    }

    /// Keeps a closed room no longer: its code may be given again. False when there is none of this code that is closed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_room(&self, code: &Code) -> Result<bool, StoreError> {
        match &self.0 {
            Kind::Postgres(store) => store.forget_room(code).await,
            Kind::Sqlite(store) => store.forget_room(code).await,
        }
    }

    /// Makes the rooms of one house another's, with the numbers after those that it has. Says how many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn adopt_rooms(&self, house: &str, from: &str) -> Result<u64, StoreError> {
        match &self.0 {
            Kind::Postgres(store) => store.adopt_rooms(house, from).await,
            Kind::Sqlite(store) => store.adopt_rooms(house, from).await,
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
