//! What became of a participant's last orders, for a screen that comes back with nothing. It is told with the welcome,
//! and never more than that: after a restart of the server it begins anew.

use bevy::prelude::*;
use outcry_engine::{Cash, Order};
use outcry_shared::{
    limits::{PAST_FILLS_MAX, PAST_ORDERS_MAX},
    message::{NewOrder, PastOrder, Receipt},
};
use std::collections::VecDeque;

/// The last orders of a seat, oldest first.
#[derive(Component, Debug, Default)]
pub struct Past(VecDeque<PastOrder>);

impl Past {
    /// Something has become of an order; `order` is the order itself, where it came with this tick.
    pub(crate) fn note(&mut self, session: u64, order: Option<&Order>, receipt: &Receipt) {
        if let Some(past) = self.0.iter_mut().rev().find(|past| past.update.id == receipt.order.id) {
            past.update = receipt.order.clone();
            add(past, receipt);
            return;
        }
        let (Some(order), Some(client_order_id)) = (order, receipt.client_order_id) else { return };
        if self.0.len() == PAST_ORDERS_MAX {
            self.0.pop_front();
        }
        let Order { outcome, side, direction, kind, size, .. } = *order;
        let order = NewOrder { session, client_order_id, outcome, side, direction, kind, size, promise: None };
        let mut past = PastOrder { order, update: receipt.order.clone(), fills: vec![], cash: vec![] };
        add(&mut past, receipt);
        self.0.push_back(past);
    }

    /// All of them.
    pub(crate) fn orders(&self) -> Vec<PastOrder> {
        self.0.iter().cloned().collect()
    }
}

fn add(past: &mut PastOrder, receipt: &Receipt) {
    past.fills.extend(receipt.fills.iter().cloned());
    let surplus = past.fills.len().saturating_sub(PAST_FILLS_MAX);
    past.fills.drain(..surplus);
    for cash in &receipt.cash {
        match past.cash.iter_mut().find(|sum| sum.kind == cash.kind) {
            Some(sum) => sum.amount.0 += cash.amount.0,
            None => past.cash.push(Cash { ..*cash }),
        }
    }
}
