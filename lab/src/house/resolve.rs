//! Cancellation, elimination and settlement of a house: who is paid. What may be refused is checked before anything is
//! changed.

use super::{state::State, tick::keep_last_standings};
use crate::rule::Rule;
use outcry_engine::{
    Cash, CashKind, Direction, Event, OpenOrder, OrderId, OrderStatus, OrderUpdate, OutcomeId, Refusal, RejectReason,
    Report, Side, Tokens, Usdc, UserId,
};

fn cancel(state: &mut State, report: &mut Report, order: &OpenOrder, reason: &RejectReason) {
    let Some(order) = state.book.remove(order.leg(), order.id) else { return };
    match order.direction {
        Direction::Buy => state.pay(report, CashKind::Escrow, order.escrow, &order, None),
        Direction::Sell => state.give(order.user, order.outcome, order.side, order.remaining()),
    }
    let (id, user, filled, remaining) = (order.id, order.user, order.filled, order.remaining());
    report.events.push(Event::OrderCanceled { order: id, user, found: true, reason: reason.clone() });
    let reason = Some(reason.clone());
    report.orders.push(OrderUpdate { id, user, status: OrderStatus::Canceled, filled, remaining, reason });
}

/// Somebody takes back an order; an event says so when there is none.
pub(super) fn cancel_one(state: &mut State, user: UserId, order: OrderId) -> Report {
    let (mut report, reason) = (Report::default(), RejectReason::ByOwner);
    match state.book.of(user).into_iter().find(|open| open.id == order) {
        Some(open) => cancel(state, &mut report, &open, &reason),
        None => report.events.push(Event::OrderCanceled { order, user, found: false, reason }),
    }
    report
}

/// Takes back every order for which `goes` holds.
pub(super) fn cancel_all(
    state: &mut State,
    report: &mut Report,
    goes: impl Fn(&OpenOrder) -> bool,
    reason: &RejectReason,
) {
    let mut going: Vec<OpenOrder> = state.book.all().filter(|order| goes(order)).copied().collect();
    going.sort_unstable_by_key(|order| order.id);
    for order in going {
        cancel(state, report, &order, reason);
    }
}

/// Pays 1 USDC per token of a kind and takes all tokens of the outcome away.
fn pay(state: &mut State, report: &mut Report, outcome: OutcomeId, winning: Side) -> Usdc {
    let mut paid = Usdc::ZERO;
    for (&user, account) in &mut state.seats {
        let tokens: [Tokens; 2] = std::mem::take(&mut account.free[outcome.index()]);
        let amount = tokens[winning.index()].at_par();
        if amount.0 > 0 {
            account.balance += amount;
            paid += amount;
            report.cash.push(Cash { user, kind: CashKind::Payout, amount, order: None, trade_id: None });
            report.payouts.push((user, amount));
        }
    }
    state.cash -= paid;
    paid
}

/// Refuses an elimination that names no, an unknown or an inactive outcome, one twice, or all that are left.
///
/// # Errors
/// Why it is refused.
pub(super) fn check(state: &State, outcomes: &[OutcomeId]) -> Result<(), Refusal> {
    if outcomes.is_empty() {
        return Err(Refusal::NoOutcome);
    }
    for (index, outcome) in outcomes.iter().enumerate() {
        if outcomes[..index].contains(outcome) {
            return Err(Refusal::Duplicate(outcome.0));
        }
        if !state.is_active(*outcome) {
            return Err(Refusal::NotActive(outcome.0));
        }
    }
    if outcomes.len() >= state.outcomes().count() { Err(Refusal::NoneRemains) } else { Ok(()) }
}

/// Eliminates checked outcomes: their NO is paid, the rule goes on with the others.
pub(super) fn eliminate(state: &mut State, outcomes: &[OutcomeId], round: Option<u32>) -> Report {
    let mut report = Report::default();
    let before: Vec<(OutcomeId, f64)> =
        state.outcomes().map(|outcome| (outcome, state.price(outcome, Side::Yes))).collect();
    cancel_all(state, &mut report, |order| outcomes.contains(&order.outcome), &RejectReason::ByElimination);
    for &outcome in outcomes {
        let paid = pay(state, &mut report, outcome, Side::No);
        state.active[outcome.index()] = false;
        report.events.push(Event::Elimination { outcome, round, paid, freed: Usdc::ZERO, flows: Vec::new() });
        if state.outcomes().count() == 1 {
            // Of one outcome alone there is nothing to price.
            state.rule = None;
            state.outcomes().for_each(|outcome| state.last[outcome.index()] = 1.0);
        }
        if let Some(rule) = &mut state.rule {
            rule.eliminate(outcome.index());
        }
    }
    let remaining = before.iter().filter(|(outcome, _)| state.is_active(*outcome));
    let prices: Vec<_> = remaining.map(|&(outcome, price)| (outcome, price, state.price(outcome, Side::Yes))).collect();
    let sums = prices.iter().fold((0.0, 0.0), |sums, (_, before, after)| (sums.0 + before, sums.1 + after));
    report.events.push(Event::Renormalisation { factor: sums.1 / sums.0, prices });
    keep_last_standings(&mut report);
    sum_payouts(&mut report);
    report
}

/// Settles the market.
///
/// # Errors
/// A winner that is not in the game.
pub(super) fn settle(state: &mut State, winner: OutcomeId) -> Result<Report, Refusal> {
    if !state.is_active(winner) {
        return Err(Refusal::NotActive(winner.0));
    }
    let mut report = Report::default();
    cancel_all(state, &mut report, |_| true, &RejectReason::BySettlement);
    let mut paid = Usdc::ZERO;
    for outcome in state.outcomes() {
        paid += pay(state, &mut report, outcome, if outcome == winner { Side::Yes } else { Side::No });
    }
    state.active.fill(false);
    state.settled = true;
    report.events.push(Event::Final { winner, paid });
    keep_last_standings(&mut report);
    sum_payouts(&mut report);
    Ok(report)
}

/// One payout per user.
fn sum_payouts(report: &mut Report) {
    report.payouts.sort_by_key(|(user, _)| *user);
    report.payouts.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
}

/// Closes a seat: its orders are taken back, its holdings stay.
pub(super) fn close(state: &mut State, user: UserId) -> Report {
    let mut report = Report::default();
    if let Some(account) = state.seats.get_mut(&user) {
        account.open = false;
    }
    cancel_all(state, &mut report, |order| order.user == user, &RejectReason::BySeatClosing);
    report
}
