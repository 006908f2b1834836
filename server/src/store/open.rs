//! Opens the database that a URL names.

use super::{
    contract::Store,
    error::StoreError,
    place::{Place, is_postgres},
    postgres::PostgresStore,
    sqlite::SqliteStore,
};
use std::{path::Path, sync::Arc};

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
