//! Resting orders filled where a trade's cross-impact moved the price past them (§6). Only plans:
//! the pools that it changes are the route's copy, and the books are read.

use crate::{
    amount::{Price, Tokens, Usdc},
    book::{Resting, Share, Who},
    curve::{self, Trade},
    order::{Direction, Leg, OutcomeId, Side},
    params::OUTCOMES_MAX,
    pool::{PoolState, Terms},
};

/// One tick pool's auto-fill.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct AutoFill {
    pub(crate) leg: Leg,
    /// The users' limit, which they pay (get).
    pub(crate) price: Price,
    pub(crate) size: Tokens,
    /// What the users' limits are worth less what the pool's trade costs (brings).
    pub(crate) surplus: Usdc,
    /// ⌊σ·surplus⌋, to V and seigniorage of that outcome.
    pub(crate) seigniorage: Usdc,
    /// Which of [`AutoFills::shares`] are its.
    shares: (usize, usize),
}

/// The auto-fills of a trigger, and the part of its penalty that it gets back. Reused from
/// order to order.
#[derive(Debug, Default)]
pub(crate) struct AutoFills {
    pub(crate) fills: Vec<AutoFill>,
    shares: Vec<Share>,
    pub(crate) refund: Usdc,
}

impl AutoFills {
    pub(crate) fn clear(&mut self) {
        self.fills.clear();
        self.shares.clear();
        self.refund = Usdc::ZERO;
    }

    /// How a fill is split over the orders of its level.
    pub(crate) fn shares_of(&self, fill: &AutoFill) -> &[Share] {
        &self.shares[fill.shares.0..fill.shares.1]
    }

    /// Plans what `trigger` brings about; `pools` stand after it, and are left standing after
    /// its auto-fills.
    pub(crate) fn plan(
        &mut self,
        terms: &Terms<'_>,
        pool_before: &PoolState,
        resting: &impl Resting,
        trigger: &Trade,
        pools: &mut [PoolState],
    ) {
        let mut turns = Turns::new(resting, trigger);
        let cap = af_cap(terms, trigger.value);
        let mut surplus_left = terms.params.af_max_surplus.of_down(trigger.value);
        let mut fills = 0;
        while fills < terms.params.af_max_pools
            && surplus_left.0 > 0
            && let Some(turn) = turns.next(terms, pools)
        {
            let wanted = cap.min(turn.volume);
            let size = curve::depth(terms, pools, turn.leg, Tokens::ZERO, turn.price.into(), wanted);
            let candidate = Candidate { terms, resting, turn };
            if let Some(surplus) = candidate.fill(size, surplus_left, pools, self) {
                surplus_left -= surplus;
                fills += 1;
            }
        }
        self.plan_refund(terms, pool_before, trigger, pools);
    }

    /// A trigger that paid the p_max penalty gets back what a lower exponent would have saved
    /// it, at most the maker's part of the surplus, taken from where that part went; of no pool
    /// more than leaves both its prices within p_max.
    fn plan_refund(&mut self, terms: &Terms<'_>, pool_before: &PoolState, trigger: &Trade, pools: &mut [PoolState]) {
        let earned: Usdc = self.fills.iter().map(|fill| fill.seigniorage).sum();
        if earned.0 <= 0 || trigger.excess <= 1.0 {
            return;
        }
        let eta = (terms.eta - earned.0 as f64 / trigger.value.0 as f64).max(1.0);
        let saved = trigger.value - curve::value_with_exponent(terms, pool_before, trigger, eta);
        let mut left = saved.min(earned);
        for fill in self.fills.iter().rev() {
            let pool = &mut pools[fill.leg.outcome.index()];
            // Later fills of the trigger were priced with what earlier ones brought to this pool.
            let part = left.min(fill.seigniorage).min(pool.room(terms));
            pool.v -= part;
            pool.seigniorage -= part;
            left -= part;
            self.refund += part;
        }
    }
}

/// af_cap_frac·ζ·X, as tokens.
fn af_cap(terms: &Terms<'_>, value: Usdc) -> Tokens {
    Tokens(terms.part_of_diverted(terms.params.af_cap_frac, value))
}

/// The tick pools in order of their turns: bids highest first after a buy, asks lowest
/// first after a sale; ties to the lower outcome, YES first.
struct Turns<'a, R> {
    resting: &'a R,
    trigger: OutcomeId,
    direction: Direction,
    /// The next level of each ladder.
    ranks: [[usize; 2]; OUTCOMES_MAX],
}

/// A level whose turn it is, with what opted in there.
#[derive(Clone, Copy)]
struct Turn {
    leg: Leg,
    rank: usize,
    price: Price,
    volume: Tokens,
}

impl<'a, R: Resting> Turns<'a, R> {
    fn new(resting: &'a R, trigger: &Trade) -> Self {
        let Leg { outcome, direction, .. } = trigger.leg;
        Self { resting, trigger: outcome, direction, ranks: [[0; 2]; OUTCOMES_MAX] }
    }

    /// The next level with opt-in volume whose limit the pool's price betters now. Levels
    /// whose turn came earlier and was not used are passed over for good.
    fn next(&mut self, terms: &Terms<'_>, pools: &[PoolState]) -> Option<Turn> {
        let mut best: Option<Turn> = None;
        for leg in self.legs(pools) {
            let Some(turn) = self.head(leg) else { continue };
            let first = best.as_ref().is_none_or(|best| self.comes_before(turn.price, best.price));
            if first && self.qualifies(terms, &pools[leg.outcome.index()], leg.side, turn.price) {
                best = Some(turn);
            }
        }
        let best = best?;
        self.pass(pools, &best);
        Some(best)
    }

    fn legs<'p>(&self, pools: &'p [PoolState]) -> impl Iterator<Item = Leg> + use<'p, R> {
        let (trigger, direction) = (self.trigger, self.direction);
        let outcomes =
            (0..).map(OutcomeId).zip(pools).filter(move |(outcome, pool)| *outcome != trigger && pool.active);
        outcomes.flat_map(move |(outcome, _)| Side::BOTH.map(|side| Leg { outcome, side, direction }))
    }

    fn comes_before(&self, price: Price, other: Price) -> bool {
        match self.direction {
            Direction::Buy => price > other,
            Direction::Sell => price < other,
        }
    }

    fn rank_mut(&mut self, leg: Leg) -> &mut usize {
        &mut self.ranks[leg.outcome.index()][leg.side.index()]
    }

    /// The next level of a ladder that has opt-in volume.
    fn head(&mut self, leg: Leg) -> Option<Turn> {
        let resting = self.resting;
        let rank = self.rank_mut(leg);
        loop {
            let (price, volume) = resting.level(leg, *rank, Who::OptIn)?;
            if volume.0 > 0 {
                return Some(Turn { leg, rank: *rank, price, volume });
            }
            *rank += 1;
        }
    }

    fn qualifies(&self, terms: &Terms<'_>, pool: &PoolState, side: Side, limit: Price) -> bool {
        match self.direction {
            Direction::Buy => pool.limit_to_spot(limit, side, terms).is_gt(),
            Direction::Sell => pool.limit_to_spot(limit, side, terms).is_lt(),
        }
    }

    /// Marks the chosen level, and all whose turn came before it, as past.
    fn pass(&mut self, pools: &[PoolState], chosen: &Turn) {
        for leg in self.legs(pools) {
            while let Some(turn) = self.head(leg) {
                let tie = turn.price == chosen.price && leg <= chosen.leg;
                if !tie && !self.comes_before(turn.price, chosen.price) {
                    break;
                }
                *self.rank_mut(leg) += 1;
            }
        }
    }
}

struct Candidate<'a, R> {
    terms: &'a Terms<'a>,
    resting: &'a R,
    turn: Turn,
}

impl<R: Resting> Candidate<'_, R> {
    /// Plans a fill of at most `size` with a surplus above 0 and at most `most`; returns
    /// the surplus.
    fn fill(&self, size: Tokens, most: Usdc, pools: &mut [PoolState], plan: &mut AutoFills) -> Option<Usdc> {
        let start = plan.shares.len();
        let mut found = self.attempt(size, start, pools, &mut plan.shares)?;
        if found.1 > most {
            found = self.cut_to_fit(size, most, start, pools, &mut plan.shares)?;
        }
        self.note(&found.0, found.1, start, pools, plan);
        Some(found.1)
    }

    fn note(&self, trade: &Trade, surplus: Usdc, start: usize, pools: &mut [PoolState], plan: &mut AutoFills) {
        curve::apply(self.terms, pools, trade);
        let seigniorage = self.terms.params.sigma.of_down(surplus);
        let Turn { leg, price, .. } = self.turn;
        let pool = &mut pools[leg.outcome.index()];
        pool.v += seigniorage;
        pool.seigniorage += seigniorage;
        let shares = (start, plan.shares.len());
        plan.fills.push(AutoFill { leg, price, size: trade.size, surplus, seigniorage, shares });
    }

    /// The largest size below `size` whose surplus fits: it grows with the size up to the
    /// pool's depth.
    fn cut_to_fit(
        &self,
        size: Tokens,
        most: Usdc,
        start: usize,
        pools: &[PoolState],
        shares: &mut Vec<Share>,
    ) -> Option<(Trade, Usdc)> {
        let (mut low, mut high) = (Tokens::ZERO, size);
        while (high - low).0 > 1 {
            let middle = Tokens(low.0 + (high - low).0 / 2);
            match self.attempt(middle, start, pools, shares) {
                Some((_, surplus)) if surplus > most => high = middle,
                _ => low = middle,
            }
        }
        self.attempt(low, start, pools, shares)
    }

    /// The pool's trade and the surplus of one size; the shares from `start` are set to it.
    fn attempt(
        &self,
        size: Tokens,
        start: usize,
        pools: &[PoolState],
        shares: &mut Vec<Share>,
    ) -> Option<(Trade, Usdc)> {
        shares.truncate(start);
        if size.0 <= 0 {
            return None;
        }
        let Turn { leg, rank, .. } = self.turn;
        let trade = curve::solve(self.terms, pools, leg, size, Tokens::ZERO);
        self.resting.split(leg, rank, size, Who::OptIn, shares);
        let at_limit: Usdc = shares[start..].iter().map(|share: &Share| share.cash).sum();
        let surplus = match leg.direction {
            Direction::Buy => at_limit - trade.value,
            Direction::Sell => trade.value - at_limit,
        };
        if surplus.0 <= 0 {
            shares.truncate(start);
            return None;
        }
        Some((trade, surplus))
    }
}
