//! Reading a scenario, with the path of whatever is malformed.

use super::{malformed::Malformed, names::Names};
use crate::{
    amount::{Price, Rate, Tokens, Usdc},
    input::Input,
    order::{Direction, Order, OrderId, OrderKind, OutcomeId, Side, UserId},
    params::{Params, Violation},
};
use serde_json::Value;
use std::str::FromStr;

pub(super) struct Scenario {
    pub(super) params: Params,
    pub(super) users: Vec<User>,
    pub(super) steps: Vec<Step>,
}

pub(super) struct User {
    pub(super) id: UserId,
    pub(super) balance: Usdc,
    /// Complete sets to start with.
    pub(super) sets: Vec<(OutcomeId, Tokens)>,
}

/// Cancels come before the tick, a quote after all else.
pub(super) struct Step {
    pub(super) now_ms: u64,
    pub(super) cancels: Vec<(UserId, OrderId)>,
    pub(super) inputs: Vec<Input>,
    pub(super) quote: Option<Order>,
}

/// The first of several violations, as a malformed field.
pub(super) fn violation(violations: &[Violation]) -> Malformed {
    match violations.first() {
        Some(first) => {
            Malformed::new(format!("params.{}", first.field), format!("is {}: {}", first.value, first.allowed))
        }
        None => Malformed::new("params", "cannot be used"),
    }
}

impl Scenario {
    pub(super) fn read(json: &Value, names: &mut Names) -> Result<Self, Malformed> {
        let root = At { path: String::new(), value: json };
        root.only(&["params", "users", "steps"])?;
        let params = match root.get("params") {
            None => Params::default(),
            Some(params) => Params::from_json(params.value).map_err(|violations| violation(&violations))?.0,
        };
        let violations = params.validate(None);
        if !violations.is_empty() {
            return Err(violation(&violations));
        }
        let users = root.list("users")?.iter().map(|user| read_user(user, &params, names)).collect::<Result<_, _>>()?;
        // Orders are numbered before cancels are read: a cancel may name one that comes later.
        for step in root.list("steps")? {
            for order in step.list("orders")? {
                names.order_id(order.need("order_id")?.text()?);
            }
        }
        let steps = root.list("steps")?.iter().map(|step| read_step(step, names)).collect::<Result<_, _>>()?;
        Ok(Self { params, users, steps })
    }
}

fn read_user(user: &At<'_>, params: &Params, names: &mut Names) -> Result<User, Malformed> {
    user.only(&["user_id", "balance", "tokens"])?;
    let id = names.user_id(user.need("user_id")?.text()?);
    let balance = user.get("balance").map_or(Ok(params.starting_balance), |balance| balance.amount())?;
    let mut sets = Vec::new();
    for entry in user.list("tokens")? {
        entry.only(&["outcome_i", "yes_no", "tokens"])?;
        entry.need("yes_no")?.side()?;
        sets.push((entry.need("outcome_i")?.outcome()?, entry.need("tokens")?.amount()?));
    }
    Ok(User { id, balance, sets })
}

fn read_step(step: &At<'_>, names: &mut Names) -> Result<Step, Malformed> {
    step.only(&["now_ms", "cancels", "orders", "eliminate", "round", "settle", "quote"])?;
    let now_ms = step.need("now_ms")?.whole()?;
    let mut cancels = Vec::new();
    for cancel in step.list("cancels")? {
        cancel.only(&["order_id", "user_id"])?;
        let user = names.user_id(cancel.need("user_id")?.text()?);
        cancels.push((user, names.order_id(cancel.need("order_id")?.text()?)));
    }
    let mut inputs = Vec::new();
    if step.get("orders").is_some() {
        let orders =
            step.list("orders")?.iter().map(|order| read_order(order, now_ms, names)).collect::<Result<_, _>>()?;
        inputs.push(Input::Orders { now_ms, orders });
    }
    if step.get("eliminate").is_some() {
        let outcomes = step.list("eliminate")?.iter().map(At::outcome).collect::<Result<_, _>>()?;
        let round = step.get("round").map(|round| round.round()).transpose()?;
        inputs.push(Input::Eliminate { outcomes, round, now_ms, resume_ms: now_ms });
    }
    if let Some(winner) = step.get("settle") {
        inputs.push(Input::Final { winner: winner.outcome()?, now_ms });
    }
    let quote = step.get("quote").map(|order| read_order(&order, now_ms, names)).transpose()?;
    Ok(Step { now_ms, cancels, inputs, quote })
}

/// The fields of an order, those included that its type does not use.
const ORDER: [&str; 11] = [
    "order_id",
    "user_id",
    "outcome_i",
    "yes_no",
    "is_buy",
    "type",
    "size",
    "max_slippage",
    "limit_price",
    "af_opt_in",
    "ts_ms",
];

fn read_order(order: &At<'_>, now_ms: u64, names: &mut Names) -> Result<Order, Malformed> {
    order.only(&ORDER)?;
    let is_buy = order.need("is_buy")?.switch()?;
    let kind = order.need("type")?;
    let kind = match kind.text()? {
        "MARKET" => OrderKind::Market { max_slippage: order.need("max_slippage")?.amount::<Rate>()? },
        "LIMIT" => OrderKind::Limit {
            price: order.need("limit_price")?.amount::<Price>()?,
            af_opt_in: order.get("af_opt_in").map_or(Ok(false), |on| on.switch())?,
        },
        _ => return Err(kind.malformed("must be MARKET or LIMIT")),
    };
    Ok(Order {
        id: names.order_id(order.need("order_id")?.text()?),
        user: names.user_id(order.need("user_id")?.text()?),
        outcome: order.need("outcome_i")?.outcome()?,
        side: order.need("yes_no")?.side()?,
        direction: if is_buy { Direction::Buy } else { Direction::Sell },
        kind,
        size: order.need("size")?.amount()?,
        ts_ms: order.get("ts_ms").map_or(Ok(now_ms), |ts_ms| ts_ms.whole())?,
    })
}

/// A value and where it stands.
struct At<'a> {
    path: String,
    value: &'a Value,
}

impl<'a> At<'a> {
    fn malformed(&self, problem: &str) -> Malformed {
        let field = if self.path.is_empty() { "scenario" } else { &self.path };
        Malformed::new(field, format!("is {}: {problem}", self.value))
    }

    fn path_of(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) }
    }

    fn object(&self) -> Result<(), Malformed> {
        if self.value.is_object() { Ok(()) } else { Err(self.malformed("must be an object")) }
    }

    /// An object with these fields and no other.
    fn only(&self, fields: &[&str]) -> Result<(), Malformed> {
        let object = self.value.as_object().ok_or_else(|| self.malformed("must be an object"))?;
        match object.keys().find(|name| !fields.contains(&name.as_str())) {
            None => Ok(()),
            Some(name) => {
                Err(Malformed::new(self.path_of(name), format!("is unknown: {} are known", fields.join(", "))))
            }
        }
    }

    /// A field that may be left out or null.
    fn get(&self, name: &str) -> Option<At<'a>> {
        let value = self.value.get(name).filter(|value| !value.is_null())?;
        Some(At { path: self.path_of(name), value })
    }

    fn need(&self, name: &str) -> Result<At<'a>, Malformed> {
        self.object()?;
        self.get(name).ok_or_else(|| Malformed::new(self.path_of(name), "must be given"))
    }

    /// The entries of a list that may be left out.
    fn list(&self, name: &str) -> Result<Vec<At<'a>>, Malformed> {
        self.object()?;
        let Some(list) = self.get(name) else { return Ok(Vec::new()) };
        let entries = list.value.as_array().ok_or_else(|| list.malformed("must be a list"))?;
        let at = |(index, value)| At { path: format!("{}[{index}]", list.path), value };
        Ok(entries.iter().enumerate().map(at).collect())
    }

    fn text(&self) -> Result<&'a str, Malformed> {
        self.value.as_str().ok_or_else(|| self.malformed("must be a string"))
    }

    fn switch(&self) -> Result<bool, Malformed> {
        self.value.as_bool().ok_or_else(|| self.malformed("must be true or false"))
    }

    fn whole(&self) -> Result<u64, Malformed> {
        self.value.as_u64().ok_or_else(|| self.malformed("must be a whole number of milliseconds"))
    }

    /// The number of a round; one that there is not is the market's to refuse.
    fn round(&self) -> Result<u32, Malformed> {
        let number = self.value.as_u64().ok_or_else(|| self.malformed("must be a round, counted from 0"))?;
        Ok(u32::try_from(number).unwrap_or(u32::MAX))
    }

    /// An outcome; one that no market has is the market's to refuse.
    fn outcome(&self) -> Result<OutcomeId, Malformed> {
        let index = self.value.as_i64().ok_or_else(|| self.malformed("must be an outcome, counted from 0"))?;
        Ok(OutcomeId(u8::try_from(index).unwrap_or(u8::MAX)))
    }

    fn side(&self) -> Result<Side, Malformed> {
        match self.text()? {
            "YES" => Ok(Side::Yes),
            "NO" => Ok(Side::No),
            _ => Err(self.malformed("must be YES or NO")),
        }
    }

    /// A decimal, as a string or a number.
    fn amount<T: FromStr<Err: ToString>>(&self) -> Result<T, Malformed> {
        let text = match self.value {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => return Err(self.malformed("must be a decimal number, as a string or a number")),
        };
        text.parse().map_err(|error: T::Err| Malformed::new(self.path.clone(), error.to_string()))
    }
}
