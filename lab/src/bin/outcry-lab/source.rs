//! Where a session's configuration comes from.

use clap::Args;
use outcry_lab::grid::preset;
use outcry_shared::config::SessionConfig;
use std::{
    error::Error,
    fs,
    path::{Path, PathBuf},
};

/// A file, or a preset.
#[derive(Debug, Args)]
pub(crate) struct Source {
    /// A session's configuration, as a host saves it (JSON)
    #[arg(value_name = "CONFIG")]
    file: Option<PathBuf>,
    /// A preset instead; "party" when neither is given
    #[arg(long, conflicts_with = "file")]
    preset: Option<String>,
}

impl Source {
    pub(crate) fn config(&self) -> Result<SessionConfig, Box<dyn Error>> {
        let Some(path) = &self.file else { return Ok(preset(self.preset.as_deref().unwrap_or("party"))?) };
        let config = SessionConfig::from_json(&read(path)?);
        let wrong = |found: Vec<outcry_engine::Violation>| {
            format!("{}: {}", path.display(), found.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
        };
        Ok(config.map_err(wrong)?)
    }
}

pub(crate) fn read(path: &Path) -> Result<String, Box<dyn Error>> {
    fs::read_to_string(path).map_err(|error| format!("{} cannot be read: {error}", path.display()).into())
}
