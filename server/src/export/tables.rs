//! The tables, column by column. `codebook.txt` explains every one of them.

use super::{
    csv::{Cell, Csv, maybe, plain, text},
    gather::Gathered,
};
use crate::store::TickRow;
use outcry_engine::{Direction, OrderKind, OutcomeId, Party};
use serde_json::Value;
use std::collections::BTreeMap;

/// The name of the maker's pool as a party.
const POOL: &str = "AMM";

/// The word that the record's JSON has for a value ("YES", "FILLED").
fn word(value: &impl serde::Serialize) -> Cell {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => Cell::Plain(word),
        _ => Cell::Plain(String::new()),
    }
}

/// A party: participant, name, order. The pool has a name only.
fn party(gathered: &Gathered, party: Party) -> [Cell; 3] {
    match party {
        Party::User { user, order } => [plain(user.0), text(gathered.user(user)), plain(order.0)],
        Party::Pool => [plain(""), plain(POOL), plain("")],
    }
}

/// Whether a party is a bot; the pool is neither.
fn party_is_bot(gathered: &Gathered, party: Party) -> Cell {
    maybe(party.user().map(|user| gathered.is_bot(user)))
}

pub(super) fn trades(gathered: &Gathered) -> Result<Vec<u8>, csv::Error> {
    let mut csv = Csv::new(&[
        "trade_id",
        "tick",
        "ts_ms",
        "outcome_i",
        "outcome",
        "yes_no",
        "buy_user_id",
        "buy_user",
        "buy_order_id",
        "sell_user_id",
        "sell_user",
        "sell_order_id",
        "price",
        "size",
        "value",
        "fee",
        "fill_type",
        "buy_is_bot",
        "sell_is_bot",
        "created_at",
    ])?;
    for row in &gathered.contents.trades {
        let fill = &row.fill;
        let what = [plain(fill.trade_id), plain(row.tick), plain(fill.ts_ms), plain(fill.outcome.0)];
        let which = [text(gathered.outcome(fill.outcome)), word(&fill.side)];
        let money = [plain(fill.price), plain(fill.size), plain(fill.value), plain(fill.fee), word(&fill.fill_type)];
        let whom = [
            party_is_bot(gathered, fill.buyer),
            party_is_bot(gathered, fill.seller),
            plain(gathered.tick_at(row.tick)),
        ];
        let parties = party(gathered, fill.buyer).into_iter().chain(party(gathered, fill.seller));
        csv.row(what.into_iter().chain(which).chain(parties).chain(money).chain(whom))?;
    }
    csv.finish()
}

pub(super) fn orders(gathered: &Gathered) -> Result<Vec<u8>, csv::Error> {
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
    ])?;
    for row in &gathered.contents.orders {
        let order = &row.order;
        let (kind, limit, slippage, opt_in) = match order.kind {
            OrderKind::Market { max_slippage } => ("MARKET", None, Some(max_slippage), false),
            OrderKind::Limit { price, af_opt_in } => ("LIMIT", Some(price), None, af_opt_in),
        };
        csv.row([
            plain(order.id.0),
            maybe(row.client_order_id),
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
        ])?;
    }
    csv.finish()
}

pub(super) fn events(gathered: &Gathered) -> Result<Vec<u8>, csv::Error> {
    let mut csv = Csv::new(&["event_id", "ts_ms", "type", "payload", "created_at"])?;
    for (number, event, created_at) in &gathered.contents.events {
        let what = [text(&event.kind), text(&event.payload), plain(created_at)];
        csv.row([plain(number), plain(event.ts_ms)].into_iter().chain(what))?;
    }
    csv.finish()
}

pub(super) fn config(gathered: &Gathered) -> Result<Vec<u8>, csv::Error> {
    let mut csv = Csv::new(&["field", "value"])?;
    let state = &gathered.contents.state;
    csv.row([plain("session"), plain(gathered.session)])?;
    csv.row([plain("created_at"), plain(&gathered.contents.created_at)])?;
    csv.row([plain("exported_by"), plain(concat!("outcry-server ", env!("CARGO_PKG_VERSION")))])?;
    csv.row([plain("status"), plain(format!("{:?}", state.phase).to_uppercase())])?;
    csv.row([plain("clock_ms"), plain(state.clock_ms)])?;
    csv.row([plain("ticks"), plain(state.tick)])?;
    let config = serde_json::to_value(&state.config).unwrap_or_default();
    flatten(&mut csv, "", &config)?;
    let drawn = serde_json::to_value(&state.script).unwrap_or_default();
    flatten(&mut csv, "drawn", &drawn)?;
    csv.finish()
}

/// A line per value of a JSON document, named by its path ("params.rounds[0].at_s").
fn flatten(csv: &mut Csv, path: &str, value: &Value) -> Result<(), csv::Error> {
    match value {
        Value::Object(fields) => fields.iter().try_for_each(|(name, value)| {
            let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            flatten(csv, &path, value)
        }),
        Value::Array(items) => {
            items.iter().enumerate().try_for_each(|(index, value)| flatten(csv, &format!("{path}[{index}]"), value))
        }
        Value::Null => csv.row([plain(path), plain("")]),
        Value::String(value) => csv.row([plain(path), text(value)]),
        number => csv.row([plain(path), plain(number)]),
    }
}

pub(super) fn metrics(gathered: &Gathered) -> Result<Vec<u8>, csv::Error> {
    let figures = ["volume", "mm_risk", "worst_case_loss", "mm_profit", "fees", "gas", "paid_in", "seigniorage"];
    let outcomes = || (0..gathered.contents.state.config.params.n_outcomes).map(OutcomeId);
    let prices = outcomes().flat_map(|outcome| ["yes", "no"].map(|side| format!("{side}_{}", outcome.letter())));
    let heading: Vec<String> = ["tick", "ts_ms", "phase", "orders", "fills"]
        .into_iter()
        .chain(figures)
        .map(str::to_owned)
        .chain(prices)
        .chain(["state_hash", "created_at"].map(str::to_owned))
        .collect();
    let ticks: BTreeMap<u64, &TickRow> = gathered.contents.ticks.iter().map(|(tick, _)| (tick.tick, tick)).collect();
    let mut csv = Csv::new(&heading)?;
    for row in &gathered.contents.metrics {
        let Some(tick) = ticks.get(&row.tick) else { continue };
        let (summary, m) = (&tick.summary, &row.metrics);
        let head = [
            plain(row.tick),
            plain(row.ts_ms),
            plain(format!("{:?}", summary.phase).to_uppercase()),
            plain(summary.orders),
            plain(summary.fills),
        ];
        let figures = [m.volume, m.mm_risk, m.worst_case_loss, m.mm_profit, m.fees, m.gas, m.paid_in, m.seigniorage];
        let prices = outcomes().flat_map(|outcome| {
            let pair = summary.prices.get(outcome.index()).copied().unwrap_or_default();
            pair.map(|price| plain(format!("{price:.6}")))
        });
        let hash = tick.state_hash.iter().map(|byte| format!("{byte:02x}")).collect();
        csv.row(
            head.into_iter()
                .chain(figures.map(plain))
                .chain(prices)
                .chain([Cell::Plain(hash), plain(gathered.tick_at(row.tick))]),
        )?;
    }
    csv.finish()
}
