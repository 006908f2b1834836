//! What it costs to hold a price away from where others think that it belongs.

use crate::{
    adversary::{
        action::{ANY_PRICE, order},
        play::{Setting, open},
    },
    mechanism::Mechanism,
    metrics::forecast::{forecast, spots_of},
};
use outcry_engine::{Direction, Input, Leg, Order, OutcomeId, SIZE_MAX, SIZE_MIN, Side, Tokens, Usdc, UserId};

/// What is held, and against whom.
#[derive(Clone, Copy, Debug)]
pub struct Hold {
    /// Whose YES price.
    pub outcome: OutcomeId,
    /// How far above its start: 0.1 for 10 points.
    pub points: f64,
    /// For how long, ms of session time.
    pub for_ms: u64,
    /// USDC that others pay in every tick for the outcome's NO while the price is above its start.
    pub against: Usdc,
}

/// What it took, of the cheapest way that was tried.
#[derive(Clone, Debug)]
pub struct Held {
    /// What the tokens cost (USDC, fees included) beyond what they are worth by the market's forecast at the start.
    pub cost: f64,
    /// Paid in all (USDC).
    pub capital: f64,
    /// Accounts that bought, each a part of every tick's purchase.
    pub accounts: u32,
    /// Ticks it was held for.
    pub ticks: u32,
    /// Every input after the joins.
    pub inputs: Vec<Input>,
}

/// Accounts that a purchase is shared by, each way tried.
const WAYS: [u32; 4] = [1, 2, 4, 8];

/// The least cost of the ways tried; the account after the adversary's is that of the others.
///
/// # Errors
/// A setting that no market takes, or a price that cannot be held so far away.
pub fn hold(setting: &Setting, hold: &Hold) -> Result<Held, String> {
    let ways = WAYS.into_iter().map(|accounts| hold_with(setting, hold, accounts));
    let held = ways.collect::<Result<Vec<_>, _>>()?;
    let cheapest = held.into_iter().min_by(|a, b| a.cost.total_cmp(&b.cost));
    cheapest.ok_or_else(|| "no way was tried".to_owned())
}

fn hold_with(setting: &Setting, hold: &Hold, accounts: u32) -> Result<Held, String> {
    let mut market = open(&Setting { accounts: accounts + 1, ..setting.clone() })?;
    let (yes, others) = (leg(hold.outcome, Side::Yes), UserId(accounts));
    let start = market.price(hold.outcome, Side::Yes);
    let fair = forecast(&spots_of(&*market))[hold.outcome.index()];
    let goal = start + hold.points;
    let interval = u64::from(market.params().batch_interval_ms);
    let (mut inputs, mut id, mut now_ms) = (Vec::new(), 1, 0);
    while now_ms < hold.for_ms {
        // The others come first: what holds the price comes after them, or the price is not held.
        let mut orders: Vec<Order> = Vec::new();
        if market.price(hold.outcome, Side::Yes) > start {
            let size =
                largest(|size| costs(&*market, others, leg(hold.outcome, Side::No), size, now_ms) <= hold.against);
            orders.extend((size >= SIZE_MIN).then(|| buy(id, others, leg(hold.outcome, Side::No), size, now_ms)));
        }
        let mut pressed = market.boxed();
        apply(&mut *pressed, &Input::Orders { now_ms, orders: orders.clone() })?;
        let parts = |size| -> Vec<Order> {
            (0..accounts).map(move |n| buy(id + 1 + u64::from(n), UserId(n), yes, size, now_ms)).collect()
        };
        // Together: parts pay less convexity than a whole, and so move the price further.
        let size = largest(|size| after(&*pressed, yes.outcome, parts(size), now_ms) <= goal);
        orders.extend((size >= SIZE_MIN).then(|| parts(size)).into_iter().flatten());
        id += 1 + u64::from(accounts);
        let tick = Input::Orders { now_ms, orders };
        apply(&mut *market, &tick)?;
        inputs.push(tick);
        now_ms += interval;
    }
    let mine = (0..accounts).filter_map(|account| market.account(UserId(account)));
    let (mut paid, mut worth) = (0.0, 0.0);
    for account in mine {
        paid += (account.deposit - account.balance).as_f64();
        worth += account.free[hold.outcome.index()][Side::Yes.index()].as_f64() * fair;
    }
    if market.price(hold.outcome, Side::Yes) < goal - 0.01 {
        return Err(format!("the price cannot be held at {goal:.2}"));
    }
    let ticks = inputs.len() as u32;
    Ok(Held { cost: paid - worth, capital: paid, accounts, ticks, inputs })
}

fn leg(outcome: OutcomeId, side: Side) -> Leg {
    Leg { outcome, side, direction: Direction::Buy }
}

fn buy(id: u64, user: UserId, leg: Leg, size: Tokens, ts_ms: u64) -> Order {
    order(id, user, leg, size, ANY_PRICE, ts_ms)
}

fn apply(market: &mut dyn Mechanism, input: &Input) -> Result<(), String> {
    market.apply(input).map(|_| ()).map_err(|refusal| refusal.to_string())
}

/// What a purchase costs, more than there is where it is refused.
fn costs(market: &dyn Mechanism, user: UserId, leg: Leg, size: Tokens, now_ms: u64) -> Usdc {
    let order = buy(1 << 40, user, leg, size, now_ms);
    let quoted = market.seen().quote(&market.own_view(user), &[], &order, now_ms);
    if quoted.reject.is_some() { Usdc(i64::MAX) } else { quoted.total }
}

/// The YES price after purchases; beyond any where one of them is refused.
fn after(market: &dyn Mechanism, outcome: OutcomeId, orders: Vec<Order>, now_ms: u64) -> f64 {
    let mut market = market.boxed();
    let report = market.apply(&Input::Orders { now_ms, orders });
    let is_done = report.is_ok_and(|report| report.orders.iter().all(|update| update.reason.is_none()));
    if is_done { market.price(outcome, Side::Yes) } else { f64::INFINITY }
}

/// The largest size, in smallest orders, for which `holds`, which it does up to some size; 0 where for none.
fn largest(holds: impl Fn(Tokens) -> bool) -> Tokens {
    let (mut low, mut high) = (0, 1);
    while high < SIZE_MAX.0 / SIZE_MIN.0 && holds(Tokens(high * SIZE_MIN.0)) {
        (low, high) = (high, 2 * high);
    }
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        *(if holds(Tokens(middle * SIZE_MIN.0)) { &mut low } else { &mut high }) = middle;
    }
    Tokens(low * SIZE_MIN.0)
}
