//! A plan as a scenario that the engine's runner reads, so that anybody can do it again.

use crate::adversary::play::Setting;
use outcry_engine::{Input, Order, OrderKind, Side, UserId};
use serde_json::{Value, json};

/// The scenario of inputs that a plan was played by.
#[must_use]
pub fn scenario(setting: &Setting, inputs: &[Input]) -> Value {
    let user = |account| {
        let own = account < setting.accounts;
        let balance = if own { setting.deposit } else { setting.params.starting_balance };
        json!({"user_id": name(UserId(account)), "balance": balance.to_string()})
    };
    let users: Vec<Value> = (0..setting.accounts + setting.crowd.len() as u32).map(user).collect();
    let steps: Vec<Value> = inputs.iter().filter_map(step).collect();
    json!({"params": setting.params.to_json(None), "users": users, "steps": steps})
}

fn step(input: &Input) -> Option<Value> {
    match input {
        Input::Orders { now_ms, orders } => {
            Some(json!({"now_ms": now_ms, "orders": orders.iter().map(order).collect::<Vec<_>>()}))
        }
        Input::Cancel { user, order, now_ms } => {
            Some(json!({"now_ms": now_ms, "cancels": [{"order_id": order.0.to_string(), "user_id": name(*user)}]}))
        }
        Input::Eliminate { outcomes, now_ms, .. } => {
            Some(json!({"now_ms": now_ms, "eliminate": outcomes.iter().map(|outcome| outcome.0).collect::<Vec<_>>()}))
        }
        _ => None,
    }
}

fn name(user: UserId) -> String {
    format!("a{}", user.0)
}

fn order(order: &Order) -> Value {
    let (kind, slippage, limit, opt_in) = match order.kind {
        OrderKind::Market { max_slippage } => ("MARKET", Some(max_slippage.to_string()), None, false),
        OrderKind::Limit { price, af_opt_in } => ("LIMIT", None, Some(price.to_string()), af_opt_in),
    };
    json!({
        "order_id": order.id.0.to_string(),
        "user_id": name(order.user),
        "outcome_i": order.outcome.0,
        "yes_no": if order.side == Side::Yes { "YES" } else { "NO" },
        "is_buy": order.direction == outcry_engine::Direction::Buy,
        "type": kind,
        "size": order.size.to_string(),
        "max_slippage": slippage,
        "limit_price": limit,
        "af_opt_in": opt_in,
        "ts_ms": order.ts_ms,
    })
}
