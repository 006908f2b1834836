//! The naive model: against worked scenarios, and the engine against it.

mod naive;

use naive::{chance::Chance, model::Model, solve::Checked};
use naive::{
    compare,
    scenario::{Names, differences, open, play},
};
use outcry_engine::{Input, Market};
use serde_json::Value;
use std::{env, fs, path::PathBuf, rc::Rc};

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
fn check_engine(seed: u64, steps: usize) -> Result<(), String> {
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
        if matches!(input, Input::Eliminate { .. }) {
            model.follow_renormalisation(&engine.public()).map_err(at)?;
        }
        let found = compare::differences(&engine, &report, &model);
        if !found.is_empty() {
            return Err(at(format!("{}\n  after {input:?}", found.join("\n  "))));
        }
        engine.audit().and_then(|()| model.audit()).map_err(at)?;
    }
    Ok(())
}

#[test]
fn the_engine_does_what_the_naive_model_does() {
    let failures: Vec<String> = (std::env::var("SEED").map_or(0, |t| t.parse().unwrap())..cases(500))
        .filter_map(|seed| check_engine(seed, 60).err())
        .take(3)
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// How many cases to run: `OUTCRY_SCENARIOS`, or what CI takes.
fn cases(ci: u64) -> u64 {
    env::var("OUTCRY_SCENARIOS").ok().map_or(ci, |text| text.parse().unwrap())
}
