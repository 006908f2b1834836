//! What a lap admits: seats, orders, cancels, acts.

use super::session::SessionState;
use outcry_engine::{Event, Order, OrderId, Usdc, UserId};
use outcry_shared::{message::Promise, phase::Phase};

/// A new seat. Storing it records its [`outcry_engine::Input::Join`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewUser {
    /// Its number in the market.
    pub user: UserId,
    /// The name that everyone sees.
    pub name: String,
    /// What looks the same has the same skeleton; unique in a session.
    pub skeleton: String,
    /// Hash of the token that resumes the seat.
    pub token_hash: [u8; 32],
    /// Whether it declared itself a bot.
    pub bot: bool,
    /// The starting balance, which P&L is counted from.
    pub deposit: Usdc,
    /// Number of its join in the record.
    pub seq: u64,
}

/// A seat's new name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rename {
    /// Who is called so from now on.
    pub user: UserId,
    /// The name that everyone sees from now on.
    pub name: String,
    /// The new name's skeleton; unique in a session.
    pub skeleton: String,
}

/// A seat that another key resumes from now on, or none any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatUpdate {
    /// Whose seat it is.
    pub user: UserId,
    /// Hash of the key that resumes it from now on.
    pub token_hash: [u8; 32],
    /// False once it is closed.
    pub open: bool,
}

/// An order to be acknowledged. It waits for its tick in the status `OPEN`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AcceptedOrder {
    /// The order with its id and time.
    pub order: Order,
    /// The client's own number, unique per participant.
    pub client_order_id: Option<u64>,
    /// How it was sent.
    pub sending: Sending,
}

/// How an order was sent: kept for whoever analyses the session, and never looked at by the market.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sending {
    /// What the ticket had promised, as far as the client said.
    pub promise: Option<Promise>,
    /// Round trip of its connection, in ms, as measured last.
    pub lag_ms: Option<u32>,
}

/// A cancel to be acknowledged. It waits for its tick.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancel {
    /// Whoever owns the order.
    pub user: UserId,
    /// The order to be taken back.
    pub order: OrderId,
    /// Session clock, in ms.
    pub now_ms: u64,
}

/// Everything that one lap admitted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// Its number: one more than the last.
    pub number: u64,
    /// Seats that were taken in this lap.
    pub users: Vec<NewUser>,
    /// Seats that have another name from now on.
    pub renames: Vec<Rename>,
    /// Seats, of this group or before, that belong to another key from now on, or to nobody.
    pub seats: Vec<SeatUpdate>,
    /// New orders, by id.
    pub orders: Vec<AcceptedOrder>,
    /// Cancels of orders in this group or before.
    pub cancels: Vec<Cancel>,
    /// Acts of the host and what the session did outside ticks.
    pub events: Vec<EventRow>,
    /// The session's new state; its `tick` is not looked at.
    pub session: Option<SessionState>,
}

impl Group {
    /// Whether there is nothing to store.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self == &Self { number: self.number, ..Self::default() }
    }
}

/// An order that was not stored because its `client_order_id` had been used: the earlier one
/// is the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Duplicate {
    /// The id that was to be stored; it stays unused.
    pub given: OrderId,
    /// The earlier order's id.
    pub stored: OrderId,
    /// The earlier order's time of acceptance, in ms.
    pub ts_ms: u64,
}

/// An event of the record: its type and its fields as a JSON object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventRow {
    /// "FILL", "HOST_ACT", …
    pub kind: String,
    /// Its fields, as a JSON object.
    pub payload: String,
    /// Session clock, in ms.
    pub ts_ms: u64,
}

impl EventRow {
    /// The event of a session that was rehearsed: the sheet, whole.
    pub(crate) const REHEARSAL: &str = "REHEARSAL";

    /// An event of the market.
    #[must_use]
    pub fn of(event: &Event, ts_ms: u64) -> Self {
        match serde_json::to_value(event) {
            // Events without fields are a name alone.
            Ok(serde_json::Value::String(kind)) => Self { kind, payload: "{}".to_owned(), ts_ms },
            Ok(serde_json::Value::Object(tagged)) => {
                let (kind, payload) = tagged.into_iter().next().unwrap_or_default();
                Self { kind, payload: payload.to_string(), ts_ms }
            }
            _ => Self::named("UNREADABLE", &serde_json::json!({}), ts_ms),
        }
    }

    /// The session goes from one phase into another, for this reason.
    #[must_use]
    pub fn phase(from: Phase, to: Phase, why: &str, ts_ms: u64) -> Self {
        let word = |phase: Phase| format!("{phase:?}").to_uppercase();
        Self::named("PHASE", &serde_json::json!({ "from": word(from), "to": word(to), "why": why }), ts_ms)
    }

    /// An event of the session ("HOST_ACT", "FREEZE", …) with fields of its own.
    #[must_use]
    pub fn named(kind: &str, payload: &serde_json::Value, ts_ms: u64) -> Self {
        Self { kind: kind.to_owned(), payload: payload.to_string(), ts_ms }
    }
}
