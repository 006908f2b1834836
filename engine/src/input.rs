//! Every change of a market, and why one is refused. What is recorded of a session: nothing else
//! changes a market, and no meaning of a variant may change while records of it exist.

use crate::{
    amount::Usdc,
    order::{Order, OrderId, OutcomeId, UserId},
};
use serde::{Deserialize, Serialize};

/// A change of the market. The record of a session is its inputs in order, and a
/// replay is the same inputs again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Input {
    /// A participant takes a seat with a deposit.
    Join {
        /// The number of the new participant; none that was used before.
        user: UserId,
        /// What the account begins with, ≥ 0; all deposits together stay ≤ 10⁹ USDC.
        deposit: Usdc,
    },
    /// A tick: the orders that came in since the last one, executed together (§5).
    Orders {
        /// Session clock, in ms.
        now_ms: u64,
        /// In any order: they are sorted by (`ts_ms`, `id`).
        orders: Vec<Order>,
    },
    /// Orders that were sent while trading was frozen: each pays its gas and is rejected.
    Frozen {
        /// Session clock, in ms.
        now_ms: u64,
        /// In any order: they are sorted by (`ts_ms`, `id`).
        orders: Vec<Order>,
    },
    /// A participant takes back what rests of an order.
    Cancel {
        /// Must be the order's own; for anybody else there is no such order.
        user: UserId,
        /// The order to take out of the book.
        order: OrderId,
        /// Session clock, in ms.
        now_ms: u64,
    },
    /// A seat is closed: its orders are cancelled, its holdings stay, it is left out of
    /// rankings.
    Close {
        /// Whose seat is closed.
        user: UserId,
        /// Session clock, in ms.
        now_ms: u64,
    },
    /// The end, and every round not yet held, move.
    Extend {
        /// By how much, in ms.
        by_ms: u64,
        /// Session clock, in ms.
        now_ms: u64,
    },
    /// Outcomes leave the game (§7).
    Eliminate {
        /// Which, none twice.
        outcomes: Vec<OutcomeId>,
        /// Which of [`crate::Params::rounds`] it holds, counted from 0; an elimination by hand
        /// holds none.
        round: Option<u32>,
        /// Session clock, in ms.
        now_ms: u64,
        /// Session clock at which trading goes on: the next segment of §8 begins there.
        resume_ms: u64,
    },
    /// The market is settled (§7).
    Final {
        /// The outcome whose YES pays 1 and whose NO pays nothing; one in the game.
        winner: OutcomeId,
        /// Session clock, in ms.
        now_ms: u64,
    },
}

/// Why an input was refused, with nothing changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The user id is taken.
    #[error("participant {0} has joined already")]
    AlreadyJoined(u32),
    /// The user id is unknown.
    #[error("participant {0} is unknown")]
    UnknownUser(u32),
    /// No outcome named.
    #[error("no outcome is named")]
    NoOutcome,
    /// An outcome named twice.
    #[error("outcome {0} is named twice")]
    Duplicate(u8),
    /// An outcome that is not in the game.
    #[error("outcome {0} is not in the game")]
    NotActive(u8),
    /// Nothing would remain.
    #[error("at least one outcome must remain")]
    NoneRemains,
    /// A round that there is not, or that was held or passed over.
    #[error("round {0} is not to come")]
    NoSuchRound(u32),
    /// The market has been settled.
    #[error("the market is settled")]
    Settled,
    /// A deposit or a sum of deposits out of range.
    #[error("the deposits would exceed what the market can hold")]
    OutOfRange,
    /// An extension that is no whole number of seconds or ends beyond the longest session.
    #[error("an extension of {by_ms} ms is not a whole number of seconds that ends within 86400 s")]
    Extension {
        /// What was asked, in ms.
        by_ms: u64,
    },
    /// An invariant of §9 would not hold; nothing was changed.
    #[error("invariant violated: {0}")]
    Invariant(String),
}
