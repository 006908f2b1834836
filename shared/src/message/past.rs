//! What became of orders, for a screen that comes back with nothing.

use super::client::NewOrder;
use outcry_engine::{Cash, Fill, OrderUpdate};
use serde::{Deserialize, Serialize};

/// One of the last orders of a seat, and what became of it up to the update that it comes with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PastOrder {
    /// As it was sent; what its ticket had promised is not kept.
    pub order: NewOrder,
    /// Where it stands.
    pub update: OrderUpdate,
    /// Its last fills, at most [`crate::limits::PAST_FILLS_MAX`].
    pub fills: Vec<Fill>,
    /// Its movements of cash, summed by their kind.
    pub cash: Vec<Cash>,
}
