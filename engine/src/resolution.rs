//! Cancellation, elimination and settlement (§7): who is paid, what comes free and where it flows.
//! What may be refused is checked before anything is changed.

use crate::{
    amount::{MICRO, Tokens, Usdc},
    book::Place,
    exact::mul_div_down,
    input::Refusal,
    order::{Direction, Leg, OpenOrder, OrderId, OutcomeId, Side, UserId},
    params::Params,
    pool::PoolState,
    reason::RejectReason,
    report::{CashKind, Event, OrderStatus, OrderUpdate, Report},
    state::State,
};

/// Takes an order out of the book and gives back what it holds.
pub(crate) fn cancel(state: &mut State, user: UserId, place: Place, reason: RejectReason, report: &mut Report) {
    let Some(order) = state.books.remove(&place) else { return };
    let Place { id, leg: Leg { outcome, side, direction }, .. } = place;
    state.seats.note_gone(user, id);
    state.seats.update(user, |account| match direction {
        Direction::Buy => account.balance += order.escrow,
        Direction::Sell => account.free[outcome.index()][side.index()] += order.remaining(),
    });
    let event = Event::OrderCanceled { order: id, user, found: true, reason: reason.clone() };
    report.events.push(event);
    report.pay(CashKind::Escrow, order.escrow, (user, id), None);
    report.orders.push(canceled(&order, reason));
}

fn canceled(order: &OpenOrder, reason: RejectReason) -> OrderUpdate {
    let (id, user, filled, remaining) = (order.id, order.user, order.filled, order.remaining());
    OrderUpdate { id, user, status: OrderStatus::Canceled, filled, remaining, reason: Some(reason) }
}

/// A participant takes back an order; an event says so when there is none.
pub(crate) fn cancel_by_owner(state: &mut State, user: UserId, order: OrderId) -> Result<Report, Refusal> {
    let mut report = Report::default();
    let seat = state.seats.get(user).ok_or(Refusal::UnknownUser(user.0))?;
    let place = seat.orders.binary_search_by_key(&order, |place| place.id).ok().map(|index| seat.orders[index]);
    match place {
        Some(place) => cancel(state, user, place, RejectReason::ByOwner, &mut report),
        None => {
            let reason = RejectReason::ByOwner;
            report.events.push(Event::OrderCanceled { order, user, found: false, reason });
        }
    }
    Ok(report)
}

/// Cancels every order of the outcomes for which `goes` holds, by id.
fn cancel_all(state: &mut State, goes: impl Fn(OutcomeId) -> bool, reason: &RejectReason, report: &mut Report) {
    let mut places: Vec<(UserId, Place)> = Vec::new();
    for seat in state.seats.iter() {
        places.extend(seat.orders.iter().filter(|place| goes(place.leg.outcome)).map(|place| (seat.user, *place)));
    }
    places.sort_unstable_by_key(|(_, place)| place.id);
    for (user, place) in places {
        cancel(state, user, place, reason.clone(), report);
    }
}

/// Refuses an elimination that names no, an unknown or an inactive outcome, one twice, or
/// all that are left; or a round that is not to come.
pub(crate) fn check_elimination(
    params: &Params,
    state: &State,
    outcomes: &[OutcomeId],
    round: Option<u32>,
) -> Result<(), Refusal> {
    if state.settled {
        return Err(Refusal::Settled);
    }
    if let Some(round) = round.filter(|&round| round < state.rounds_held || round as usize >= params.rounds.len()) {
        return Err(Refusal::NoSuchRound(round));
    }
    if outcomes.is_empty() {
        return Err(Refusal::NoOutcome);
    }
    for (index, outcome) in outcomes.iter().enumerate() {
        if outcomes[..index].contains(outcome) {
            return Err(Refusal::Duplicate(outcome.0));
        }
        check_active(state, *outcome)?;
    }
    if outcomes.len() >= state.pools.iter().filter(|pool| pool.active).count() {
        return Err(Refusal::NoneRemains);
    }
    Ok(())
}

fn check_active(state: &State, outcome: OutcomeId) -> Result<(), Refusal> {
    match state.pools.get(outcome.index()) {
        Some(pool) if pool.active => Ok(()),
        _ => Err(Refusal::NotActive(outcome.0)),
    }
}

/// Eliminates checked outcomes, by a round or by hand.
pub(crate) fn eliminate(
    params: &Params,
    state: &mut State,
    outcomes: &[OutcomeId],
    round: Option<u32>,
    resume_ms: u64,
) -> Report {
    let mut report = Report::default();
    let sum_before = active_yes_prices(params, &state.pools, PRICE_BITS).sum();
    cancel_all(state, |outcome| outcomes.contains(&outcome), &RejectReason::ByElimination, &mut report);
    let closed = outcomes.iter().map(|&outcome| close_pool(params, state, outcome, &mut report)).collect();
    flow(&mut state.pools, closed, round, &mut report);
    renormalise(params, &mut state.pools, sum_before, &mut report);
    state.rounds_held = round.map_or(state.rounds_held, |round| round + 1);
    state.segment_start_ms = resume_ms;
    state.segment_end_ms = params.segment_end_ms(resume_ms, state.rounds_held);
    report.tidy();
    report
}

/// Bits after the point of a fixed-point price: sums, ratios and products of them fit in
/// 128 bits, and come out alike on every platform.
const PRICE_BITS: u32 = 60;

/// q/L of YES, rounded to the nearest number with so many bits after the point.
fn yes_price(params: &Params, pool: &PoolState, bits: u32) -> u128 {
    let (q, l) = (pool.supply(Side::Yes).0.max(0) as u128, pool.depth(params).0.max(1) as u128);
    ((q << bits) + l / 2) / l
}

fn active_yes_prices(params: &Params, pools: &[PoolState], bits: u32) -> impl Iterator<Item = u128> {
    pools.iter().filter(|pool| pool.active).map(move |pool| yes_price(params, pool, bits))
}

/// Pays NO holders and frees what is left; it flows on when all are gone.
fn close_pool(params: &Params, state: &mut State, outcome: OutcomeId, report: &mut Report) -> Closed {
    let paid = pay(state, outcome, Side::No, report);
    let pool = &mut state.pools[outcome.index()];
    let subsidy = params.subsidy(pool.v);
    let freed = pool.v + subsidy + pool.pairs.at_par() - paid;
    state.paid_in += subsidy;
    *pool = PoolState { active: false, seigniorage: pool.seigniorage, ..PoolState::new(params.q0) };
    Closed { outcome, paid, freed }
}

/// An outcome that left, and what came of it.
struct Closed {
    outcome: OutcomeId,
    paid: Usdc,
    freed: Usdc,
}

/// Shares what came free equally over the outcomes that remain, odd micros to the lowest.
fn flow(pools: &mut [PoolState], closed: Vec<Closed>, round: Option<u32>, report: &mut Report) {
    let active = (0..).map(OutcomeId).zip(&*pools).filter(|(_, pool)| pool.active);
    let remaining: Vec<OutcomeId> = active.map(|(outcome, _)| outcome).collect();
    let count = remaining.len() as i64;
    // Split as one sum, so that the odd micros of several do not pile up on the lowest.
    let mut before = Usdc::ZERO;
    for Closed { outcome, paid, freed } in closed {
        let after = before + freed;
        let part = |sum: Usdc, rank: i64| Usdc(sum.0.div_euclid(count) + i64::from(rank < sum.0.rem_euclid(count)));
        let mut flows = Vec::with_capacity(remaining.len());
        for (rank, &to) in (0..).zip(&remaining) {
            let flow = part(after, rank) - part(before, rank);
            pools[to.index()].v += flow;
            flows.push((to, flow));
        }
        report.events.push(Event::Elimination { outcome, round, paid, freed, flows });
        before = after;
    }
}

/// Pays 1 USDC per user's token of a kind and takes all tokens of the outcome away.
fn pay(state: &mut State, outcome: OutcomeId, winning: Side, report: &mut Report) -> Usdc {
    let mut paid = Usdc::ZERO;
    for seat in state.seats.iter_mut() {
        let tokens = std::mem::take(&mut seat.account.free[outcome.index()]);
        let payout = tokens[winning.index()].at_par();
        if payout.0 > 0 {
            seat.account.balance += payout;
            paid += payout;
            report.pay_out(seat.user, payout);
        }
    }
    paid
}

/// λ = max(1, min(P/Σp, renorm_cap/max p)) as a fraction.
fn lift(params: &Params, pools: &[PoolState], sum_before: u128) -> (u128, u128) {
    let highest = active_yes_prices(params, pools, PRICE_BITS).max().unwrap_or_default();
    // As many bits as all prices leave unused before the point: λ of tiny prices is as exact.
    let unused = highest.max(1).leading_zeros().saturating_sub(u128::BITS - 1 - PRICE_BITS);
    let prices = || active_yes_prices(params, pools, PRICE_BITS + unused);
    let (sum, highest) = (prices().sum::<u128>(), prices().max().unwrap_or_default());
    let cap = (u128::from(params.renorm_cap.0) << PRICE_BITS) / MICRO as u128;
    let (numerator, denominator) = if sum_before * highest <= cap * sum { (sum_before, sum) } else { (cap, highest) };
    ((numerator << unused).max(denominator), denominator.max(1))
}

/// Lifts the YES prices of the remaining outcomes together, as far as the old sum and the
/// leader's price allow.
fn renormalise(params: &Params, pools: &mut [PoolState], sum_before: u128, report: &mut Report) {
    let lift = lift(params, pools, sum_before);
    let mut prices = Vec::new();
    for (outcome, pool) in (0..).map(OutcomeId).zip(pools).filter(|(_, pool)| pool.active) {
        let before = pool.price(Side::Yes, params);
        let virtual_yes = lifted(lift, pool, params) - pool.q_yes;
        pool.virtual_yes = if params.vc_enabled { virtual_yes.max(Tokens::ZERO) } else { virtual_yes };
        prices.push((outcome, before, pool.price(Side::Yes, params)));
    }
    let factor = lift.0 as f64 / lift.1 as f64;
    report.events.push(Event::Renormalisation { factor, prices });
}

/// ⌊λ·p·L⌋ = ⌊λ·q⌋, and never worth more than p_max. A product that is whole but for the
/// rounding of the prices, less than one part in 2⁵², is taken as whole.
fn lifted((numerator, denominator): (u128, u128), pool: &PoolState, params: &Params) -> Tokens {
    let q = pool.supply(Side::Yes).0.max(0) as u128;
    let scaled = q * numerator;
    let product = (scaled + (scaled >> 52)) / denominator;
    let most = mul_div_down(pool.depth(params).0, i64::from(params.p_max.0), MICRO);
    Tokens(i64::try_from(product).unwrap_or(most).min(most))
}

/// Settles the market: every order cancelled, winners paid, nothing active.
pub(crate) fn settle(params: &Params, state: &mut State, winner: OutcomeId) -> Result<Report, Refusal> {
    if state.settled {
        return Err(Refusal::Settled);
    }
    check_active(state, winner)?;
    let mut report = Report::default();
    cancel_all(state, |_| true, &RejectReason::BySettlement, &mut report);
    let mut paid = Usdc::ZERO;
    for outcome in (0..params.n_outcomes).map(OutcomeId) {
        if !state.pools[outcome.index()].active {
            continue;
        }
        let winning = if outcome == winner { Side::Yes } else { Side::No };
        let payout = pay(state, outcome, winning, &mut report);
        paid += payout;
        let pool = &mut state.pools[outcome.index()];
        let v = pool.v + pool.pairs.at_par() - payout;
        *pool = PoolState { v, active: false, seigniorage: pool.seigniorage, ..PoolState::new(params.q0) };
    }
    state.settled = true;
    report.events.push(Event::Final { winner, paid });
    report.tidy();
    Ok(report)
}
