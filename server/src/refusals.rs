//! Orders that were refused before the market, for the record: so many of each participant, the rest
//! counted, as whoever sends nonsense must not fill the disk. Nothing is refused here.

use crate::{bucket::Bucket, store::EventRow};
use bevy::prelude::*;
use outcry_engine::{Direction, OrderKind, UserId};
use outcry_shared::message::NewOrder;
use serde_json::json;
use std::collections::BTreeMap;

/// Refusals of one participant that are recorded in a row.
const BURST: u32 = 20;
/// And each second from then on.
const PER_S: u32 = 1;

/// Why an order never reached the market.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    why: &'static str,
    pub(crate) reason: String,
}

impl Refusal {
    /// Whoever sent it may not trade, or not now.
    pub(crate) fn right(reason: impl Into<String>) -> Self {
        Self { why: "RIGHT", reason: reason.into() }
    }

    /// No market would take it.
    pub(crate) fn form(reason: impl Into<String>) -> Self {
        Self { why: "FORM", reason: reason.into() }
    }

    /// Too many wait or rest already.
    pub(crate) fn rate(reason: impl Into<String>) -> Self {
        Self { why: "RATE", reason: reason.into() }
    }

    /// It could not have been stored.
    pub(crate) fn record(reason: impl Into<String>) -> Self {
        Self { why: "RECORD", reason: reason.into() }
    }
}

/// What of each participant is recorded; of those without a seat together.
#[derive(Resource, Debug, Default)]
pub(crate) struct Refusals(BTreeMap<Option<UserId>, Sender>);

#[derive(Debug)]
struct Sender {
    bucket: Bucket,
    /// Refusals since the last one that was recorded.
    unrecorded: u64,
}

impl Refusals {
    /// The event of a refusal, if it is one that is recorded. `can_store` is whether anything can be; times
    /// are those of server and session, in ms.
    pub(crate) fn note(
        &mut self,
        user: Option<UserId>,
        order: &NewOrder,
        refusal: &Refusal,
        can_store: bool,
        (server_ms, session_ms): (u64, u64),
    ) -> Option<EventRow> {
        let fresh = || Sender { bucket: Bucket::full(PER_S, BURST, server_ms), unrecorded: 0 };
        let sender = self.0.entry(user).or_insert_with(fresh);
        if !can_store || !sender.bucket.take(server_ms) {
            sender.unrecorded += 1;
            return None;
        }
        let (kind, limit, slippage) = match order.kind {
            OrderKind::Market { max_slippage } => ("MARKET", None, Some(max_slippage.to_string())),
            OrderKind::Limit { price, .. } => ("LIMIT", Some(price.to_string()), None),
        };
        let payload = json!({
            "user_id": user.map(|user| user.0),
            "client_order_id": format!("x{:016x}", order.client_order_id),
            "outcome_i": order.outcome.0,
            "yes_no": order.side.name(),
            "is_buy": order.direction == Direction::Buy,
            "type": kind,
            "size": order.size.to_string(),
            "limit_price": limit,
            "max_slippage": slippage,
            "why": refusal.why,
            "unrecorded": std::mem::take(&mut sender.unrecorded),
            "reason": refusal.reason,
        });
        Some(EventRow::named("ORDER_REFUSED", &payload, session_ms))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use outcry_engine::{OutcomeId, Rate, Side, Tokens};

    #[test]
    fn who_sends_nonsense_fills_no_disk() {
        let order = NewOrder {
            client_order_id: u64::MAX,
            outcome: OutcomeId(255),
            side: Side::No,
            direction: Direction::Sell,
            kind: OrderKind::Market { max_slippage: Rate(i64::MIN) },
            size: Tokens(i64::MIN),
            promise: None,
        };
        let mut refusals = Refusals::default();
        let refusal = Refusal::form("no");
        let mut note = |user: u32, can_store: bool, server_ms: u64| {
            refusals.note(Some(UserId(user)), &order, &refusal, can_store, (server_ms, 7))
        };
        assert_eq!((0..1_000).filter_map(|_| note(1, true, 0)).count(), BURST as usize);
        assert!(note(2, true, 0).is_some(), "another one's is recorded");
        assert!(note(1, false, 1_000).is_none(), "a store that does not answer gets nothing");
        let event = note(1, true, 1_000).unwrap();
        assert!(event.payload.contains("\"unrecorded\":981"), "{}", event.payload);
        assert_eq!((event.kind.as_str(), event.ts_ms), ("ORDER_REFUSED", 7));
    }
}
