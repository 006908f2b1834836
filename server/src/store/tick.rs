//! A tick as it goes into the store.

use super::{admitted::EventRow, error::StoreError};
use outcry_engine::{
    Cash, Direction, Fill, Input, Metrics, OrderId, OrderStatus, OutcomeId, PoolState, Price, Side, Tokens, Usdc,
    UserId,
};
use outcry_shared::phase::Phase;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Everything a tick (or a resolution, a closed seat, an extension) changed.
#[derive(Clone, Debug, PartialEq)]
pub struct TickBatch {
    /// Its number: one more than the last.
    pub tick: u64,
    /// Session clock, in ms.
    pub now_ms: u64,
    /// The phase after it.
    pub phase: Phase,
    /// Number of the first of `inputs` in the record.
    pub first_seq: u64,
    /// The inputs in the order in which the market took them.
    pub inputs: Vec<Input>,
    /// Every order that it changed, as it stands now.
    pub orders: Vec<OrderChange>,
    /// Those of them that no input has: the tick could not be carried out with them.
    pub set_aside: Vec<OrderId>,
    /// Every fill, by trade id.
    pub trades: Vec<Fill>,
    /// Every movement of cash, in order: with the deposits they give every balance.
    pub cash: Vec<Cash>,
    /// What happened, in the order in which it did.
    pub events: Vec<EventRow>,
    /// Every account that it changed.
    pub users: Vec<UserChange>,
    /// Every holding that it changed; those gone come as 0.
    pub positions: Vec<PositionRow>,
    /// Every outcome's pool and prices.
    pub pools: Vec<PoolState>,
    /// YES and NO price of every outcome, 0 to 1.
    pub prices: Vec<[f64; 2]>,
    /// Levels of the book that changed.
    pub lob_pools: Vec<LobPool>,
    /// The maker's figures.
    pub metrics: Metrics,
    /// Hash of the market after it.
    pub state_hash: [u8; 32],
}

/// What became of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Committed {
    /// It is stored now.
    Now,
    /// The very same had been stored before.
    Before,
}

/// Where an order stands after a tick.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderChange {
    /// An order accepted in this tick or before.
    pub id: OrderId,
    /// `OPEN` while it rests, or how it ended.
    pub status: OrderStatus,
    /// Tokens filled so far.
    pub filled: Tokens,
    /// Tokens that were not bought or sold, also of an order that has ended.
    pub remaining: Tokens,
    /// Why it was rejected or cancelled, in words.
    pub reason: Option<String>,
    /// Gas charged for it in this tick.
    pub gas: Usdc,
}

/// An account after a tick.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UserChange {
    /// Whose account it is.
    pub user: UserId,
    /// Cash that can be spent, without what is in escrow.
    pub balance: Usdc,
    /// Value less deposit when it was last touched; exact after the settlement.
    pub net_pnl: Usdc,
    /// Fills it took part in so far.
    pub trade_count: u64,
    /// Gas paid so far.
    pub gas_paid: Usdc,
    /// False once the seat was closed.
    pub open: bool,
}

/// A holding, free and escrowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PositionRow {
    /// Whose tokens they are.
    pub user: UserId,
    /// The outcome that the tokens are of.
    pub outcome: OutcomeId,
    /// YES or NO tokens.
    pub side: Side,
    /// Micro-tokens held, those in escrow included; 0 when nothing is left.
    pub tokens: Tokens,
}

/// A level of the book. Without volume it is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LobPool {
    /// The outcome whose book it is in.
    pub outcome: OutcomeId,
    /// YES or NO tokens.
    pub side: Side,
    /// Whether its orders buy or sell.
    pub direction: Direction,
    /// Its price in ticks of the grid.
    pub tick: u32,
    /// The same price in micro-USDC.
    pub price: Price,
    /// Tokens that rest there.
    pub volume: Tokens,
    /// How much of the volume is whose.
    pub shares: BTreeMap<UserId, Tokens>,
}

/// What a tick did, as JSON in its row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TickSummary {
    /// The phase after it.
    pub phase: Phase,
    /// Number of orders that it took.
    pub orders: u32,
    /// Number of fills that it made.
    pub fills: u32,
    /// YES and NO price of every outcome, 0 to 1.
    pub prices: Vec<[f64; 2]>,
    /// Every outcome's pool.
    pub pools: Vec<PoolState>,
}

impl TickBatch {
    /// The summary stored with the tick.
    #[must_use]
    pub fn summary(&self) -> TickSummary {
        let orders = self.inputs.iter().map(|input| {
            if let Input::Orders { orders, .. } | Input::Frozen { orders, .. } = input { orders.len() } else { 0 }
        });
        TickSummary {
            phase: self.phase,
            orders: u32::try_from(orders.sum::<usize>()).unwrap_or(u32::MAX),
            fills: u32::try_from(self.trades.len()).unwrap_or(u32::MAX),
            prices: self.prices.clone(),
            pools: self.pools.clone(),
        }
    }

    /// Whether every party of a trade is among the accounts touched.
    ///
    /// # Errors
    /// [`StoreError::Refused`] when one is not.
    pub(crate) fn check_parties(&self) -> Result<(), StoreError> {
        let accounts: BTreeSet<_> = self.users.iter().map(|change| change.user).collect();
        let parties = self.trades.iter().flat_map(|fill| [fill.buyer.user(), fill.seller.user()]).flatten();
        match parties.into_iter().find(|user| !accounts.contains(user)) {
            None => Ok(()),
            Some(user) => Err(StoreError::Refused(format!("participant {} trades without an account", user.0))),
        }
    }

    /// The orders that this batch takes out of waiting.
    pub fn taken_orders(&self) -> impl Iterator<Item = OrderId> {
        let taken = self.inputs.iter().flat_map(|input| match input {
            Input::Orders { orders, .. } | Input::Frozen { orders, .. } => {
                orders.iter().map(|order| order.id).collect()
            }
            _ => Vec::new(),
        });
        taken.chain(self.set_aside.iter().copied())
    }

    /// The orders whose waiting cancel this batch carries out.
    pub fn taken_cancels(&self) -> impl Iterator<Item = OrderId> {
        self.inputs.iter().filter_map(|input| match input {
            Input::Cancel { order, .. } => Some(*order),
            _ => None,
        })
    }
}
