//! The worked scenarios: amounts to the micro where one is computed, a few micros where several are added,
//! and the same words.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

use outcry_engine::scenario::{Runner, run};
use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// How far an amount may be from the worked one: the files round once where the market rounds each part, and
/// their auto-fills end a micro-token beside ours.
const AMOUNT: f64 = 1e-6;
/// The same of what adds such amounts up.
const SUM: f64 = 3e-6;
/// Digits of numbers beyond the sixth are the last bits of theirs.
const BITS: f64 = 1e-9;

/// Fields that may be farther or must be nearer, and why.
#[rustfmt::skip]
const TOLERANCES: [(&str, f64); 12] = [
    ("balance", SUM), ("v", SUM), ("l", SUM), ("seigniorage", SUM), ("fees", SUM), ("worst_case_loss", SUM),
    // Fees and seigniorage of all outcomes.
    ("mm_profit", 2.0 * SUM),
    // Size times a price of six digits, where the market has the value: half a micro a token.
    ("volume", 20e-6),
    // Spots are told to nine digits; a micro of money is 10⁻⁹ of a price where L is 1 000.
    ("p_yes", 3e-9), ("p_no", 3e-9),
    // Ours is rounded up to the ninth digit, which limits are given in.
    ("slippage", 1e-9),
    // Ours is a price of six digits.
    ("average", 0.5e-6),
];
/// Fields whose wording is the engine's own.
const WORDS: [&str; 1] = ["reason"];

#[test]
fn worked_scenarios_agree() {
    let files = files("vectors");
    assert!(files.len() >= 34, "{} worked scenarios found", files.len());
    let differences: Vec<String> = files.iter().flat_map(|file| check(file)).collect();
    assert!(differences.is_empty(), "{} differences:\n{}", differences.len(), differences.join("\n"));
}

/// Scenarios where something turns on a micro, with what is right of each step: exactly, and every
/// invariant holds.
#[test]
fn cases_have_their_right_values() {
    let files = files("cases");
    assert!(files.len() >= 9, "{} cases found", files.len());
    let differences: Vec<String> = files.iter().flat_map(|file| check_case(file)).collect();
    assert!(differences.is_empty(), "{} differences:\n{}", differences.len(), differences.join("\n"));
}

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder);
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn check_case(file: &Path) -> Vec<String> {
    let case: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    let name = file.file_stem().unwrap().to_string_lossy();
    let mut runner = match (Runner::new(&case["scenario"]), &case["malformed"]) {
        (Ok(runner), Value::Null) => runner,
        (Err(malformed), Value::String(field)) if malformed.field == *field => return Vec::new(),
        (result, _) => return vec![format!("{name}: {:?}", result.err())],
    };
    let mut found = Vec::new();
    for expected in case["expected"].as_array().unwrap() {
        let step = format!("{name} step {}", expected["step"]);
        let line = runner.step().unwrap();
        found.extend(runner.market().audit().err().map(|broken| format!("{step}: {broken}")));
        for (id, status) in expected["orders_named"].as_object().into_iter().flatten() {
            let order = line["orders"].as_array().unwrap().iter().find(|order| order["order_id"] == **id);
            if order.map(|order| &order["status"]) != Some(status) {
                found.push(format!("{step}: {id} is {order:?}"));
            }
        }
        let mut plain = expected.clone();
        plain.as_object_mut().unwrap().remove("orders_named");
        compare(&step, "", &plain, &line, &|_| 0.0, &mut found);
    }
    assert!(runner.step().is_none(), "{name}: steps");
    found
}

/// What differs in one scenario, up to the first step that does.
fn check(file: &Path) -> Vec<String> {
    let vector: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    let name = file.file_stem().unwrap().to_string_lossy();
    let mut lines = Vec::new();
    run(&vector["scenario"], |line| lines.push(line)).unwrap();
    let expected = vector["expected"].as_array().unwrap();
    assert_eq!(lines.len(), expected.len(), "{name}: steps");
    for (expected, line) in expected.iter().zip(&lines) {
        let mut found = Vec::new();
        compare(&format!("{name} step {}", expected["step"]), "", expected, line, &tolerance, &mut found);
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// How far a field of a worked scenario may be from ours.
fn tolerance(field: &str) -> f64 {
    let known = TOLERANCES.iter().find(|(name, _)| *name == field);
    known.map_or(AMOUNT, |(_, tolerance)| *tolerance) + BITS
}

/// Everything that is expected must be there; more may be.
fn compare(
    path: &str,
    field: &str,
    expected: &Value,
    actual: &Value,
    tolerance: &impl Fn(&str) -> f64,
    found: &mut Vec<String>,
) {
    match (expected, actual) {
        // Who is paid nothing need not be listed.
        (Value::String(_), Value::Null) if path.contains(".payouts.") && number(expected) == Some(0.0) => {}
        (Value::Object(expected), Value::Object(_)) => {
            for (name, value) in expected {
                compare(&format!("{path}.{name}"), name, value, &actual[name], tolerance, found);
            }
        }
        (Value::Array(expected), Value::Array(actual)) => {
            if expected.len() != actual.len() {
                found.push(format!("{path}: {} expected, {} found", expected.len(), actual.len()));
            }
            for (index, (expected, actual)) in expected.iter().zip(actual).enumerate() {
                compare(&format!("{path}[{index}]"), field, expected, actual, tolerance, found);
            }
        }
        _ if WORDS.contains(&field) && expected.is_null() == actual.is_null() => {}
        _ => {
            let near = match (number(expected), number(actual)) {
                (Some(expected), Some(actual)) => (expected - actual).abs() <= tolerance(field),
                _ => expected == actual,
            };
            if !near {
                found.push(format!("{path}: {expected} expected, {actual} found"));
            }
        }
    }
}

fn number(value: &Value) -> Option<f64> {
    value.as_f64().or_else(|| value.as_str()?.parse().ok())
}
