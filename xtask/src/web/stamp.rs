//! Whether pages have to be made anew: binding and packing a program takes longer than looking
//! whether it is still the same.

use crate::{
    failure::{Context, Result},
    place::Place,
};
use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// In the directory of the pages; the server serves no name that begins with a dot.
const FILE: &str = ".stamp";

/// What pages are made of.
pub(super) struct Stamp(String);

impl Stamp {
    /// Of compiled programs, the sources of the pages, and the programs that make pages of both.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub(super) fn of(place: &Place, programs: &[&Path]) -> Result<Self> {
        let mut parts = vec![env::current_exe().context("finding this program")?];
        parts.extend(programs.iter().map(|program| program.to_path_buf()));
        parts.push(place.root.join("xtask/bindgen/src/main.rs"));
        for folder in ["web", "web/parts", "assets/fonts"] {
            parts.extend(files(&place.root.join(folder))?);
        }
        let mut hash = blake3::Hasher::new();
        for part in parts {
            // Of each, so that no byte moves from one file into the next.
            hash.update(blake3::hash(&fs::read(&part).context(part.display())?).as_bytes());
        }
        hash.update(place.locked_version("wasm-bindgen")?.as_bytes());
        Ok(Self(hash.finalize().to_hex().to_string()))
    }

    /// Whether a directory has pages made of the same.
    pub(super) fn is_on(&self, dist: &Path) -> bool {
        fs::read_to_string(dist.join(FILE)).is_ok_and(|found| found == self.0)
    }

    /// Notes that a directory has them, as the last thing that is done to it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn put_on(&self, dist: &Path) -> Result<()> {
        let file = dist.join(FILE);
        fs::write(&file, &self.0).context(file.display())
    }
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).context(folder.display())?.flatten().map(|entry| entry.path());
    let mut files: Vec<_> = entries.filter(|path| path.is_file()).collect();
    files.sort();
    Ok(files)
}
