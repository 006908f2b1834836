//! What a step did and where the market stands, as one JSON object.

use super::names::Names;
use crate::{
    accounts::Account,
    amount::{Tokens, Usdc},
    fill::{Fill, FillType, Party},
    market::Market,
    order::{Direction, OrderId, OrderKind, OutcomeId, Side, UserId},
    public::Level,
    quote::{Quote, QuotePart},
    report::{Event, OrderStatus, OrderUpdate, Report},
};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

pub(super) fn line(
    step: usize,
    market: &Market,
    names: &Names,
    report: &Report,
    quote: Option<&Quote>,
    refused: Option<String>,
) -> Value {
    let fills: Vec<Value> = fills(report, names);
    let events: Vec<Value> = report.events.iter().map(|event| describe(event, names)).collect();
    let payouts: Map<String, Value> =
        report.payouts.iter().map(|(user, amount)| (names.user(*user).to_owned(), json!(amount))).collect();
    let mut line = json!({
        "step": step,
        "fills": fills,
        "events": events,
        "orders": orders(market, report, names),
        "quote": quote.map(describe_quote),
        "payouts": payouts,
        "state": state(market, names),
    });
    if let (Some(refused), Some(object)) = (refused, line.as_object_mut()) {
        object.insert("refused".to_owned(), Value::String(refused));
    }
    line
}

/// `fee` is that of the whole trade — a level taken, a tick pool's trade with the pool — that
/// a fill is part of; `fee_part` is what this fill bore of it.
fn fills(report: &Report, names: &Names) -> Vec<Value> {
    let fills: Vec<(u32, &Fill)> = acts(report).into_iter().zip(&report.fills).collect();
    let describe = |trade: &[(u32, &Fill)]| {
        let fee: Usdc = trade.iter().map(|(_, fill)| fill.fee).sum();
        trade.iter().map(|(_, fill)| describe_fill(fill, fee, names)).collect::<Vec<Value>>()
    };
    fills.chunk_by(is_one_trade).flat_map(describe).collect()
}

/// For each fill the number of the act — an order taken, an auto-fill — that it belongs to.
fn acts(report: &Report) -> Vec<u32> {
    let mut acts = Vec::with_capacity(report.fills.len());
    let mut act = 0;
    for event in &report.events {
        match event {
            Event::OrderAccepted { .. } | Event::AutoFill { .. } => act += 1,
            Event::Fill { .. } => acts.push(act),
            _ => {}
        }
    }
    acts
}

/// Whether two fills in a row are parts of one trade: of one taker with one level, or of
/// several resting orders with the pool.
fn is_one_trade(a: &(u32, &Fill), b: &(u32, &Fill)) -> bool {
    let key = |(act, fill): &(u32, &Fill)| (*act, fill.outcome, fill.side, fill.price, fill.fill_type);
    key(a) == key(b) && matches!(a.1.fill_type, FillType::Lob | FillType::Amm)
}

fn describe_fill(fill: &Fill, fee: Usdc, names: &Names) -> Value {
    let party = |party: Party| party.user().map_or("AMM", |user| names.user(user)).to_owned();
    json!({
        "trade_id": fill.trade_id.to_string(),
        "buy_user_id": party(fill.buyer),
        "sell_user_id": party(fill.seller),
        "outcome_i": fill.outcome,
        "yes_no": fill.side,
        "price": fill.price,
        "size": fill.size,
        "value": fill.value,
        "fee": fee,
        "fee_part": fill.fee,
        "fill_type": fill.fill_type,
        "ts_ms": fill.ts_ms,
    })
}

/// The orders touched by the step or open after it, by number.
fn orders(market: &Market, report: &Report, names: &Names) -> Vec<Value> {
    let mut updates: Vec<OrderUpdate> = report.orders.clone();
    let touched: BTreeSet<OrderId> = updates.iter().map(|update| update.id).collect();
    for order in market.all_open_orders() {
        let status = if order.filled.0 > 0 { OrderStatus::Partial } else { OrderStatus::Open };
        let (id, user, filled, remaining) = (order.id, order.user, order.filled, order.remaining());
        if !touched.contains(&id) {
            updates.push(OrderUpdate { id, user, status, filled, remaining, reason: None });
        }
    }
    updates.sort_by_key(|update| update.id);
    let describe = |update: &OrderUpdate| {
        json!({
            "order_id": names.order(update.id),
            "status": update.status,
            "filled": update.filled,
            "remaining": update.remaining,
            "reason": update.reason.as_ref().map(ToString::to_string),
        })
    };
    updates.iter().map(describe).collect()
}

/// An event as `{"type": …, fields}`, its ids as the scenario's names.
fn describe(event: &Event, names: &Names) -> Value {
    let tagged = serde_json::to_value(event).unwrap_or_default();
    let (kind, fields) = match tagged {
        Value::Object(object) => object.into_iter().next().unwrap_or_default(),
        Value::String(kind) => (kind, Value::Null),
        _ => return Value::Null,
    };
    let mut object = Map::new();
    object.insert("type".to_owned(), Value::String(kind));
    if let Value::Object(fields) = fields {
        for (name, value) in fields {
            let (name, value) = field(&name, value, names);
            object.insert(name, value);
        }
    }
    if let Event::OrderRejected { reason, .. } | Event::OrderCanceled { reason, .. } = event {
        object.insert("reason".to_owned(), Value::String(reason.to_string()));
    }
    Value::Object(object)
}

fn field(name: &str, value: Value, names: &Names) -> (String, Value) {
    let number = value.as_u64().unwrap_or_default();
    match name {
        "order" => ("order_id".to_owned(), names.order(OrderId(number)).into()),
        "user" => ("user_id".to_owned(), names.user(UserId(u32::try_from(number).unwrap_or_default())).into()),
        "trade_id" => ("trade_id".to_owned(), number.to_string().into()),
        "outcome" => ("outcome_i".to_owned(), value),
        "trigger" => ("trigger_i".to_owned(), value),
        "side" => ("yes_no".to_owned(), value),
        "direction" => ("is_buy".to_owned(), (value == "Buy").into()),
        _ => (name.to_owned(), value),
    }
}

fn describe_quote(quote: &Quote) -> Value {
    let part = |part: &QuotePart| {
        json!({
            "fill_type": part.fill_type,
            "price": part.price,
            "size": part.size,
            "value": part.value,
            "fee": part.fee,
        })
    };
    let nearest = quote.nearest.as_ref().map(|order| {
        let limit = match order.kind {
            OrderKind::Limit { price, .. } => Some(price),
            OrderKind::Market { .. } => None,
        };
        json!({"size": order.size, "limit_price": limit})
    });
    json!({
        "parts": quote.parts.iter().map(part).collect::<Vec<_>>(),
        "filled": quote.filled,
        "rests": quote.rests,
        "escrow": quote.escrow,
        "average": quote.average,
        "worst": quote.worst,
        "slippage": quote.slippage,
        "fee": quote.fee,
        "gas": quote.gas,
        "refund": quote.refund,
        "total": quote.total,
        "spots_after": quote.spots_after.iter().map(|spots| spots.map(price)).collect::<Vec<_>>(),
        "reject": quote.reject.as_ref().map(ToString::to_string),
        "nearest": nearest,
    })
}

fn price(price: f64) -> String {
    format!("{price:.9}")
}

fn state(market: &Market, names: &Names) -> Value {
    let metrics = market.metrics();
    let public = market.public();
    let outcomes = (0..).map(OutcomeId).zip(&public.outcomes).map(|(id, outcome)| {
        let pool = &outcome.pool;
        let level = |level: &Level| {
            json!({
                "yes_no": level.side,
                "is_buy": level.direction == Direction::Buy,
                "price": level.price,
                "size": level.total,
            })
        };
        json!({
            "v": pool.v,
            "subsidy": public.params.subsidy(pool.v),
            "l": pool.depth(&public.params),
            "q_yes": pool.q_yes,
            "q_no": pool.q_no,
            "virtual_yes": pool.virtual_yes,
            "pairs": pool.pairs,
            "seigniorage": pool.seigniorage,
            "active": pool.active,
            "p_yes": price(market.spot(id, Side::Yes)),
            "p_no": price(market.spot(id, Side::No)),
            "book": outcome.levels.iter().map(level).collect::<Vec<_>>(),
        })
    });
    json!({
        "outcomes": outcomes.collect::<Vec<_>>(),
        "users": market.accounts().map(|(user, account)| describe_user(market, names, user, account)).collect::<Vec<_>>(),
        "maker": {"fees": metrics.fees, "gas": metrics.gas, "paid_in": metrics.paid_in},
        "mm_risk": metrics.mm_risk,
        "worst_case_loss": metrics.worst_case_loss,
        "mm_profit": metrics.mm_profit,
        "volume": metrics.volume,
        "state_hash": hex(&market.state_hash()),
    })
}

fn describe_user(market: &Market, names: &Names, user: UserId, account: &Account) -> Value {
    let escrow: Usdc = market.open_orders(user).iter().map(|order| order.escrow).sum();
    let mut tokens = Vec::new();
    for (index, free) in account.free.iter().enumerate() {
        for side in [Side::No, Side::Yes] {
            let held = free[side.index()];
            if held != Tokens::ZERO {
                tokens.push(json!({"outcome_i": index, "yes_no": side, "tokens": held}));
            }
        }
    }
    json!({
        "user_id": names.user(user),
        "balance": account.balance,
        "escrow": escrow,
        "gas_paid": account.gas_paid,
        "trade_count": account.trade_count,
        "tokens": tokens,
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
