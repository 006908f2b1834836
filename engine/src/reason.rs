//! Why an order was rejected or cancelled, in one sentence with what would pass.

use crate::{
    amount::{Price, Tokens, Usdc},
    order::{Direction, Order, OrderKind, SIZE_MAX, SIZE_MIN},
};
use serde::{Deserialize, Serialize};

/// Why an order was rejected or cancelled, with what would pass.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum RejectReason {
    /// The average price is too far from the spot.
    #[error(
        "slippage {slippage_percent} % is above {limit_percent} %: size ≤ {size} passes, or allow {slippage_percent} %"
    )]
    Slippage {
        /// What it would have been, in percent, as text with two places.
        slippage_percent: String,
        /// What was allowed, in percent.
        limit_percent: String,
        /// The largest size that stays within the limit.
        size: Tokens,
    },
    /// Cost and fee exceed the balance.
    #[error("needs at least {needed}, the balance is {balance}: size ≤ {size} passes")]
    Funds {
        /// Cost plus fee, and escrow of a limit order's rest; of a part of the order, if that alone
        /// is too much.
        needed: Usdc,
        /// What is there after gas.
        balance: Usdc,
        /// The largest size that is affordable.
        size: Tokens,
    },
    /// Fewer free tokens than the order sells.
    #[error("insufficient tokens: {held} free: size ≤ {held} passes")]
    InsufficientTokens {
        /// Free tokens of that outcome and side.
        held: Tokens,
    },
    /// Selling so much that fewer tokens bring more, or nothing at all.
    #[error("the pool pays nothing more for that many: size ≤ {size} passes")]
    NoProceeds {
        /// The size that brings most.
        size: Tokens,
    },
    /// A purchase at an average of 1 or more can never pay back.
    #[error("the average price would be {average}, never paid back: size ≤ {size} passes")]
    NeverPaysBack {
        /// What the average would be.
        average: Price,
        /// The largest size with an average below 1.
        size: Tokens,
    },
    /// The pool would be left with a price of 0 or above p_max (§9.1).
    #[error("the pool cannot bear that many: size ≤ {size} passes")]
    Insolvent {
        /// The largest size that the pool bears.
        size: Tokens,
    },
    /// A limit price off the grid or outside [p_min, p_max].
    #[error("limit {price} is not on the grid of {tick_size} between {low} and {high}: try {nearest}")]
    BadLimit {
        /// The limit that was asked for.
        price: Price,
        /// The distance of the grid's prices.
        tick_size: Price,
        /// The lowest price on the grid, ≥ p_min.
        low: Price,
        /// The highest price on the grid, ≤ p_max.
        high: Price,
        /// The price on the grid nearest to the one asked for.
        nearest: Price,
    },
    /// Below the smallest or above the largest size.
    #[error("size {size} is not between 0.01 and 1000000000, nor a sale of all that is held")]
    BadSize {
        /// The size that was asked for.
        size: Tokens,
    },
    /// No such outcome, or it is out of the game.
    #[error("outcome {0} is not in the game")]
    UnknownOutcome(u8),
    /// No such participant.
    #[error("participant {0} is unknown")]
    UnknownUser(u32),
    /// The participant's seat is closed.
    #[error("the seat is closed")]
    SeatClosed,
    /// An order with that id was already taken.
    #[error("order {0} was already taken")]
    DuplicateId(u64),
    /// Trading is frozen or over.
    #[error("trading is frozen")]
    Frozen,
    /// An amount on the order's way left the range the market computes in.
    #[error("the amounts are beyond what the market can hold")]
    OutOfRange,
    /// Cancelled by its owner.
    #[error("cancelled")]
    ByOwner,
    /// Cancelled because its seat was closed.
    #[error("seat closed")]
    BySeatClosing,
    /// Cancelled because its outcome was eliminated.
    #[error("outcome eliminated")]
    ByElimination,
    /// Cancelled because the market was settled.
    #[error("market settled")]
    BySettlement,
    /// A tick with it could not be carried out, so the tick was run without it.
    #[error("the market could not carry it out: it was set aside and cost nothing")]
    SetAside,
}

/// How many reasons in a row an order is mended for: its size, its limit, what is held of it, what it comes to.
const MENDED_MAX: usize = 4;

impl RejectReason {
    /// The nearest order that passes, if there is one: mended until `why` says nothing more against it. `held` are the
    /// tokens of it as the tick begins.
    #[must_use]
    pub fn nearest(&self, order: &Order, held: Tokens, why: impl Fn(&Order) -> Option<Self>) -> Option<Order> {
        let mut nearest = self.mended(order, held)?;
        for _ in 0..MENDED_MAX {
            let Some(next) = why(&nearest) else { return Some(nearest) };
            nearest = next.mended(&nearest, held)?;
        }
        None
    }

    /// The order without what this reason says against it.
    fn mended(&self, order: &Order, held: Tokens) -> Option<Order> {
        let all_held = |size: Tokens| order.direction == Direction::Sell && size == held && held.0 > 0;
        let with_size = |size: Tokens| (size >= SIZE_MIN || all_held(size)).then(|| Order { size, ..order.clone() });
        match *self {
            Self::Slippage { size, .. }
            | Self::Funds { size, .. }
            | Self::NoProceeds { size }
            | Self::NeverPaysBack { size, .. }
            | Self::Insolvent { size } => with_size(size),
            Self::InsufficientTokens { held } => with_size(held),
            Self::BadSize { .. } if order.direction == Direction::Sell && held < SIZE_MIN => with_size(held),
            Self::BadSize { size } => with_size(size.clamp(SIZE_MIN, SIZE_MAX)),
            Self::BadLimit { nearest: price, .. } => match order.kind {
                OrderKind::Limit { af_opt_in, .. } => {
                    Some(Order { kind: OrderKind::Limit { price, af_opt_in }, ..order.clone() })
                }
                OrderKind::Market { .. } => None,
            },
            _ => None,
        }
    }
}
