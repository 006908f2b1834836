//! What a ticket is computed from: while it stays, so does the ticket.

use super::draft::Draft;
use crate::model::Model;
use outcry_shared::phase::Phase;

/// What a ticket is computed from: while it stays, so does the ticket, which costs some fifty quotes.
#[derive(Clone, Debug, PartialEq)]
pub struct TicketKey {
    draft: Draft,
    session: u64,
    tick: u64,
    own_tick: u64,
    can_trade: bool,
    phase: Phase,
    next_order: u64,
    receipts: usize,
    pending: usize,
}

impl TicketKey {
    /// The key of a draft now.
    #[must_use]
    pub fn new(model: &Model, draft: &Draft) -> Self {
        Self {
            draft: draft.clone(),
            session: model.session().map_or(0, |session| session.number()),
            tick: model.session().map_or(0, |session| session.tick()),
            own_tick: model.own().map_or(0, |own| own.tick),
            can_trade: model.can_trade(),
            phase: model.phase(),
            next_order: model.orders().next_id(),
            receipts: model.toasts().iter().count(),
            pending: model.orders().pending().count(),
        }
    }
}
