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
    /// Resting bids and asks of the chosen outcome.
    Book,
    /// Recent trades of everyone, newest first.
    Tape,
    /// The price of every outcome's YES over session time.
    Chart,
    /// One's own tokens, orders and receipts.
    Portfolio,
    /// Participants by value, best first.
    Leaders,
}

/// A section of the host's overlay.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub enum Section {
    /// Every parameter, before the session begins.
    Configure,
    /// How to join, and who has a seat.
    Lobby,
    /// The course of the session.
    #[default]
    Run,
    /// The maker's figures, order flow and health.
    Watch,
    /// Files to take away.
    Export,
}
