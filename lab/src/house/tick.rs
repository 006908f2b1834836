//! One tick of a house, in the order of the engine's: gas, resting orders that the rule now betters, limit orders, pairs,
//! market orders.

use super::{
    book,
    check::{Means, form, verdict},
    fill::{commit, fill_resting, note, note_rule, of_pair},
    plan::{cash_kind, pairs},
    state::{self, State},
};
use outcry_engine::{
    CashKind, Direction, Event, Fill, FillType, Leg, OpenOrder, Order, OrderKind, OrderStatus, OrderUpdate, OutcomeId,
    Params, Party, RejectReason, Report, Side, Tokens, Usdc,
    amount::{MICRO, RATE_ONE},
};

/// Runs a tick; while trading is frozen every order is refused.
pub(super) fn run(params: &Params, state: &mut State, orders: &[Order], now_ms: u64, frozen: bool) -> Report {
    let mut report = Report::default();
    let mut sorted: Vec<&Order> = orders.iter().collect();
    sorted.sort_by_key(|order| (order.ts_ms, order.id));
    sorted.iter().for_each(|order| charge_gas(params, state, &mut report, order));
    sorted.retain(|order| admit(params, state, &mut report, order, frozen));
    if !frozen {
        re_route(params, state, &mut report, now_ms);
        let limits = sorted.iter().filter(|order| matches!(order.kind, OrderKind::Limit { .. }));
        limits.for_each(|order| take(params, state, &mut report, order, now_ms));
        if pairs(params, state) {
            make_pairs(params, state, &mut report, now_ms);
        }
        let markets = sorted.iter().filter(|order| matches!(order.kind, OrderKind::Market { .. }));
        markets.for_each(|order| take(params, state, &mut report, order, now_ms));
    }
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    report.events.push(Event::Tick { orders: count(orders.len()), fills: count(report.fills.len()) });
    keep_last_standings(&mut report);
    report
}

/// Keeps of every order how it stood last, by number.
pub(super) fn keep_last_standings(report: &mut Report) {
    report.orders.reverse();
    report.orders.sort_by_key(|update| update.id);
    report.orders.dedup_by_key(|update| update.id);
}

fn charge_gas(params: &Params, state: &mut State, report: &mut Report, order: &Order) {
    let Some(account) = state.seats.get_mut(&order.user) else { return };
    let gas = params.gas_fee.min(account.balance);
    account.gas_paid += gas;
    state.gas += gas;
    state.pay(report, CashKind::Gas, Usdc::ZERO - gas, order, None);
}

fn admit(params: &Params, state: &mut State, report: &mut Report, order: &Order, frozen: bool) -> bool {
    if !state.ids.insert(order.id) {
        let (order, user, reason) = (order.id, order.user, RejectReason::DuplicateId(order.id.0));
        report.events.push(Event::OrderRejected { order, user, reason });
        return false;
    }
    let verdict = match state.seats.get(&order.user) {
        None => Err(RejectReason::UnknownUser(order.user.0)),
        Some(account) if !account.open => Err(RejectReason::SeatClosed),
        Some(_) if frozen => Err(RejectReason::Frozen),
        Some(_) => form(params, state, order, means(state, order).held),
    };
    verdict.map_err(|reason| reject(report, order, reason)).is_ok()
}

fn means(state: &State, order: &Order) -> Means {
    let account = state.seats.get(&order.user);
    let held = account.and_then(|account| account.free.get(order.outcome.index()));
    Means {
        balance: account.map_or(Usdc::ZERO, |account| account.balance),
        held: held.map_or(Tokens::ZERO, |pair| pair[order.side.index()]),
    }
}

fn reject(report: &mut Report, order: &Order, reason: RejectReason) {
    let (id, user) = (order.id, order.user);
    report.events.push(Event::OrderRejected { order: id, user, reason: reason.clone() });
    let (status, filled, remaining) = (OrderStatus::Rejected, Tokens::ZERO, order.size);
    report.orders.push(OrderUpdate { id, user, status, filled, remaining, reason: Some(reason) });
}

fn take(params: &Params, state: &mut State, report: &mut Report, order: &Order, now_ms: u64) {
    match verdict(params, state, order, means(state, order)) {
        Ok(plan) => commit(state, report, order, &plan, now_ms),
        Err(reason) => reject(report, order, reason),
    }
}

/// Serves resting orders that the rule now betters, fee included, best first.
pub(super) fn re_route(params: &Params, state: &mut State, report: &mut Report, now_ms: u64) {
    for outcome in state.outcomes() {
        for side in Side::BOTH {
            for direction in Direction::BOTH {
                let ladder = state.book.ladder(Leg { outcome, side, direction }).to_vec();
                for resting in ladder {
                    if !serve(params, state, report, &resting, now_ms) {
                        break;
                    }
                }
            }
        }
    }
}

/// What the rule trades with a resting order whose limit it betters.
struct Served {
    size: Tokens,
    value: Usdc,
    fee: Usdc,
    /// By how much it is better than the limit.
    better: Usdc,
}

fn served(params: &Params, state: &State, resting: &OpenOrder) -> Option<Served> {
    let (leg, f) = (resting.leg(), params.f.as_f64());
    let limit = resting.price.as_f64() / if leg.direction == Direction::Buy { 1.0 + f } else { 1.0 - f };
    let size = state.depth(leg, limit, resting.remaining());
    let value = state.value(leg, size).filter(|_| size.0 > 0)?;
    let (fee, cash) = (params.f.of_up(value), book::cash(resting, size));
    let better = match leg.direction {
        Direction::Buy => cash - value - fee,
        Direction::Sell => value - fee - cash,
    };
    (better.0 >= 0).then_some(Served { size, value, fee, better })
}

/// Whether any resting order would be served before a tick's own.
pub(super) fn serves_any(params: &Params, state: &State) -> bool {
    state.book.tops().any(|top| served(params, state, top).is_some())
}

/// Whether the rule betters an order's limit; if so, it fills what it does.
fn serve(params: &Params, state: &mut State, report: &mut Report, resting: &OpenOrder, now_ms: u64) -> bool {
    let Some(Served { size, value, fee, better }) = served(params, state, resting) else { return false };
    let (leg, trade_id) = (resting.leg(), state.count(&[resting.user]));
    if let Some(rule) = &mut state.rule {
        let _ = state::trade(rule, leg, size);
    }
    fill_resting(state, report, resting, size, trade_id);
    // Its limit was booked: what is better than it makes the cost smaller or the proceeds larger.
    state.pay(report, cash_kind(leg.direction), better + fee, resting, Some(trade_id));
    state.pay(report, CashKind::Fee, Usdc::ZERO - fee, resting, Some(trade_id));
    state.fees += fee;
    state.cash += if leg.direction == Direction::Buy { value } else { Usdc::ZERO - value };
    let party = Party::User { user: resting.user, order: resting.id };
    note_rule(report, party, leg, (size, value, fee), (trade_id, now_ms));
    true
}

/// Mints and merges pairs of resting YES and NO orders whose limits meet, each at its own limit.
fn make_pairs(params: &Params, state: &mut State, report: &mut Report, now_ms: u64) {
    for outcome in state.outcomes() {
        for direction in Direction::BOTH {
            while let Some(pair) = next_pair(params, state, outcome, direction) {
                make_pair(state, report, pair, now_ms);
            }
        }
    }
}

/// The best YES order and the best NO order of somebody else that meet, fee included.
fn next_pair(params: &Params, state: &State, outcome: OutcomeId, direction: Direction) -> Option<[OpenOrder; 2]> {
    let ladder = |side| state.book.ladder(Leg { outcome, side, direction });
    for yes in ladder(Side::Yes) {
        let no =
            ladder(Side::No).iter().take_while(|no| meet(params, direction, yes, no)).find(|no| no.user != yes.user);
        if let Some(no) = no {
            return Some([*yes, *no]);
        }
        if ladder(Side::No).first().is_none_or(|no| !meet(params, direction, yes, no)) {
            return None;
        }
    }
    None
}

/// T + S ∓ f_match·(T + S)/2 reaches 1.
fn meet(params: &Params, direction: Direction, yes: &OpenOrder, no: &OpenOrder) -> bool {
    let sum = (i128::from(yes.price.0) + i128::from(no.price.0)) * i128::from(2 * RATE_ONE);
    let (fee, one) =
        (sum / i128::from(2 * RATE_ONE) * i128::from(params.f_match.0), i128::from(MICRO) * i128::from(2 * RATE_ONE));
    if direction == Direction::Buy { sum - fee >= one } else { sum + fee <= one }
}

fn make_pair(state: &mut State, report: &mut Report, [yes, no]: [OpenOrder; 2], now_ms: u64) {
    let size = yes.remaining().min(no.remaining());
    let trade_id = state.count(&[yes.user, no.user]);
    let [value, other] = [yes, no].map(|order| fill_resting(state, report, &order, size, trade_id));
    let (fill_type, fee) = match yes.direction {
        Direction::Buy => (FillType::Mint, value + other - size.at_par()),
        Direction::Sell => (FillType::Merge, size.at_par() - value - other),
    };
    state.fees += fee;
    state.cash += of_pair(fill_type, size);
    state.last[yes.outcome.index()] = yes.price.as_f64();
    let [buyer, seller] = [yes, no].map(|order| Party::User { user: order.user, order: order.id });
    let (outcome, side, price) = (yes.outcome, Side::Yes, yes.price);
    note(report, Fill { trade_id, buyer, seller, outcome, side, price, size, value, fee, fill_type, ts_ms: now_ms });
}
