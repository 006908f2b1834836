//! How far an order gets, without planning it: what the pool gives before each level in a taker's way, and what
//! the taker has come to there. Says what a plan would come to ([`crate::route::plan`]) by bisection instead of
//! a walk. What it found holds for one state of the market, until it is told of another.

use crate::{
    amount::{Price, Tokens},
    book::Resting,
    curve,
    fraction::Fraction,
    levels::{Offer, Taker, Venue},
    order::{Direction, Leg, SIZE_MAX},
    route::{LEVELS_UNASKED, Total},
    stages::{Stages, Sums},
};

/// What was found at a stage, when the market was last told to have changed for the `told`-th time.
#[derive(Clone, Copy, Default)]
struct Found {
    told: u32,
    /// What the pool gives before it.
    pool: Option<Tokens>,
    /// What the taker has come to after it: which of the totals.
    total: Option<usize>,
}

/// What is searched for: each search begins where the last of its kind ended, of orders of whatever size and means.
#[derive(Clone, Copy)]
enum Search {
    Plan,
    Size,
}

/// The way of takers who meet the same levels.
#[derive(Clone)]
pub(crate) struct Way {
    stages: Stages,
    told: u32,
    found: Vec<Found>,
    totals: Vec<Total>,
    /// The pool's depth at limits that were asked for, by price.
    limits: Vec<(Price, Tokens)>,
    /// The last ends of each search.
    hints: [[usize; 3]; 2],
}

impl Way {
    pub(crate) fn new(taker: &Taker) -> Self {
        let any_price = match taker.leg.direction {
            Direction::Buy => Price(u32::MAX),
            Direction::Sell => Price(0),
        };
        let stages = Stages::new(Taker { limit: taker.limit.map(|_| any_price), ..*taker });
        Self { stages, told: 1, found: Vec::new(), totals: Vec::new(), limits: Vec::new(), hints: [[0; 3]; 2] }
    }

    /// The market has changed, the books at the given levels; the next to ask is `taker`, who meets the same.
    pub(crate) fn look_again<R: Resting>(&mut self, venue: &Venue<'_, R>, taker: &Taker, changed: &[(Leg, Price)]) {
        (self.stages.taker.user, self.stages.taker.done) = (taker.user, taker.done);
        self.stages.look_again(venue, changed);
        self.told += 1;
        self.limits.clear();
        self.totals.clear();
    }

    /// What is known of a stage as the market stands.
    fn found(&mut self, index: usize) -> &mut Found {
        if self.found.len() <= index {
            self.found.resize(index + 1, Found::default());
        }
        let found = &mut self.found[index];
        if found.told != self.told {
            *found = Found { told: self.told, ..Found::default() };
        }
        found
    }

    fn depth<R>(&self, venue: &Venue<'_, R>, price: impl Into<Fraction>, at_most: Tokens) -> Tokens {
        let Taker { leg, done, .. } = self.stages.taker;
        curve::depth(venue.terms, venue.pools, leg, done, price.into(), at_most)
    }

    /// What the pool gives before a stage.
    fn pool_before<R>(&mut self, venue: &Venue<'_, R>, index: usize) -> Tokens {
        self.found(index).pool.unwrap_or_else(|| {
            // Not more than before a later stage, where that is known: the search is shorter.
            let later = (0..usize::BITS).map_while(|power| self.found.get(index + (1 << power)));
            let most = later.filter(|found| found.told == self.told).find_map(|found| found.pool);
            let size = self.depth(venue, self.stages.offer(index).pool_price, most.unwrap_or(SIZE_MAX));
            self.found(index).pool = Some(size);
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
        self.pool_before(venue, index) + self.stages.up_to(index).size
    }

    /// What the taker has come to after a stage.
    fn total_after<R>(&mut self, venue: &Venue<'_, R>, index: usize) -> Total {
        if let Some(known) = self.found(index).total {
            return self.totals[known];
        }
        let pool = self.pool_before(venue, index);
        let mut total = Total::of_levels(&self.stages.up_to(index));
        total.add_pool(venue, &self.stages.taker, pool);
        self.found(index).total = Some(self.totals.len());
        self.totals.push(total);
        total
    }

    /// The first stage for which `holds`, once it does for all that follow: looked for where such searches ended
    /// before, and next to it, then by bisection. Without one, how many stages there are.
    fn first<R: Resting>(
        &mut self,
        venue: &Venue<'_, R>,
        search: Search,
        mut holds: impl FnMut(&mut Self, usize) -> bool,
    ) -> usize {
        let (mut low, mut high) = (0, usize::MAX);
        let mut probe = |way: &mut Self, index, low: &mut usize, high: &mut usize| {
            if index < *low || index >= *high {
            } else if !way.stages.has(venue, index) {
                *high = way.stages.len();
            } else if holds(way, index) {
                *high = index;
            } else {
                *low = index + 1;
            }
        };
        for hint in self.hints[search as usize] {
            probe(self, hint, &mut low, &mut high);
            probe(self, hint.saturating_sub(1), &mut low, &mut high);
        }
        let mut step = 1;
        while high == usize::MAX {
            probe(self, low + step - 1, &mut low, &mut high);
            step *= 2;
        }
        probe(self, low, &mut low, &mut high);
        probe(self, high.saturating_sub(1), &mut low, &mut high);
        while low < high {
            probe(self, low + (high - low) / 2, &mut low, &mut high);
        }
        let hints = &mut self.hints[search as usize];
        let known = hints.iter().position(|hint| *hint == low).unwrap_or(hints.len() - 1);
        hints[..=known].rotate_right(1);
        hints[0] = low;
        low
    }

    /// How many stages an order of the taker's size takes whole, up to the first from `from` on of which
    /// `is_over` says that the order is not to get there.
    fn passed<R: Resting>(
        &mut self,
        venue: &Venue<'_, R>,
        taker: &Taker,
        (search, from): (Search, usize),
        is_over: impl Fn(&Total, usize) -> bool,
    ) -> usize {
        self.first(venue, search, |way, index| {
            !taker.accepts(way.stages.offer(index).limit)
                || way.end(venue, index) >= taker.size
                || (index >= from && is_over(&way.total_after(venue, index), way.stages.up_to(index).orders))
        })
    }

    /// The level of that number, if there is one and the taker's limit lets it come so far.
    fn accepted(&self, taker: &Taker, index: usize) -> Option<Offer> {
        let offer = (index < self.stages.len()).then(|| self.stages.offer(index));
        offer.filter(|offer| taker.accepts(offer.limit))
    }

    /// What the plan of an order comes to that nothing ends.
    pub(crate) fn whole<R: Resting>(&mut self, venue: &Venue<'_, R>, taker: &Taker) -> Total {
        let passed = self.passed(venue, taker, (Search::Size, usize::MAX), |_, _| false);
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
        let passed = self.passed(venue, taker, (Search::Plan, LEVELS_UNASKED), |total, _| is_over(total));
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
            total = Total::of_levels(&self.stages.up_to(before));
        }
        // Mostly one level; rounding may leave a few micros of the pool's part to another.
        while total.filled + from_pool < taker.size
            && self.stages.has(venue, index)
            && let Some(offer) = self.accepted(taker, index)
        {
            let at_most = taker.size - total.filled;
            let whole = self.pool_before(venue, index);
            let pool = if at_most <= whole { self.depth(venue, offer.pool_price, at_most) } else { whole };
            from_pool = from_pool.max(pool);
            let part = offer.free.min(at_most - from_pool);
            if part.0 > 0 {
                let (value, fee) = self.stages.take(venue, index, part);
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
        let passed = self.passed(venue, taker, (Search::Size, 0), fails);
        let next = self.accepted(taker, passed).is_some().then_some(passed);
        [passed.checked_sub(1), next].map(|index| index.map(|index| self.total_after(venue, index)))
    }
}

impl Total {
    /// Without the pool's part.
    fn of_levels(sums: &Sums) -> Self {
        let Sums { size, value, fee, .. } = *sums;
        Self { filled: size, value, fee, ..Self::default() }
    }
}
