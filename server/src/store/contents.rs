//! All that an export is made of, as it was at one moment.

use super::{
    admitted::EventRow,
    record::{MetricsRow, OrderRow, TickRow, TradeRow, UserRow},
    session::SessionState,
};

/// Which long tables are wanted; the others stay empty.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    /// Every trade.
    pub trades: bool,
    /// Every order.
    pub orders: bool,
    /// Every event.
    pub events: bool,
    /// Every tick.
    pub ticks: bool,
    /// The maker's figures.
    pub metrics: bool,
}

/// A session as it was at one moment. Times of day are RFC 3339 in UTC: when a row was stored.
#[derive(Clone, Debug)]
pub struct Contents {
    /// When the session was opened.
    pub created_at: String,
    /// Where it stands, and what the host had set.
    pub state: SessionState,
    /// Every participant, by number.
    pub users: Vec<UserRow>,
    /// By trade id.
    pub trades: Vec<TradeRow>,
    /// By order id.
    pub orders: Vec<OrderRow>,
    /// Number, event, time of day; by number.
    pub events: Vec<(u64, EventRow, String)>,
    /// Tick and time of day, by tick.
    pub ticks: Vec<(TickRow, String)>,
    /// By tick.
    pub metrics: Vec<MetricsRow>,
}
