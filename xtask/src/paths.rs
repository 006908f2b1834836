//! Nothing of the machine that builds gets into what others run or browsers fetch: panics say where they happened, and
//! the compiler would write there where the sources lay.

use crate::{
    failure::{Context, Failure, Result},
    place::Place,
};
use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// Crates of the workspace whose sources are in the programs. The workspace itself may lie where anything may: `/src`.
const OURS: [&str; 9] = ["engine", "shared", "reach", "traders", "lab", "desk", "lite", "server", "client"];
/// A crate that is on every machine which runs this: where its sources are, the others' are too.
const WITNESS: &str = "blake3";
/// Between flags in `CARGO_ENCODED_RUSTFLAGS`, which may have spaces in them.
const FLAGS_BETWEEN: &str = "\u{1f}";

/// The compiler's flags, encoded: ours, that give sources the same names on every machine, after those of the
/// environment, which they would replace.
///
/// # Errors
/// When the lock file cannot be read.
pub(crate) fn rust_flags(place: &Place) -> Result<String> {
    let encoded = |flags: String| flags.split_whitespace().collect::<Vec<_>>().join(FLAGS_BETWEEN);
    let said = env::var("CARGO_ENCODED_RUSTFLAGS").or_else(|_| env::var("RUSTFLAGS").map(encoded));
    let said = said.ok().filter(|flags| !flags.is_empty());
    Ok(said.into_iter().chain(flags(place)?).collect::<Vec<_>>().join(FLAGS_BETWEEN))
}

/// Of several names of a place the last one counts.
fn flags(place: &Place) -> Result<Vec<String>> {
    let home = cargo_home()?;
    let mut flags = vec![remap(&home, "cargo")];
    let witness = format!("{WITNESS}-{}", place.locked_version(WITNESS)?);
    // Sources may lie elsewhere: then the look at the end tells.
    let registries = fs::read_dir(home.join("registry/src")).into_iter().flatten().flatten();
    let registry = registries.map(|entry| entry.path()).find(|registry| registry.join(&witness).is_dir());
    flags.extend(registry.map(|registry| remap(&registry, "crates")));
    Ok(flags)
}

fn remap(from: &Path, to: &str) -> String {
    format!("--remap-path-prefix={}={to}", from.display())
}

/// Looks for places of this machine in files that are about to be given to others.
///
/// # Errors
/// With every file that names one.
pub(crate) fn check(place: &Place, build_dir: &Path, files: &[PathBuf]) -> Result<()> {
    let mut places: Vec<_> = OURS.iter().map(|name| place.root.join(name)).collect();
    places.extend([build_dir.to_path_buf(), cargo_home()?.join("registry")]);
    // Of whoever builds, unless that is nobody in particular.
    places.extend(env::home_dir().filter(|home| home.file_name().is_some()).map(|home| home.join("")));
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
    fn a_program_that_names_a_place_of_this_machine_is_not_given_away() {
        let place = Place::find().unwrap();
        let build_dir = env::temp_dir().join(format!("outcry-paths-{}", std::process::id()));
        fs::create_dir_all(&build_dir).unwrap();
        let check = |text: &str| {
            let program = build_dir.join("program");
            fs::write(&program, format!("\0{text}\0")).unwrap();
            check(&place, &build_dir, &[program]).map_err(|failure| failure.to_string())
        };
        assert_eq!(check("server/src/lap.rs and crates/tokio-1/src/lib.rs"), Ok(()));
        let (home, registry) = (env::home_dir().unwrap(), cargo_home().unwrap().join("registry"));
        for named in
            [place.root.join("server/src/lap.rs"), build_dir.join("out.rs"), registry.join("x"), home.join("x")]
        {
            let sentence = check(&named.display().to_string()).unwrap_err();
            assert!(sentence.contains("program names /"), "{sentence}");
        }
        fs::remove_dir_all(&build_dir).unwrap();
    }

    #[test]
    fn every_source_of_a_dependency_has_another_name() {
        let flags = flags(&Place::find().unwrap()).unwrap();
        assert_eq!(flags.len(), 2, "{flags:?}");
        assert!(flags[1].ends_with("=crates"), "{flags:?}");
    }
}
