//! Where the record lies, and which server works on it.

use super::error::StoreError;
use crate::config::Settings;
use std::path::{Path, PathBuf};

/// Where the record lies, and who works on it.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// `postgres://…` or `sqlite:FILE`; without it a file in the data directory.
    pub url: Option<&'a str>,
    /// The schema of the tables in PostgreSQL; without it the first that the connection looks in.
    pub schema: Option<&'a str>,
    /// Where the file lies when there is no URL.
    pub data_dir: &'a Path,
    /// The server, by which it finds its sessions again where several share a database; empty for
    /// commands beside a server.
    pub server: &'a str,
}

impl<'a> Place<'a> {
    /// The database of a URL, or else of the data directory, for nobody in particular.
    #[must_use]
    pub const fn of(url: Option<&'a str>, data_dir: &'a Path) -> Self {
        Self { url, schema: None, data_dir, server: "" }
    }

    /// The file that it is, where it is not PostgreSQL.
    pub(super) fn file(&self) -> Result<PathBuf, StoreError> {
        let Some(url) = self.url else { return Ok(self.data_dir.join("outcry.db")) };
        let file = url.strip_prefix("sqlite:").ok_or(StoreError::UnknownKind)?;
        Ok(file.strip_prefix("//").unwrap_or(file).into())
    }

    /// Whether several servers can share it, each with a session of its own.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        self.url.is_some_and(is_postgres)
    }
}

impl<'a> From<&'a Settings> for Place<'a> {
    fn from(settings: &'a Settings) -> Self {
        let Settings { database_url, database_schema, data_dir, .. } = settings;
        Self { url: database_url.as_deref(), schema: database_schema.as_deref(), data_dir, server: "" }
    }
}

pub(super) fn is_postgres(url: &str) -> bool {
    url.starts_with("postgres://") || url.starts_with("postgresql://")
}
