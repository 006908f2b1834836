//! What is stored and waits for its tick: added to by those who acknowledge it, taken by the tick.

use crate::store::Cancel;
use bevy::prelude::*;
use outcry_engine::{Order, OrderId, OrderKind, UserId};
use std::collections::BTreeSet;

/// What is stored and waits for its tick.
#[derive(Resource, Debug, Default)]
pub struct Waiting {
    orders: Vec<Order>,
    cancels: Vec<Cancel>,
}

impl Waiting {
    /// What a restart finds.
    #[must_use]
    pub const fn new(orders: Vec<Order>, cancels: Vec<Cancel>) -> Self {
        Self { orders, cancels }
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.orders.is_empty() && self.cancels.is_empty()
    }

    pub(crate) const fn has_cancels(&self) -> bool {
        !self.cancels.is_empty()
    }

    /// The cancels whose orders are in the book. Those of orders that wait themselves stay.
    pub(super) fn take_cancels(&mut self) -> Vec<Cancel> {
        let fresh: BTreeSet<OrderId> = self.orders.iter().map(|order| order.id).collect();
        let (later, now) =
            std::mem::take(&mut self.cancels).into_iter().partition(|cancel| fresh.contains(&cancel.order));
        self.cancels = later;
        now
    }

    pub(super) fn take_orders(&mut self) -> Vec<Order> {
        std::mem::take(&mut self.orders)
    }

    /// How many orders wait.
    pub(crate) const fn order_count(&self) -> usize {
        self.orders.len()
    }

    /// Lets an order wait for the next tick. The caller has stored it.
    pub(crate) fn add_order(&mut self, order: Order) {
        self.orders.push(order);
    }

    /// Lets a cancel wait for the next tick. The caller has stored it.
    pub(crate) fn add_cancel(&mut self, cancel: Cancel) {
        self.cancels.push(cancel);
    }

    /// The orders of a participant that wait.
    pub(crate) fn orders_of(&self, user: UserId) -> impl Iterator<Item = &Order> {
        self.orders.iter().filter(move |order| order.user == user)
    }

    /// How many limit orders of a participant wait: each may come to rest.
    pub(crate) fn resting(&self, user: UserId) -> usize {
        self.orders_of(user).filter(|order| matches!(order.kind, OrderKind::Limit { .. })).count()
    }

    /// Whether an order of a participant waits.
    pub(crate) fn holds(&self, user: UserId, id: OrderId) -> bool {
        self.orders_of(user).any(|order| order.id == id)
    }

    /// Whether a cancel of an order waits.
    pub(crate) fn cancels(&self, id: OrderId) -> bool {
        self.cancels.iter().any(|cancel| cancel.order == id)
    }
}
