//! Taking in a tick's orders: their sequence, gas, numbers and form (§5.1). Gas is charged whatever
//! becomes of an order.

use super::tick::Tick;
use crate::{
    amount::Usdc,
    check,
    order::{Order, OrderId},
    reason::RejectReason,
    report::{CashKind, Event},
};

/// The orders in the sequence in which they are executed.
pub(super) fn by_time(orders: &[Order]) -> Vec<&Order> {
    let mut sorted: Vec<&Order> = orders.iter().collect();
    sorted.sort_by_key(|order| (order.ts_ms, order.id));
    sorted
}

impl Tick<'_> {
    /// min(gas fee, balance) per order, whatever becomes of it.
    pub(super) fn charge_gas(&mut self, orders: &[&Order]) {
        let fee = self.terms.params.gas_fee;
        if fee.0 == 0 {
            return;
        }
        for order in orders {
            let Some(seat) = self.state.seats.get_mut(order.user) else { continue };
            let gas = fee.min(seat.account.balance);
            seat.account.balance -= gas;
            seat.account.gas_paid += gas;
            self.state.gas += gas;
            self.report.pay(CashKind::Gas, Usdc::ZERO - gas, (order.user, order.id), None);
        }
    }

    /// Takes the orders' numbers; refuses those whose number was taken before, by an earlier
    /// order of the same tick or of another.
    pub(super) fn take_ids(&mut self, orders: &mut Vec<&Order>) {
        // In the order of the numbers, which mostly goes on where the last tick ended.
        let mut ids: Vec<(OrderId, usize)> = orders.iter().enumerate().map(|(at, order)| (order.id, at)).collect();
        ids.sort_unstable();
        let mut taken: Vec<bool> = vec![false; orders.len()];
        for (id, at) in ids {
            taken[at] = self.state.order_ids.take(id);
        }
        let mut taken = taken.into_iter();
        orders.retain(|order| {
            let fresh = taken.next().unwrap_or(false);
            if !fresh {
                let (order, user, reason) = (order.id, order.user, RejectReason::DuplicateId(order.id.0));
                self.report.events.push(Event::OrderRejected { order, user, reason });
            }
            fresh
        });
    }

    /// Refuses orders that are malformed or nobody's; each alone.
    pub(super) fn admit(&mut self, order: &Order) -> bool {
        let verdict = match self.state.seats.get(order.user) {
            None => Err(RejectReason::UnknownUser(order.user.0)),
            Some(seat) if !seat.account.open => Err(RejectReason::SeatClosed),
            Some(seat) => check::form(self.terms.params, &self.state.pools, order, seat.account.held(order.leg())),
        };
        verdict.map_err(|reason| self.reject(order, reason)).is_ok()
    }
}
