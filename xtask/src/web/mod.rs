//! `cargo xtask web`: the client for browsers, ready to be served.

pub(crate) mod toolchain;
mod bindgen;
mod compress;
mod page;
mod stamp;

use crate::{failure::Result, paths, place::Place, say};
use clap::{Args, ValueEnum};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Where pages without the room go, below the workspace.
const LIGHT_DIST: &str = "dist/web-light";

/// Which WASM to build.
#[derive(Args, Clone)]
pub(crate) struct WebOptions {
    /// `release` is small and slow to build, `play` the other way round [default: `play` to play, else `release`]
    #[arg(long, value_enum)]
    pub(crate) profile: Option<Profile>,
    /// With the read-only probe `window.outcry` for browser tests
    #[arg(long)]
    pub(crate) probe: bool,
    #[command(flatten)]
    pub(crate) compiler: toolchain::CompilerOptions,
}

/// How much time goes into the size.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Profile {
    /// For people who come over the internet.
    Release,
    /// For people in the same room, soon.
    Play,
    /// For tests.
    Test,
}

impl Profile {
    fn cargo_profile(self) -> &'static str {
        match self {
            Self::Release => "wasm-release",
            Self::Play => "wasm-play",
            Self::Test => "wasm-test",
        }
    }

    /// The light floor's, which is small enough for the best of everything.
    fn light_cargo_profile(self) -> &'static str {
        match self {
            Self::Release | Self::Play => "wasm-light",
            Self::Test => "wasm-test",
        }
    }

    fn brotli_quality(self) -> i32 {
        match self {
            Self::Release => 11,
            Self::Play | Self::Test => 5,
        }
    }

    /// Where the pages go, below the workspace.
    fn dist(self) -> &'static str {
        match self {
            Self::Release => "dist/web",
            Self::Play => "dist/web-play",
            Self::Test => "dist/web-test",
        }
    }
}

/// Builds the client and its pages; returns the directory to serve.
///
/// # Errors
/// When a tool is missing and cannot be installed, or a build fails.
pub(crate) fn web(place: &Place, options: &WebOptions, usual: Profile) -> Result<PathBuf> {
    let profile = options.profile.unwrap_or(usual);
    say::step(&format!("web client, profile {}", profile.cargo_profile()));
    let built = toolchain::compile(place, &options.compiler, &client(profile, options.probe))?;
    let dist = dist_dir(place, profile);
    let light = toolchain::compile(place, &options.compiler, &light(profile))?;
    let stamp = stamp::Stamp::of(place, &[built.wasm.as_path(), light.wasm.as_path()])?;
    if stamp.is_on(&dist) {
        say::line(&format!("unchanged in {}", dist.display()));
        return Ok(dist);
    }
    let glue = bindgen::Glue { target: "web", strip: profile != Profile::Test };
    let programs = page::Programs {
        full: Some(bindgen::bind(place, &built.wasm, &glue)?),
        light: bindgen::bind(place, &light.wasm, &glue)?,
    };
    let files = page::assemble(&sources(place), &programs, &dist, profile.brotli_quality())?;
    paths::check(place, &built.dir, &files)?;
    stamp.put_on(&dist)?;
    print_sizes(&dist, &files);
    Ok(dist)
}

/// Builds the pages as they are released, without the room, which takes a quarter of an hour; returns the directory.
///
/// # Errors
/// As [`web`].
pub(crate) fn light_alone(place: &Place, compiler: &toolchain::CompilerOptions) -> Result<PathBuf> {
    say::step("light floor");
    let built = toolchain::compile(place, compiler, &light(Profile::Release))?;
    let glue = bindgen::Glue { target: "web", strip: true };
    let programs = page::Programs { full: None, light: bindgen::bind(place, &built.wasm, &glue)? };
    let dist = place.root.join(LIGHT_DIST);
    let files = page::assemble(&sources(place), &programs, &dist, Profile::Release.brotli_quality())?;
    paths::check(place, &built.dir, &files)?;
    print_sizes(&dist, &files);
    Ok(dist)
}

fn sources(place: &Place) -> page::Sources {
    page::Sources { web: place.root.join("web"), fonts: place.root.join("assets/fonts") }
}

fn client(profile: Profile, probe: bool) -> toolchain::Build<'static> {
    toolchain::Build {
        package: "outcry-client",
        profile: profile.cargo_profile(),
        arguments: if probe { &["--features", "probe"] } else { &[] },
        file: "outcry-client.wasm",
    }
}

fn light(profile: Profile) -> toolchain::Build<'static> {
    toolchain::Build {
        package: "outcry-lite",
        profile: profile.light_cargo_profile(),
        arguments: &[],
        file: "outcry_lite.wasm",
    }
}

/// The web client as browser tests load it; returns the directory to serve.
///
/// # Errors
/// As [`web`].
pub(crate) fn for_tests(place: &Place, compiler: &toolchain::CompilerOptions) -> Result<PathBuf> {
    let options = WebOptions { profile: None, probe: true, compiler: compiler.clone() };
    web(place, &options, Profile::Test)
}

/// Clippy on both floors as browser tests load them.
///
/// # Errors
/// When there is a warning.
pub(crate) fn lint(place: &Place, compiler: &toolchain::CompilerOptions) -> Result<()> {
    toolchain::lint(place, compiler, &light(Profile::Test))?;
    toolchain::lint(place, compiler, &client(Profile::Test, true))
}

/// Builds a library of the workspace as a module for Node; returns its file.
///
/// # Errors
/// As [`web`].
pub(crate) fn node_module(place: &Place, compiler: &toolchain::CompilerOptions, package: &str) -> Result<PathBuf> {
    let file = format!("{}.wasm", package.replace('-', "_"));
    let build = toolchain::Build { package, profile: Profile::Test.cargo_profile(), arguments: &[], file: &file };
    let built = toolchain::compile(place, compiler, &build)?;
    Ok(bindgen::bind(place, &built.wasm, &bindgen::Glue { target: "nodejs", strip: false })?.script)
}

/// The directory that a build of a profile fills.
pub(crate) fn dist_dir(place: &Place, profile: Profile) -> PathBuf {
    place.root.join(profile.dist())
}

fn print_sizes(dist: &Path, files: &[PathBuf]) {
    say::line(&format!("{:<40} {:>12} {:>12} {:>12}", "file in bytes", "plain", "brotli", "gzip"));
    for file in files {
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let sizes = ["", ".br", ".gz"].map(|suffix| size(&dist.join(format!("{name}{suffix}"))));
        say::line(&format!("{name:<40} {:>12} {:>12} {:>12}", sizes[0], sizes[1], sizes[2]));
    }
    say::line(&format!("in {}", dist.display()));
}

fn size(file: &Path) -> String {
    fs::metadata(file).map_or_else(|_| "-".to_owned(), |data| data.len().to_string())
}
