//! How far an order gets, without planning it: the levels in a taker's way with their sums, built as far as
//! they are asked for. Says what a plan would come to ([`crate::route::plan`]) by bisection instead of a walk.
//! Holds for one state of the books, and until it is told otherwise of the pools.

use crate::{
    amount::{Price, Tokens, Usdc},
    book::{Resting, Share},
    curve,
    fraction::Fraction,
    levels::{Levels, Offer, Taker, Venue},
    order::{Direction, SIZE_MAX},
    route::{LEVELS_UNASKED, Total},
};

/// A level taken whole, after all before it.
#[derive(Clone)]
struct Stage {
    offer: Offer,
    /// What all levels up to this one offer, cost or bring, and the fees.
    size: Tokens,
    value: Usdc,
    fee: Usdc,
    /// Resting orders among them, each of which was rounded.
    orders: usize,
    /// What the pool gives before it; found when it is asked for.
    pool: Option<Tokens>,
    /// What the taker has come to after it; likewise.
    total: Option<Total>,
}

/// The way of takers who meet the same levels.
#[derive(Clone)]
pub(crate) struct Way {
    /// One of them, who accepts any price.
    taker: Taker,
    levels: Levels,
    stages: Vec<Stage>,
    /// The pool's depth at limits that were asked for, by price.
    limits: Vec<(Price, Tokens)>,
    /// Room for the shares of a level.
    shares: Vec<Share>,
    /// Where the last search ended: the next one begins there.
    hint: usize,
}

impl Way {
    pub(crate) fn new<R: Resting>(venue: &Venue<'_, R>, taker: &Taker) -> Self {
        let any_price = match taker.leg.direction {
            Direction::Buy => Price(u32::MAX),
            Direction::Sell => Price(0),
        };
        let taker = Taker { limit: taker.limit.map(|_| any_price), ..*taker };
        let levels = Levels::new(venue, &taker);
        Self { taker, levels, stages: Vec::new(), limits: Vec::new(), shares: Vec::new(), hint: 0 }
    }

    /// Forgets what the pools gave: they have changed, or `done` has.
    pub(crate) fn forget_pools(&mut self, done: Tokens) {
        self.taker.done = done;
        self.limits.clear();
        for stage in &mut self.stages {
            (stage.pool, stage.total) = (None, None);
        }
    }

    /// Whether there is a stage of that number; looks for more levels until there is.
    fn has<R: Resting>(&mut self, venue: &Venue<'_, R>, index: usize) -> bool {
        while self.stages.len() <= index {
            let Some(offer) = self.levels.next(venue, &self.taker) else { return false };
            if offer.free.0 <= 0 {
                continue;
            }
            self.shares.clear();
            let (mut value, mut fee) = venue.take(&self.taker, &offer, offer.free, &mut self.shares);
            let (mut size, mut orders) = (offer.free, self.shares.len());
            if let Some(before) = self.stages.last() {
                (size, value, fee) = (size + before.size, value + before.value, fee + before.fee);
                orders += before.orders;
            }
            self.stages.push(Stage { offer, size, value, fee, orders, pool: None, total: None });
        }
        true
    }

    fn depth<R>(&self, venue: &Venue<'_, R>, price: impl Into<Fraction>, at_most: Tokens) -> Tokens {
        curve::depth(venue.terms, venue.pools, self.taker.leg, self.taker.done, price.into(), at_most)
    }

    /// What the pool gives before a stage.
    fn pool_before<R>(&mut self, venue: &Venue<'_, R>, index: usize) -> Tokens {
        let Stage { pool, offer, .. } = self.stages[index];
        pool.unwrap_or_else(|| {
            // Not more than before a later stage, where that is known: the search is shorter.
            let later = (0..usize::BITS).map_while(|power| self.stages.get(index + (1 << power)));
            let most = later.filter_map(|stage| stage.pool).next().unwrap_or(SIZE_MAX);
            let size = self.depth(venue, offer.pool_price, most);
            self.stages[index].pool = Some(size);
            size
        })
    }

    /// What the pool gives up to a limit.
    fn pool_to<R>(&mut self, venue: &Venue<'_, R>, limit: Price) -> Tokens {
        match self.limits.binary_search_by_key(&limit, |known| known.0) {
            Ok(at) => self.limits[at].1,
            Err(at) => {
                let size = self.depth(venue, limit, SIZE_MAX);
                self.limits.insert(at, (limit, size));
                size
            }
        }
    }

    /// Tokens that were taken when a stage is: of the levels up to it, and of the pool.
    fn end<R>(&mut self, venue: &Venue<'_, R>, index: usize) -> Tokens {
        self.pool_before(venue, index) + self.stages[index].size
    }

    /// What the taker has come to after a stage.
    fn total_after<R>(&mut self, venue: &Venue<'_, R>, index: usize) -> Total {
        let pool = self.pool_before(venue, index);
        let Stage { size, value, fee, total, .. } = self.stages[index];
        total.unwrap_or_else(|| {
            let mut total = Total { filled: size, value, fee, ..Total::default() };
            total.add_pool(venue, &self.taker, pool);
            self.stages[index].total = Some(total);
            total
        })
    }

    /// The first stage for which `holds`, once it does for all that follow: looked for from where the last
    /// search ended in steps that double, then by bisection. Without one, how many stages there are.
    fn first<R: Resting>(&mut self, venue: &Venue<'_, R>, mut holds: impl FnMut(&mut Self, usize) -> bool) -> usize {
        let (start, mut step) = (self.hint, 1);
        let (mut low, mut high) = (0, start);
        if self.has(venue, start) && !holds(self, start) {
            low = start + 1;
            high = loop {
                let probe = low + step - 1;
                if !self.has(venue, probe) {
                    break self.stages.len();
                }
                if holds(self, probe) {
                    break probe;
                }
                (low, step) = (probe + 1, 2 * step);
            };
        } else {
            high = high.min(self.stages.len());
            while low < high {
                let probe = high.saturating_sub(step);
                if !holds(self, probe) {
                    low = probe + 1;
                    break;
                }
                (high, step) = (probe, 2 * step);
            }
        }
        while low < high {
            let middle = low + (high - low) / 2;
            if holds(self, middle) { high = middle } else { low = middle + 1 }
        }
        self.hint = low;
        low
    }

    /// How many stages an order of the taker's size takes whole, up to the first from `from` on of which
    /// `is_over` says that the order is not to get there.
    fn passed<R: Resting>(
        &mut self,
        venue: &Venue<'_, R>,
        taker: &Taker,
        from: usize,
        is_over: impl Fn(&Total, usize) -> bool,
    ) -> usize {
        self.first(venue, |way, index| {
            !taker.accepts(way.stages[index].offer.limit)
                || way.end(venue, index) >= taker.size
                || (index >= from && is_over(&way.total_after(venue, index), way.stages[index].orders))
        })
    }

    /// The stage of that number, if the taker's limit lets it come so far.
    fn accepted(&self, taker: &Taker, index: usize) -> Option<&Stage> {
        self.stages.get(index).filter(|stage| taker.accepts(stage.offer.limit))
    }

    /// What the plan of an order comes to that nothing ends.
    pub(crate) fn whole<R: Resting>(&mut self, venue: &Venue<'_, R>, taker: &Taker) -> Total {
        let passed = self.passed(venue, taker, usize::MAX, |_, _| false);
        self.total_from(venue, taker, passed).0
    }

    /// What the plan of an order comes to.
    ///
    /// # Errors
    /// Where `is_over` ends it: it is asked after every level but the first few.
    pub(crate) fn total<R: Resting>(
        &mut self,
        venue: &Venue<'_, R>,
        taker: &Taker,
        is_over: impl Fn(&Total) -> bool,
    ) -> Result<Total, Total> {
        let passed = self.passed(venue, taker, LEVELS_UNASKED, |total, _| is_over(total));
        if self.accepted(taker, passed).is_some() && self.end(venue, passed) < taker.size {
            return Err(self.total_after(venue, passed));
        }
        let (total, ends_at) = self.total_from(venue, taker, passed);
        if ends_at.is_some_and(|index| index >= LEVELS_UNASKED) && is_over(&total) { Err(total) } else { Ok(total) }
    }

    /// What an order comes to that takes so many stages whole, and the level that it ends in, if it does not
    /// end with the pool.
    fn total_from<R: Resting>(
        &mut self,
        venue: &Venue<'_, R>,
        taker: &Taker,
        mut index: usize,
    ) -> (Total, Option<usize>) {
        let (mut total, mut from_pool, mut ends_at) = (Total::default(), Tokens::ZERO, None);
        if let Some(before) = index.checked_sub(1) {
            from_pool = self.pool_before(venue, before);
            let Stage { size, value, fee, .. } = self.stages[before];
            total = Total { filled: size, value, fee, ..total };
        }
        // Mostly one level; rounding may leave a few micros of the pool's part to another.
        while total.filled + from_pool < taker.size
            && self.has(venue, index)
            && let Some(&Stage { offer, .. }) = self.accepted(taker, index)
        {
            let at_most = taker.size - total.filled;
            let whole = self.pool_before(venue, index);
            let pool = if at_most <= whole { self.depth(venue, offer.pool_price, at_most) } else { whole };
            from_pool = from_pool.max(pool);
            let part = offer.free.min(at_most - from_pool);
            if part.0 > 0 {
                self.shares.clear();
                let (value, fee) = venue.take(taker, &offer, part, &mut self.shares);
                (total.filled, total.value, total.fee) = (total.filled + part, total.value + value, total.fee + fee);
            }
            ends_at = (part.0 > 0 && total.filled + from_pool == taker.size).then_some(index);
            index += 1;
        }
        let at_most = taker.size - total.filled;
        from_pool = match taker.limit {
            None => at_most,
            Some(_) if from_pool >= at_most => from_pool,
            Some(limit) => {
                let whole = self.pool_to(venue, limit);
                from_pool.max(if at_most <= whole { self.depth(venue, limit, at_most) } else { whole })
            }
        };
        total.add_pool(venue, taker, from_pool);
        (total, ends_at)
    }

    /// What was come to after the last stage below the taker's size that does not fail, and after the next
    /// one, as far as there are such. `fails` is told how many resting orders were met, too.
    pub(crate) fn bracket<R: Resting>(
        &mut self,
        venue: &Venue<'_, R>,
        taker: &Taker,
        fails: impl Fn(&Total, usize) -> bool,
    ) -> [Option<Total>; 2] {
        let passed = self.passed(venue, taker, 0, fails);
        let next = self.accepted(taker, passed).is_some().then_some(passed);
        [passed.checked_sub(1), next].map(|index| index.map(|index| self.total_after(venue, index)))
    }
}
