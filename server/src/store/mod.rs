//! What survives: everything acknowledged and everything shown has been stored here first.
//!
//! One trait, [`Store`]: PostgreSQL, SQLite (the embedded default) and, for tests, memory. One
//! contract suite (`tests/store_contract`) runs on all of them. A store knows no lap and no
//! connection, and never decides what is stored.

mod session;
mod error;
mod admitted;
mod opening;
mod tick;
mod record;
mod contents;
mod scribe;
mod contract;
mod memory;
mod sql;
mod postgres;
mod sqlite;

pub use admitted::{AcceptedOrder, Cancel, Duplicate, EventRow, Group, NewUser, Rename, SeatUpdate};
pub use contents::{Contents, Wanted};
pub use contract::{Answer, PAGE_ROWS, Store};
pub use error::StoreError;
pub use memory::MemoryStore;
pub use opening::NewSession;
pub use record::{ANSWERS_KEPT, MetricsRow, OrderRow, Record, RecordedInput, SnapshotRow, TickRow, TradeRow, UserRow};
pub use scribe::{Scribe, Step};
pub use session::{SessionId, SessionInfo, SessionState};
pub use tick::{Committed, LobPool, OrderChange, PositionRow, TickBatch, TickSummary, UserChange};

use postgres::PostgresStore;
use sqlite::SqliteStore;
use std::{path::Path, sync::Arc};

/// Opens the database of a URL (`postgres://…`, `sqlite:FILE`), or else the embedded one in
/// the data directory, and brings its tables up to date.
///
/// # Errors
/// When the URL is of another kind, the database cannot be reached or is of a newer version.
pub async fn open(database_url: Option<&str>, data_dir: &Path) -> Result<Arc<dyn Store>, StoreError> {
    let Some(url) = database_url else {
        return Ok(Arc::new(SqliteStore::open(&data_dir.join("outcry.db")).await?));
    };
    if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        return Ok(Arc::new(PostgresStore::open(url).await?));
    }
    if let Some(file) = url.strip_prefix("sqlite:") {
        let file = file.strip_prefix("//").unwrap_or(file);
        return Ok(Arc::new(SqliteStore::open(Path::new(file)).await?));
    }
    Err(StoreError::UnknownKind)
}
