//! What a step did: fills, order updates, typed events and movements of cash. Filled by the step as
//! it goes and never read by it; everything told of a market is made of these.

use crate::{
    amount::{Price, Tokens, Usdc},
    fill::Fill,
    order::{Direction, OrderId, OutcomeId, Side, UserId},
    reason::RejectReason,
};
use serde::{Deserialize, Serialize};

/// Where an order stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum OrderStatus {
    /// Resting, nothing filled.
    Open,
    /// Resting, partly filled.
    Partial,
    /// All of it is filled; nothing rests.
    Filled,
    /// Taken back; what was filled stays.
    Canceled,
    /// Never took effect but for gas.
    Rejected,
}

/// An order touched by a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderUpdate {
    /// The order touched.
    pub id: OrderId,
    /// Whose order it is.
    pub user: UserId,
    /// Where it stands after the step.
    pub status: OrderStatus,
    /// Tokens filled so far.
    pub filled: Tokens,
    /// Tokens not filled.
    pub remaining: Tokens,
    /// Why it was rejected or cancelled.
    pub reason: Option<RejectReason>,
}

/// What the record and the floor learn of a step, in order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Event {
    /// A limit order rests, or a market order was taken into a tick.
    OrderAccepted {
        /// Its number.
        order: OrderId,
        /// Who sent it.
        user: UserId,
    },
    /// An order was refused.
    OrderRejected {
        /// Its number.
        order: OrderId,
        /// Who sent it.
        user: UserId,
        /// What is wrong with it, and what would pass.
        reason: RejectReason,
    },
    /// A resting order left the book, or a cancel found none.
    OrderCanceled {
        /// The number of the order, or what was taken for one.
        order: OrderId,
        /// Who asked, or whose order was cancelled by the market.
        user: UserId,
        /// False when there was no such open order of that user.
        found: bool,
        /// By whom or what it was cancelled.
        reason: RejectReason,
    },
    /// A fill; the whole of it stands in [`Report::fills`].
    Fill {
        /// Which.
        trade_id: u64,
    },
    /// Resting opt-in orders were filled by a cross-impact.
    AutoFill {
        /// The outcome whose trade triggered it.
        trigger: OutcomeId,
        /// The outcome whose orders were filled.
        outcome: OutcomeId,
        /// Their token, YES or NO.
        side: Side,
        /// Bids after a purchase, asks after a sale.
        direction: Direction,
        /// Their limit, which they paid or got.
        price: Price,
        /// Tokens filled at that limit.
        size: Tokens,
        /// What the limits are worth beyond the pool's cost (proceeds).
        surplus: Usdc,
        /// The maker's part of the surplus; the rest is rebated.
        seigniorage: Usdc,
    },
    /// An auto-filled order got its part of the surplus. (What a re-routed order gets
    /// beyond its limit is part of its fill.)
    Rebate {
        /// The auto-filled order.
        order: OrderId,
        /// Whose balance it was added to.
        user: UserId,
        /// The order's part of the surplus.
        amount: Usdc,
    },
    /// A taker got part of a penalty back (§6).
    Refund {
        /// The taker's order that paid the penalty.
        order: OrderId,
        /// Whose balance it was added to.
        user: UserId,
        /// The part of the penalty, at most the maker's part of the surplus.
        amount: Usdc,
    },
    /// A tick was run; the last of its events.
    Tick {
        /// Orders that came with it, rejected ones too.
        orders: u32,
        /// Fills of all kinds, of resting orders among themselves too.
        fills: u32,
    },
    /// Trading stopped for a round or by the host. Recorded by the session.
    Freeze,
    /// An outcome left the game.
    Elimination {
        /// The outcome that left.
        outcome: OutcomeId,
        /// The round that it held, counted from 0; none by hand.
        round: Option<u32>,
        /// Paid to holders of its NO tokens.
        paid: Usdc,
        /// What came free: collateral, subsidy and pairs less what was paid.
        freed: Usdc,
        /// What each remaining outcome received.
        flows: Vec<(OutcomeId, Usdc)>,
    },
    /// The YES prices of the remaining outcomes were lifted together (§7).
    Renormalisation {
        /// The factor λ.
        factor: f64,
        /// YES price of every remaining outcome before and after.
        prices: Vec<(OutcomeId, f64, f64)>,
    },
    /// Trading went on. Recorded by the session.
    Resume,
    /// The end, and every round still to come, moved.
    Extend {
        /// By so many ms.
        by_ms: u64,
    },
    /// The market was settled.
    Final {
        /// The outcome whose YES paid 1.
        winner: OutcomeId,
        /// Paid to holders of winning tokens.
        paid: Usdc,
    },
    /// An invariant of §9 does not hold. The step was not committed.
    Invariant {
        /// Which, with the figures.
        detail: String,
    },
}

/// Why cash moved on a participant's balance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CashKind {
    /// Paid for tokens (negative); of a resting bid, when it is filled.
    Cost,
    /// Received for tokens.
    Proceeds,
    /// Fee on value traded (negative).
    Fee,
    /// Gas of a submission (negative).
    Gas,
    /// Part of an auto-fill surplus. What a re-routed order gets beyond its limit makes
    /// its cost smaller, or its proceeds larger.
    Rebate,
    /// Part of a penalty back (§6).
    Refund,
    /// Paid by an elimination or the settlement.
    Payout,
    /// Locked for a resting bid (negative) or released from it: by a cancel, and, when it is
    /// filled, to pay the cost.
    Escrow,
}

/// One movement of cash. For every participant the movements of a step sum to the
/// change of the balance, to the micro.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cash {
    /// Whose balance changed.
    pub user: UserId,
    /// What the money was for.
    pub kind: CashKind,
    /// Signed: positive raises the balance.
    pub amount: Usdc,
    /// By which order, if by one.
    pub order: Option<OrderId>,
    /// In which fill, if in one.
    pub trade_id: Option<u64>,
}

/// Everything a step did.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// In order of execution.
    pub fills: Vec<Fill>,
    /// In order of occurrence.
    pub events: Vec<Event>,
    /// The last standing of every order touched, by id.
    pub orders: Vec<OrderUpdate>,
    /// Paid by an elimination or the settlement, by user.
    pub payouts: Vec<(UserId, Usdc)>,
    /// Every movement of cash, in order: each participant's sum to the change of the balance
    /// (a deposit apart). Statements and receipts are made of these.
    pub cash: Vec<Cash>,
}

impl Report {
    /// Notes a movement of cash; nothing is noted of nothing.
    pub(crate) fn pay(
        &mut self,
        kind: CashKind,
        amount: Usdc,
        (user, order): (UserId, OrderId),
        trade_id: Option<u64>,
    ) {
        if amount.0 != 0 {
            self.cash.push(Cash { user, kind, amount, order: Some(order), trade_id });
        }
    }

    /// Notes what a user paid out, by an elimination or the settlement.
    pub(crate) fn pay_out(&mut self, user: UserId, amount: Usdc) {
        let (kind, order, trade_id) = (CashKind::Payout, None, None);
        self.cash.push(Cash { user, kind, amount, order, trade_id });
        self.payouts.push((user, amount));
    }

    /// An empty report with room for what a tick of so many orders usually does.
    pub(crate) fn for_orders(orders: usize) -> Self {
        Self {
            fills: Vec::with_capacity(orders + orders / 4),
            events: Vec::with_capacity(3 * orders),
            orders: Vec::with_capacity(2 * orders),
            payouts: Vec::new(),
            cash: Vec::with_capacity(4 * orders),
        }
    }

    /// Keeps the last standing of every order, by id, and one payout per user.
    pub(crate) fn tidy(&mut self) {
        self.keep_last_standings();
        self.payouts.sort_by_key(|(user, _)| *user);
        self.payouts.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 += next.1;
            }
            same
        });
    }

    fn keep_last_standings(&mut self) {
        if self.orders.is_sorted_by(|a, b| a.id < b.id) {
            return;
        }
        // Standings are large: their places are sorted, not they.
        let mut places: Vec<(OrderId, usize)> =
            self.orders.iter().enumerate().map(|(place, update)| (update.id, place)).collect();
        places.sort_unstable();
        places.reverse();
        places.dedup_by_key(|(id, _)| *id);
        let mut updates: Vec<Option<OrderUpdate>> = std::mem::take(&mut self.orders).into_iter().map(Some).collect();
        self.orders = places.into_iter().rev().filter_map(|(_, place)| updates[place].take()).collect();
    }
}
