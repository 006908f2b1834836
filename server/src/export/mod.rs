//! The record as files: tables as CSV, the final chart, and all of it as one archive.
//!
//! Everything is made from the store alone, so a running server, one that has ended and the
//! offline command give the same bytes. File names come from here, never from a person.

mod kind;
mod gather;
mod csv;
mod words;
mod trades;
mod orders;
mod cash;
mod funnel;
mod rehearsal;
mod tables;
mod rankings;
mod checks;
mod chart;
mod render;

pub use kind::{Export, ExportError};
pub use render::{Written, write_all};

use crate::store::{SessionId, Store};
use gather::Gathered;
use kind::failed;
use render::render;

/// Makes an export. Drawing and packing run on a thread of their own.
///
/// # Errors
/// When the session is unknown, the store fails or the file cannot be made.
pub async fn make(store: &dyn Store, session: SessionId, export: Export) -> Result<Vec<u8>, ExportError> {
    let gathered = Gathered::from(store, session, export).await?;
    let made = tokio::task::spawn_blocking(move || {
        if matches!(export, Export::Archive | Export::Checks) {
            let findings = checks::findings(&gathered);
            if let Some(first) = findings.first() {
                tracing::warn!(session = session.0, differences = findings.len(), first, "the record differs");
            }
        }
        render(&gathered, export)
    });
    let made = made.await;
    made.unwrap_or_else(|error| Err(failed(export, error)))
}
