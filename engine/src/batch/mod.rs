//! One tick: gas, re-routing, limit orders, cross-matching, market orders (§5).

mod traded;
mod tick;
mod admit;
mod settle;
mod reroute;
mod commit;
mod take;
mod cross;

use crate::{
    input::Refusal,
    order::{Order, OrderKind},
    params::Params,
    reason::RejectReason,
    report::Report,
    state::State,
};
use admit::by_time;
use tick::Tick;

/// Runs a tick. On a refusal the state is to be thrown away.
///
/// # Errors
/// An invariant that would not hold.
pub(crate) fn run(params: &Params, state: &mut State, orders: &[Order], now_ms: u64) -> Result<Report, Refusal> {
    let mut tick = Tick::new(params, state, orders.len(), now_ms);
    let mut sorted = by_time(orders);
    tick.charge_gas(&sorted);
    tick.take_ids(&mut sorted);
    sorted.retain(|order| tick.admit(order));
    trade(&mut tick, &sorted)?;
    Ok(tick.finish(orders.len()))
}

/// Takes in orders sent while trading was frozen: each pays its gas and is refused.
pub(crate) fn run_frozen(params: &Params, state: &mut State, orders: &[Order], now_ms: u64) -> Report {
    let mut tick = Tick::new(params, state, orders.len(), now_ms);
    let mut sorted = by_time(orders);
    tick.charge_gas(&sorted);
    tick.take_ids(&mut sorted);
    for order in sorted {
        if tick.admit(order) {
            tick.reject(order, RejectReason::Frozen);
        }
    }
    tick.finish(orders.len())
}

fn trade(tick: &mut Tick<'_>, orders: &[&Order]) -> Result<(), Refusal> {
    tick.re_route();
    tick.check()?;
    tick.take_all(orders, |kind| matches!(kind, OrderKind::Limit { .. }))?;
    if tick.terms.params.cm_enabled {
        tick.cross_match();
        tick.check()?;
    }
    tick.take_all(orders, |kind| matches!(kind, OrderKind::Market { .. }))
}
