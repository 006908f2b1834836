//! A dated copy of what RustSec's database says, without its words: which versions of which crate
//! are concerned. Everything of it, so that a crate which is new here is known at once.

use super::crates::Package;
use crate::{
    failure::{Context, Failure, Result},
    place::Place,
    run,
};
use semver::VersionReq;
use serde::Deserialize;
use std::{fs, path::Path, process::Command};

const FILE: &str = "xtask/advisories.toml";
const HEAD: &str = "\
# Which versions of which crates RustSec's database of advisories (https://rustsec.org, public domain,
# some entries CC BY 4.0 by GitHub's) warns of. Made by `cargo xtask deny --from CHECKOUT`; not edited.
";
/// How an advisory's own file begins its data, and ends it.
const FENCES: (&str, &str) = ("```toml", "```");

/// The copy.
#[derive(Deserialize)]
pub(super) struct Copy {
    /// The day of the database's last change.
    pub(super) taken: String,
    pub(super) advisories: Vec<Advisory>,
}

/// An advisory, without its words.
#[derive(Deserialize)]
pub(super) struct Advisory {
    pub(super) id: String,
    package: String,
    /// What it is, if it is no hole: `unsound`, `unmaintained`.
    #[serde(default)]
    informational: Option<String>,
    #[serde(default)]
    patched: Vec<String>,
    #[serde(default)]
    unaffected: Vec<String>,
}

/// An advisory's own file.
#[derive(Deserialize)]
struct Original {
    advisory: Head,
    #[serde(default)]
    versions: Versions,
}

#[derive(Deserialize)]
struct Head {
    id: String,
    package: String,
    informational: Option<String>,
    withdrawn: Option<String>,
}

#[derive(Default, Deserialize)]
struct Versions {
    #[serde(default)]
    patched: Vec<String>,
    #[serde(default)]
    unaffected: Vec<String>,
}

impl Advisory {
    /// What it says of a package, if the package is concerned.
    ///
    /// # Errors
    /// When a requirement of versions cannot be read.
    pub(super) fn concerns(&self, package: &Package) -> Result<Option<String>> {
        if self.package != package.name {
            return Ok(None);
        }
        for requirement in self.patched.iter().chain(&self.unaffected) {
            if VersionReq::parse(requirement).context(&self.id)?.matches(&package.version) {
                return Ok(None);
            }
        }
        let what = self.informational.as_deref().unwrap_or("vulnerable");
        let mended = if self.patched.is_empty() { "nothing".to_owned() } else { self.patched.join(" or ") };
        let Package { name, version, .. } = package;
        Ok(Some(format!("{name} {version} is {what}, mended by {mended}: https://rustsec.org/advisories/{}", self.id)))
    }
}

/// Reads the copy.
///
/// # Errors
/// When it cannot be read.
pub(super) fn read(place: &Place) -> Result<Copy> {
    let file = place.root.join(FILE);
    let text = fs::read_to_string(&file).context(file.display())?;
    toml::from_str(&text).context(file.display())
}

/// Makes the copy anew, of a checkout of the database.
///
/// # Errors
/// When a file cannot be read or written.
pub(super) fn take(place: &Place, database: &Path) -> Result<()> {
    let taken = run::output(Command::new("git").arg("-C").arg(database).args(["log", "-1", "--format=%cs"]))?;
    let mut lines = Vec::new();
    for folder in entries(&database.join("crates"))? {
        for file in entries(&folder)? {
            lines.extend(line(&fs::read_to_string(&file).context(file.display())?).context(file.display())?);
        }
    }
    let text = format!("{HEAD}taken = \"{taken}\"\nadvisories = [\n{}]\n", lines.concat());
    let file = place.root.join(FILE);
    fs::write(&file, text).context(file.display())
}

fn entries(folder: &Path) -> Result<Vec<std::path::PathBuf>> {
    let entries = fs::read_dir(folder).context(folder.display())?;
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    Ok(paths)
}

/// A line of the copy; none of an advisory that was withdrawn.
fn line(original: &str) -> Result<Option<String>> {
    let (_, rest) = original.split_once(FENCES.0).context("it does not begin with its data")?;
    let (data, _) = rest.split_once(FENCES.1).ok_or_else(|| Failure::new("its data does not end"))?;
    let Original { advisory, versions } = toml::from_str(data).context("its data cannot be read")?;
    let Head { id, package, informational, withdrawn } = advisory;
    if withdrawn.is_some() {
        return Ok(None);
    }
    let informational = informational.map(|what| format!(", informational = {what:?}")).unwrap_or_default();
    let Versions { patched, unaffected } = versions;
    let unaffected = if unaffected.is_empty() { String::new() } else { format!(", unaffected = {unaffected:?}") };
    Ok(Some(format!(
        "    {{ id = {id:?}, package = {package:?}{informational}, patched = {patched:?}{unaffected} }},\n"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORIGINAL: &str = "```toml\n[advisory]\nid = \"RUSTSEC-2020-0001\"\npackage = \"pit\"\n\
        [versions]\npatched = [\"< 1.0.0, >= 0.9.3\", \">= 1.2.0\"]\nunaffected = [\"< 0.8\"]\n```\n\n# A pit\n";

    #[test]
    fn versions_that_are_neither_mended_nor_spared_are_concerned() {
        let line = line(ORIGINAL).unwrap().unwrap();
        let copy: Copy = toml::from_str(&format!("taken = \"2020-01-01\"\nadvisories = [\n{line}]")).unwrap();
        let check = |name: &str, version: &str, expected: bool| {
            let package =
                Package { name: name.to_owned(), version: version.parse().unwrap(), license: None, source: None };
            let said = copy.advisories[0].concerns(&package).unwrap();
            assert_eq!(said.is_some(), expected, "{name} {version}: {said:?}");
        };
        check("pit", "0.7.9", false);
        check("pit", "0.9.2", true);
        check("pit", "0.9.3", false);
        check("pit", "1.1.0", true);
        check("pit", "1.2.0", false);
        check("pith", "1.1.0", false);
    }

    #[test]
    fn what_was_withdrawn_is_left_out() {
        let withdrawn = ORIGINAL.replace("[versions]", "withdrawn = \"2020-02-02\"\n[versions]");
        assert!(line(&withdrawn).unwrap().is_none());
    }
}
