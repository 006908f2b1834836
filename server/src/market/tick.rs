//! One tick: everything accepted so far goes into the market at once.

use super::{beat::Beat, session::Session, waiting::Waiting};
use outcry_engine::Input;
use outcry_shared::phase::Phase;

/// Takes everything accepted so far into the market: cancels first, then the orders.
///
/// A cancel of an order that is itself only now taken in waits for the next tick.
pub(crate) fn run_tick(session: &mut Session, waiting: &mut Waiting, beat: &mut Beat) {
    if beat.is_broken() {
        return;
    }
    let now_ms = session.now_ms();
    for cancel in waiting.take_cancels() {
        beat.apply(session, Input::Cancel { user: cancel.user, order: cancel.order, now_ms });
    }
    let orders = waiting.take_orders();
    let frozen = session.phase() == Phase::Frozen || session.pauses_a_freeze();
    if orders.is_empty() && session.phase() != Phase::Running {
        return beat.close(session);
    }
    let input = if frozen {
        Input::Frozen { now_ms, orders: orders.clone() }
    } else {
        Input::Orders { now_ms, orders: orders.clone() }
    };
    if beat.apply(session, input) {
        beat.note_orders(orders);
    } else {
        waiting.put_back(orders);
    }
    beat.close(session);
}
