//! Market orders (§5.5): all or nothing.

use super::model::{Model, Standing};
use super::real::Real;
use outcry_engine::{Direction, Order, OrderStatus, Rate};

impl Model {
    /// Carries the order out and takes all of it back when it may not be.
    pub(crate) fn market_order(&mut self, order: &Order, max_slippage: Rate) {
        let before = self.clone();
        if self.try_market_order(order, max_slippage) {
            let standing = Standing { status: OrderStatus::Filled, filled: i128::from(order.size.0), remaining: 0 };
            self.standings.insert(order.id, standing);
            return;
        }
        *self = before;
        self.reject(order);
    }

    fn try_market_order(&mut self, order: &Order, max_slippage: Rate) -> bool {
        let (i, side, size) = (order.outcome.index(), order.side, i128::from(order.size.0));
        let is_buy = order.direction == Direction::Buy;
        if !is_buy {
            let free = &mut self.user(order.user).free[i][side.index()];
            *free -= size;
            if *free < 0 {
                return false;
            }
        }
        let route = self.market_route(order);
        let at = self.situation(i, side, self.d0(order.user, i, side, order.direction));
        if !is_buy && route.pool > 0 {
            if route.pool >= at.q {
                return false;
            }
            let (d, curve) = (Real::micros(route.pool), at.symbols());
            if curve.marginal_proceeds(&d, &curve.raw_proceeds(&d)) < Real::int(0) {
                return false;
            }
        }
        let spot = self.spot(i, side);
        let before = self.clone();
        let mut value = self.take_levels(order, &route.takes).value;
        let x = self.take_pool(order, route.pool);
        value += x.unwrap_or(0);
        if self.user(order.user).balance < 0 || !is_buy && value == 0 {
            return false;
        }
        if let Some(x) = x {
            let parts = self.auto_fill(i, order.direction, x);
            if is_buy {
                value -= self.refund(order, &before, &at, (route.pool, x), parts);
            }
        }
        if is_buy && value >= size {
            return false;
        }
        let average = Real::ratio(value, size);
        let slippage = if is_buy { average / spot - Real::int(1) } else { Real::int(1) - average / spot };
        slippage <= Real::ratio(i128::from(max_slippage.0), 1_000_000_000)
    }
}
