//! All that an export is made of, as it was at one moment.

use super::{
    admitted::EventRow,
    record::{CashRow, MetricsRow, OrderRow, TickRow, TradeRow, UserRow},
    session::SessionState,
    tick::PositionRow,
};

/// Which long tables are wanted; the others stay empty.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    /// Whether every fill is wanted.
    pub trades: bool,
    /// Whether every order is wanted.
    pub orders: bool,
    /// Whether every event is wanted.
    pub events: bool,
    /// Whether every tick is wanted.
    pub ticks: bool,
    /// The maker's figures.
    pub metrics: bool,
    /// Whether every movement of cash is wanted.
    pub cash: bool,
}

/// A session as it was at one moment. Times of day are RFC 3339 in UTC: when a row was stored.
#[derive(Clone, Debug)]
pub struct Contents {
    /// When the session was opened.
    pub created_at: String,
    /// When trading began, once it has.
    pub started_at: Option<String>,
    /// Where it stands, and what the host had set.
    pub state: SessionState,
    /// Every participant, by number.
    pub users: Vec<UserRow>,
    /// Every holding, by participant, outcome and side.
    pub positions: Vec<PositionRow>,
    /// Every fill, by trade id.
    pub trades: Vec<TradeRow>,
    /// Every order with what became of it, by order id.
    pub orders: Vec<OrderRow>,
    /// Number, event, time of day; by number.
    pub events: Vec<(u64, EventRow, String)>,
    /// Tick and time of day, by tick.
    pub ticks: Vec<(TickRow, String)>,
    /// The maker's figures, by tick.
    pub metrics: Vec<MetricsRow>,
    /// The movements of cash, by tick.
    pub cash: Vec<CashRow>,
}
