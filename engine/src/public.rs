//! What everyone may know of a market, and what an order would get from it.

use crate::{
    amount::{Price, Rate, Tokens, Usdc},
    book::{Book, TickPool},
    market::OpenOrder,
    order::{Direction, Order, OrderId, OutcomeId, Side},
    params::Params,
    report::{FillType, RejectReason},
    state::State,
};
use serde::{Deserialize, Serialize};

/// One outcome's pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PoolState {
    /// Collateral V; may be negative.
    pub v: Usdc,
    /// YES supply, q₀ included.
    pub q_yes: Tokens,
    /// NO supply, q₀ included.
    pub q_no: Tokens,
    /// Virtual YES supply from renormalisations.
    pub virtual_yes: Tokens,
    /// Complete sets made by users among themselves.
    pub pairs: Tokens,
    /// The maker's part of surpluses, counted in V.
    pub seigniorage: Usdc,
    /// Whether the outcome is in the game.
    pub active: bool,
}

/// A level of the book as everyone sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Level {
    /// Which token.
    pub side: Side,
    /// Bids (`Buy`) or asks (`Sell`).
    pub direction: Direction,
    /// At which price.
    pub price: Price,
    /// All that rests there.
    pub total: Tokens,
    /// The part that opted in to auto-fill.
    pub opt_in: Tokens,
}

/// One outcome as everyone sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicOutcome {
    /// The pool.
    pub pool: PoolState,
    /// Sorted by side, direction, price ascending; no empty levels.
    pub levels: Vec<Level>,
}

/// What everyone may know: enough to compute what a tick would do to an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicMarket {
    /// The parameters.
    pub params: Params,
    /// Session clock at which the current segment of §8 began, in ms.
    pub segment_start_ms: u64,
    /// Session clock at which it ends, in ms.
    pub segment_end_ms: u64,
    /// Per outcome.
    pub outcomes: Vec<PublicOutcome>,
}

impl PublicMarket {
    /// The pool's price of a token, 0 to 1 (derived, §3).
    #[must_use]
    pub fn spot(&self, outcome: OutcomeId, side: Side) -> f64 {
        self.outcomes.get(outcome.index()).map_or(0.0, |outcome| outcome.pool.price(side, &self.params))
    }

    pub(crate) fn of(params: &Params, state: &State) -> Self {
        let outcome = |(pool, book): (&PoolState, &Book)| PublicOutcome { pool: *pool, levels: levels(book) };
        Self {
            params: params.clone(),
            segment_start_ms: state.segment_start_ms,
            segment_end_ms: state.segment_end_ms,
            outcomes: state.pools.iter().zip(&state.books).map(outcome).collect(),
        }
    }
}

fn levels(book: &Book) -> Vec<Level> {
    let mut levels = Vec::new();
    for (side, direction, ladder) in book.ladders() {
        let level = |pool: &TickPool| {
            let TickPool { price, total, opt_in, .. } = *pool;
            Level { side, direction, price, total, opt_in }
        };
        levels.extend(ladder.iter().map(level));
    }
    levels
}

/// One's own resting order, as a quote must know it: nobody trades with themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnOrder {
    /// Which order.
    pub id: OrderId,
    /// Which outcome.
    pub outcome: OutcomeId,
    /// Which token.
    pub side: Side,
    /// Bid or ask.
    pub direction: Direction,
    /// At which price.
    pub price: Price,
    /// What still rests.
    pub remaining: Tokens,
    /// Whether it opted in to auto-fill.
    pub af_opt_in: bool,
}

impl From<&OpenOrder> for OwnOrder {
    fn from(order: &OpenOrder) -> Self {
        let OpenOrder { id, outcome, side, direction, price, af_opt_in, .. } = *order;
        Self { id, outcome, side, direction, price, remaining: order.remaining(), af_opt_in }
    }
}

/// What a participant has, as far as a quote needs it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnView {
    /// Available cash.
    pub balance: Usdc,
    /// Free tokens per outcome: `[YES, NO]`.
    pub free: Vec<[Tokens; 2]>,
    /// Own resting orders; their sizes are contained in the levels' totals.
    pub orders: Vec<OwnOrder>,
}

/// One part of a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuotePart {
    /// Pool, resting order or matched pair.
    pub fill_type: FillType,
    /// Average price of the part, without the fee.
    pub price: Price,
    /// Tokens of the part.
    pub size: Tokens,
    /// What the part costs or brings, without the fee.
    pub value: Usdc,
    /// The fee on the part.
    pub fee: Usdc,
}

/// What an order would get in a tick that ran now with nothing else in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quote {
    /// How it would be filled, best first. What is left of a limit order rests.
    pub parts: Vec<QuotePart>,
    /// Tokens filled at once.
    pub filled: Tokens,
    /// Tokens that would rest.
    pub rests: Tokens,
    /// Escrow for what rests, of a buy.
    pub escrow: Usdc,
    /// Average price without fees; `None` when nothing fills at once.
    pub average: Option<Price>,
    /// The worst price reached: the marginal price of the last token.
    pub worst: Option<Price>,
    /// How much worse the average is than the spot before, as a fraction of it.
    pub slippage: Rate,
    /// All fees, without gas.
    pub fee: Usdc,
    /// Gas of the submission.
    pub gas: Usdc,
    /// Penalty refund expected from auto-fills (§6), already in `total`.
    pub refund: Usdc,
    /// Buy: all that leaves the balance at once (cost, fee, escrow, gas). Sell: what
    /// arrives, fees and gas taken off.
    pub total: Usdc,
    /// YES and NO spot of every outcome after it, 0 to 1.
    pub spots_after: Vec<[f64; 2]>,
    /// Why it would be rejected, and what would pass.
    pub reject: Option<RejectReason>,
    /// The nearest order that would pass, if this one would not.
    pub nearest: Option<Order>,
}
