//! Taking orders one by one: planned, refused or carried out, and what is left rests (§5.3, §5.5).

use super::tick::Tick;
use crate::{
    amount::{Rate, Usdc},
    check::{Bounds, Means},
    input::Refusal,
    levels::{Taker, Venue},
    order::{Direction, OpenOrder, Order, OrderKind},
    reason::RejectReason,
    report::{CashKind, Event, OrderStatus, OrderUpdate},
    trial::Trial,
    ways::Ways,
};

impl Tick<'_> {
    /// Takes the orders of a kind. One that would leave a pool outside §9.1 is refused alone.
    ///
    /// # Errors
    /// An invariant that would not hold all the same.
    pub(super) fn take_all(&mut self, orders: &[&Order], of: impl Fn(OrderKind) -> bool) -> Result<(), Refusal> {
        let mut ways = Ways::default();
        for order in orders.iter().filter(|order| of(order.kind)) {
            self.take(order, &mut ways);
            if cfg!(debug_assertions) {
                self.check()?;
            }
        }
        Ok(())
    }

    /// Plans an order, refuses it or carries it out; what rests of a limit order goes
    /// into the book. `ways` are of the market as it stands, also afterwards.
    fn take(&mut self, order: &Order, ways: &mut Ways) {
        let (limit, max_slippage) = order.kind.bounds();
        let Some(seat) = self.state.seats.index(order.user) else { return };
        let leg = order.leg();
        let done = self.traded.done(seat, leg);
        let taker = Taker { user: order.user, leg, size: order.size, limit, done };
        if let Err(reason) = self.plan(taker, max_slippage, ways) {
            return self.reject(order, reason);
        }
        let books_change = order.size > self.route.total.filled
            || !self.route.parts.is_empty()
            || !self.route.auto_fills.fills.is_empty();
        if books_change {
            ways.clear();
        } else {
            ways.forget_pools();
        }
        if let Some(trade) = self.route.total.pool {
            self.traded.add(seat, leg, trade.size);
        }
        self.report.events.push(Event::OrderAccepted { order: order.id, user: order.user });
        self.commit(order);
        self.rest(order);
    }

    fn plan(&mut self, taker: Taker, max_slippage: Option<Rate>, ways: &mut Ways) -> Result<(), RejectReason> {
        let seat = self.state.seats.get(taker.user).ok_or(RejectReason::UnknownUser(taker.user.0))?;
        let means = Means { balance: seat.account.balance, held: seat.account.held(taker.leg) };
        let (terms, pools, resting) = (&self.terms, self.state.pools.as_slice(), &self.state.books);
        let bounds = Bounds { terms, pools, max_slippage, means };
        let trial = Trial { venue: Venue { terms, pools, resting }, taker, bounds, own: &seat.orders };
        trial.run(ways, &mut self.route)
    }

    /// Puts what is left of a limit order into the book and reports how the order stands.
    fn rest(&mut self, order: &Order) {
        let filled = self.route.total.filled;
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
