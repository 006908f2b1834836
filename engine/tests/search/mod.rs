//! A search for sequences of actions that leave colluding accounts with more cash than
//! they began with, before any resolution: random, then climbing from the best.

#[path = "../support/dice.rs"]
mod dice;
mod presets;

use dice::Dice;
use outcry_engine::{
    Direction, Input, Market, Order, OrderId, OrderKind, OutcomeId, Params, Price, Rate, Side, Tokens, Usdc, UserId,
};
pub(crate) use presets::presets;

/// The longest sequence.
const STEPS_MAX: usize = 12;
/// Accounts that act as one.
const ACCOUNTS: u64 = 3;
/// What each begins with, in USDC.
const DEPOSIT: i64 = 300_000;

/// One action of one account.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Action {
    account: u32,
    outcome: u8,
    side: Side,
    kind: Kind,
    /// Thousandths of S for purchases and bids, of what is held for sales.
    permille: i64,
    /// Whether a tick begins with it.
    new_tick: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Buy,
    Sell,
    /// A limit order so many grid steps from the price, and which way.
    Bid(i64),
    Ask(i64),
    /// Two limit orders that make a pair, this account's YES and the next one's NO.
    Mint(i64),
    /// Two limit orders that burn a pair.
    Merge(i64),
}

impl Action {
    fn random(dice: &mut Dice) -> Self {
        let offset = dice.below(9) as i64 - 4;
        Self {
            account: dice.below(ACCOUNTS) as u32,
            outcome: dice.below(3) as u8,
            side: dice.pick(&Side::BOTH),
            kind: match dice.below(10) {
                0..=2 => Kind::Buy,
                3..=5 => Kind::Sell,
                6 => Kind::Bid(offset),
                7 => Kind::Ask(offset),
                8 => Kind::Mint(offset),
                _ => Kind::Merge(offset),
            },
            permille: dice.pick(&[3, 10, 30, 100, 300, 500, 1_000, 1_000]),
            new_tick: dice.below(2) == 0,
        }
    }

    /// The orders that the action sends, numbered from `id`.
    fn orders(&self, market: &Market, id: u64, ts_ms: u64) -> Vec<Order> {
        let free = OrderKind::Market { max_slippage: Rate(i64::MAX) };
        let (account, side) = (self.account, self.side);
        let [bought, sold] = [self.of_s(market), self.of_held(market, account, side)];
        let near = |steps: i64| self.near(market, side, steps);
        let orders = match self.kind {
            Kind::Buy => vec![(account, side, Direction::Buy, bought, free)],
            Kind::Sell => vec![(account, side, Direction::Sell, sold, free)],
            Kind::Bid(steps) => vec![(account, side, Direction::Buy, bought, limit(near(steps)))],
            Kind::Ask(steps) => vec![(account, side, Direction::Sell, sold, limit(near(steps)))],
            Kind::Mint(steps) => self.pair(market, Direction::Buy, steps),
            Kind::Merge(steps) => self.pair(market, Direction::Sell, steps),
        };
        let numbered = (id..).zip(orders).map(|(id, (user, side, direction, size, kind))| Order {
            id: OrderId(id),
            user: UserId(user),
            outcome: OutcomeId(self.outcome),
            side,
            direction,
            kind,
            size,
            ts_ms,
        });
        numbered.filter(|order| order.size.0 >= 10_000).collect()
    }

    fn of_s(&self, market: &Market) -> Tokens {
        Tokens(market.params().subsidy_start().0 / 1_000 * self.permille)
    }

    fn of_held(&self, market: &Market, account: u32, side: Side) -> Tokens {
        let free = market
            .account(UserId(account))
            .map_or(0, |account| account.free[usize::from(self.outcome)][side.index()].0);
        Tokens(free * self.permille / 1_000)
    }

    /// So many grid steps from the price.
    fn near(&self, market: &Market, side: Side, steps: i64) -> i64 {
        let grid = i64::from(market.params().tick_size.0);
        let price = (market.spot(OutcomeId(self.outcome), side) * 1e6) as i64 / grid + steps;
        (price * grid).clamp(grid, 1_000_000 - grid)
    }

    /// YES at a price near the pool's, and NO at the nearest that meets it.
    fn pair(
        &self,
        market: &Market,
        direction: Direction,
        steps: i64,
    ) -> Vec<(u32, Side, Direction, Tokens, OrderKind)> {
        let grid = i64::from(market.params().tick_size.0);
        let other = (self.account + 1) % ACCOUNTS as u32;
        let yes = self.near(market, Side::Yes, steps);
        let fee = if market.params().f_match.0 == 0 { 0 } else { grid };
        let (no, size) = match direction {
            Direction::Buy => (1_000_000 - yes + fee, self.of_s(market)),
            Direction::Sell => {
                let held =
                    [(self.account, Side::Yes), (other, Side::No)].map(|(who, side)| self.of_held(market, who, side));
                (1_000_000 - yes - fee, held[0].min(held[1]))
            }
        };
        vec![(self.account, Side::Yes, direction, size, limit(yes)), (other, Side::No, direction, size, limit(no))]
    }
}

fn limit(price: i64) -> OrderKind {
    OrderKind::Limit { price: Price(price.clamp(0, 1_000_000) as u32), af_opt_in: true }
}

/// A sequence and what it gains.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) actions: Vec<Action>,
    pub(crate) gain: Usdc,
}

/// The best plan that so many trials find.
pub(crate) fn search(params: &Params, seed: u64, trials: u32) -> Plan {
    let start = open(params);
    let mut dice = Dice::new(seed);
    let mut best = Plan { actions: Vec::new(), gain: Usdc::ZERO };
    let mut current = Plan { actions: Vec::new(), gain: Usdc(i64::MIN) };
    for trial in 0..trials {
        // Begin anew from time to time, so as not to stay on a small hill.
        let fresh = trial % 200 == 0;
        let actions = if fresh { random(&mut dice) } else { varied(&current.actions, &mut dice) };
        let gain = gain(&start, &actions);
        if fresh || gain >= current.gain {
            current = Plan { actions, gain };
        }
        if current.gain > best.gain {
            best = current.clone();
        }
    }
    best
}

fn random(dice: &mut Dice) -> Vec<Action> {
    (0..4 + dice.below(STEPS_MAX as u64 - 3)).map(|_| Action::random(dice)).collect()
}

/// The same with one action changed, added, taken away or moved.
fn varied(actions: &[Action], dice: &mut Dice) -> Vec<Action> {
    let mut actions = actions.to_vec();
    let at = dice.below(actions.len().max(1) as u64) as usize;
    match dice.below(6) {
        0 if actions.len() < STEPS_MAX => actions.insert(at, Action::random(dice)),
        1 if actions.len() > 2 => {
            actions.remove(at);
        }
        2 if actions.len() > 1 => {
            let other = dice.below(actions.len() as u64) as usize;
            actions.swap(at, other);
        }
        3 => actions[at] = Action::random(dice),
        4 => actions[at].new_tick = !actions[at].new_tick,
        _ => {
            let percent = dice.pick(&[50, 80, 95, 105, 125, 200]);
            actions[at].permille = (actions[at].permille * percent / 100).clamp(1, 1_000);
        }
    }
    actions
}

fn open(params: &Params) -> Market {
    let mut market = Market::new(params.clone()).unwrap();
    for account in 0..ACCOUNTS as u32 {
        market.apply(&Input::Join { user: UserId(account), deposit: Usdc::whole(DEPOSIT) }).unwrap();
    }
    market
}

/// All cash of the accounts after a plan, that in open bids too, less what they began with.
fn gain(start: &Market, actions: &[Action]) -> Usdc {
    let mut market = start.clone();
    let mut now_ms = 0;
    let mut waiting = Vec::new();
    for (index, action) in (0..).zip(actions) {
        // Sizes and prices are chosen as the market stood at the last tick.
        if action.new_tick {
            now_ms = tick(&mut market, now_ms, &mut waiting);
        }
        waiting.extend(action.orders(&market, 2 * index + 1, now_ms));
    }
    tick(&mut market, now_ms, &mut waiting);
    let balances: i64 = market.accounts().map(|(_, account)| account.balance.0).sum();
    let escrow: i64 = market.all_open_orders().iter().map(|order| order.escrow.0).sum();
    Usdc(balances + escrow - ACCOUNTS as i64 * DEPOSIT * 1_000_000)
}

fn tick(market: &mut Market, now_ms: u64, waiting: &mut Vec<Order>) -> u64 {
    let orders = std::mem::take(waiting);
    market.apply(&Input::Orders { now_ms, orders }).unwrap();
    now_ms + u64::from(market.params().batch_interval_ms)
}
