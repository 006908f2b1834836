//! A tick on its way: what its steps share. Made on a copy of the state, which is thrown away when a
//! step is refused.

use super::traded::Traded;
use crate::{
    amount::Tokens,
    audit,
    input::Refusal,
    order::Order,
    params::Params,
    pool::Terms,
    reason::RejectReason,
    report::{Event, OrderStatus, OrderUpdate, Report},
    route::Route,
    state::State,
};

pub(super) struct Tick<'a> {
    pub(super) terms: Terms<'a>,
    pub(super) state: &'a mut State,
    pub(super) now_ms: u64,
    pub(super) report: Report,
    /// Reused from order to order.
    pub(super) route: Route,
    /// Room for sharing money among the orders of a level.
    pub(super) room: Vec<i64>,
    pub(super) traded: Traded,
}

impl<'a> Tick<'a> {
    pub(super) fn new(params: &'a Params, state: &'a mut State, orders: usize, now_ms: u64) -> Self {
        let terms = state.terms(params, now_ms);
        let traded = Traded::new(state.seats.len());
        let (report, route, room) = (Report::for_orders(orders), Route::default(), Vec::new());
        Self { terms, state, now_ms, report, route, room, traded }
    }

    /// Refuses an order; nothing is changed but what was charged before.
    pub(super) fn reject(&mut self, order: &Order, reason: RejectReason) {
        let (id, user) = (order.id, order.user);
        self.report.events.push(Event::OrderRejected { order: id, user, reason: reason.clone() });
        self.report.orders.push(OrderUpdate {
            id,
            user,
            status: OrderStatus::Rejected,
            filled: Tokens::ZERO,
            remaining: order.size,
            reason: Some(reason),
        });
    }

    /// The invariants of §9: all of them in debug builds; in release the prices alone, after
    /// the steps that touch them. The whole audit follows once a tick.
    pub(super) fn check(&self) -> Result<(), Refusal> {
        let params = self.terms.params;
        let result =
            if cfg!(debug_assertions) { audit::all(params, self.state) } else { audit::prices(params, self.state) };
        result.map_err(Refusal::Invariant)
    }

    pub(super) fn finish(mut self, orders: usize) -> Report {
        let fills = u32::try_from(self.report.fills.len()).unwrap_or(u32::MAX);
        let orders = u32::try_from(orders).unwrap_or(u32::MAX);
        self.report.events.push(Event::Tick { orders, fills });
        self.report.tidy();
        self.report
    }
}
