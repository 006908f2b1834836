//! What everyone may know of a market, and what a participant knows besides. Never the script, and
//! of others' orders the sums alone.

use crate::{
    amount::{Price, Tokens, Usdc},
    book::{Books, Resting, Share, TickPool, Who, position, rank_among},
    order::{Direction, Leg, OpenOrder, OrderId, OutcomeId, Side},
    params::Params,
    pool::{PoolState, Terms},
    state::State,
};
use serde::{Deserialize, Serialize};

/// A level of the book as everyone sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Level {
    /// YES or NO.
    pub side: Side,
    /// Bids (`Buy`) or asks (`Sell`).
    pub direction: Direction,
    /// The limit of all orders that rest there.
    pub price: Price,
    /// All tokens that rest there.
    pub total: Tokens,
    /// The part that opted in to auto-fill.
    pub opt_in: Tokens,
}

/// One outcome as everyone sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicOutcome {
    /// Collateral and supplies, from which its prices follow.
    pub pool: PoolState,
    /// Sorted by side, direction, price ascending; no empty levels.
    pub levels: Vec<Level>,
}

/// What everyone may know: enough to compute what a tick would do to an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicMarket {
    /// With rounds and duration as extended so far.
    pub params: Params,
    /// Session clock at which the current segment of §8 began, in ms.
    pub segment_start_ms: u64,
    /// Session clock at which it ends, in ms.
    pub segment_end_ms: u64,
    /// Rounds that were held, or passed over by one held: the number of the next.
    pub rounds_held: u32,
    /// By outcome, those out of the game too.
    pub outcomes: Vec<PublicOutcome>,
}

impl PublicMarket {
    /// The pool's price of a token, 0 to 1 (derived, §3).
    #[must_use]
    pub fn spot(&self, outcome: OutcomeId, side: Side) -> f64 {
        self.outcomes.get(outcome.index()).map_or(0.0, |outcome| outcome.pool.price(side, &self.params))
    }

    pub(crate) fn pools(&self) -> Vec<PoolState> {
        self.outcomes.iter().map(|outcome| outcome.pool).collect()
    }

    /// The terms of trade at `now_ms`.
    pub(crate) fn terms(&self, now_ms: u64) -> Terms<'_> {
        let rates = self.params.rates_at(now_ms, (self.segment_start_ms, self.segment_end_ms));
        let active = self.outcomes.iter().filter(|outcome| outcome.pool.active).count();
        Terms::new(&self.params, rates, active)
    }

    pub(crate) fn of(params: &Params, state: &State) -> Self {
        let outcome =
            |(id, pool): (OutcomeId, &PoolState)| PublicOutcome { pool: *pool, levels: levels(&state.books, id) };
        Self {
            params: params.clone(),
            segment_start_ms: state.segment_start_ms,
            segment_end_ms: state.segment_end_ms,
            rounds_held: state.rounds_held,
            outcomes: (0..).map(OutcomeId).zip(&state.pools).map(outcome).collect(),
        }
    }
}

fn levels(books: &Books, outcome: OutcomeId) -> Vec<Level> {
    let mut levels = Vec::new();
    for (Leg { side, direction, .. }, ladder) in books.of_outcome(outcome) {
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
    /// Its number since acceptance.
    pub id: OrderId,
    /// The outcome whose token is traded.
    pub outcome: OutcomeId,
    /// YES or NO of that outcome.
    pub side: Side,
    /// A bid (`Buy`) or an ask (`Sell`).
    pub direction: Direction,
    /// Its limit, which names its level.
    pub price: Price,
    /// Tokens that still rest, contained in the level's total.
    pub remaining: Tokens,
    /// Whether it may be auto-filled, and is contained in the level's opt-in total.
    pub af_opt_in: bool,
}

impl OwnOrder {
    /// What it trades.
    #[must_use]
    pub const fn leg(&self) -> Leg {
        Leg { outcome: self.outcome, side: self.side, direction: self.direction }
    }
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
    /// Cash that no order holds.
    pub balance: Usdc,
    /// Free tokens per outcome: `[YES, NO]`.
    pub free: Vec<[Tokens; 2]>,
    /// Own resting orders; their sizes are contained in the levels' totals.
    pub orders: Vec<OwnOrder>,
}

impl OwnView {
    /// Free tokens of what an order trades; none of an outcome that there is not.
    pub(crate) fn held(&self, leg: Leg) -> Tokens {
        self.free.get(leg.outcome.index()).map_or(Tokens::ZERO, |free| free[leg.side.index()])
    }
}

/// The resting orders as everyone sees them, one's own apart.
pub(crate) struct PublicBooks<'a> {
    pub(crate) market: &'a PublicMarket,
    pub(crate) own: &'a [OwnOrder],
}

impl PublicBooks<'_> {
    fn ladder(&self, leg: Leg) -> &[Level] {
        let Some(outcome) = self.market.outcomes.get(leg.outcome.index()) else { return &[] };
        let key = |level: &Level| (level.side, level.direction);
        let wanted = (leg.side, leg.direction);
        let from = &outcome.levels[outcome.levels.partition_point(|level| key(level) < wanted)..];
        &from[..from.partition_point(|level| key(level) == wanted)]
    }

    fn level(&self, leg: Leg, rank: usize) -> Option<&Level> {
        let ladder = self.ladder(leg);
        position(leg.direction, ladder.len(), rank).map(|position| &ladder[position])
    }

    fn own_volume(&self, leg: Leg, price: Price) -> Tokens {
        let here = |order: &&OwnOrder| order.leg() == leg && order.price == price;
        self.own.iter().filter(here).map(|order| order.remaining).sum()
    }
}

impl Resting for PublicBooks<'_> {
    fn level(&self, leg: Leg, rank: usize, who: Who) -> Option<(Price, Tokens)> {
        let level = self.level(leg, rank)?;
        let volume = match who {
            Who::Everyone => level.total,
            Who::OptIn => level.opt_in,
            Who::Except(_) => level.total - self.own_volume(leg, level.price),
        };
        Some((level.price, volume))
    }

    fn rank(&self, leg: Leg, price: Price) -> usize {
        rank_among(self.ladder(leg), leg.direction, price, |level| level.price)
    }

    /// Who gets which part is not public: the fill of a level counts as one, which can
    /// differ by the rounding of a micro per order.
    fn split(&self, leg: Leg, rank: usize, size: Tokens, _who: Who, shares: &mut Vec<Share>) {
        let Some(level) = self.level(leg, rank) else { return };
        let cash = match leg.direction {
            Direction::Buy => level.price.cost(size),
            Direction::Sell => level.price.proceeds(size),
        };
        shares.push(Share { index: 0, size, cash });
    }
}
