//! Resting orders: one list, searched from end to end.

use super::model::{Model, Standing, apportion, ceil_div, value_down};
use outcry_engine::{Direction, OrderId, OrderStatus, Side, UserId};

/// A resting order. `entered` was filled before it came to rest, `filled` since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rest {
    pub(crate) id: OrderId,
    pub(crate) user: UserId,
    pub(crate) outcome: usize,
    pub(crate) side: Side,
    pub(crate) direction: Direction,
    pub(crate) price: i128,
    pub(crate) size: i128,
    pub(crate) entered: i128,
    pub(crate) filled: i128,
    pub(crate) opt_in: bool,
    pub(crate) ts_ms: u64,
}

impl Rest {
    pub(crate) fn remaining(&self) -> i128 {
        self.size - self.entered - self.filled
    }

    /// What a bid has paid since it came to rest, when `filled` of it are filled.
    fn paid(&self, filled: i128) -> i128 {
        ceil_div(filled * self.price, 1_000_000)
    }

    /// What the next `d` cost a bid.
    pub(crate) fn payment(&self, d: i128) -> i128 {
        self.paid(self.filled + d) - self.paid(self.filled)
    }

    pub(crate) fn escrow(&self) -> i128 {
        match self.direction {
            Direction::Buy => self.paid(self.size - self.entered) - self.paid(self.filled),
            Direction::Sell => 0,
        }
    }
}

impl Model {
    /// Resting orders of one tick pool, oldest first.
    pub(crate) fn resting(&self, outcome: usize, side: Side, direction: Direction, price: i128) -> Vec<OrderId> {
        let mut orders: Vec<&Rest> = self
            .book
            .iter()
            .filter(|o| (o.outcome, o.side, o.direction, o.price) == (outcome, side, direction, price))
            .filter(|o| o.remaining() > 0)
            .collect();
        orders.sort_by_key(|o| (o.ts_ms, o.id));
        orders.iter().map(|o| o.id).collect()
    }

    /// The prices at which anything rests, ascending.
    pub(crate) fn ticks(&self, outcome: usize, side: Side, direction: Direction) -> Vec<i128> {
        let here = self.book.iter().filter(|o| (o.outcome, o.side, o.direction) == (outcome, side, direction));
        let mut prices: Vec<i128> = here.filter(|o| o.remaining() > 0).map(|o| o.price).collect();
        prices.sort_unstable();
        prices.dedup();
        prices
    }

    pub(crate) fn rest(&self, id: OrderId) -> &Rest {
        self.book.iter().find(|o| o.id == id).unwrap()
    }

    fn rest_mut(&mut self, id: OrderId) -> &mut Rest {
        self.book.iter_mut().find(|o| o.id == id).unwrap()
    }

    pub(crate) fn volume_of(&self, orders: &[OrderId]) -> i128 {
        orders.iter().map(|&id| self.rest(id).remaining()).sum()
    }

    /// Pro-rata by what remains: largest remainder, ties to the older order. The list is oldest first.
    pub(crate) fn pro_rata(&self, orders: &[OrderId], amount: i128) -> Vec<(OrderId, i128)> {
        let weights: Vec<i128> = orders.iter().map(|&id| self.rest(id).remaining()).collect();
        orders.iter().copied().zip(apportion(&weights, amount)).collect()
    }

    /// Takes `d` of a resting bid out of its escrow; says what it paid.
    pub(crate) fn take_bid(&mut self, id: OrderId, d: i128) -> i128 {
        let payment = self.rest(id).payment(d);
        self.fill(id, d);
        payment
    }

    /// Takes `d` of a resting ask; says what it is paid at its limit: ⌊d·price⌋.
    pub(crate) fn take_ask(&mut self, id: OrderId, d: i128) -> i128 {
        let proceeds = value_down(self.rest(id).price, d);
        self.fill(id, d);
        proceeds
    }

    fn fill(&mut self, id: OrderId, d: i128) {
        self.rest_mut(id).filled += d;
        if d > 0 {
            self.touch(id);
        }
    }

    /// Notes where a resting order stands.
    pub(crate) fn touch(&mut self, id: OrderId) {
        let order = self.rest(id);
        let filled = order.entered + order.filled;
        let status = match order.remaining() {
            0 => OrderStatus::Filled,
            _ if filled > 0 => OrderStatus::Partial,
            _ => OrderStatus::Open,
        };
        let standing = Standing { status, filled, remaining: order.remaining() };
        self.standings.insert(id, standing);
    }

    /// Removes a resting order and gives back what it held.
    pub(crate) fn withdraw(&mut self, id: OrderId) {
        let order = self.rest(id).clone();
        self.book.retain(|o| o.id != id);
        let (escrow, remaining) = (order.escrow(), order.remaining());
        match order.direction {
            Direction::Buy => self.user(order.user).balance += escrow,
            Direction::Sell => self.user(order.user).free[order.outcome][order.side.index()] += remaining,
        }
        let filled = order.entered + order.filled;
        self.standings.insert(id, Standing { status: OrderStatus::Canceled, filled, remaining });
    }

    pub(crate) fn drop_filled(&mut self) {
        self.book.retain(|o| o.remaining() > 0);
    }
}
