//! The configuration of a new session: from a file, a preset, or the first preset; checked before
//! it is used.

use super::{error::ConfigError, file};
use crate::chance::random_bytes;
use outcry_shared::config::{SessionConfig, presets};
use std::path::Path;

/// Reads and checks a session's configuration.
///
/// # Errors
/// Everything that is wrong with it, in one sentence.
pub fn read_session_config(path: &Path) -> Result<SessionConfig, ConfigError> {
    let wrong = |violations: Vec<outcry_engine::Violation>| {
        let sentences: Vec<_> = violations.iter().map(ToString::to_string).collect();
        ConfigError::File(path.display().to_string(), sentences.join("; "))
    };
    let config = SessionConfig::from_json(&file::read(path)?).map_err(wrong)?;
    let violations = config.validate();
    if violations.is_empty() { Ok(config) } else { Err(wrong(violations)) }
}

/// A preset by its name; the first one without.
///
/// # Errors
/// When there is none of that name: those that there are.
pub(super) fn preset(name: Option<&str>) -> Result<SessionConfig, String> {
    let presets = presets();
    let named = |name: &str| presets.iter().find(|preset| preset.id.eq_ignore_ascii_case(name));
    name.map_or_else(|| presets.first(), named).map(|preset| preset.config.clone()).ok_or_else(|| {
        let ids: Vec<_> = presets.iter().map(|preset| preset.id).collect();
        format!("there is no preset \"{}\": {} would be right", name.unwrap_or_default(), ids.join(", "))
    })
}

/// A password nobody has chosen: 60 bits in letters that are not mistaken for others.
pub(super) fn new_password() -> Result<String, ConfigError> {
    const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz23456789z";
    let bytes: [u8; 12] = random_bytes()?;
    let letters: Vec<char> = bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect();
    Ok(letters.chunks(4).map(|part| part.iter().collect::<String>()).collect::<Vec<_>>().join("-"))
}
