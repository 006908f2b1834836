//! What a lap admits, on its way into the store.

use crate::store::{AcceptedOrder, Cancel, Duplicate, Group, NewUser};
use bevy::prelude::*;

/// Rows that this lap admitted and the store does not have yet. Whoever stages one keeps whom to
/// tell, and does so when [`Stored`] comes: all that is staged is stored at once.
#[derive(Resource, Debug, Default)]
pub(crate) struct Staged {
    rows: Group,
    echoes: bool,
}

impl Staged {
    /// A new seat.
    pub(crate) fn seat(&mut self, row: NewUser) {
        self.rows.users.push(row);
    }

    /// An order.
    pub(crate) fn order(&mut self, row: AcceptedOrder) {
        self.rows.orders.push(row);
    }

    /// A cancel.
    pub(crate) fn cancel(&mut self, row: Cancel) {
        self.rows.cancels.push(row);
    }

    /// An answer without a row: it is given no sooner than those that stand before it.
    pub(crate) const fn echo(&mut self) {
        self.echoes = true;
    }

    /// Orders staged.
    pub(crate) fn orders(&self) -> &[AcceptedOrder] {
        &self.rows.orders
    }

    /// Cancels staged.
    pub(crate) fn cancels(&self) -> &[Cancel] {
        &self.rows.cancels
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty() && !self.echoes
    }

    /// The rows as a group of this number: the same ones each time until they are stored.
    pub(super) const fn group(&mut self, number: u64) -> &Group {
        self.rows.number = number;
        &self.rows
    }

    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }
}

/// Everything staged is stored.
#[derive(Message, Debug)]
pub(crate) struct Stored {
    /// Orders among them that had been stored before, under another id.
    pub(crate) duplicates: Vec<Duplicate>,
}
