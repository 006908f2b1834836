//! The levels in a taker's way with their sums: built as far as they are asked for, and patched level by level
//! where the books have changed. Knows nothing of what the pool gives between them.

use crate::{
    amount::{Price, Tokens, Usdc},
    book::{Resting, Share},
    levels::{Levels, Offer, Taker, Venue},
    order::Leg,
};
use std::ops::AddAssign;

/// Levels that changed beyond which all are looked at anew.
const PATCHED_MAX: usize = 256;

/// What levels offer, cost or bring, the fees, and their resting orders, each of which was rounded.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sums {
    pub(crate) size: Tokens,
    pub(crate) value: Usdc,
    pub(crate) fee: Usdc,
    pub(crate) orders: usize,
}

impl AddAssign for Sums {
    fn add_assign(&mut self, other: Self) {
        self.size += other.size;
        self.value += other.value;
        self.fee += other.fee;
        self.orders += other.orders;
    }
}

/// A level taken whole, after all before it.
#[derive(Clone)]
struct Stage {
    offer: Offer,
    own: Sums,
    /// Of all levels up to this one; where it is known.
    up_to: Sums,
}

#[derive(Clone)]
pub(crate) struct Stages {
    /// One of those who meet these levels, who accepts any price.
    pub(crate) taker: Taker,
    list: Vec<Stage>,
    /// Stages from the first on whose sums are known.
    summed: usize,
    /// What comes after the stages; `None` when it is to be looked up.
    levels: Option<Levels>,
    /// Room for the shares of a level.
    shares: Vec<Share>,
}

impl Stages {
    pub(crate) fn new(taker: Taker) -> Self {
        Self { taker, list: Vec::new(), summed: 0, levels: None, shares: Vec::new() }
    }

    /// How many are known.
    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is a stage of that number; looks for more levels until there is.
    pub(crate) fn has<R: Resting>(&mut self, venue: &Venue<'_, R>, index: usize) -> bool {
        if index < self.list.len() {
            return true;
        }
        let mut levels = self.levels.take().unwrap_or_else(|| self.levels_left(venue));
        while self.list.len() <= index
            && let Some(offer) = levels.next(venue, &self.taker)
        {
            if offer.free.0 > 0 {
                let stage = self.stage(venue, offer);
                self.list.push(stage);
            }
        }
        self.levels = Some(levels);
        index < self.list.len()
    }

    fn levels_left<R: Resting>(&self, venue: &Venue<'_, R>) -> Levels {
        let last = |is_direct| {
            let stage = self.list.iter().rfind(|stage| stage.offer.is_direct() == is_direct);
            stage.map(|stage| stage.offer.limit)
        };
        Levels::after(venue, &self.taker, last(true), last(false))
    }

    fn stage<R: Resting>(&mut self, venue: &Venue<'_, R>, offer: Offer) -> Stage {
        self.shares.clear();
        let (value, fee) = venue.take(&self.taker, &offer, offer.free, &mut self.shares);
        let own = Sums { size: offer.free, value, fee, orders: self.shares.len() };
        Stage { offer, own, up_to: Sums::default() }
    }

    pub(crate) fn offer(&self, index: usize) -> Offer {
        self.list[index].offer
    }

    /// The sums of all levels up to a stage.
    pub(crate) fn up_to(&mut self, index: usize) -> Sums {
        if self.summed <= index {
            let mut sums = self.summed.checked_sub(1).map_or(Sums::default(), |before| self.list[before].up_to);
            for stage in &mut self.list[self.summed..=index] {
                sums += stage.own;
                stage.up_to = sums;
            }
            self.summed = index + 1;
        }
        self.list[index].up_to
    }

    /// What the taker pays or gets for a part of a stage, with the fee on it.
    pub(crate) fn take<R: Resting>(&mut self, venue: &Venue<'_, R>, index: usize, part: Tokens) -> (Usdc, Usdc) {
        let mut offer = self.list[index].offer;
        offer.rank = venue.resting.rank(offer.leg, offer.limit);
        self.shares.clear();
        venue.take(&self.taker, &offer, part, &mut self.shares)
    }

    /// Looks again at levels that have changed.
    pub(crate) fn look_again<R: Resting>(&mut self, venue: &Venue<'_, R>, changed: &[(Leg, Price)]) {
        if self.list.is_empty() {
            self.levels = None;
        } else if changed.len() <= PATCHED_MAX {
            changed.iter().for_each(|&(leg, price)| self.patch(venue, leg, price));
        } else {
            *self = Self::new(self.taker);
        }
    }

    fn patch<R: Resting>(&mut self, venue: &Venue<'_, R>, leg: Leg, price: Price) {
        let Some(turn) = venue.turn(&self.taker, leg, price) else { return };
        self.levels = None;
        let at = self.list.partition_point(|stage| turn.is_after(&stage.offer));
        let Some(next) = self.list.get(at) else { return };
        let is_known = next.offer.leg == leg && next.offer.limit == price;
        let offer = venue.at(&self.taker, leg, price).filter(|offer| offer.free.0 > 0);
        let stage = offer.map(|offer| self.stage(venue, offer));
        match (is_known, stage) {
            (true, Some(stage)) => self.list[at] = stage,
            (true, None) => {
                self.list.remove(at);
            }
            (false, Some(stage)) => self.list.insert(at, stage),
            (false, None) => return,
        }
        self.summed = self.summed.min(at);
    }
}
