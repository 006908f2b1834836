//! What a lap admits, on its way into the store.

use crate::store::{AcceptedOrder, Cancel, Duplicate, EventRow, Group, NewSession, NewUser, SessionId};
use bevy::prelude::*;

/// Rows that this lap admitted and the store does not have yet. Whoever stages one keeps whom to
/// tell, and does so when [`Stored`] comes: all that is staged is stored at once.
#[derive(Resource, Debug, Default)]
pub(crate) struct Staged {
    rows: Group,
}

impl Staged {
    pub(crate) fn seat(&mut self, row: NewUser) {
        self.rows.users.push(row);
    }

    pub(crate) fn order(&mut self, row: AcceptedOrder) {
        self.rows.orders.push(row);
    }

    pub(crate) fn cancel(&mut self, row: Cancel) {
        self.rows.cancels.push(row);
    }

    /// An event outside the market that comes of what somebody asked for.
    pub(crate) fn note(&mut self, row: EventRow) {
        self.rows.events.push(row);
    }

    /// Orders that this lap has admitted so far.
    pub(crate) fn orders(&self) -> &[AcceptedOrder] {
        &self.rows.orders
    }

    /// Cancels that this lap has admitted so far.
    pub(crate) fn cancels(&self) -> &[Cancel] {
        &self.rows.cancels
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The rows, on their way now: what is staged from here on is another group.
    pub(super) fn take(&mut self) -> Group {
        std::mem::take(&mut self.rows)
    }
}

/// Everything staged is stored.
#[derive(Message, Debug)]
pub(crate) struct Stored {
    /// Orders among them that had been stored before, under another id.
    pub(crate) duplicates: Vec<Duplicate>,
}

/// A session that follows the one served is stored: memory goes over to it.
#[derive(Message, Debug)]
pub(crate) struct Opened {
    pub(crate) id: SessionId,
    /// What it was opened with.
    pub(crate) session: NewSession,
}
