//! Scenarios of §10 played on the naive model, and what they should give.

use super::model::{Model, outcome};
use super::solve::Exact;
use outcry_engine::{
    Direction, FillType, InterpolationMode, Order, OrderId, OrderKind, OrderStatus, Params, Price, Rate, Side, Tokens,
    Usdc, UserId, params::Round,
};
use serde_json::Value;
use std::{collections::BTreeMap, rc::Rc};

/// A decimal text or number in units of 10^-places; "1e-05" and missing digits included.
fn fixed(value: &Value, places: u32) -> i128 {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let (text, exponent) = match text.split_once(['e', 'E']) {
        Some((text, exponent)) => (text.to_owned(), exponent.parse::<i32>().unwrap()),
        None => (text, 0),
    };
    let negative = text.starts_with('-');
    let text = text.trim_start_matches('-');
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits: i128 = format!("{whole}{part}").parse().unwrap();
    let shift = places as i32 - part.len() as i32 + exponent;
    let ten = |n: i32| 10_i128.pow(n.unsigned_abs());
    let units = if shift >= 0 { digits * ten(shift) } else { digits / ten(shift) };
    if negative { -units } else { units }
}

fn micros(value: &Value) -> i128 {
    fixed(value, 6)
}

/// The parameters of §2 with their defaults, read by themselves.
pub(crate) fn params(json: &Value) -> Params {
    let rate = |name: &str, default: &str| {
        let units = json.get(name).map_or_else(|| fixed(&default.into(), 9), |value| fixed(value, 9));
        Rate(units as i64)
    };
    let amount = |name: &str, default: &str| json.get(name).map_or_else(|| micros(&default.into()), micros) as i64;
    let on = |name: &str, default: bool| json.get(name).map_or(default, |value| value.as_bool().unwrap());
    let number = |name: &str, default: u64| json.get(name).map_or(default, |value| value.as_u64().unwrap());
    let n_outcomes = number("n_outcomes", 3) as u8;
    let z = amount("z", "10000");
    let end = |name: &str, start: Rate| json.get(name).map_or(start, |value| Rate(fixed(value, 9) as i64));
    let (mu, nu) = (rate("mu_start", "1"), rate("nu_start", "1"));
    let (kappa, zeta) = (rate("kappa_start", "0.001"), rate("zeta_start", "0.1"));
    let round = |r: &Value| Round {
        at_s: r["at_s"].as_u64().unwrap() as u32,
        freeze_s: r["freeze_s"].as_u64().unwrap() as u32,
    };
    Params {
        n_outcomes,
        outcome_names: (0..n_outcomes).map(|i| format!("Outcome {i}")).collect(),
        z: Usdc(z),
        gamma: rate("gamma", "0.0001"),
        q0: Tokens(json.get("q0").map_or(z / i64::from(n_outcomes) / 2, |value| micros(value) as i64)),
        mu_start: mu,
        mu_end: end("mu_end", mu),
        nu_start: nu,
        nu_end: end("nu_end", nu),
        kappa_start: kappa,
        kappa_end: end("kappa_end", kappa),
        zeta_start: zeta,
        zeta_end: end("zeta_end", zeta),
        interpolation_mode: match json.get("interpolation_mode").and_then(Value::as_str) {
            Some("reset") => InterpolationMode::Reset,
            _ => InterpolationMode::Continue,
        },
        f: rate("f", "0.01"),
        p_max: Price(amount("p_max", "0.99") as u32),
        p_min: Price(amount("p_min", "0.01") as u32),
        eta: rate("eta", "2"),
        tick_size: Price(amount("tick_size", "0.01") as u32),
        f_match: rate("f_match", "0.005"),
        sigma: rate("sigma", "0.5"),
        af_cap_frac: rate("af_cap_frac", "0.1"),
        af_max_pools: number("af_max_pools", 3) as u8,
        af_max_surplus: rate("af_max_surplus", "0.05"),
        renorm_cap: Price(amount("renorm_cap", "0.9") as u32),
        cm_enabled: on("cm_enabled", true),
        af_enabled: on("af_enabled", true),
        mr_enabled: on("mr_enabled", false),
        vc_enabled: on("vc_enabled", true),
        gas_fee: Usdc(amount("gas_fee", "0")),
        starting_balance: Usdc(amount("starting_balance", "1000")),
        batch_interval_ms: number("batch_interval_ms", 1000) as u32,
        total_duration: number("total_duration", 900) as u32,
        rounds: json.get("rounds").map_or(Vec::new(), |list| list.as_array().unwrap().iter().map(round).collect()),
    }
}

/// Numbers for the names of a scenario, in order of appearance.
#[derive(Default)]
pub(crate) struct Names {
    pub(crate) users: Vec<String>,
    pub(crate) orders: Vec<String>,
}

impl Names {
    fn number(list: &mut Vec<String>, name: &str) -> usize {
        list.iter().position(|known| known == name).unwrap_or_else(|| {
            list.push(name.to_owned());
            list.len() - 1
        })
    }
    pub(crate) fn user(&mut self, name: &Value) -> UserId {
        UserId(Self::number(&mut self.users, name.as_str().unwrap()) as u32)
    }
    pub(crate) fn order(&mut self, name: &Value) -> OrderId {
        OrderId(Self::number(&mut self.orders, name.as_str().unwrap()) as u64 + 1)
    }
}

fn side(json: &Value) -> Side {
    if json["yes_no"] == "YES" { Side::Yes } else { Side::No }
}

fn order(names: &mut Names, json: &Value) -> Order {
    let kind = match json["type"].as_str().unwrap() {
        "MARKET" => OrderKind::Market { max_slippage: Rate(fixed(&json["max_slippage"], 9) as i64) },
        _ => OrderKind::Limit {
            price: Price(micros(&json["limit_price"]) as u32),
            af_opt_in: json["af_opt_in"].as_bool().unwrap_or(false),
        },
    };
    Order {
        id: names.order(&json["order_id"]),
        user: names.user(&json["user_id"]),
        outcome: outcome(json["outcome_i"].as_u64().unwrap() as usize),
        side: side(json),
        direction: if json["is_buy"].as_bool().unwrap() { Direction::Buy } else { Direction::Sell },
        kind,
        size: Tokens(micros(&json["size"]) as i64),
        ts_ms: json["ts_ms"].as_u64().unwrap(),
    }
}

/// A scenario's market before its first step.
pub(crate) fn open(names: &mut Names, scenario: &Value) -> Model {
    let mut model = Model::new(params(&scenario["params"]), Rc::new(Exact));
    for user in scenario["users"].as_array().unwrap() {
        let id = names.user(&user["user_id"]);
        model.join(id, micros(&user["balance"]));
        for set in user.get("tokens").and_then(Value::as_array).into_iter().flatten() {
            let (i, tokens) = (set["outcome_i"].as_u64().unwrap() as usize, micros(&set["tokens"]));
            model.pools[i].pairs += tokens;
            let account = model.user(id);
            account.deposit += tokens;
            account.free[i][0] += tokens;
            account.free[i][1] += tokens;
        }
    }
    model
}

/// Plays one step.
pub(crate) fn play(model: &mut Model, names: &mut Names, step: &Value) {
    let now_ms = step["now_ms"].as_u64().unwrap();
    if let Some(list) = step.get("eliminate").and_then(Value::as_array) {
        let list: Vec<usize> = list.iter().map(|k| k.as_u64().unwrap() as usize).collect();
        let round = step.get("round").and_then(Value::as_u64).map(|round| round as u32);
        return model.eliminate(&list, round, now_ms, now_ms);
    }
    if let Some(winner) = step.get("settle").and_then(Value::as_u64) {
        return model.settle(winner as usize, now_ms);
    }
    if let Some(quote) = step.get("quote").filter(|quote| !quote.is_null()) {
        names.order(&quote["order_id"]);
        return model.begin_step(now_ms);
    }
    let list = |name: &str| step.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    let orders: Vec<Order> = list("orders").iter().map(|json| order(names, json)).collect();
    let mut cancelled = BTreeMap::new();
    for cancel in list("cancels") {
        let (user, id) = (names.user(&cancel["user_id"]), names.order(&cancel["order_id"]));
        if model.cancel(user, id) {
            cancelled.insert(id, model.standings[&id].clone());
        }
    }
    model.tick(now_ms, &orders);
    model.standings.extend(cancelled);
}

/// How many micros an amount may be from the worked one: the files round once where the model rounds each part.
const SUM: i128 = 6;
/// The same of the volume: size times a price of six digits there, half a micro a token.
const VOLUME: i128 = 20;
/// How many 10⁻⁹ a spot may be beside: a micro of money where L is 1 000.
const SPOT: i128 = 3;

/// What differs between the model after a step and the expected line.
pub(crate) fn differences(model: &Model, names: &Names, expected: &Value) -> Vec<String> {
    let mut found = Found(Vec::new());
    fills(model, names, expected, &mut found);
    orders(model, names, expected, &mut found);
    let state = &expected["state"];
    outcomes(model, state, &mut found);
    for user in state["users"].as_array().unwrap() {
        accounts(model, names, user, &mut found);
    }
    let maker = &state["maker"];
    found.amount("fees", model.fees, &maker["fees"]);
    found.amount("gas", model.gas, &maker["gas"]);
    found.amount("paid_in", model.paid_in, &maker["paid_in"]);
    found.amount("mm_risk", model.mm_risk(), &state["mm_risk"]);
    found.amount("worst_case_loss", model.worst_case_loss(), &state["worst_case_loss"]);
    found.amount("mm_profit", model.mm_profit(), &state["mm_profit"]);
    found.near("volume", model.volume, micros(&state["volume"]), VOLUME);
    found.0
}

struct Found(Vec<String>);

impl Found {
    fn near(&mut self, what: &str, ours: i128, theirs: i128, tolerance: i128) {
        if (ours - theirs).abs() > tolerance {
            self.0.push(format!("{what}: {ours} against {theirs}"));
        }
    }
    fn amount(&mut self, what: &str, ours: i128, theirs: &Value) {
        self.near(what, ours, micros(theirs), SUM);
    }
    fn same(&mut self, what: &str, ours: &str, theirs: &str) {
        if ours != theirs {
            self.0.push(format!("{what}: {ours} against {theirs}"));
        }
    }
}

fn name(kind: FillType) -> &'static str {
    match kind {
        FillType::Amm => "AMM",
        FillType::Lob => "LOB",
        FillType::Mint => "MINT",
        FillType::Merge => "MERGE",
        FillType::AutoFill => "AUTO_FILL",
    }
}

fn fills(model: &Model, names: &Names, expected: &Value, found: &mut Found) {
    let party = |user: Option<UserId>| user.map_or("AMM", |user| names.users[user.0 as usize].as_str());
    let all = expected["fills"].as_array().unwrap();
    found.near("number of fills", model.fills.len() as i128, all.len() as i128, 0);
    for (k, (ours, theirs)) in model.fills.iter().zip(all).enumerate() {
        let text = |field: &str| theirs[field].as_str().unwrap();
        found.same(&format!("fill {k} buyer"), party(ours.buyer), text("buy_user_id"));
        found.same(&format!("fill {k} seller"), party(ours.seller), text("sell_user_id"));
        found.same(&format!("fill {k} side"), ours.side.name(), text("yes_no"));
        found.same(&format!("fill {k} type"), name(ours.kind), text("fill_type"));
        found.near(&format!("fill {k} outcome"), ours.outcome as i128, theirs["outcome_i"].as_i64().unwrap().into(), 0);
        found.amount(&format!("fill {k} size"), ours.size, &theirs["size"]);
        let trade =
            |fill: &&Value| ["fill_type", "outcome_i", "yes_no", "price", "fee"].iter().all(|f| fill[*f] == theirs[*f]);
        // Where orders share one trade or level, the files name its whole fee on each part.
        let fee = match all.iter().filter(trade).count() {
            0 | 1 => ours.fee,
            _ => model.fills.iter().zip(all).filter(|pair| trade(&pair.1)).map(|pair| pair.0.fee).sum(),
        };
        found.amount(&format!("fill {k} fee"), fee, &theirs["fee"]);
        // A price is known to a micro of value over the size.
        let slack = 1 + 1_000_000 / ours.size;
        found.near(&format!("fill {k} price"), ours.value * 1_000_000 / ours.size, micros(&theirs["price"]), slack);
    }
}

fn orders(model: &Model, names: &Names, expected: &Value, found: &mut Found) {
    let status = |status: OrderStatus| format!("{status:?}").to_uppercase();
    for theirs in expected["orders"].as_array().unwrap() {
        let text = theirs["order_id"].as_str().unwrap();
        let id = OrderId(names.orders.iter().position(|name| name == text).unwrap() as u64 + 1);
        let open = model.book.iter().find(|order| order.id == id);
        let filled_before = open.map(|order| order.entered + order.filled);
        let (ours, filled) = match (model.standings.get(&id), filled_before) {
            (Some(standing), _) => (status(standing.status), standing.filled),
            (None, Some(0)) => ("OPEN".to_owned(), 0),
            (None, Some(filled)) => ("PARTIAL".to_owned(), filled),
            (None, None) => ("GONE".to_owned(), 0),
        };
        found.same(&format!("order {text}"), &ours, theirs["status"].as_str().unwrap());
        found.amount(&format!("order {text} filled"), filled, &theirs["filled"]);
    }
}

fn outcomes(model: &Model, state: &Value, found: &mut Found) {
    for (i, theirs) in state["outcomes"].as_array().unwrap().iter().enumerate() {
        let (pool, setting) = (&model.pools[i], model.setting());
        let figures = [
            ("v", pool.v),
            ("subsidy", setting.subsidy(pool.v)),
            ("l", setting.liquidity(pool.v)),
            ("q_yes", pool.q[0]),
            ("q_no", pool.q[1]),
            ("virtual_yes", pool.virtual_yes),
            ("pairs", pool.pairs),
            ("seigniorage", pool.seigniorage),
        ];
        for (field, ours) in figures {
            found.amount(&format!("outcome {i} {field}"), ours, &theirs[field]);
        }
        found.same(&format!("outcome {i} active"), &pool.active.to_string(), &theirs["active"].to_string());
        for (field, side) in [("p_yes", Side::Yes), ("p_no", Side::No)] {
            let p = (model.spot(i, side).to_f64() * 1e9).round() as i128;
            found.near(&format!("outcome {i} {field}"), p, fixed(&theirs[field], 9), SPOT);
        }
        book(model, i, &theirs["book"], found);
    }
}

fn book(model: &Model, i: usize, theirs: &Value, found: &mut Found) {
    let mut levels: BTreeMap<(bool, bool, i128), (i128, i128)> = BTreeMap::new();
    for order in model.book.iter().filter(|order| order.outcome == i) {
        let key = (order.side == Side::Yes, order.direction == Direction::Buy, order.price);
        levels.entry(key).or_default().0 += order.remaining();
    }
    for level in theirs.as_array().unwrap() {
        let key = (side(level) == Side::Yes, level["is_buy"].as_bool().unwrap(), micros(&level["price"]));
        levels.entry(key).or_default().1 += micros(&level["size"]);
    }
    for (key, (ours, theirs)) in levels {
        found.near(&format!("outcome {i} level {key:?}"), ours, theirs, SUM);
    }
}

fn accounts(model: &Model, names: &Names, theirs: &Value, found: &mut Found) {
    let text = theirs["user_id"].as_str().unwrap();
    let id = UserId(names.users.iter().position(|name| name == text).unwrap() as u32);
    let account = &model.users[&id];
    let own = model.book.iter().filter(|order| order.user == id);
    found.amount(&format!("{text} balance"), account.balance, &theirs["balance"]);
    found.amount(&format!("{text} escrow"), own.map(|order| order.escrow()).sum(), &theirs["escrow"]);
    found.amount(&format!("{text} gas"), account.gas_paid, &theirs["gas_paid"]);
    let mut tokens: BTreeMap<(usize, usize), (i128, i128)> = BTreeMap::new();
    for (i, free) in account.free.iter().enumerate() {
        (0..2).for_each(|s| tokens.entry((i, s)).or_default().0 += free[s]);
    }
    for held in theirs["tokens"].as_array().unwrap() {
        let key = (held["outcome_i"].as_u64().unwrap() as usize, side(held).index());
        tokens.entry(key).or_default().1 += micros(&held["tokens"]);
    }
    for (key, (ours, theirs)) in tokens {
        found.near(&format!("{text} tokens {key:?}"), ours, theirs, SUM);
    }
}
