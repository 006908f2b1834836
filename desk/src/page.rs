//! The pages that a person can turn to.

use serde::Serialize;

/// A panel behind a tab.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub enum Tab {
    /// Every outcome at once.
    #[default]
    Outcomes,
    /// The order being typed (on a phone; elsewhere it always stands beside).
    Ticket,
    /// Bids and asks.
    Book,
    /// Recent trades.
    Tape,
    /// Prices over time.
    Chart,
    /// One's own tokens, orders and receipts.
    Portfolio,
    /// Who leads.
    Leaders,
}

/// A section of the host's overlay.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub enum Section {
    /// Every parameter, before the session begins.
    Configure,
    /// Who is here.
    Lobby,
    /// The course of the session.
    #[default]
    Run,
    /// The maker's figures, order flow and health.
    Watch,
    /// Files to take away.
    Export,
}
