//! What only the owner of a seat may know; sent to that seat's connection alone.

use crate::ledger::{Position, Statement};
use outcry_engine::{Cash, Fill, OpenOrder, OrderId, OrderUpdate, OwnView};
use serde::{Deserialize, Serialize};

/// Everything one owns, and what happened to it since the last such message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PrivateState {
    /// The public update it belongs to.
    pub tick: u64,
    /// Balance, free tokens and resting orders: what a quote needs.
    pub own: OwnView,
    /// Resting orders in full, by id.
    pub open_orders: Vec<OpenOrder>,
    /// Holdings with their cost, free and escrowed.
    pub positions: Vec<Position>,
    /// Where the money went so far.
    pub statement: Statement,
    /// Rank by value, from 1.
    pub rank: u32,
    /// Fills one took part in so far.
    pub trade_count: u64,
    /// One per order touched since the last such message.
    pub receipts: Vec<Receipt>,
}

/// What happened to an order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Receipt {
    /// The order as it stands after this step.
    pub order: OrderUpdate,
    /// The client's own number for it, if it came over a connection.
    pub client_order_id: Option<u64>,
    /// Its fills in this step.
    pub fills: Vec<Fill>,
    /// Its movements of cash in this step: cost, fee, gas, rebate, refund, escrow.
    pub cash: Vec<Cash>,
}

/// Answers an order, once it is stored (or refused before the market).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderAck {
    /// The client's own number.
    pub client_order_id: u64,
    /// The order's id and acceptance time in ms, or why it never reached the market.
    pub result: Result<(OrderId, u64), RefusedOrder>,
}

/// Why an order never reached the market. It cost nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedOrder {
    /// One sentence, as people read it.
    pub reason: String,
}
