//! The whole database as one file, and back. A backup is an SQLite database whatever it is of: it needs no
//! program of the database's maker, a server starts on it as it is, and PostgreSQL takes it in again.

mod table;
mod sqlite;
mod postgres;

use super::{error::StoreError, open::open_at, place::Place, sqlite::SqliteStore};
use std::{
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
};

/// Writes all that is stored into a new file, as it is at one moment. A server may go on meanwhile.
///
/// # Errors
/// When the file exists or cannot be written, or the database fails.
pub async fn backup(place: &Place<'_>, out: &Path) -> Result<(), StoreError> {
    let part = Part::of(out)?;
    if let Some(url) = place.url.filter(|_| place.is_shared()) {
        // Its tables have to be of this version, as those of the file are.
        open_at(place).await?.close().await?;
        SqliteStore::open(&part.file, "").await?.close_file().await;
        postgres::into_file(url, place.schema, &part.file).await?;
    } else {
        let file = place.file()?;
        if !file.is_file() {
            return Err(StoreError::NoFile(file.display().to_string()));
        }
        sqlite::into_file(&file, &part.file).await?;
        // The file may be of an earlier version, and stays so.
        SqliteStore::open(&part.file, "").await?.close_file().await;
    }
    sqlite::forget_servers(&part.file).await?;
    part.keep(out)
}

/// Brings all of a backup into a database that has no session yet.
///
/// # Errors
/// When it has one, the file is no backup, or the database fails.
pub async fn restore(place: &Place<'_>, from: &Path) -> Result<(), StoreError> {
    if !from.is_file() {
        return Err(StoreError::NoFile(from.display().to_string()));
    }
    let shared = place.url.filter(|_| place.is_shared());
    let target = if shared.is_some() { std::env::temp_dir().join(temporary()) } else { place.file()? };
    let part = Part::of(&target)?;
    sqlite::into_file(from, &part.file).await?;
    // It may be of an earlier version, and what was backed up stays as it is.
    SqliteStore::open(&part.file, "").await?.close_file().await;
    let Some(url) = shared else { return part.keep(&target) };
    let store = open_at(place).await?;
    let sessions = store.sessions().await?.len();
    store.close().await?;
    if sessions > 0 {
        return Err(StoreError::NotEmpty(sessions));
    }
    postgres::from_file(url, place.schema, &part.file).await
}

fn temporary() -> String {
    format!("outcry-restore-{}.db", std::process::id())
}

/// A file in the making; unless it is kept, nothing stays of it.
struct Part {
    file: PathBuf,
}

impl Part {
    fn of(out: &Path) -> Result<Self, StoreError> {
        if out.exists() {
            return Err(StoreError::Exists(out.display().to_string()));
        }
        if let Some(directory) = out.parent() {
            fs::create_dir_all(directory).map_err(|error| cannot(out, &error))?;
        }
        let part = Self { file: with_end(out, ".part") };
        part.remove();
        Ok(part)
    }

    /// Gives it its name.
    fn keep(self, out: &Path) -> Result<(), StoreError> {
        fs::rename(&self.file, out).map_err(|error| cannot(out, &error))
    }

    fn remove(&self) {
        for end in ["", "-wal", "-shm", "-journal", ".lock"] {
            // Most of them are not there.
            let _ = fs::remove_file(with_end(&self.file, end));
        }
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        self.remove();
    }
}

fn with_end(path: &Path, end: &str) -> PathBuf {
    let mut name: OsString = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

fn cannot(path: &Path, error: &io::Error) -> StoreError {
    StoreError::Open { database: path.display().to_string(), reason: error.to_string() }
}
