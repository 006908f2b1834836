//! Nothing of the machine that builds gets into what browsers fetch: panics say where they
//! happened, and the compiler would write there where the sources lay.

use crate::{
    failure::{Context, Failure, Result},
    place::Place,
};
use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// Crates of the workspace whose sources are compiled to WASM.
const OURS: [&str; 5] = ["engine", "shared", "desk", "lite", "client"];
/// A crate that is on every machine which runs this: where its sources are, the others' are too.
const WITNESS: &str = "blake3";

/// The compiler's flags that give sources of dependencies the same names on every machine.
///
/// # Errors
/// When the lock file cannot be read.
pub(super) fn flags(place: &Place) -> Result<Vec<String>> {
    let home = cargo_home()?;
    let mut flags = vec![remap(&home, "cargo")];
    let witness = format!("{WITNESS}-{}", place.locked_version(WITNESS)?);
    // Of several names the last one counts. Sources may lie elsewhere: then the look at the end tells.
    let registries = fs::read_dir(home.join("registry/src")).into_iter().flatten().flatten();
    let registry = registries.map(|entry| entry.path()).find(|registry| registry.join(&witness).is_dir());
    flags.extend(registry.map(|registry| remap(&registry, "crates")));
    Ok(flags)
}

fn remap(from: &Path, to: &str) -> String {
    format!("--remap-path-prefix={}={to}", from.display())
}

/// Looks for places of this machine in files that are about to be served.
///
/// # Errors
/// With every file that names one.
pub(super) fn check(place: &Place, build_dir: &Path, files: &[PathBuf]) -> Result<()> {
    let mut places: Vec<_> = OURS.iter().map(|name| place.root.join(name)).collect();
    places.extend([build_dir.to_path_buf(), cargo_home()?.join("registry")]);
    let mut found = Vec::new();
    for file in files {
        let bytes = fs::read(file).context(file.display())?;
        found.extend(named(&bytes, &places).map(|place| format!("{} names {}", file.display(), place.display())));
    }
    if found.is_empty() { Ok(()) } else { Err(Failure::new(found.join("\n"))) }
}

/// The places that stand in some bytes.
fn named<'a>(bytes: &[u8], places: &'a [PathBuf]) -> impl Iterator<Item = &'a PathBuf> {
    places.iter().filter(|place| {
        let place = place.as_os_str().as_encoded_bytes();
        bytes.windows(place.len()).any(|part| part == place)
    })
}

fn cargo_home() -> Result<PathBuf> {
    let said = env::var_os("CARGO_HOME").map(PathBuf::from);
    said.or_else(|| Some(env::home_dir()?.join(".cargo"))).context("neither CARGO_HOME nor HOME is set")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_found_wherever_it_stands() {
        let places = [PathBuf::from("/build/outcry/client"), PathBuf::from("/build/cargo/registry")];
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<_> = named(text.as_bytes(), &places).map(|place| place.to_str().unwrap()).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("\0at client/src/lib.rs\0crates/naga-1/src/lib.rs", &[]);
        check("\0/build/outcry/client/src/lib.rs", &["/build/outcry/client"]);
        check("\0x/build/cargo/registry", &["/build/cargo/registry"]);
        check("", &[]);
    }

    #[test]
    fn every_source_of_a_dependency_has_another_name() {
        let flags = flags(&Place::find().unwrap()).unwrap();
        assert_eq!(flags.len(), 2, "{flags:?}");
        assert!(flags[1].ends_with("=crates"), "{flags:?}");
    }
}
