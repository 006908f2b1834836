//! The configuration of a new session: from a file, a preset, or the first preset; checked before
//! it is used.

use outcry_shared::config::{SessionConfig, presets};
use std::path::Path;

/// Largest configuration file that is read, in bytes.
const FILE_BYTES_MAX: u64 = 1 << 20;

/// What is wrong with flags or files.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A file that cannot be read.
    #[error("{0} cannot be read: {1}")]
    Read(String, String),
    /// A file with something wrong in it.
    #[error("{0} is not a configuration: {1}")]
    File(String, String),
    /// A preset that does not exist, and those that do.
    #[error("there is no preset \"{0}\": {1} would be right")]
    Preset(String, String),
    /// Not an address for people.
    #[error("the public address \"{0}\" is not one: http://host:port or https://host would be right")]
    PublicUrl(String),
}

pub(super) fn read(path: &Path) -> Result<String, ConfigError> {
    let failed = |reason: String| ConfigError::Read(path.display().to_string(), reason);
    let size = std::fs::metadata(path).map_err(|error| failed(error.to_string()))?.len();
    if size > FILE_BYTES_MAX {
        return Err(failed(format!("it has {size} bytes, at most {FILE_BYTES_MAX} are read")));
    }
    std::fs::read_to_string(path).map_err(|error| failed(error.to_string()))
}

/// Reads and checks a session's configuration.
///
/// # Errors
/// Everything that is wrong with it, in one sentence.
pub fn read_session_config(path: &Path) -> Result<SessionConfig, ConfigError> {
    let wrong = |violations: Vec<outcry_engine::Violation>| {
        let sentences: Vec<_> = violations.iter().map(ToString::to_string).collect();
        ConfigError::File(path.display().to_string(), sentences.join("; "))
    };
    let config = SessionConfig::from_json(&read(path)?).map_err(wrong)?;
    let violations = config.validate();
    if violations.is_empty() { Ok(config) } else { Err(wrong(violations)) }
}

pub(super) fn choose(path: Option<&Path>, preset: Option<&str>) -> Result<SessionConfig, ConfigError> {
    if let Some(path) = path {
        return read_session_config(path);
    }
    let presets = presets();
    let named = |name: &str| presets.iter().find(|preset| preset.id == name);
    let chosen = preset.map_or_else(|| presets.first(), named);
    chosen.map(|preset| preset.config.clone()).ok_or_else(|| {
        let ids: Vec<_> = presets.iter().map(|preset| preset.id).collect();
        ConfigError::Preset(preset.unwrap_or_default().to_owned(), ids.join(", "))
    })
}
