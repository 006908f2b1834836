//! The naive model: against worked scenarios, and the engine against it.

#![expect(clippy::unwrap_used, reason = "a test says what is wrong by panicking")]

mod naive;
#[path = "support/seeds.rs"]
mod seeds;

use naive::{
    chance::Chance,
    compare,
    model::Model,
    scenario::{Names, differences, open, play},
    solve::Checked,
};
use outcry_engine::{Event, Input, Market};
use seeds::{count, seeds};
use serde_json::Value;
use std::{collections::BTreeMap, fs, path::PathBuf, rc::Rc};

/// Where the worked scenarios lie.
fn vectors() -> Vec<PathBuf> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|ext| ext == "json"));
    files.sort();
    assert!(!files.is_empty());
    files
}

/// Everything that differs in a worked scenario, up to the first step that does.
fn check_vector(file: &PathBuf) -> Vec<String> {
    let json: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    let mut names = Names::default();
    let mut model = open(&mut names, &json["scenario"]);
    let steps = json["scenario"]["steps"].as_array().unwrap();
    for (k, (step, expected)) in steps.iter().zip(json["expected"].as_array().unwrap()).enumerate() {
        play(&mut model, &mut names, step);
        let mut found = differences(&model, &names, expected);
        found.extend(model.audit().err());
        if !found.is_empty() {
            return found.into_iter().map(|text| format!("{} step {k}: {text}", file.display())).collect();
        }
    }
    Vec::new()
}

#[test]
fn the_naive_model_agrees_with_the_worked_scenarios() {
    let found: Vec<String> = vectors().iter().flat_map(check_vector).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// A random scenario on engine and model: every fill, amount and figure is equal after every step.
fn check_engine(seed: u64, steps: usize, seen: &mut Seen) -> Result<(), String> {
    let mut chance = Chance::new(seed);
    let params = chance.params();
    let mut engine = Market::new(params.clone()).map_err(|what| format!("seed {seed}: {what:?}"))?;
    let mut model = Model::new(params, Rc::new(Checked));
    for step in 0..steps {
        let input = chance.input(&engine);
        let at = |what: String| format!("seed {seed} step {step}: {what}");
        let done = engine.apply(&input);
        if model.apply(&input) != done.is_ok() {
            return Err(at(format!("engine {done:?} on {input:?}")));
        }
        let Ok(report) = done else { continue };
        report.fills.iter().for_each(|fill| *seen.entry(format!("{:?}", fill.fill_type)).or_default() += 1);
        report.events.iter().for_each(|event| *seen.entry(name(event)).or_default() += 1);
        if matches!(input, Input::Eliminate { .. }) {
            model.follow_renormalisation(&engine.public()).map_err(at)?;
        }
        let found = compare::differences(&engine, &report, &model);
        if !found.is_empty() {
            return Err(at(format!("{}\n  after {input:?}", found.join("\n  "))));
        }
        engine.audit().and_then(|()| model.audit()).map_err(at)?;
    }
    *seen.entry(AT_CAP.to_owned()).or_default() += model.refunds_at_cap;
    Ok(())
}

/// How often each kind of fill, event and rejection came up.
type Seen = BTreeMap<String, u64>;

/// An event's kind; of a rejection, its reason's.
fn name(event: &Event) -> String {
    let text = match event {
        Event::OrderRejected { reason, .. } => format!("{reason:?}"),
        _ => format!("{event:?}"),
    };
    text.split([' ', '(']).next().unwrap_or_default().to_owned()
}

/// A refund that meets a neighbour at the cap.
const AT_CAP: &str = "a refund at the cap";

/// Random scenarios when nothing is said, their steps, and the ticks among them at least.
const SCENARIOS: u64 = 500;
const STEPS: usize = 60;
const TICKS_MIN: u64 = 2_000;

/// Kinds that a comparison without them would say nothing about.
const MUST_BE_SEEN: [&str; 21] = [
    "Amm",
    "Lob",
    "Mint",
    "Merge",
    "AutoFill",
    "Rebate",
    "Refund",
    AT_CAP,
    "OrderCanceled",
    "Elimination",
    "Renormalisation",
    "Extend",
    "Final",
    "Slippage",
    "Funds",
    "InsufficientTokens",
    "NoProceeds",
    "NeverPaysBack",
    "BadLimit",
    "BadSize",
    "UnknownUser",
];

#[test]
fn the_engine_does_what_the_naive_model_does() {
    let mut seen = Seen::new();
    let scenarios = count("OUTCRY_SCENARIOS", SCENARIOS);
    let failures: Vec<String> =
        seeds("naive_model", scenarios).filter_map(|seed| check_engine(seed, STEPS, &mut seen).err()).take(3).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    let missing = MUST_BE_SEEN.iter().filter(|kind| seen.get(**kind).is_none_or(|&times| times < 5));
    let missing: Vec<&&str> = if scenarios < SCENARIOS { Vec::new() } else { missing.collect() };
    assert!(missing.is_empty(), "{missing:?} hardly came up: {seen:?}");
    let ticks = seen.get("Tick").copied().unwrap_or_default();
    assert!(scenarios < SCENARIOS || ticks >= TICKS_MIN, "only {ticks} ticks were compared");
}
