//! One tick: gas, re-routing, limit orders, cross-matching, market orders (§5).

mod commit;
mod cross;
mod reroute;
mod traded;

use crate::{
    amount::{Rate, Tokens, Usdc},
    audit,
    check::{self, Means, Trial},
    market::{OpenOrder, Refusal},
    order::{Direction, Order, OrderId, OrderKind},
    params::Params,
    pool::Terms,
    report::{CashKind, Event, OrderStatus, OrderUpdate, RejectReason, Report},
    route::{Books, Route, Taker},
    state::State,
};
use traded::Traded;

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
    tick.trade(&sorted)?;
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

fn by_time(orders: &[Order]) -> Vec<&Order> {
    let mut sorted: Vec<&Order> = orders.iter().collect();
    sorted.sort_by_key(|order| (order.ts_ms, order.id));
    sorted
}

struct Tick<'a> {
    terms: Terms<'a>,
    state: &'a mut State,
    now_ms: u64,
    report: Report,
    /// Reused from order to order.
    route: Route,
    traded: Traded,
}

impl<'a> Tick<'a> {
    fn new(params: &'a Params, state: &'a mut State, orders: usize, now_ms: u64) -> Self {
        let terms = state.terms(params, now_ms);
        let traded = Traded::new(state.seats.len());
        Self { terms, state, now_ms, report: Report::for_orders(orders), route: Route::default(), traded }
    }

    /// min(gas fee, balance) per order, whatever becomes of it.
    fn charge_gas(&mut self, orders: &[&Order]) {
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
    fn take_ids(&mut self, orders: &mut Vec<&Order>) {
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
    fn admit(&mut self, order: &Order) -> bool {
        let verdict = match self.state.seats.get(order.user) {
            None => Err(RejectReason::UnknownUser(order.user.0)),
            Some(seat) if !seat.account.open => Err(RejectReason::SeatClosed),
            Some(_) => check::form(self.terms.params, &self.state.pools, order),
        };
        verdict.map_err(|reason| self.reject(order, reason)).is_ok()
    }

    fn reject(&mut self, order: &Order, reason: RejectReason) {
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

    fn trade(&mut self, orders: &[&Order]) -> Result<(), Refusal> {
        self.re_route();
        self.check()?;
        self.take_all(orders, |kind| matches!(kind, OrderKind::Limit { .. }))?;
        if self.terms.params.cm_enabled {
            self.cross_match();
            self.check()?;
        }
        self.take_all(orders, |kind| matches!(kind, OrderKind::Market { .. }))
    }

    fn take_all(&mut self, orders: &[&Order], of: impl Fn(OrderKind) -> bool) -> Result<(), Refusal> {
        for order in orders.iter().filter(|order| of(order.kind)) {
            if self.take(order) || cfg!(debug_assertions) {
                self.check()?;
            }
        }
        Ok(())
    }

    /// The invariants of §9: all of them in debug builds; in release the prices alone, after
    /// the steps that touch them. The whole audit follows once a tick.
    fn check(&self) -> Result<(), Refusal> {
        let params = self.terms.params;
        let result =
            if cfg!(debug_assertions) { audit::all(params, self.state) } else { audit::prices(params, self.state) };
        result.map_err(Refusal::Invariant)
    }

    /// Plans an order, refuses it or carries it out; what rests of a limit order goes
    /// into the book. Says whether it moved a pool's price.
    fn take(&mut self, order: &Order) -> bool {
        let (limit, max_slippage) = match order.kind {
            OrderKind::Market { max_slippage } => (None, Some(max_slippage)),
            OrderKind::Limit { price, .. } => (Some(price), None),
        };
        let Some(seat) = self.state.seats.index(order.user) else { return false };
        let outcome = order.outcome.index();
        let taker = Taker {
            user: order.user,
            outcome,
            side: order.side,
            direction: order.direction,
            size: order.size,
            limit,
            done: self.traded.done(seat, outcome, order.side, order.direction),
        };
        if let Err(reason) = self.plan(order, taker, max_slippage) {
            self.reject(order, reason);
            return false;
        }
        if let Some(trade) = self.route.pool {
            self.traded.add(seat, outcome, order.side, order.direction, trade.size);
        }
        self.report.events.push(Event::OrderAccepted { order: order.id, user: order.user });
        self.commit(order);
        self.rest(order);
        self.route.pool.is_some()
    }

    fn plan(&mut self, order: &Order, taker: Taker, max_slippage: Option<Rate>) -> Result<(), RejectReason> {
        let seat = self.state.seats.get(order.user).ok_or(RejectReason::UnknownUser(order.user.0))?;
        let means =
            Means { balance: seat.account.balance, held: seat.account.free[order.outcome.index()][order.side.index()] };
        let resting = &Books(&self.state.books);
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
        self.state.books[outcome.index()].insert(open);
    }

    fn finish(mut self, orders: usize) -> Report {
        let fills = u32::try_from(self.report.fills.len()).unwrap_or(u32::MAX);
        let orders = u32::try_from(orders).unwrap_or(u32::MAX);
        self.report.events.push(Event::Tick { orders, fills });
        self.report.tidy();
        self.report
    }
}
