//! A session's configuration: what the host sets, saves and loads.

mod wording;
mod session;
mod file;
mod validate;
mod presets;

pub use presets::{Preset, presets};
pub use session::{Choice, DEFAULT_SLIPPAGE_PERCENT, Elimination, ScriptPlan, SessionConfig};
pub use wording::{Group, Wording, parameters};

#[cfg(test)]
mod tests;
