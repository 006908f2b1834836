//! The record as files: tables as CSV, the final chart, and all of it as one archive.
//!
//! Everything is made from the store alone, so a running server, one that has ended and the
//! offline command give the same bytes. File names come from here, never from a person.

mod archive;
mod chart;
mod csv;
mod gather;
mod rankings;
mod tables;

pub use archive::write_all;

use crate::store::{SessionId, Store, StoreError};
use gather::Gathered;

/// What can be exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Export {
    /// Every fill.
    Trades,
    /// Every order with what became of it.
    Orders,
    /// Every event.
    Events,
    /// The configuration, with winner and eliminations as drawn.
    Config,
    /// Per tick: the maker's figures and every price.
    Metrics,
    /// Participants, best first.
    Rankings,
    /// The chart as a bitmap.
    ChartPng,
    /// The chart as a drawing.
    ChartSvg,
    /// All of the above and a codebook.
    Archive,
}

/// Why there is no export.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file could not be made.
    #[error("{file} could not be made: {reason}")]
    Make {
        /// Which.
        file: String,
        /// Why.
        reason: String,
    },
}

impl Export {
    /// All there is, the archive last.
    pub const ALL: [Self; 9] = [
        Self::Trades,
        Self::Orders,
        Self::Events,
        Self::Config,
        Self::Metrics,
        Self::Rankings,
        Self::ChartPng,
        Self::ChartSvg,
        Self::Archive,
    ];

    /// Its file name, which is also the last part of its address.
    #[must_use]
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::Trades => "trades.csv",
            Self::Orders => "orders.csv",
            Self::Events => "events.csv",
            Self::Config => "config.csv",
            Self::Metrics => "metrics.csv",
            Self::Rankings => "rankings.csv",
            Self::ChartPng => "chart.png",
            Self::ChartSvg => "chart.svg",
            Self::Archive => "all.zip",
        }
    }

    /// The export of a file name.
    #[must_use]
    pub fn from_file_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|export| export.file_name() == name)
    }

    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::ChartPng => "image/png",
            Self::ChartSvg => "image/svg+xml",
            Self::Archive => "application/zip",
            _ => "text/csv; charset=utf-8; header=present",
        }
    }
}

/// Makes an export. Drawing and packing run on a thread of their own.
///
/// # Errors
/// When the session is unknown, the store fails or the file cannot be made.
pub async fn make(store: &dyn Store, session: SessionId, export: Export) -> Result<Vec<u8>, ExportError> {
    let gathered = Gathered::from(store, session, export).await?;
    let made = tokio::task::spawn_blocking(move || render(&gathered, export)).await;
    made.unwrap_or_else(|error| Err(failed(export, error)))
}

fn render(gathered: &Gathered, export: Export) -> Result<Vec<u8>, ExportError> {
    let made = match export {
        Export::Trades => tables::trades(gathered),
        Export::Orders => tables::orders(gathered),
        Export::Events => tables::events(gathered),
        Export::Config => tables::config(gathered),
        Export::Metrics => tables::metrics(gathered),
        Export::Rankings => rankings::table(gathered),
        Export::ChartPng => return chart::png(gathered).map_err(|error| failed(export, error)),
        Export::ChartSvg => return chart::svg(gathered).map_err(|error| failed(export, error)),
        Export::Archive => return archive::pack(gathered),
    };
    made.map_err(|error| failed(export, error))
}

fn failed(export: Export, reason: impl ToString) -> ExportError {
    ExportError::Make { file: export.file_name().to_owned(), reason: reason.to_string() }
}
