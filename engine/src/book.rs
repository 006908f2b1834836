//! The resting orders: one pool per (outcome, side, direction, tick), filled pro-rata (§5).

use crate::{
    amount::{Price, Tokens, Usdc, mul_div_rem},
    market::OpenOrder,
    order::{Direction, OrderId, Side, UserId},
};
use serde::{Deserialize, Serialize};

/// The resting orders of one price, in order of (`ts_ms`, `id`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TickPool {
    pub(crate) price: Price,
    /// Σ remaining.
    pub(crate) total: Tokens,
    /// Σ remaining of those that opted in to auto-fill.
    pub(crate) opt_in: Tokens,
    pub(crate) orders: Vec<OpenOrder>,
}

/// The tick pools of one side and direction, by price ascending; none is empty.
pub(crate) type Ladder = Vec<TickPool>;

/// The resting orders of one outcome.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Book {
    ladders: [[Ladder; 2]; 2],
}

/// A part of a pool's fill: which order gets how much, and the cash that it pays (bid) or
/// gets (ask) at its own limit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Share {
    /// Position in the tick pool.
    pub(crate) index: usize,
    pub(crate) size: Tokens,
    pub(crate) cash: Usdc,
}

/// Who of a tick pool takes part in a fill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    Everyone,
    /// Nobody trades with themselves.
    Except(UserId),
    /// Those that opted in to auto-fill.
    OptIn,
}

impl Who {
    pub(crate) fn includes(self, order: &OpenOrder) -> bool {
        match self {
            Self::Everyone => true,
            Self::Except(user) => order.user != user,
            Self::OptIn => order.af_opt_in,
        }
    }
}

impl OpenOrder {
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

impl TickPool {
    /// What the given orders offer together.
    pub(crate) fn available(&self, who: Who) -> Tokens {
        match who {
            Who::Everyone => self.total,
            Who::OptIn => self.opt_in,
            Who::Except(_) => self.offers(who).map(|(_, order)| order.remaining()).sum(),
        }
    }

    fn offers(&self, who: Who) -> impl Iterator<Item = (usize, &OpenOrder)> {
        self.orders.iter().enumerate().filter(move |(_, order)| who.includes(order))
    }

    /// Splits `size` pro-rata over the given orders, which offer `available`: largest
    /// remainder, ties by (`ts_ms`, `id`).
    pub(crate) fn split(&self, size: Tokens, available: Tokens, who: Who, shares: &mut Vec<Share>) {
        self.split_among(size, available, |_, order| who.includes(order), shares);
    }

    /// The same over the orders for which `includes` holds.
    pub(crate) fn split_among(
        &self,
        size: Tokens,
        available: Tokens,
        includes: impl Fn(usize, &OpenOrder) -> bool,
        shares: &mut Vec<Share>,
    ) {
        let start = shares.len();
        let offers = self.orders.iter().enumerate().filter(|(index, order)| includes(*index, order));
        shares.extend(offers.map(|(index, order)| Share { index, size: order.remaining(), cash: Usdc::ZERO }));
        largest_remainder(&mut shares[start..], size.0, available.0);
        for share in &mut shares[start..] {
            share.cash = self.orders[share.index].cash_for(share.size);
        }
        // A tiny fill may leave some with nothing: no fill of nothing is made.
        let mut kept = start;
        for position in start..shares.len() {
            if shares[position].size.0 > 0 {
                shares.swap(kept, position);
                kept += 1;
            }
        }
        shares.truncate(kept);
    }
}

/// Shares whose remainders are ranked without allocating; pools of more orders allocate.
const RANKED_IN_PLACE: usize = 64;

/// Replaces the sizes, which sum to `whole`, by their shares of `amount`: rounded down, what
/// is left in single units to the largest remainders, ties to the earlier.
pub(crate) fn largest_remainder(shares: &mut [Share], amount: i64, whole: i64) {
    if amount == whole {
        return;
    }
    let mut left = amount;
    for share in shares.iter_mut() {
        let (part, remainder) = mul_div_rem(amount, share.size.0, whole);
        share.size = Tokens(part);
        // The remainder stands where the cash will.
        share.cash = Usdc(remainder);
        left -= part;
    }
    let Some(last) = usize::try_from(left).ok().and_then(|left| left.checked_sub(1)) else { return };
    let cutoff = nth_largest_remainder(shares, last);
    let larger = shares.iter().filter(|share| share.cash.0 > cutoff).count();
    let mut ties = last + 1 - larger;
    for share in shares {
        let tie = share.cash.0 == cutoff && ties > 0;
        ties -= usize::from(tie);
        share.size += Tokens(i64::from(tie || share.cash.0 > cutoff));
    }
}

/// The remainder that has `rank` others before it in descending order.
fn nth_largest_remainder(shares: &[Share], rank: usize) -> i64 {
    let nth = |remainders: &mut [i64]| *remainders.select_nth_unstable_by(rank, |a, b| b.cmp(a)).1;
    if shares.len() > RANKED_IN_PLACE {
        return nth(&mut shares.iter().map(|share| share.cash.0).collect::<Vec<_>>());
    }
    let mut remainders = [0; RANKED_IN_PLACE];
    for (place, share) in remainders.iter_mut().zip(shares) {
        *place = share.cash.0;
    }
    nth(&mut remainders[..shares.len()])
}

impl Book {
    pub(crate) fn ladder(&self, side: Side, direction: Direction) -> &Ladder {
        &self.ladders[side.index()][direction as usize]
    }

    pub(crate) fn ladder_mut(&mut self, side: Side, direction: Direction) -> &mut Ladder {
        &mut self.ladders[side.index()][direction as usize]
    }

    /// Every ladder in the order of publication: YES before NO, bids before asks.
    pub(crate) fn ladders(&self) -> impl Iterator<Item = (Side, Direction, &Ladder)> {
        Side::BOTH.into_iter().flat_map(move |side| {
            Direction::BOTH.into_iter().map(move |direction| (side, direction, self.ladder(side, direction)))
        })
    }

    /// The pool at a price.
    pub(crate) fn pool(&self, side: Side, direction: Direction, price: Price) -> Option<&TickPool> {
        let ladder = self.ladder(side, direction);
        ladder.binary_search_by_key(&price, |pool| pool.price).ok().map(|index| &ladder[index])
    }

    /// Adds a resting order to the pool of its price.
    pub(crate) fn insert(&mut self, order: OpenOrder) {
        let ladder = self.ladder_mut(order.side, order.direction);
        let index = match ladder.binary_search_by_key(&order.price, |pool| pool.price) {
            Ok(index) => index,
            Err(index) => {
                let empty =
                    TickPool { price: order.price, total: Tokens::ZERO, opt_in: Tokens::ZERO, orders: Vec::new() };
                ladder.insert(index, empty);
                index
            }
        };
        let pool = &mut ladder[index];
        pool.total += order.remaining();
        pool.opt_in += if order.af_opt_in { order.remaining() } else { Tokens::ZERO };
        let key = |order: &OpenOrder| (order.ts_ms, order.id);
        let position = pool.orders.partition_point(|resting| key(resting) < key(&order));
        pool.orders.insert(position, order);
    }

    /// Takes an order out, with what it still holds.
    pub(crate) fn remove(&mut self, side: Side, direction: Direction, price: Price, id: OrderId) -> Option<OpenOrder> {
        let ladder = self.ladder_mut(side, direction);
        let index = ladder.binary_search_by_key(&price, |pool| pool.price).ok()?;
        let pool = &mut ladder[index];
        let position = pool.orders.iter().position(|order| order.id == id)?;
        let order = pool.orders.remove(position);
        pool.total -= order.remaining();
        pool.opt_in -= if order.af_opt_in { order.remaining() } else { Tokens::ZERO };
        if pool.orders.is_empty() {
            ladder.remove(index);
        }
        Some(order)
    }

    /// Fills orders of one pool by their shares. `each` sees every order as it stands
    /// after its fill. Filled orders leave, as does the pool when it is empty.
    pub(crate) fn fill(
        &mut self,
        (side, direction, price): (Side, Direction, Price),
        shares: &[Share],
        mut each: impl FnMut(&OpenOrder, &Share),
    ) {
        let ladder = self.ladder_mut(side, direction);
        let Ok(index) = ladder.binary_search_by_key(&price, |pool| pool.price) else { return };
        let pool = &mut ladder[index];
        for share in shares {
            let order = &mut pool.orders[share.index];
            order.filled += share.size;
            if direction == Direction::Buy {
                order.escrow -= share.cash;
            }
            pool.total -= share.size;
            pool.opt_in -= if order.af_opt_in { share.size } else { Tokens::ZERO };
            each(order, share);
        }
        pool.orders.retain(|order| order.remaining().0 > 0);
        if pool.orders.is_empty() {
            ladder.remove(index);
        }
    }

    /// Every resting order.
    pub(crate) fn orders(&self) -> impl Iterator<Item = &OpenOrder> {
        self.ladders().flat_map(|(_, _, ladder)| ladder).flat_map(|pool| &pool.orders)
    }
}
