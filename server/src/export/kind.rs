//! What can be exported, under which name, and why it could not be.

use crate::store::StoreError;

/// What can be exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Export {
    /// Every fill, by trade id.
    Trades,
    /// Every order with what became of it.
    Orders,
    /// Every order that was refused before the market, as far as it was recorded.
    Refused,
    /// Every movement of cash: with the deposits they give every balance.
    Cash,
    /// What everyone holds.
    Holdings,
    /// Every event of the record, by number.
    Events,
    /// The configuration, with winner and eliminations as drawn.
    Config,
    /// Per tick: the maker's figures and every price.
    Metrics,
    /// Participants, best first.
    Rankings,
    /// How far newcomers came, and when.
    Funnel,
    /// What the record says twice, compared.
    Checks,
    /// The sheet of the rehearsal, of a session that was started with one.
    Rehearsal,
    /// The same as a page.
    RehearsalPage,
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
    /// The store could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// This session has none.
    #[error("this session has no {0}")]
    None(&'static str),
    /// A file could not be made.
    #[error("{file} could not be made: {reason}")]
    Make {
        /// Its name, with the path where it has one.
        file: String,
        /// What the system or the format says.
        reason: String,
    },
}

impl Export {
    /// All there can be, the archive last.
    pub const ALL: [Self; 16] = [
        Self::Trades,
        Self::Orders,
        Self::Refused,
        Self::Cash,
        Self::Holdings,
        Self::Events,
        Self::Config,
        Self::Metrics,
        Self::Rankings,
        Self::Funnel,
        Self::Checks,
        Self::Rehearsal,
        Self::RehearsalPage,
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
            Self::Refused => "refused.csv",
            Self::Cash => "cash.csv",
            Self::Holdings => "holdings.csv",
            Self::Events => "events.csv",
            Self::Config => "config.csv",
            Self::Metrics => "metrics.csv",
            Self::Rankings => "rankings.csv",
            Self::Funnel => "funnel.csv",
            Self::Checks => "checks.csv",
            Self::Rehearsal => "rehearsal.json",
            Self::RehearsalPage => "rehearsal.html",
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

    /// What HTTP calls its `Content-Type`.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Rehearsal => "application/json",
            Self::RehearsalPage => "text/html; charset=utf-8",
            Self::ChartPng => "image/png",
            Self::ChartSvg => "image/svg+xml",
            Self::Archive => "application/zip",
            _ => "text/csv; charset=utf-8; header=present",
        }
    }
}

/// A file could not be made.
pub(super) fn failed(export: Export, reason: impl ToString) -> ExportError {
    ExportError::Make { file: export.file_name().to_owned(), reason: reason.to_string() }
}
