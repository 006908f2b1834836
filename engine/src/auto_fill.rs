//! Resting orders filled where a trade's cross-impact moved the price past them (§6).

use crate::{
    amount::{Price, Tokens, Usdc},
    book::{Share, Who},
    curve::{self, Trade},
    order::{Direction, Side},
    pool::{OUTCOMES_MAX, Terms, share_down},
    public::PoolState,
    route::{LadderId, Resting, Route},
};

/// One tick pool's auto-fill.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct AutoFill {
    pub(crate) ladder: LadderId,
    /// The users' limit, which they pay (get).
    pub(crate) price: Price,
    pub(crate) size: Tokens,
    /// What the users' limits are worth less what the pool's trade costs (brings).
    pub(crate) surplus: Usdc,
    /// ⌊σ·surplus⌋, to V and seigniorage of that outcome.
    pub(crate) seigniorage: Usdc,
    /// Which of the route's shares are its.
    pub(crate) shares: (usize, usize),
}

/// Adds to a route, whose pools stand after `trigger`, the auto-fills that it triggers and
/// the part of its penalty that it gets back.
pub(crate) fn plan(
    terms: &Terms<'_>,
    pools_before: &[PoolState],
    resting: &impl Resting,
    trigger: &Trade,
    route: &mut Route,
) {
    let mut turns = Turns::new(resting, trigger);
    let cap = af_cap(terms, trigger.value);
    let mut surplus_left = terms.params.af_max_surplus.of_down(trigger.value);
    let mut fills = 0;
    while fills < terms.params.af_max_pools
        && surplus_left.0 > 0
        && let Some((ladder, rank, price, volume)) = turns.next(terms, &route.pools)
    {
        let place = (ladder.outcome, ladder.side, ladder.direction);
        let wanted = cap.min(volume);
        let size = curve::depth(terms, &route.pools, place, Tokens::ZERO, price.as_f64(), wanted);
        let candidate = Candidate { terms, resting, ladder, rank, price };
        if let Some(surplus) = candidate.fill(size, surplus_left, route) {
            surplus_left -= surplus;
            fills += 1;
        }
    }
    refund(terms, &pools_before[trigger.outcome], trigger, route);
}

/// af_cap_frac·ζ·X, as tokens.
fn af_cap(terms: &Terms<'_>, value: Usdc) -> Tokens {
    Tokens(share_down(terms.params.af_cap_frac.as_f64() * terms.zeta, value))
}

/// The tick pools in order of their turns: bids highest first after a buy, asks lowest
/// first after a sale; ties to the lower outcome, YES first.
struct Turns<'a, R> {
    resting: &'a R,
    trigger: usize,
    direction: Direction,
    /// The next level of each ladder.
    ranks: [[usize; 2]; OUTCOMES_MAX],
}

type Turn = (LadderId, usize, Price, Tokens);

impl<'a, R: Resting> Turns<'a, R> {
    fn new(resting: &'a R, trigger: &Trade) -> Self {
        let (trigger, direction) = (trigger.outcome, trigger.direction);
        Self { resting, trigger, direction, ranks: [[0; 2]; OUTCOMES_MAX] }
    }

    /// The next level with opt-in volume whose limit the pool's price betters now. Levels
    /// whose turn came earlier and was not used are passed over for good.
    fn next(&mut self, terms: &Terms<'_>, pools: &[PoolState]) -> Option<Turn> {
        let mut best: Option<Turn> = None;
        for (outcome, side) in self.ladders(pools) {
            let Some(turn) = self.head(outcome, side) else { continue };
            let first = best.as_ref().is_none_or(|best| self.comes_before(turn.2, best.2));
            if first && self.qualifies(terms, &pools[outcome], side, turn.2) {
                best = Some(turn);
            }
        }
        let best = best?;
        self.pass(pools, &best);
        Some(best)
    }

    fn ladders<'p>(&self, pools: &'p [PoolState]) -> impl Iterator<Item = (usize, Side)> + use<'p, R> {
        let trigger = self.trigger;
        let all = (0..2 * pools.len()).map(|index| (index / 2, Side::BOTH[index % 2]));
        all.filter(move |&(outcome, _)| outcome != trigger && pools[outcome].active)
    }

    fn comes_before(&self, price: Price, other: Price) -> bool {
        match self.direction {
            Direction::Buy => price > other,
            Direction::Sell => price < other,
        }
    }

    /// The next level of a ladder that has opt-in volume.
    fn head(&mut self, outcome: usize, side: Side) -> Option<Turn> {
        let ladder = LadderId { outcome, side, direction: self.direction };
        let rank = &mut self.ranks[outcome][side.index()];
        loop {
            let (price, volume) = self.resting.level(ladder, *rank, Who::OptIn)?;
            if volume.0 > 0 {
                return Some((ladder, *rank, price, volume));
            }
            *rank += 1;
        }
    }

    fn qualifies(&self, terms: &Terms<'_>, pool: &PoolState, side: Side, limit: Price) -> bool {
        let spot = pool.spot(side, terms);
        match self.direction {
            Direction::Buy => limit.as_f64() > spot,
            Direction::Sell => limit.as_f64() < spot,
        }
    }

    /// Marks the chosen level, and all whose turn came before it, as past.
    fn pass(&mut self, pools: &[PoolState], chosen: &Turn) {
        let key = (chosen.0.outcome, chosen.0.side);
        for (outcome, side) in self.ladders(pools) {
            while let Some(turn) = self.head(outcome, side) {
                let tie = turn.2 == chosen.2 && (outcome, side) <= key;
                if !tie && !self.comes_before(turn.2, chosen.2) {
                    break;
                }
                self.ranks[outcome][side.index()] += 1;
            }
        }
    }
}

struct Candidate<'a, R> {
    terms: &'a Terms<'a>,
    resting: &'a R,
    ladder: LadderId,
    rank: usize,
    price: Price,
}

impl<R: Resting> Candidate<'_, R> {
    /// Plans a fill of at most `size` with a surplus above 0 and at most `most`; returns
    /// the surplus.
    fn fill(&self, size: Tokens, most: Usdc, route: &mut Route) -> Option<Usdc> {
        let start = route.shares.len();
        let mut found = self.attempt(size, start, route)?;
        if found.1 > most {
            found = self.cut_to_fit(size, most, start, route)?;
        }
        self.note(&found.0, found.1, start, route);
        Some(found.1)
    }

    fn note(&self, trade: &Trade, surplus: Usdc, start: usize, route: &mut Route) {
        curve::apply(self.terms, &mut route.pools, trade);
        let seigniorage = self.terms.params.sigma.of_down(surplus);
        let pool = &mut route.pools[self.ladder.outcome];
        pool.v += seigniorage;
        pool.seigniorage += seigniorage;
        let shares = (start, route.shares.len());
        let (ladder, price, size) = (self.ladder, self.price, trade.size);
        route.auto_fills.push(AutoFill { ladder, price, size, surplus, seigniorage, shares });
    }

    /// The largest size below `size` whose surplus fits: it grows with the size up to the
    /// pool's depth.
    fn cut_to_fit(&self, size: Tokens, most: Usdc, start: usize, route: &mut Route) -> Option<(Trade, Usdc)> {
        let (mut low, mut high) = (Tokens::ZERO, size);
        while (high - low).0 > 1 {
            let middle = Tokens(low.0 + (high - low).0 / 2);
            match self.attempt(middle, start, route) {
                Some((_, surplus)) if surplus > most => high = middle,
                _ => low = middle,
            }
        }
        self.attempt(low, start, route)
    }

    /// The pool's trade and the surplus of one size; the route's shares are set to it.
    fn attempt(&self, size: Tokens, start: usize, route: &mut Route) -> Option<(Trade, Usdc)> {
        route.shares.truncate(start);
        if size.0 <= 0 {
            return None;
        }
        let LadderId { outcome, side, direction } = self.ladder;
        let trade = curve::solve(self.terms, &route.pools, (outcome, side, direction), size, Tokens::ZERO);
        self.resting.split(self.ladder, self.rank, size, Who::OptIn, &mut route.shares);
        let at_limit: Usdc = route.shares[start..].iter().map(|share: &Share| share.cash).sum();
        let surplus = match direction {
            Direction::Buy => at_limit - trade.value,
            Direction::Sell => trade.value - at_limit,
        };
        if surplus.0 <= 0 {
            route.shares.truncate(start);
            return None;
        }
        Some((trade, surplus))
    }
}

/// A trigger that paid the p_max penalty gets back what a lower exponent would have saved
/// it, at most the maker's part of the surplus, taken from where that part went.
fn refund(terms: &Terms<'_>, pool_before: &PoolState, trigger: &Trade, route: &mut Route) {
    let earned: Usdc = route.auto_fills.iter().map(|fill| fill.seigniorage).sum();
    if earned.0 <= 0 || trigger.excess <= 1.0 {
        return;
    }
    let eta = (terms.eta - earned.0 as f64 / trigger.value.0 as f64).max(1.0);
    let saved = trigger.value - curve::value_with_exponent(terms, pool_before, trigger, eta);
    route.refund = saved.min(earned);
    let mut left = route.refund;
    for fill in route.auto_fills.iter().rev() {
        let part = left.min(fill.seigniorage);
        let pool = &mut route.pools[fill.ladder.outcome];
        pool.v -= part;
        pool.seigniorage -= part;
        left -= part;
    }
}
