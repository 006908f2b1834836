//! The scenario runner as WASM: `parity.test.mjs` compares what it prints with what the native
//! one prints, byte for byte.

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
