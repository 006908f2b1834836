//! Every order: those that were accepted, and those that were refused before the market.

use super::{
    csv::{Cell, Csv, client_number, maybe, plain, text},
    gather::Gathered,
    words::word,
};
use outcry_engine::{Direction, OrderKind, UserId};
use serde_json::Value;

/// The kind of event that a refusal before the market is.
pub(super) const REFUSED: &str = "ORDER_REFUSED";

pub(super) fn table(gathered: &Gathered) -> Result<Vec<u8>, csv::Error> {
    let mut csv = Csv::new(&[
        "order_id",
        "client_order_id",
        "ts_ms",
        "tick_accepted",
        "user_id",
        "user",
        "outcome_i",
        "outcome",
        "yes_no",
        "is_buy",
        "type",
        "size",
        "limit_price",
        "max_slippage",
        "af_opt_in",
        "status",
        "filled",
        "remaining",
        "gas",
        "reason",
        "is_bot",
        "tick_created_at",
        "promised_tick",
        "promised_average",
        "promised_total",
        "lag_ms",
    ])?;
    for row in &gathered.contents.orders {
        let order = &row.order;
        let (kind, limit, slippage, opt_in) = match order.kind {
            OrderKind::Market { max_slippage } => ("MARKET", None, Some(max_slippage), false),
            OrderKind::Limit { price, af_opt_in } => ("LIMIT", Some(price), None, af_opt_in),
        };
        let promise = row.sending.promise;
        csv.row([
            plain(order.id.0),
            row.client_order_id.map_or_else(|| plain(""), client_number),
            plain(order.ts_ms),
            maybe(row.tick_accepted),
            plain(order.user.0),
            text(gathered.user(order.user)),
            plain(order.outcome.0),
            text(gathered.outcome(order.outcome)),
            word(&order.side),
            plain(order.direction == Direction::Buy),
            plain(kind),
            plain(order.size),
            maybe(limit),
            maybe(slippage),
            plain(opt_in),
            word(&row.status),
            plain(row.filled),
            plain(row.remaining),
            plain(row.gas),
            text(row.reason.as_deref().unwrap_or_default()),
            plain(gathered.is_bot(order.user)),
            plain(row.tick_accepted.map_or("", |tick| gathered.tick_at(tick))),
            maybe(promise.map(|promise| promise.tick)),
            maybe(promise.and_then(|promise| promise.average)),
            maybe(promise.map(|promise| promise.total)),
            maybe(row.sending.lag_ms),
        ])?;
    }
    csv.finish()
}

/// Fields of a refusal that are numbers or words of ours, in the order of their columns.
const FIELDS: [&str; 10] = [
    "client_order_id",
    "outcome_i",
    "yes_no",
    "is_buy",
    "type",
    "size",
    "limit_price",
    "max_slippage",
    "why",
    "unrecorded",
];

pub(super) fn refused(gathered: &Gathered) -> Result<Vec<u8>, csv::Error> {
    let heading = ["event_id", "ts_ms", "user_id", "user", "is_bot"].into_iter().chain(FIELDS);
    let mut csv = Csv::new(&heading.chain(["reason", "created_at"]).collect::<Vec<_>>())?;
    for (number, event, created_at) in gathered.contents.events.iter().filter(|(_, event, _)| event.kind == REFUSED) {
        let payload: Value = serde_json::from_str(&event.payload).unwrap_or_default();
        let user = payload["user_id"].as_u64().and_then(|user| u32::try_from(user).ok()).map(UserId);
        let who = [
            maybe(user.map(|user| user.0)),
            text(user.map_or("", |user| gathered.user(user))),
            maybe(user.map(|user| gathered.is_bot(user))),
        ];
        let end = [text(payload["reason"].as_str().unwrap_or_default()), plain(created_at)];
        let fields = FIELDS.map(|field| cell(&payload[field]));
        csv.row([plain(number), plain(event.ts_ms)].into_iter().chain(who).chain(fields).chain(end))?;
    }
    csv.finish()
}

fn cell(value: &Value) -> Cell {
    match value {
        Value::Null => plain(""),
        Value::String(word) => plain(word),
        other => plain(other),
    }
}
