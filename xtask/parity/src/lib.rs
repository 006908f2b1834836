//! The scenario runner as WASM: `parity.test.mjs` compares what it prints with what the native
//! one prints, byte for byte.

use wasm_bindgen::prelude::wasm_bindgen;

/// What the program `scenario` prints for a scenario (§10).
///
/// # Errors
/// What is wrong with the scenario, in one sentence.
#[wasm_bindgen(js_name = runScenario)]
pub fn run_scenario(scenario: &str) -> Result<String, String> {
    outcry_engine::scenario::run(scenario).map_err(|error| error.to_string())
}
