//! One tick (§5): gas, re-routing, limit orders, matching, market orders.

use super::book::Rest;
use super::model::{Fill, Model, Standing, apportion, ceil_div, price, rate_up, value_down};
use super::real::Real;
use outcry_engine::{Direction, FillType, Order, OrderId, OrderKind, OrderStatus, Rate, Side, UserId};

impl Model {
    pub(crate) fn tick(&mut self, now_ms: u64, orders: &[Order]) {
        self.begin_step(now_ms);
        for order in orders {
            self.charge_gas(order.user);
        }
        let mut sorted = orders.to_vec();
        sorted.sort_by_key(|o| (o.ts_ms, o.id));
        let sorted: Vec<Order> = sorted.into_iter().filter(|o| self.admit(o)).collect();
        self.re_route();
        for order in &sorted {
            if let OrderKind::Limit { price: limit, af_opt_in } = order.kind {
                self.limit_order(order, price(limit), af_opt_in);
            }
        }
        if self.params.cm_enabled {
            self.cross_match();
        }
        for order in &sorted {
            if let OrderKind::Market { max_slippage } = order.kind {
                self.market_order(order, max_slippage);
            }
        }
        self.drop_filled();
    }

    /// Orders sent while trading is frozen: gas and nothing else.
    pub(crate) fn frozen(&mut self, now_ms: u64, orders: &[Order]) {
        self.begin_step(now_ms);
        let mut sorted = orders.to_vec();
        sorted.sort_by_key(|o| (o.ts_ms, o.id));
        for order in &sorted {
            self.charge_gas(order.user);
            if !self.taken.contains(&order.id) {
                self.taken.push(order.id);
                self.reject(order);
            }
        }
    }

    fn charge_gas(&mut self, user: UserId) {
        let fee = i128::from(self.params.gas_fee.0);
        let Some(account) = self.users.get_mut(&user) else { return };
        let paid = fee.min(account.balance);
        account.balance -= paid;
        account.gas_paid += paid;
        self.gas += paid;
    }

    /// Whether an order is one at all; if not it is rejected alone.
    fn admit(&mut self, order: &Order) -> bool {
        if self.taken.contains(&order.id) {
            return false;
        }
        self.taken.push(order.id);
        let known = self.users.get(&order.user).is_some_and(|user| user.open);
        let active = self.pools.get(order.outcome.index()).is_some_and(|pool| pool.active);
        let held = self.users.get(&order.user).and_then(|user| user.free.get(order.outcome.index()));
        let all = order.direction == Direction::Sell
            && held.is_some_and(|free| free[order.side.index()] == i128::from(order.size.0));
        let least = if all { 1 } else { 10_000 };
        let size = (least..=1_000_000_000_000_000).contains(&order.size.0);
        if known && active && size && self.on_grid(order) {
            return true;
        }
        self.reject(order);
        false
    }

    fn on_grid(&self, order: &Order) -> bool {
        let OrderKind::Limit { price, .. } = order.kind else { return true };
        price.0 % self.params.tick_size.0 == 0 && self.params.p_min <= price && price <= self.params.p_max
    }

    pub(crate) fn reject(&mut self, order: &Order) {
        let standing = Standing { status: OrderStatus::Rejected, filled: 0, remaining: i128::from(order.size.0) };
        self.standings.insert(order.id, standing);
    }

    fn one_plus(rate: Rate) -> Real {
        Real::ratio(1_000_000_000 + i128::from(rate.0), 1_000_000_000)
    }

    /// Serves resting pools that the maker's pool betters, its fee included.
    fn re_route(&mut self) {
        for i in self.active() {
            for side in Side::BOTH {
                for direction in Direction::BOTH {
                    let mut ticks = self.ticks(i, side, direction);
                    if direction == Direction::Buy {
                        ticks.reverse();
                    }
                    for limit in ticks {
                        self.re_route_pool(i, side, direction, limit);
                    }
                }
            }
        }
    }

    fn re_route_pool(&mut self, i: usize, side: Side, direction: Direction, limit: i128) {
        let is_buy = direction == Direction::Buy;
        let f = self.params.f;
        let with_fee = Self::one_plus(if is_buy { f } else { Rate(-f.0) });
        let orders = self.resting(i, side, direction, limit);
        let at = self.situation(i, side, 0);
        let d = self.solver.depth(self, &at, is_buy, &(Real::micros(limit) / with_fee), self.volume_of(&orders));
        if d == 0 {
            return;
        }
        let x = if is_buy { self.solver.cost(self, &at, d) } else { self.solver.proceeds(self, &at, d) };
        let parts = self.pro_rata(&orders, d);
        let at_limit = self.at_limit(&parts);
        let room = if is_buy { at_limit - x } else { x - at_limit };
        if room < 0 {
            return;
        }
        // Price and fee together keep the limit: what rounding adds is not charged.
        let fee = rate_up(f, x).min(room);
        self.fees += fee;
        self.impact(i, side, direction, d, x);
        let weights =
            parts.iter().map(|&(id, d)| if is_buy { self.rest(id).payment(d) } else { d }).collect::<Vec<_>>();
        let rooms = apportion(&weights, room);
        let fees = apportion(&rooms, fee);
        self.hand_over(i, side, direction, &parts);
        for (k, &(id, _)) in parts.iter().enumerate() {
            let user = self.rest(id).user;
            self.user(user).balance += rooms[k] - fees[k];
        }
        self.note_pool_fills(i, side, direction, &parts, x, fee, FillType::Amm);
    }

    /// What filling parts of resting orders at their limit takes from bids or gives to asks.
    pub(crate) fn at_limit(&self, parts: &[(OrderId, i128)]) -> i128 {
        let one = |&(id, d): &(OrderId, i128)| match self.rest(id).direction {
            Direction::Buy => self.rest(id).payment(d),
            Direction::Sell => value_down(self.rest(id).price, d),
        };
        parts.iter().map(one).sum()
    }

    /// Fills parts of resting orders at their limit: bids get their tokens, asks their money.
    pub(crate) fn hand_over(&mut self, i: usize, side: Side, direction: Direction, parts: &[(OrderId, i128)]) {
        for &(id, d) in parts {
            let user = self.rest(id).user;
            match direction {
                Direction::Buy => {
                    self.take_bid(id, d);
                    self.user(user).free[i][side.index()] += d;
                }
                Direction::Sell => {
                    let paid = self.take_ask(id, d);
                    self.user(user).balance += paid;
                }
            }
        }
    }

    /// Shares an amount among filled orders in proportion to what was filled.
    pub(crate) fn share(&mut self, parts: &[(OrderId, i128)], amount: i128) {
        let weights: Vec<i128> = parts.iter().map(|part| part.1).collect();
        for (&(id, _), part) in parts.iter().zip(apportion(&weights, amount)) {
            let user = self.rest(id).user;
            self.user(user).balance += part;
        }
    }

    #[expect(clippy::too_many_arguments, reason = "one call names one group of fills")]
    pub(crate) fn note_pool_fills(
        &mut self,
        outcome: usize,
        side: Side,
        direction: Direction,
        parts: &[(OrderId, i128)],
        x: i128,
        fee: i128,
        kind: FillType,
    ) {
        let weights: Vec<i128> = parts.iter().map(|part| part.1).collect();
        let values = apportion(&weights, x);
        let fees = apportion(&weights, fee);
        for (k, &(id, size)) in parts.iter().enumerate() {
            if size == 0 {
                continue;
            }
            let user = Some(self.rest(id).user);
            let (buyer, seller) = if direction == Direction::Buy { (user, None) } else { (None, user) };
            self.note(Fill { buyer, seller, outcome, side, value: values[k], size, fee: fees[k], kind });
        }
    }

    /// A limit order: the route up to its limit, the rest rests.
    fn limit_order(&mut self, order: &Order, limit: i128, opt_in: bool) {
        let before = self.clone();
        let (i, side, size) = (order.outcome.index(), order.side, i128::from(order.size.0));
        if order.direction == Direction::Sell {
            self.user(order.user).free[i][side.index()] -= size;
            if self.user(order.user).free[i][side.index()] < 0 {
                *self = before;
                return self.reject(order);
            }
        }
        let route = self.limit_route(order, limit);
        let taken = self.take_levels(order, &route.takes);
        let x = self.take_pool(order, route.pool);
        let entered = taken.size + route.pool;
        let rest = size - entered;
        let is_bid = order.direction == Direction::Buy;
        if is_bid && rest > 0 {
            self.user(order.user).balance -= ceil_div(rest * limit, 1_000_000);
        }
        if self.user(order.user).balance < 0 {
            *self = before;
            return self.reject(order);
        }
        let resting = Rest {
            id: order.id,
            user: order.user,
            outcome: i,
            side,
            direction: order.direction,
            price: limit,
            size,
            entered,
            filled: 0,
            opt_in,
            ts_ms: order.ts_ms,
        };
        self.book.push(resting);
        self.touch(order.id);
        if let Some(x) = x {
            self.auto_fill(i, order.direction, x);
        }
    }
}
