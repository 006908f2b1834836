//! Carrying out plans: who pays whom, and what is noted of it. Cannot fail after its checks.

use super::{
    book,
    plan::{OfRule, Part, Plan, cash_kind},
    state::{self, State},
};
use outcry_engine::{
    CashKind, Direction, Event, Fill, FillType, OpenOrder, Order, OrderKind, OrderStatus, OrderUpdate, Party, Price,
    Report, Side, Tokens, Usdc,
};

/// Money as it changes the cash of whoever trades in a direction.
fn signed(direction: Direction, amount: Usdc) -> Usdc {
    if direction == Direction::Buy { Usdc::ZERO - amount } else { amount }
}

fn party(order: &OpenOrder) -> Party {
    Party::User { user: order.user, order: order.id }
}

fn average(value: Usdc, size: Tokens) -> Price {
    Price::nearest(value.0 as f64 / size.0 as f64).unwrap_or_default()
}

/// Notes a fill and the event of it.
pub(super) fn note(report: &mut Report, fill: Fill) {
    report.events.push(Event::Fill { trade_id: fill.trade_id });
    report.fills.push(fill);
}

/// Fills a resting order at its limit: it pays or gets cash, and gives or gets tokens; all of it noted.
pub(super) fn fill_resting(
    state: &mut State,
    report: &mut Report,
    resting: &OpenOrder,
    size: Tokens,
    trade_id: u64,
) -> Usdc {
    let cash = book::cash(resting, size);
    let Some(after) = state.book.fill(resting.leg(), resting.id, size) else { return Usdc::ZERO };
    match resting.direction {
        Direction::Buy => {
            state.pay(report, CashKind::Escrow, cash, resting, Some(trade_id));
            state.pay(report, CashKind::Cost, Usdc::ZERO - cash, resting, Some(trade_id));
            state.give(resting.user, resting.outcome, resting.side, size);
        }
        Direction::Sell => state.pay(report, CashKind::Proceeds, cash, resting, Some(trade_id)),
    }
    report.orders.push(standing(&after));
    cash
}

fn standing(order: &OpenOrder) -> OrderUpdate {
    let status = if order.remaining().0 == 0 { OrderStatus::Filled } else { OrderStatus::Partial };
    let (id, user, filled, remaining) = (order.id, order.user, order.filled, order.remaining());
    OrderUpdate { id, user, status, filled, remaining, reason: None }
}

/// What is held for the complete sets that a fill makes; negative of those that it burns.
pub(super) fn of_pair(fill_type: FillType, size: Tokens) -> Usdc {
    match fill_type {
        FillType::Mint => size.at_par(),
        FillType::Merge => Usdc::ZERO - size.at_par(),
        _ => Usdc::ZERO,
    }
}

/// Carries out an order; what is left of a limit order rests.
pub(super) fn commit(state: &mut State, report: &mut Report, order: &Order, plan: &Plan, now_ms: u64) {
    report.events.push(Event::OrderAccepted { order: order.id, user: order.user });
    for part in &plan.parts {
        commit_part(state, report, order, part, now_ms);
    }
    if let Some(of_rule) = plan.of_rule {
        commit_rule(state, report, order, of_rule, now_ms);
    }
    rest(state, report, order, plan);
}

/// The taker's cash and tokens.
fn settle(
    state: &mut State,
    report: &mut Report,
    order: &Order,
    size: Tokens,
    (value, fee): (Usdc, Usdc),
    trade_id: u64,
) {
    let direction = order.direction;
    state.pay(report, cash_kind(direction), signed(direction, value), order, Some(trade_id));
    state.pay(report, CashKind::Fee, Usdc::ZERO - fee, order, Some(trade_id));
    let tokens = if direction == Direction::Buy { size } else { Tokens::ZERO - size };
    state.give(order.user, order.outcome, order.side, tokens);
}

fn commit_part(state: &mut State, report: &mut Report, order: &Order, part: &Part, now_ms: u64) {
    let Part { fill_type, resting, size, value, fee } = *part;
    let trade_id = state.count(&[order.user, resting.user]);
    settle(state, report, order, size, (value, fee), trade_id);
    let cash = fill_resting(state, report, &resting, size, trade_id);
    // What a pair brings beyond its 1 USDC is the matching fee; of an order of the same token it is the rounding.
    state.cash += of_pair(fill_type, size);
    state.fees += fee
        + match (fill_type, order.direction) {
            (FillType::Mint, _) => value + cash - size.at_par(),
            (FillType::Merge, _) => size.at_par() - value - cash,
            (_, Direction::Buy) => value - cash,
            (_, Direction::Sell) => cash - value,
        };
    let price = average(value, size);
    let yes = if order.side == Side::Yes { price.as_f64() } else { 1.0 - price.as_f64() };
    state.last[order.outcome.index()] = yes;
    let taker = Party::User { user: order.user, order: order.id };
    // Of a pair the taker is the buyer, whichever way it trades.
    let taker_first = order.direction == Direction::Buy || fill_type == FillType::Merge;
    let (buyer, seller) = if taker_first { (taker, party(&resting)) } else { (party(&resting), taker) };
    let (outcome, side) = (order.outcome, order.side);
    note(report, Fill { trade_id, buyer, seller, outcome, side, price, size, value, fee, fill_type, ts_ms: now_ms });
}

fn commit_rule(state: &mut State, report: &mut Report, order: &Order, of_rule: OfRule, now_ms: u64) {
    let OfRule { size, value, fee } = of_rule;
    let (leg, trade_id) = (order.leg(), state.count(&[order.user]));
    if let Some(rule) = &mut state.rule {
        let _ = state::trade(rule, leg, size);
    }
    settle(state, report, order, size, (value, fee), trade_id);
    state.fees += fee;
    state.cash += signed(leg.direction.opposite(), value);
    let taker = Party::User { user: order.user, order: order.id };
    note_rule(report, taker, leg, (size, value, fee), (trade_id, now_ms));
}

/// Notes a trade with the rule.
pub(super) fn note_rule(
    report: &mut Report,
    user: Party,
    leg: outcry_engine::Leg,
    (size, value, fee): (Tokens, Usdc, Usdc),
    (trade_id, ts_ms): (u64, u64),
) {
    let (buyer, seller) = if leg.direction == Direction::Buy { (user, Party::Pool) } else { (Party::Pool, user) };
    let (outcome, side, price, fill_type) = (leg.outcome, leg.side, average(value, size), FillType::Amm);
    note(report, Fill { trade_id, buyer, seller, outcome, side, price, size, value, fee, fill_type, ts_ms });
}

fn rest(state: &mut State, report: &mut Report, order: &Order, plan: &Plan) {
    let (filled, rested) = (plan.filled, order.size - plan.filled);
    let status = match (rested.0, filled.0) {
        (0, _) => OrderStatus::Filled,
        (_, 0) => OrderStatus::Open,
        _ => OrderStatus::Partial,
    };
    let Order { id, user, outcome, side, direction, size, ts_ms, .. } = *order;
    report.orders.push(OrderUpdate { id, user, status, filled, remaining: rested, reason: None });
    let OrderKind::Limit { price, af_opt_in } = order.kind else { return };
    if rested.0 == 0 {
        return;
    }
    let escrow = plan.escrow(order);
    match direction {
        Direction::Buy => state.pay(report, CashKind::Escrow, Usdc::ZERO - escrow, order, None),
        Direction::Sell => state.give(user, outcome, side, Tokens::ZERO - rested),
    }
    state.book.insert(OpenOrder {
        id,
        user,
        outcome,
        side,
        direction,
        price,
        size,
        filled,
        af_opt_in,
        ts_ms,
        rested,
        escrow,
    });
}
