//! The scenario runner and the lab as WASM: `parity.test.mjs` compares what they print with what the native
//! ones print, byte for byte.

use outcry_lab::{
    rehearsal::{Means, Rehearsal, rehearse},
    setup::Setup,
    summary::summarise,
    table,
};
use outcry_shared::config::SessionConfig;
use wasm_bindgen::prelude::wasm_bindgen;

/// What the program `scenario` prints for a scenario (§10).
///
/// # Errors
/// What is wrong with the scenario, in one sentence.
#[wasm_bindgen(js_name = runScenario)]
pub fn run_scenario(scenario: &str) -> Result<String, String> {
    let json = serde_json::from_str(scenario).map_err(|error| format!("scenario: is no JSON: {error}"))?;
    let mut lines = Vec::new();
    outcry_engine::scenario::run(&json, |line| lines.push(line.to_string())).map_err(|error| error.to_string())?;
    Ok(lines.join("\n"))
}

/// The row that `outcry-lab run` prints for a session: its figures, and a digest of everything that happened.
///
/// # Errors
/// What is wrong with configuration or mechanism, in one sentence.
#[wasm_bindgen(js_name = runLab)]
pub fn run_lab(session: &str, maker: &str, seed: u32) -> Result<String, String> {
    let config = SessionConfig::from_json(session).map_err(|found| format!("the configuration is none: {found:?}"))?;
    let setup = Setup { maker: maker.parse()?, ..Setup::new(config) };
    let summary = summarise(&setup, u64::from(seed)).map_err(|error| error.to_string())?;
    Ok(table::row(&setup, &summary).join(","))
}

/// The hash of the sheet that `outcry-lab rehearse` makes of a few sessions.
///
/// # Errors
/// What is wrong with the configuration, in one sentence.
#[wasm_bindgen(js_name = rehearseLab)]
pub fn rehearse_lab(session: &str, sessions: u32, plans: u32) -> Result<String, String> {
    let config = SessionConfig::from_json(session).map_err(|found| format!("the configuration is none: {found:?}"))?;
    let rehearsal = Rehearsal { sessions: sessions.into(), attack_plans: plans, ..Rehearsal::new(Setup::new(config)) };
    let means = Means { threads: 1, clock: None, goes_on: &|_, _| true };
    let sheet = rehearse(&rehearsal, means).map_err(|error| error.to_string())?;
    sheet.map(|sheet| sheet.hash).ok_or_else(|| "it was stopped".to_owned())
}
