//! The `scenario` binary: one line per step, and one line naming what is malformed.
#![expect(clippy::unwrap_used, reason = "a test may stop")]

use serde_json::{Value, json};
use std::{
    io::Write,
    process::{Command, Output, Stdio},
};

fn run(input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_scenario"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn order(change: impl FnOnce(&mut Value)) -> Value {
    let mut order = json!({"order_id": "o", "user_id": "ann", "outcome_i": 0, "yes_no": "YES", "is_buy": true,
        "type": "MARKET", "size": "10", "max_slippage": "1", "limit_price": null, "af_opt_in": false, "ts_ms": 0});
    change(&mut order);
    json!({"users": [{"user_id": "ann", "balance": "100"}], "steps": [{"now_ms": 1, "orders": [order]}]})
}

#[test]
fn a_scenario_prints_a_line_per_step() {
    let scenario = json!({"params": {"mr_enabled": true}, "users": [{"user_id": "ann"}],
        "steps": [{"now_ms": 1, "orders": []}, {"now_ms": 2, "eliminate": [2]}, {"now_ms": 3, "settle": 2}, {"now_ms": 3, "settle": 0}]});
    let output = run(&scenario.to_string());
    assert!(output.status.success() && output.stderr.is_empty());
    let lines: Vec<Value> =
        String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 4);
    assert_eq!(lines[1]["events"][0]["type"], "ELIMINATION");
    assert_eq!(lines[2]["refused"], "outcome 2 is not in the game");
    assert_eq!(lines[3]["events"][0]["type"], "FINAL");
    assert_eq!(lines[3]["state"]["state_hash"].as_str().unwrap().len(), 64);
}

#[test]
fn malformed_scenarios_get_one_line_naming_the_field_and_status_2() {
    let cases = [
        (json!(7), "scenario"),
        (json!({"users": 3}), "users"),
        (json!({"params": {"zeta_start": 0.6}}), "params.zeta_start"),
        (json!({"params": {"zeta": 0.1}}), "params.zeta"),
        (json!({"users": [{"balance": "1"}]}), "users[0].user_id"),
        (json!({"users": [{"user_id": "a"}, {"user_id": "a"}]}), "users[1]"),
        (json!({"users": [{"user_id": "a", "balance": "many"}]}), "users[0].balance"),
        (json!({"steps": [{}]}), "steps[0].now_ms"),
        (json!({"user": []}), "user"),
        (json!({"users": [{"user_id": "a", "balanse": "1"}]}), "users[0].balanse"),
        (
            json!({"users": [{"user_id": "a", "tokens": [{"outcome_i": 0, "yes_no": "NO", "tokens": "1", "of": 1}]}]}),
            "users[0].tokens[0].of",
        ),
        (json!({"steps": [{"now_ms": 1, "setle": 0}]}), "steps[0].setle"),
        (
            json!({"steps": [{"now_ms": 1, "cancels": [{"order_id": "o", "user_id": "a", "why": ""}]}]}),
            "steps[0].cancels[0].why",
        ),
        (json!({"steps": [{"now_ms": 1, "eliminate": [0], "round": "first"}]}), "steps[0].round"),
        (order(|order| order["sise"] = json!("1")), "steps[0].orders[0].sise"),
        (json!({"steps": [{"now_ms": 1, "quote": {"price": 1}}]}), "steps[0].quote.price"),
        (order(|order| order["size"] = json!("1_000")), "steps[0].orders[0].size"),
        (order(|order| order["size"] = json!(1e30)), "steps[0].orders[0].size"),
        (order(|order| order["size"] = json!("1e")), "steps[0].orders[0].size"),
        (json!({"steps": [{"now_ms": -1}]}), "steps[0].now_ms"),
        (order(|order| order["size"] = json!("NaN")), "steps[0].orders[0].size"),
        (order(|order| order["size"] = json!("1.0000001")), "steps[0].orders[0].size"),
        (order(|order| order["yes_no"] = json!("MAYBE")), "steps[0].orders[0].yes_no"),
        (order(|order| order["type"] = json!("STOP")), "steps[0].orders[0].type"),
        (order(|order| order["type"] = json!("LIMIT")), "steps[0].orders[0].limit_price"),
        (order(|order| order["max_slippage"] = Value::Null), "steps[0].orders[0].max_slippage"),
        (order(|order| order["is_buy"] = json!("yes")), "steps[0].orders[0].is_buy"),
        (order(|order| order["user_id"] = Value::Null), "steps[0].orders[0].user_id"),
    ];
    for (scenario, field) in cases {
        let output = run(&scenario.to_string());
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{scenario}");
        assert!(error.starts_with(&format!("{field}:")) && error.lines().count() == 1, "{scenario}: {error}");
        assert!(output.stdout.is_empty(), "{scenario}");
    }
    assert_eq!(run("{").status.code(), Some(2));
}

#[test]
fn orders_that_mean_nothing_are_rejected_alone() {
    let poison = [
        order(|order| order["outcome_i"] = json!(99)),
        order(|order| order["outcome_i"] = json!(-1)),
        order(|order| order["user_id"] = json!("nobody")),
        order(|order| order["size"] = json!("0")),
        order(|order| order["size"] = json!("-1")),
        order(|order| (order["type"], order["limit_price"]) = (json!("LIMIT"), json!("0.555"))),
    ];
    for scenario in poison {
        let output = run(&scenario.to_string());
        let line: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(line["orders"][0]["status"], "REJECTED", "{scenario}");
        assert_eq!(line["state"]["users"][0]["balance"], "100.000000", "{scenario}");
    }
}
