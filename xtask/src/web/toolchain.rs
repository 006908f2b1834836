//! Which compiler makes the WASM: the project's own toolchain where its target is or can be
//! installed, else Debian's, which brings the sources of std and builds them on the way.

use crate::{
    failure::{Context, Failure, Result},
    needs, paths,
    place::Place,
    run, say,
};
use clap::{Args, ValueEnum};
use std::{
    path::{Path, PathBuf},
    process::Command,
};

const TARGET: &str = "wasm32-unknown-unknown";
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_CARGO: &str = "/usr/bin/cargo";
const DEBIAN_PACKAGES: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "rust-web-llvm"];
/// Oldest minor version of Rust 1 that compiles the workspace.
const MINOR_VERSION_MIN: u32 = 95;

/// How the WASM is compiled.
#[derive(Args, Clone)]
pub(crate) struct CompilerOptions {
    /// Compiler of the WASM; by default the first that can be had
    #[arg(long, value_enum, env = "OUTCRY_WASM_COMPILER")]
    compiler: Option<Compiler>,
    /// Build directory of the WASM [default: `wasm` or `wasm-debian` in cargo's]
    #[arg(long, env = "OUTCRY_WASM_TARGET_DIR")]
    wasm_target_dir: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Compiler {
    /// The project's toolchain with its WASM target
    Rustup,
    /// Debian's rustc-web with the sources of std
    Debian,
}

/// What to compile.
pub(crate) struct Build<'a> {
    /// The package of the workspace.
    pub(crate) package: &'a str,
    /// Cargo's profile.
    pub(crate) profile: &'a str,
    /// More of cargo's arguments.
    pub(crate) arguments: &'a [&'a str],
    /// The file that comes out.
    pub(crate) file: &'a str,
}

/// Where a build put what it made.
pub(crate) struct Built {
    /// The program.
    pub(crate) wasm: PathBuf,
    /// The build directory.
    pub(crate) dir: PathBuf,
}

/// Compiles to WASM.
///
/// # Errors
/// When no compiler can be had, or it fails.
pub(crate) fn compile(place: &Place, options: &CompilerOptions, build: &Build) -> Result<Built> {
    let compiler = options.compiler.unwrap_or_else(first_available);
    let dir = options.dir(place, compiler);
    run::run(&mut cargo(place, compiler, &dir, "build", build)?)?;
    Ok(Built { wasm: dir.join(TARGET).join(build.profile).join(build.file), dir })
}

/// Clippy on what only the WASM has; a warning is an error.
///
/// # Errors
/// When there is one.
pub(crate) fn lint(place: &Place, options: &CompilerOptions, build: &Build) -> Result<()> {
    let compiler = options.compiler.unwrap_or_else(first_available);
    if compiler == Compiler::Debian {
        say::line("Debian's compiler has lints of its own: the WASM is not linted here");
        return Ok(());
    }
    let mut cargo = cargo(place, compiler, &options.dir(place, compiler), "clippy", build)?;
    run::run(cargo.args(["--", "--deny", "warnings"]))
}

impl CompilerOptions {
    /// Two compilers must not share a build directory: each would undo the other's work.
    fn dir(&self, place: &Place, compiler: Compiler) -> PathBuf {
        let name = match compiler {
            Compiler::Rustup => "wasm",
            Compiler::Debian => "wasm-debian",
        };
        self.wasm_target_dir.clone().unwrap_or_else(|| place.target.join(name))
    }
}

/// A command of cargo's on what is built.
fn cargo(place: &Place, compiler: Compiler, dir: &Path, subcommand: &str, build: &Build) -> Result<Command> {
    let mut cargo = match compiler {
        Compiler::Rustup => place.cargo_into("cargo", dir),
        Compiler::Debian => debian_cargo(place, dir)?,
    };
    cargo.env("CARGO_ENCODED_RUSTFLAGS", paths::rust_flags(place)?);
    cargo.args([subcommand, "--locked", "--package", build.package, "--profile", build.profile, "--target", TARGET]);
    cargo.args(build.arguments);
    if compiler == Compiler::Debian {
        cargo.args(["-Z", "build-std=std,panic_abort"]);
    }
    Ok(cargo)
}

fn first_available() -> Compiler {
    if target_installed() {
        return Compiler::Rustup;
    }
    if run::find_program("rustup").is_some() {
        say::line(&format!("the toolchain lacks {TARGET}: asking rustup for it"));
        if run::run(Command::new("rustup").args(["target", "add", TARGET])).is_ok() && target_installed() {
            return Compiler::Rustup;
        }
    }
    say::line("rustup cannot bring it: using Debian's compiler");
    Compiler::Debian
}

fn target_installed() -> bool {
    run::output(Command::new("rustc").args(["--print", "sysroot"]))
        .is_ok_and(|sysroot| Path::new(&sysroot).join("lib/rustlib").join(TARGET).join("lib").is_dir())
}

/// Debian's cargo with Debian's compiler, installed when missing.
fn debian_cargo(place: &Place, dir: &Path) -> Result<Command> {
    let there = [DEBIAN_RUSTC, DEBIAN_CARGO].iter().all(|file| Path::new(file).is_file());
    if !there || !std_sources_installed() {
        say::line(&format!("installing {}", DEBIAN_PACKAGES.join(" ")));
        needs::install(&DEBIAN_PACKAGES)?;
    }
    check_version()?;
    ensure_linker()?;
    let mut cargo = place.cargo_into(DEBIAN_CARGO, dir);
    // Stable compilers take -Z only so. The variables that rustup's cargo left would bring
    // its own compiler back.
    cargo.env("RUSTC_BOOTSTRAP", "1").env("RUSTC", DEBIAN_RUSTC);
    for variable in ["CARGO", "RUSTDOC", "RUSTUP_TOOLCHAIN", "LD_LIBRARY_PATH"] {
        cargo.env_remove(variable);
    }
    Ok(cargo)
}

fn std_sources_installed() -> bool {
    run::output(Command::new(DEBIAN_RUSTC).args(["--print", "sysroot"]))
        .is_ok_and(|sysroot| Path::new(&sysroot).join("lib/rustlib/src/rust/library").is_dir())
}

fn check_version() -> Result<()> {
    let version = run::output(Command::new(DEBIAN_RUSTC).arg("--version"))?;
    let minor = version.split('.').nth(1).and_then(|minor| minor.parse().ok()).unwrap_or(0);
    if minor >= MINOR_VERSION_MIN {
        return Ok(());
    }
    Err(Failure::new(format!("{DEBIAN_RUSTC} is {version}, and 1.{MINOR_VERSION_MIN} or newer is needed")))
}

/// `rust-lld` is a link into the package of the linker, which the compiler does not depend on.
fn ensure_linker() -> Result<()> {
    if Path::new("/usr/bin/rust-lld").exists() {
        return Ok(());
    }
    let about = run::output(Command::new(DEBIAN_RUSTC).arg("-vV"))?;
    let llvm = about.lines().find_map(|line| line.strip_prefix("LLVM version: ")).context("rustc names no LLVM")?;
    let major = llvm.split('.').next().unwrap_or(llvm);
    needs::install(&[&format!("lld-{major}")])
}
