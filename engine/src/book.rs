//! The resting orders: one pool per (outcome, side, direction, tick), filled pro-rata (§5).
//!
//! Volumes and escrows change here alone, by [`Books::insert`], [`Books::remove`] and
//! [`Books::fill`]; accounts are somebody else's.

use crate::{
    amount::{Price, Tokens, Usdc},
    order::{Direction, Leg, OpenOrder, OrderId, OutcomeId, Side, UserId},
    pro_rata::largest_remainder,
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

/// The resting orders of every outcome: per outcome, side and direction a ladder.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Books(Vec<[[Ladder; 2]; 2]>);

/// Where an open order rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Place {
    pub(crate) id: OrderId,
    pub(crate) leg: Leg,
    pub(crate) price: Price,
}

impl From<&OpenOrder> for Place {
    fn from(order: &OpenOrder) -> Self {
        Self { id: order.id, leg: order.leg(), price: order.price }
    }
}

/// What a search among the resting orders may know of them.
pub(crate) trait Resting {
    /// The `rank`-th best level of a ladder, and what it offers.
    fn level(&self, leg: Leg, rank: usize, who: Who) -> Option<(Price, Tokens)>;
    /// How many levels of a ladder are better than a price.
    fn rank(&self, leg: Leg, price: Price) -> usize;
    /// Splits a fill of a level over its orders.
    fn split(&self, leg: Leg, rank: usize, size: Tokens, who: Who, shares: &mut Vec<Share>);
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
        largest_remainder(&mut shares[start..], |share| &mut share.size.0, size.0, available.0);
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

/// The position of the `rank`-th best price: bids from the top, asks from the bottom.
pub(crate) fn position(direction: Direction, len: usize, rank: usize) -> Option<usize> {
    match direction {
        Direction::Buy => len.checked_sub(rank + 1),
        Direction::Sell => (rank < len).then_some(rank),
    }
}

/// How many of a ladder's prices, which ascend, are better than one.
pub(crate) fn rank_among<T>(ladder: &[T], direction: Direction, price: Price, price_of: impl Fn(&T) -> Price) -> usize {
    match direction {
        Direction::Buy => ladder.len() - ladder.partition_point(|level| price_of(level) <= price),
        Direction::Sell => ladder.partition_point(|level| price_of(level) < price),
    }
}

/// The `rank`-th best pool of a ladder.
pub(crate) fn ranked(ladder: &[TickPool], direction: Direction, rank: usize) -> Option<&TickPool> {
    position(direction, ladder.len(), rank).map(|position| &ladder[position])
}

impl Books {
    pub(crate) fn new(outcomes: usize) -> Self {
        Self(vec![<[[Ladder; 2]; 2]>::default(); outcomes])
    }

    pub(crate) fn ladder(&self, leg: Leg) -> &Ladder {
        &self.0[leg.outcome.index()][leg.side.index()][leg.direction as usize]
    }

    fn ladder_mut(&mut self, leg: Leg) -> &mut Ladder {
        &mut self.0[leg.outcome.index()][leg.side.index()][leg.direction as usize]
    }

    /// The ladders of one outcome in the order of publication: YES before NO, bids before asks.
    pub(crate) fn of_outcome(&self, outcome: OutcomeId) -> impl Iterator<Item = (Leg, &Ladder)> {
        let legs = Side::BOTH
            .into_iter()
            .flat_map(move |side| Direction::BOTH.map(move |direction| Leg { outcome, side, direction }));
        legs.map(|leg| (leg, self.ladder(leg)))
    }

    /// Every tick pool.
    pub(crate) fn pools(&self) -> impl Iterator<Item = &TickPool> {
        self.0.iter().flatten().flatten().flatten()
    }

    /// Every resting order.
    pub(crate) fn orders(&self) -> impl Iterator<Item = &OpenOrder> {
        self.pools().flat_map(|pool| &pool.orders)
    }

    /// A resting order.
    pub(crate) fn order(&self, place: &Place) -> Option<&OpenOrder> {
        let ladder = self.ladder(place.leg);
        let index = ladder.binary_search_by_key(&place.price, |pool| pool.price).ok()?;
        ladder[index].orders.iter().find(|order| order.id == place.id)
    }

    /// Adds a resting order to the pool of its price.
    pub(crate) fn insert(&mut self, order: OpenOrder) {
        let ladder = self.ladder_mut(order.leg());
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
    pub(crate) fn remove(&mut self, place: &Place) -> Option<OpenOrder> {
        let ladder = self.ladder_mut(place.leg);
        let index = ladder.binary_search_by_key(&place.price, |pool| pool.price).ok()?;
        let pool = &mut ladder[index];
        let position = pool.orders.iter().position(|order| order.id == place.id)?;
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
    pub(crate) fn fill(&mut self, leg: Leg, price: Price, shares: &[Share], mut each: impl FnMut(&OpenOrder, &Share)) {
        let ladder = self.ladder_mut(leg);
        let Ok(index) = ladder.binary_search_by_key(&price, |pool| pool.price) else { return };
        let pool = &mut ladder[index];
        for share in shares {
            let order = &mut pool.orders[share.index];
            order.filled += share.size;
            if leg.direction == Direction::Buy {
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
}

impl Resting for Books {
    fn level(&self, leg: Leg, rank: usize, who: Who) -> Option<(Price, Tokens)> {
        let pool = ranked(self.ladder(leg), leg.direction, rank)?;
        Some((pool.price, pool.available(who)))
    }

    fn rank(&self, leg: Leg, price: Price) -> usize {
        rank_among(self.ladder(leg), leg.direction, price, |pool| pool.price)
    }

    fn split(&self, leg: Leg, rank: usize, size: Tokens, who: Who, shares: &mut Vec<Share>) {
        if let Some(pool) = ranked(self.ladder(leg), leg.direction, rank) {
            pool.split(size, pool.available(who), who, shares);
        }
    }
}
