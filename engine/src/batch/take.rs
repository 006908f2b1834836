//! Taking orders one by one: planned, refused or carried out, and what is left rests (§5.3, §5.5).

use super::tick::Tick;
use crate::{
    amount::{Rate, Usdc},
    check::{Means, Trial},
    input::Refusal,
    order::{Direction, OpenOrder, Order, OrderKind},
    reason::RejectReason,
    report::{CashKind, Event, OrderStatus, OrderUpdate},
    route::Taker,
};

impl Tick<'_> {
    /// Takes the orders of a kind. One that would leave a pool outside §9.1 is refused alone.
    ///
    /// # Errors
    /// An invariant that would not hold all the same.
    pub(super) fn take_all(&mut self, orders: &[&Order], of: impl Fn(OrderKind) -> bool) -> Result<(), Refusal> {
        for order in orders.iter().filter(|order| of(order.kind)) {
            self.take(order);
            if cfg!(debug_assertions) {
                self.check()?;
            }
        }
        Ok(())
    }

    /// Plans an order, refuses it or carries it out; what rests of a limit order goes
    /// into the book.
    fn take(&mut self, order: &Order) {
        let (limit, max_slippage) = order.kind.bounds();
        let Some(seat) = self.state.seats.index(order.user) else { return };
        let leg = order.leg();
        let done = self.traded.done(seat, leg);
        let taker = Taker { user: order.user, leg, size: order.size, limit, done };
        if let Err(reason) = self.plan(order, taker, max_slippage) {
            return self.reject(order, reason);
        }
        if let Some(trade) = self.route.pool {
            self.traded.add(seat, leg, trade.size);
        }
        self.report.events.push(Event::OrderAccepted { order: order.id, user: order.user });
        self.commit(order);
        self.rest(order);
    }

    fn plan(&mut self, order: &Order, taker: Taker, max_slippage: Option<Rate>) -> Result<(), RejectReason> {
        let seat = self.state.seats.get(order.user).ok_or(RejectReason::UnknownUser(order.user.0))?;
        let means = Means { balance: seat.account.balance, held: seat.account.held(order.leg()) };
        let resting = &self.state.books;
        let trial = Trial { terms: &self.terms, pools: &self.state.pools, resting, taker, max_slippage, means };
        trial.run(&mut self.route)
    }

    /// Puts what is left of a limit order into the book and reports how the order stands.
    fn rest(&mut self, order: &Order) {
        let filled = self.route.filled;
        let rested = order.size - filled;
        let status = match (rested.0, filled.0) {
            (0, _) => OrderStatus::Filled,
            (_, 0) => OrderStatus::Open,
            _ => OrderStatus::Partial,
        };
        let (id, user) = (order.id, order.user);
        self.report.orders.push(OrderUpdate { id, user, status, filled, remaining: rested, reason: None });
        let OrderKind::Limit { price, af_opt_in } = order.kind else { return };
        if rested.0 == 0 {
            return;
        }
        let escrow = if order.direction == Direction::Buy { price.cost(rested) } else { Usdc::ZERO };
        let Order { outcome, side, direction, size, ts_ms, .. } = *order;
        let open =
            OpenOrder { id, user, outcome, side, direction, price, size, filled, af_opt_in, ts_ms, rested, escrow };
        self.state.seats.update(user, |account| match direction {
            Direction::Buy => account.balance -= escrow,
            Direction::Sell => account.free[outcome.index()][side.index()] -= rested,
        });
        self.report.pay(CashKind::Escrow, Usdc::ZERO - escrow, (user, id), None);
        self.state.seats.note_open(&open);
        self.state.books.insert(open);
    }
}
