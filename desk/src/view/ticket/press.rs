//! The ticket's button: its words, and the order that it sends.

use super::{
    draft::Draft,
    shown::TicketView,
    simple::{SimpleView, is_simple},
    warn::Level,
};
use crate::{
    action::{Action, Placement},
    prefs::Prefs,
    text::ticket as words,
};
use outcry_engine::{Direction, Side};

/// The button's words: what would be sent, once it can be.
#[must_use]
pub fn sentence(view: &TicketView, draft: &Draft) -> String {
    match (&view.order, &view.preview) {
        (Some(order), Some(preview)) if view.blocked.is_none() => words::button(order, &preview.quote, &view.name),
        _ => words::idle_button(draft.direction, draft.side, &view.name),
    }
}

/// The button, or Enter: asks first, or sends.
pub fn press(view: &TicketView, draft: &mut Draft, prefs: Prefs) -> Vec<Action> {
    if view.blocked.is_some() {
        return vec![];
    }
    let loud = view.warnings.iter().any(|warning| warning.level == Level::High);
    if (prefs.confirm_orders || loud) && !draft.confirming {
        draft.confirming = true;
        return vec![];
    }
    send(view, draft, prefs)
}

/// A side of the simple ticket: asks first, or sends. `None` where that cannot be done now.
pub fn bet(view: &SimpleView, side: Side, draft: &mut Draft, prefs: Prefs) -> Option<Vec<Action>> {
    let offer = view.offer(side).filter(|offer| offer.ticket.blocked.is_none())?;
    *draft = offer.draft.clone();
    Some(press(&offer.ticket, draft, prefs))
}

/// Sends the order, and empties the ticket; after a sale the simple one offers purchases again.
pub fn send(view: &TicketView, draft: &mut Draft, prefs: Prefs) -> Vec<Action> {
    let Some(order) = view.order.clone() else { return vec![] };
    draft.confirming = false;
    draft.amount.clear();
    if is_simple(draft, prefs) {
        draft.turn_direction(Direction::Buy);
    }
    let preview = view.preview.as_ref().map(|preview| preview.quote.clone());
    vec![Action::PlaceOrder(Box::new(Placement { order, preview }))]
}
