//! `cargo xtask release`: the server as one file, with the pages behind its last byte.

use crate::{
    failure::{Context, Failure, Result},
    needs, paths,
    place::Place,
    run, say,
    web::{self, Profile, WebOptions},
};
use std::{
    fs::{self, File},
    io::{Cursor, Write},
    path::{Path, PathBuf},
};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// Where the file goes, below the workspace.
const PROGRAM: &str = "dist/outcry-server";
/// Where the server is built, below the build directory.
const BUILD_DIR: &str = "packed";
/// What compressed forms of a file end in. Of a file that has one, the plain form stays out: the
/// server makes it again for the few who ask.
const GZIP: &str = ".gz";

/// Builds pages and server and makes one file of them.
///
/// # Errors
/// When a build fails, or a file cannot be read or written.
pub(crate) fn release(place: &Place, options: &WebOptions) -> Result<()> {
    needs::ensure(&[&needs::COMPILER])?;
    let pages = web::web(place, options, Profile::Release)?;
    say::step("server");
    let built = build(place, "release")?;
    let program = place.root.join(PROGRAM);
    pack(&built, &pages, &program)?;
    paths::check(place, &place.target, std::slice::from_ref(&program))?;
    let bytes = fs::metadata(&program).context(program.display())?.len();
    say::line(&format!("{} has everything inside: {bytes} bytes", program.display()));
    Ok(())
}

/// Builds the server with nothing of this machine in it; in a directory of its own, since with other flags everything is
/// built anew.
fn build(place: &Place, profile: &str) -> Result<PathBuf> {
    let dir = place.target.join(BUILD_DIR);
    let mut cargo = place.cargo_into("cargo", &dir);
    cargo.env("CARGO_ENCODED_RUSTFLAGS", paths::rust_flags(place)?);
    run::run(cargo.args(["build", "--locked", "--package", "outcry-server", "--profile", profile]))?;
    Ok(dir.join(profile).join("outcry-server"))
}

/// Writes a program with pages behind it, as an archive that unpackers of ZIP read too.
///
/// # Errors
/// When a file cannot be read or written, or there is no page.
pub(crate) fn pack(program: &Path, pages: &Path, out: &Path) -> Result<()> {
    let names = names(pages)?;
    // As it is, or as its packed copy alone.
    if !names.iter().any(|name| name.strip_suffix(GZIP).unwrap_or(name) == "index.html") {
        return Err(Failure::new(format!("there is no web client in {}: build it first", pages.display())));
    }
    // A program that runs cannot be written over, but another can take its name.
    let fresh = out.with_extension("fresh");
    fs::copy(program, &fresh).context(program.display())?;
    let mut file = File::options().append(true).open(&fresh).context(fresh.display())?;
    file.write_all(&archive(pages, &names)?).context(fresh.display())?;
    fs::rename(&fresh, out).context(out.display())
}

/// The files as they are: they are packed already.
fn archive(pages: &Path, names: &[String]) -> Result<Vec<u8>> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for name in names {
        let file = pages.join(name);
        let bytes = fs::read(&file).context(file.display())?;
        zip.start_file(name, options).context(name)?;
        zip.write_all(&bytes).context(name)?;
    }
    Ok(zip.finish().context(pages.display())?.into_inner())
}

/// The files of a directory that go inside.
fn names(pages: &Path) -> Result<Vec<String>> {
    let entries = fs::read_dir(pages).context(pages.display())?.flatten();
    let all: Vec<_> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    let goes_in = |name: &&String| !name.starts_with('.') && !all.contains(&format!("{name}{GZIP}"));
    let mut names: Vec<_> = all.iter().filter(goes_in).cloned().collect();
    names.sort();
    Ok(names)
}

/// The server of tests, with the pages of tests inside: what browsers visit is one file.
///
/// # Errors
/// As [`pack`].
pub(crate) fn for_tests(place: &Place, pages: &Path) -> Result<PathBuf> {
    let program = place.dev_binary("outcry-server-with-pages");
    pack(&place.dev_binary("outcry-server"), pages, &program)?;
    Ok(program)
}
