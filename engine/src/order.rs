//! What a participant asks for, and what rests of it: data that the book fills and nobody else
//! changes.

use crate::amount::{AMOUNT_MAX, MICRO, Price, Rate, Tokens, Usdc};
use serde::{Deserialize, Serialize};

/// The smallest order (§5): a smaller one is rejected.
pub const SIZE_MIN: Tokens = Tokens(MICRO / 100);
/// The largest order (§1): a larger one is rejected.
pub const SIZE_MAX: Tokens = Tokens(AMOUNT_MAX);

/// A participant's number in the market, given at joining.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct UserId(pub u32);

/// An order's sequence number, given at acceptance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct OrderId(pub u64);

/// An outcome's index, 0 to N − 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct OutcomeId(pub u8);

impl OutcomeId {
    /// The index into per-outcome lists.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }

    /// The badge letter, A to J.
    #[must_use]
    pub const fn letter(self) -> char {
        (b'A' + self.0 % 26) as char
    }
}

/// Which token of an outcome: YES pays 1 if it wins, NO pays 1 if it does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Side {
    /// Pays 1 USDC if the outcome wins.
    #[serde(rename = "YES")]
    Yes,
    /// Pays 1 USDC if the outcome does not win.
    #[serde(rename = "NO")]
    No,
}

impl Side {
    /// Both sides, YES first.
    pub const BOTH: [Self; 2] = [Self::Yes, Self::No];

    /// The index into per-side pairs: YES 0, NO 1.
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The other token of the same outcome.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
        }
    }

    /// "YES" or "NO".
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Yes => "YES",
            Self::No => "NO",
        }
    }
}

/// Buy or sell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Direction {
    /// Tokens for money; a resting one is a bid.
    Buy,
    /// Money for tokens; a resting one is an ask.
    Sell,
}

impl Direction {
    /// Both directions, buy first.
    pub const BOTH: [Self; 2] = [Self::Buy, Self::Sell];

    /// The other direction.
    #[must_use]
    pub const fn opposite(self) -> Self {
        match self {
            Self::Buy => Self::Sell,
            Self::Sell => Self::Buy,
        }
    }
}

/// One token in one direction: what an order trades, and one ladder of the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Leg {
    /// The outcome the token belongs to.
    pub outcome: OutcomeId,
    /// YES or NO.
    pub side: Side,
    /// Bought or sold; of resting orders, bids or asks.
    pub direction: Direction,
}

impl Leg {
    /// The orders that this leg trades with: the same token the other way.
    #[must_use]
    pub const fn opposite(self) -> Self {
        Self { direction: self.direction.opposite(), ..self }
    }

    /// The orders that make or burn a pair with this leg: the other token the same way.
    #[must_use]
    pub const fn paired(self) -> Self {
        Self { side: self.side.other(), ..self }
    }
}

/// How an order may be filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OrderKind {
    /// At once and whole, or not at all.
    Market {
        /// How much worse than the spot price the average may be, as a fraction of it.
        max_slippage: Rate,
    },
    /// At its limit or better; what is not filled at once rests in the book.
    Limit {
        /// The worst price, on the tick grid.
        price: Price,
        /// Whether the resting part may be auto-filled (§6).
        af_opt_in: bool,
    },
}

impl OrderKind {
    /// The limit price, of a limit order; the largest slippage, of a market order.
    pub(crate) const fn bounds(self) -> (Option<Price>, Option<Rate>) {
        match self {
            Self::Market { max_slippage } => (None, Some(max_slippage)),
            Self::Limit { price, .. } => (Some(price), None),
        }
    }
}

/// An order as the engine takes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Its number, given at acceptance: unique in the market.
    pub id: OrderId,
    /// Who pays for it, and receives what it brings.
    pub user: UserId,
    /// The outcome whose token is traded.
    pub outcome: OutcomeId,
    /// YES or NO of that outcome.
    pub side: Side,
    /// Whether the token is bought or sold.
    pub direction: Direction,
    /// What price it accepts, and whether the rest of it waits in the book.
    pub kind: OrderKind,
    /// Tokens, from [`SIZE_MIN`] to [`SIZE_MAX`].
    pub size: Tokens,
    /// The session clock at acceptance, in ms.
    pub ts_ms: u64,
}

impl Order {
    /// What it trades.
    #[must_use]
    pub const fn leg(&self) -> Leg {
        Leg { outcome: self.outcome, side: self.side, direction: self.direction }
    }
}

/// A resting order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenOrder {
    /// Its number since acceptance.
    pub id: OrderId,
    /// Who pays for it, and receives what it brings.
    pub user: UserId,
    /// The outcome whose token is traded.
    pub outcome: OutcomeId,
    /// YES or NO of that outcome.
    pub side: Side,
    /// A bid (`Buy`) or an ask (`Sell`).
    pub direction: Direction,
    /// Its limit, per token: what it pays or gets, but for re-routing (§5.2).
    pub price: Price,
    /// Tokens ordered, of which some may have been filled on entry.
    pub size: Tokens,
    /// Tokens filled so far, on entry and since.
    pub filled: Tokens,
    /// Whether it may be auto-filled (§6).
    pub af_opt_in: bool,
    /// Session clock at acceptance, in ms.
    pub ts_ms: u64,
    /// Tokens with which it came to rest: `size` less what was filled on entry.
    pub rested: Tokens,
    /// Cash held for it, of a bid: ⌈rested·price⌉ less ⌈filled since·price⌉. An ask holds
    /// its remaining tokens.
    pub escrow: Usdc,
}

impl OpenOrder {
    /// What it trades.
    #[must_use]
    pub const fn leg(&self) -> Leg {
        Leg { outcome: self.outcome, side: self.side, direction: self.direction }
    }

    /// What still rests.
    #[must_use]
    pub fn remaining(&self) -> Tokens {
        self.size - self.filled
    }

    /// What the order pays (a bid, out of its escrow) or gets (an ask) for `size` more:
    /// a bid has paid ⌈filled·limit⌉ since it rests, an ask gets ⌊size·limit⌋ each time.
    pub(crate) fn cash_for(&self, size: Tokens) -> Usdc {
        match self.direction {
            Direction::Sell => self.price.proceeds(size),
            Direction::Buy => {
                let filled = self.rested - self.remaining() + size;
                self.escrow - (self.price.cost(self.rested) - self.price.cost(filled))
            }
        }
    }
}
