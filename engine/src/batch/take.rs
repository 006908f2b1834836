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
        let parts = self.route.parts.iter().map(|part| (part.leg, part.price));
        let auto_fills = self.route.auto_fills.fills.iter().map(|fill| (fill.leg, fill.price));
        let rest = limit.filter(|_| order.size > self.route.total.filled).map(|limit| (leg, limit));
        ways.note(parts.chain(auto_fills).chain(rest));
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

#[cfg(test)]
mod tests {
    use super::Ways;
    use crate::{
        amount::{MICRO, RATE_ONE, Rate, Tokens},
        batch::tick::Tick,
        chance::{self, Dice, USERS, seeds},
        order::{Order, OrderId, OrderKind, SIZE_MAX, UserId},
        report::{Event, Report},
    };

    const MARKETS: u64 = 60;
    const ORDERS: u64 = 150;

    /// Orders of the first outcomes' ladders: some that trade or rest, more that can only be refused.
    fn orders(dice: &mut Dice, params: &crate::Params) -> Vec<Order> {
        let order = |id| {
            let leg = chance::any_leg(dice);
            let any_price = OrderKind::Market { max_slippage: Rate(dice.pick(&[RATE_ONE / 100, 1_000 * RATE_ONE])) };
            let limit = OrderKind::Limit { price: chance::any_limit(dice, params), af_opt_in: dice.once_in(2) };
            let kind = dice.pick(&[any_price, any_price, limit]);
            let (some, much) = (dice.of_any_size(10_000, 20 * MICRO), dice.of_any_size(MICRO, SIZE_MAX.0));
            let size = Tokens(dice.pick(&[some, some, much, SIZE_MAX.0]));
            let (id, user) = (OrderId(10_000 + id), UserId(dice.below(USERS.into()) as u32));
            Order { id, user, size, ..chance::order(leg, kind) }
        };
        (0..ORDERS).map(order).collect()
    }

    /// A report without the sizes that refusals name, and these.
    fn apart(mut report: Report) -> (Report, Vec<Tokens>) {
        let reasons = report.orders.iter_mut().filter_map(|update| update.reason.as_mut());
        let named = reasons.map(chance::take_size).collect();
        report.events.iter_mut().for_each(|event| {
            if let Event::OrderRejected { reason, .. } = event {
                chance::take_size(reason);
            }
        });
        (report, named)
    }

    /// What is kept of the ways from order to order, whatever the market has gone through since, changes no
    /// decision and no amount: the report is that of a tick which looks at everything anew for every order.
    #[test]
    fn orders_are_refused_and_taken_as_if_nothing_were_remembered() {
        let (mut refused, mut taken, mut rounded) = (0, 0, 0);
        for seed in seeds::seeds("remembered", seeds::count("OUTCRY_SCENARIOS", MARKETS)) {
            let dice = &mut Dice::new(seed);
            let params = chance::params(dice);
            let state = chance::state(dice, &params);
            let orders = orders(dice, &params);
            let run = |remembers: bool| -> Report {
                let mut state = state.clone();
                let mut tick = Tick::new(&params, &mut state, orders.len(), 2_000);
                let mut ways = Ways::default();
                for order in &orders {
                    tick.take(order, &mut ways);
                    if !remembers {
                        ways.clear();
                    }
                }
                tick.report
            };
            let [ours, judge] = [true, false].map(run);
            let ((ours, named), (judge, judged)) = (apart(ours), apart(judge));
            for (index, (ours, judge)) in ours.orders.iter().zip(&judge.orders).enumerate() {
                assert_eq!(ours, judge, "seed {seed}, update {index}");
            }
            assert_eq!(ours, judge, "seed {seed}");
            rounded += named.iter().zip(&judged).filter(|(ours, judge)| ours != judge).count();
            let count = |is: fn(&Event) -> bool| ours.events.iter().filter(|event| is(event)).count();
            refused += count(|event| matches!(event, Event::OrderRejected { .. }));
            taken += count(|event| matches!(event, Event::OrderAccepted { .. }));
        }
        assert!(refused >= 1_000 && taken >= 1_000, "{refused} refused, {taken} taken");
        // Among sizes of which, for their rounding, some pass and some do not, the search may end at another.
        assert!(rounded * 1_000 <= refused, "{rounded} sizes differ of {refused}");
    }
}
