//! What one is worth, by the published formula.

use crate::model::Model;
use outcry_engine::Usdc;
use outcry_shared::{formulas, replica::Replica};

/// Cash held for one's open bids.
#[must_use]
pub fn locked(model: &Model) -> Usdc {
    let orders = model.own().into_iter().flat_map(|own| &own.open_orders);
    Usdc(orders.map(|order| order.escrow.0).sum())
}

/// Everything one has, at the pool's prices. `None` without a seat.
#[must_use]
pub fn value(model: &Model, session: &Replica) -> Option<Usdc> {
    let own = model.own()?;
    let held = own.positions.iter().filter(|position| session.is_active(position.outcome));
    let held = held.map(|position| (position.tokens, session.spot(position.outcome, position.side)));
    Some(formulas::value(own.own.balance, locked(model), held))
}
