//! What an adversary does: one action of one account, as often as it says.

use crate::mechanism::Mechanism;
use outcry_engine::{Direction, Leg, Order, OrderId, OrderKind, OutcomeId, Price, Rate, Side, Tokens, UserId};
use rand_chacha::{ChaCha8Rng, rand_core::Rng};

/// Parts that a size is stated in, of S or of what is held.
const WHOLE: i64 = 1_000;
/// Sizes that a search begins with, and how often an action is done.
const PARTS: [i64; 8] = [3, 10, 30, 100, 300, 500, 1_000, 1_000];
const TIMES: [u32; 6] = [1, 1, 1, 1, 4, 16];
/// At the market, at whatever price.
pub(crate) const ANY_PRICE: OrderKind = OrderKind::Market { max_slippage: Rate(1_000_000_000_000) };

/// One action of one account.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Action {
    /// Which of the accounts.
    pub account: u32,
    /// On which outcome.
    pub outcome: u8,
    /// YES or NO.
    pub side: Side,
    /// What is done.
    pub kind: Kind,
    /// Thousandths of S for purchases and bids, of what is held for sales and asks.
    pub permille: i64,
    /// In so many ticks one after the other; 1: in the tick of the action before it, unless `new_tick`.
    pub times: u32,
    /// Whether a tick begins with it.
    pub new_tick: bool,
}

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// At the market.
    Buy,
    /// At the market.
    Sell,
    /// A limit order so many grid steps from the price, and which way.
    Bid(i64),
    /// Likewise.
    Ask(i64),
    /// Two limit orders that make a pair, this account's YES and the next one's NO.
    Mint(i64),
    /// Two limit orders that burn a pair.
    Merge(i64),
    /// All orders that rest are taken back.
    CancelAll,
    /// Nothing: time passes.
    Wait,
    /// What nobody chooses, but everybody may know: the elimination takes place.
    Elimination,
}

/// What an adversary may do: of these every action of a plan is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Moves {
    /// Kinds of actions, as often as they are to be drawn; offsets are drawn anew.
    pub kinds: &'static [Kind],
    /// Of which tokens.
    pub sides: &'static [Side],
    /// Of the first so many outcomes; of all where nothing is said.
    pub outcomes: Option<u8>,
}

/// Every kind, as often as it is to be drawn. The last is what nobody chooses.
const KINDS: &[Kind] = &[
    Kind::Buy,
    Kind::Buy,
    Kind::Buy,
    Kind::Sell,
    Kind::Sell,
    Kind::Sell,
    Kind::Bid(0),
    Kind::Ask(0),
    Kind::Mint(0),
    Kind::Merge(0),
    Kind::Elimination,
];

impl Moves {
    /// Everything, known to no attack.
    pub const ANY: Self = Self { kinds: KINDS.split_at(KINDS.len() - 1).0, sides: &Side::BOTH, outcomes: None };
    /// The same where an outcome is going to leave.
    pub const ANY_WITH_ELIMINATION: Self = Self { kinds: KINDS, ..Self::ANY };
}

/// Below `n`, any alike.
pub(crate) fn below(rng: &mut ChaCha8Rng, n: usize) -> usize {
    (rng.next_u64() % n.max(1) as u64) as usize
}

pub(crate) fn pick<T: Copy>(rng: &mut ChaCha8Rng, items: &[T]) -> T {
    items[below(rng, items.len())]
}

impl Action {
    /// Any action of so many accounts within some moves on a market of so many outcomes.
    pub(crate) fn random(rng: &mut ChaCha8Rng, accounts: u32, outcomes: u8, moves: &Moves) -> Self {
        let offset = below(rng, 9) as i64 - 4;
        let kind = match pick(rng, moves.kinds) {
            Kind::Bid(_) => Kind::Bid(offset),
            Kind::Ask(_) => Kind::Ask(offset),
            Kind::Mint(_) => Kind::Mint(offset),
            Kind::Merge(_) => Kind::Merge(offset),
            kind => kind,
        };
        Self {
            account: below(rng, accounts as usize) as u32,
            outcome: below(rng, moves.outcomes.unwrap_or(outcomes).into()) as u8,
            side: pick(rng, moves.sides),
            kind,
            permille: pick(rng, &PARTS),
            times: pick(rng, &TIMES),
            new_tick: below(rng, 2) == 0,
        }
    }

    /// The same with one thing changed.
    pub(crate) fn varied(self, rng: &mut ChaCha8Rng, outcomes: u8, moves: &Moves) -> Self {
        let mut action = self;
        match below(rng, 6) {
            0 => action.new_tick = !action.new_tick,
            1 => action.outcome = below(rng, moves.outcomes.unwrap_or(outcomes).into()) as u8,
            2 => action.side = pick(rng, moves.sides),
            3 => action.times = (action.times * pick(rng, &[1, 2, 4]) / pick(rng, &[1, 2, 4])).clamp(1, 128),
            _ => {
                let percent = pick(rng, &[20, 50, 80, 95, 105, 125, 200, 500]);
                action.permille = (action.permille * percent / 100).clamp(1, WHOLE);
            }
        }
        action
    }

    /// The orders that the action sends, numbered from `id`; those too small for an order are left out.
    pub(crate) fn orders(&self, market: &dyn Mechanism, accounts: u32, id: u64, ts_ms: u64) -> Vec<Order> {
        let (account, side) = (self.account, self.side);
        let (bought, sold) = (self.of_subsidy(market), self.of_held(market, account, side));
        let near = |steps| limit(self.near(market, side, steps));
        let orders = match self.kind {
            Kind::Buy => vec![(account, side, Direction::Buy, bought, ANY_PRICE)],
            Kind::Sell => vec![(account, side, Direction::Sell, sold, ANY_PRICE)],
            Kind::Bid(steps) => vec![(account, side, Direction::Buy, bought, near(steps))],
            Kind::Ask(steps) => vec![(account, side, Direction::Sell, sold, near(steps))],
            Kind::Mint(steps) => self.pair(market, accounts, Direction::Buy, steps),
            Kind::Merge(steps) => self.pair(market, accounts, Direction::Sell, steps),
            Kind::CancelAll | Kind::Wait | Kind::Elimination => Vec::new(),
        };
        let numbered = (id..).zip(orders).map(|(id, (user, side, direction, size, kind))| {
            let leg = Leg { outcome: OutcomeId(self.outcome), side, direction };
            order(id, UserId(user), leg, size, kind, ts_ms)
        });
        numbered.filter(|order| order.size >= outcry_engine::SIZE_MIN).collect()
    }

    fn of_subsidy(&self, market: &dyn Mechanism) -> Tokens {
        Tokens(market.params().subsidy_start().0 / WHOLE * self.permille)
    }

    fn of_held(&self, market: &dyn Mechanism, account: u32, side: Side) -> Tokens {
        let held = market
            .account(UserId(account))
            .map_or(0, |account| account.free[usize::from(self.outcome)][side.index()].0);
        // What is left of the whole goes with its last part.
        Tokens(held / WHOLE * self.permille + if self.permille == WHOLE { held % WHOLE } else { 0 })
    }

    /// So many grid steps from the price, in micro-USDC.
    fn near(&self, market: &dyn Mechanism, side: Side, steps: i64) -> i64 {
        let grid = i64::from(market.params().tick_size.0);
        let price = (market.price(OutcomeId(self.outcome), side) * 1e6) as i64 / grid + steps;
        (price * grid).clamp(grid, 1_000_000 - grid)
    }

    /// YES at a price near the pool's, and NO at the nearest that meets it.
    fn pair(
        &self,
        market: &dyn Mechanism,
        accounts: u32,
        direction: Direction,
        steps: i64,
    ) -> Vec<(u32, Side, Direction, Tokens, OrderKind)> {
        let grid = i64::from(market.params().tick_size.0);
        let other = (self.account + 1) % accounts;
        let yes = self.near(market, Side::Yes, steps);
        let fee = if market.params().f_match.0 == 0 { 0 } else { grid };
        let (no, size) = match direction {
            Direction::Buy => (1_000_000 - yes + fee, self.of_subsidy(market)),
            Direction::Sell => {
                let held = self.of_held(market, self.account, Side::Yes).min(self.of_held(market, other, Side::No));
                (1_000_000 - yes - fee, held)
            }
        };
        vec![(self.account, Side::Yes, direction, size, limit(yes)), (other, Side::No, direction, size, limit(no))]
    }
}

/// An order of the adversary.
pub(crate) fn order(id: u64, user: UserId, leg: Leg, size: Tokens, kind: OrderKind, ts_ms: u64) -> Order {
    let Leg { outcome, side, direction } = leg;
    Order { id: OrderId(id), user, outcome, side, direction, kind, size, ts_ms }
}

fn limit(price: i64) -> OrderKind {
    OrderKind::Limit { price: Price(price.clamp(0, 1_000_000) as u32), af_opt_in: true }
}
