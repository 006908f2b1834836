//! The worked scenarios: amounts within 0.0005, prices within 10⁻⁶, and the same words.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

use serde_json::Value;
use std::{fs, path::Path};

/// How far an amount may be from the worked one, in whole units.
const AMOUNT_TOLERANCE: f64 = 0.000_5;
/// How far a price or a fraction may be.
const PRICE_TOLERANCE: f64 = 0.000_001_001;

/// Fields that are prices or fractions of one.
const PRICES: [&str; 5] = ["price", "p_yes", "p_no", "average", "slippage"];
/// Fields whose wording is the engine's own.
const WORDS: [&str; 1] = ["reason"];

#[test]
fn worked_scenarios_agree() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= 34, "{} worked scenarios found", files.len());
    let differences: Vec<String> = files.iter().flat_map(|file| check(file)).collect();
    assert!(differences.is_empty(), "{} differences:\n{}", differences.len(), differences.join("\n"));
}

/// What differs in one scenario, up to the first step that does.
fn check(file: &Path) -> Vec<String> {
    let vector: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    let name = file.file_stem().unwrap().to_string_lossy();
    let mut lines = Vec::new();
    outcry_engine::scenario::run(&vector["scenario"], |line| lines.push(line)).unwrap();
    let expected = vector["expected"].as_array().unwrap();
    assert_eq!(lines.len(), expected.len(), "{name}: steps");
    for (expected, line) in expected.iter().zip(&lines) {
        let mut found = Vec::new();
        compare(&format!("{name} step {}", expected["step"]), "", expected, line, &mut found);
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// Everything that is expected must be there; more may be.
fn compare(path: &str, field: &str, expected: &Value, actual: &Value, found: &mut Vec<String>) {
    match (expected, actual) {
        // Who is paid nothing need not be listed.
        (Value::String(_), Value::Null) if path.contains(".payouts.") && number(expected) == Some(0.0) => {}
        (Value::Object(expected), Value::Object(_)) => {
            for (name, value) in expected {
                compare(&format!("{path}.{name}"), name, value, &actual[name], found);
            }
        }
        (Value::Array(expected), Value::Array(actual)) => {
            if expected.len() != actual.len() {
                found.push(format!("{path}: {} expected, {} found", expected.len(), actual.len()));
            }
            for (index, (expected, actual)) in expected.iter().zip(actual).enumerate() {
                compare(&format!("{path}[{index}]"), field, expected, actual, found);
            }
        }
        _ if WORDS.contains(&field) && expected.is_null() == actual.is_null() => {}
        _ => {
            let tolerance = if PRICES.contains(&field) { PRICE_TOLERANCE } else { AMOUNT_TOLERANCE };
            let near = match (number(expected), number(actual)) {
                (Some(expected), Some(actual)) => (expected - actual).abs() <= tolerance,
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
