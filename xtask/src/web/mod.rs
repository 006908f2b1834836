//! `cargo xtask web`: the client for browsers, ready to be served.

pub(crate) mod toolchain;
mod bindgen;
mod compress;
mod page;

use crate::{failure::Result, place::Place, say};
use clap::{Args, ValueEnum};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Which WASM to build.
#[derive(Args, Clone)]
pub(crate) struct WebOptions {
    /// `release` is small and slow to build, `test` the other way round
    #[arg(long, value_enum, default_value_t = Profile::Release)]
    pub(crate) profile: Profile,
    /// With the read-only probe `window.outcry` for browser tests
    #[arg(long)]
    pub(crate) probe: bool,
    #[command(flatten)]
    pub(crate) compiler: toolchain::CompilerOptions,
}

/// How much time goes into the size.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Profile {
    /// For people.
    Release,
    /// For tests.
    Test,
}

impl Profile {
    fn cargo_profile(self) -> &'static str {
        match self {
            Self::Release => "wasm-release",
            Self::Test => "wasm-test",
        }
    }

    /// The light floor's, which is small enough for the best of everything.
    fn light_cargo_profile(self) -> &'static str {
        match self {
            Self::Release => "wasm-light",
            Self::Test => "wasm-test",
        }
    }

    fn brotli_quality(self) -> i32 {
        match self {
            Self::Release => 11,
            Self::Test => 5,
        }
    }

    /// Where the pages go, below the workspace.
    fn dist(self) -> &'static str {
        match self {
            Self::Release => "dist/web",
            Self::Test => "dist/web-test",
        }
    }
}

/// Builds the client and its pages; returns the directory to serve.
///
/// # Errors
/// When a tool is missing and cannot be installed, or a build fails.
pub(crate) fn web(place: &Place, options: &WebOptions) -> Result<PathBuf> {
    let WebOptions { profile, probe, compiler } = options;
    say::step(&format!("web client, profile {}", profile.cargo_profile()));
    let build = toolchain::Build {
        package: "outcry-client",
        profile: profile.cargo_profile(),
        arguments: if *probe { &["--features", "probe"] } else { &[] },
        file: "outcry-client.wasm",
    };
    let glue = bindgen::Glue { target: "web", strip: *profile == Profile::Release };
    let full = bindgen::bind(place, &toolchain::compile(place, compiler, &build)?, &glue)?;
    let programs = page::Programs { full, light: light(place, options, &glue)? };
    let dist = dist_dir(place, *profile);
    let files = page::assemble(&place.root.join("web"), &programs, &dist, profile.brotli_quality())?;
    print_sizes(&dist, &files);
    Ok(dist)
}

/// The light floor's program.
fn light(place: &Place, options: &WebOptions, glue: &bindgen::Glue) -> Result<bindgen::Bound> {
    let build = toolchain::Build {
        package: "outcry-lite",
        profile: options.profile.light_cargo_profile(),
        arguments: &[],
        file: "outcry_lite.wasm",
    };
    bindgen::bind(place, &toolchain::compile(place, &options.compiler, &build)?, glue)
}

/// The web client as browser tests load it; returns the directory to serve.
///
/// # Errors
/// As [`web`].
pub(crate) fn for_tests(place: &Place, compiler: &toolchain::CompilerOptions) -> Result<PathBuf> {
    web(place, &WebOptions { profile: Profile::Test, probe: true, compiler: compiler.clone() })
}

/// Builds a library of the workspace as a module for Node; returns its file.
///
/// # Errors
/// As [`web`].
pub(crate) fn node_module(place: &Place, compiler: &toolchain::CompilerOptions, package: &str) -> Result<PathBuf> {
    let file = format!("{}.wasm", package.replace('-', "_"));
    let build = toolchain::Build { package, profile: Profile::Test.cargo_profile(), arguments: &[], file: &file };
    let wasm = toolchain::compile(place, compiler, &build)?;
    Ok(bindgen::bind(place, &wasm, &bindgen::Glue { target: "nodejs", strip: false })?.script)
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
