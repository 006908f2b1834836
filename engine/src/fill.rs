//! What changed hands between whom: a fill, as the record and everyone's figures take it.

use crate::{
    amount::{Price, Tokens, Usdc},
    order::{Direction, Leg, OrderId, OutcomeId, Side, UserId},
};
use serde::{Deserialize, Serialize};

/// A side of a fill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Party {
    /// A participant with the order that was filled.
    User {
        /// Whose account changed.
        user: UserId,
        /// The order of theirs that was filled.
        order: OrderId,
    },
    /// The maker's pool, "AMM" in the record.
    Pool,
}

impl Party {
    /// The participant, if it is one.
    #[must_use]
    pub const fn user(self) -> Option<UserId> {
        match self {
            Self::User { user, .. } => Some(user),
            Self::Pool => None,
        }
    }

    /// The participant's order, if it is one.
    #[must_use]
    pub const fn order(self) -> Option<OrderId> {
        match self {
            Self::User { order, .. } => Some(order),
            Self::Pool => None,
        }
    }
}

/// How a fill came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum FillType {
    /// Against the maker's pool.
    #[serde(rename = "AMM")]
    Amm,
    /// Against a resting order of the same token.
    #[serde(rename = "LOB")]
    Lob,
    /// A YES buyer and a NO buyer made a pair.
    #[serde(rename = "MINT")]
    Mint,
    /// A YES seller and a NO seller burned a pair.
    #[serde(rename = "MERGE")]
    Merge,
    /// A resting opt-in order filled by a cross-impact (§6).
    #[serde(rename = "AUTO_FILL")]
    AutoFill,
}

/// One fill. Where a pair is made or burned (`Mint`, `Merge`), `side`, `price` and `value`
/// are those of `buyer`, and `seller` trades the other token in the same direction. Of two
/// resting orders `buyer` is the YES user; of a market order and a resting one it is the
/// market order's user, of either token, and its value contains the matching fee.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fill {
    /// Sequence number in the market, from 1.
    pub trade_id: u64,
    /// Who received tokens; of a matched pair, whose side and price this is.
    pub buyer: Party,
    /// Who gave tokens; of a matched pair, who trades the other token.
    pub seller: Party,
    /// The outcome whose tokens changed hands.
    pub outcome: OutcomeId,
    /// Which token; of a matched pair, `buyer`'s.
    pub side: Side,
    /// Average price per token, without the fee, to the nearest micro.
    pub price: Price,
    /// Tokens that changed hands; of a pair, of either kind.
    pub size: Tokens,
    /// What `size` tokens cost or brought, without the fee.
    pub value: Usdc,
    /// The fee charged on this fill: f on top of the value, or f_match of a pair of two
    /// resting orders. 0 where a market order makes or burns the pair: its value contains
    /// f_match.
    pub fee: Usdc,
    /// How it came about.
    pub fill_type: FillType,
    /// Session clock of the step, in ms.
    pub ts_ms: u64,
}

impl Fill {
    /// What the buyer traded: the fill's token. A pair is made by two buyers and burned by two
    /// sellers.
    #[must_use]
    pub const fn bought(&self) -> Leg {
        let direction = match self.fill_type {
            FillType::Merge => Direction::Sell,
            FillType::Mint | FillType::Amm | FillType::Lob | FillType::AutoFill => Direction::Buy,
        };
        Leg { outcome: self.outcome, side: self.side, direction }
    }

    /// What the seller traded: the same the other way, of a pair the other token.
    #[must_use]
    pub const fn sold(&self) -> Leg {
        match self.fill_type {
            FillType::Mint | FillType::Merge => self.bought().paired(),
            FillType::Amm | FillType::Lob | FillType::AutoFill => self.bought().opposite(),
        }
    }
}
