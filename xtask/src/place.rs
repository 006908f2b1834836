//! Where things are.

use crate::failure::{Context, Failure, Result};
use std::{
    env, fs,
    io::ErrorKind,
    path::{Path, PathBuf},
    process::Command,
};

/// The checkout and the build directory.
pub(crate) struct Place {
    /// The workspace.
    pub(crate) root: PathBuf,
    /// What cargo builds into: `CARGO_TARGET_DIR`, or `target` in the workspace.
    pub(crate) target: PathBuf,
}

impl Place {
    /// # Errors
    /// When the working directory is gone.
    pub(crate) fn find() -> Result<Self> {
        // Cargo says it at run time too: a build directory may outlive the checkout that it was made for.
        let package =
            env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
        let root = package.parent().context("xtask lies outside a workspace")?;
        let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
        let target = std::path::absolute(target).context("finding the build directory")?;
        Ok(Self { root: root.to_path_buf(), target })
    }

    /// `cargo` of the project's toolchain, building into [`Self::target`].
    pub(crate) fn cargo(&self) -> Command {
        self.cargo_into("cargo", &self.target)
    }

    /// A `cargo` that builds into a directory.
    pub(crate) fn cargo_into(&self, program: &str, target: &Path) -> Command {
        let mut cargo = Command::new(program);
        // What cargo says of us: build scripts that read it would run anew, now for us and then for a person.
        for (name, _) in env::vars_os().filter(|(name, _)| is_about_us(&name.to_string_lossy())) {
            cargo.env_remove(name);
        }
        cargo.current_dir(&self.root).env("CARGO_TARGET_DIR", target);
        cargo
    }

    /// A cargo command on packages, with the lock file as it is.
    pub(crate) fn locked(&self, subcommand: &str, packages: &[&str]) -> Command {
        let mut cargo = self.cargo();
        cargo.args([subcommand, "--locked"]);
        for package in packages {
            cargo.args(["--package", package]);
        }
        cargo
    }

    /// The version of a crate in the lock file.
    ///
    /// # Errors
    /// When the file cannot be read, or has no such crate.
    pub(crate) fn locked_version(&self, name: &str) -> Result<String> {
        let file = self.root.join("Cargo.lock");
        let text = fs::read_to_string(&file).context(file.display())?;
        let lock: toml::Table = text.parse().context(file.display())?;
        let packages = lock.get("package").and_then(|list| list.as_array());
        let found =
            packages.into_iter().flatten().find(|package| package.get("name").and_then(|n| n.as_str()) == Some(name));
        let version = found.and_then(|package| package.get("version")?.as_str());
        version.map(ToOwned::to_owned).context(format!("Cargo.lock has no {name}"))
    }

    /// A program built by the dev profile.
    pub(crate) fn dev_binary(&self, name: &str) -> PathBuf {
        self.target.join("debug").join(name)
    }

    /// Pictures and records of test runs, outside git.
    pub(crate) fn artefacts(&self) -> PathBuf {
        self.root.join("artefacts")
    }
}

/// Whether a variable is one of those by which cargo tells a program of its package.
fn is_about_us(variable: &str) -> bool {
    ["CARGO_MANIFEST_", "CARGO_PKG_"].iter().any(|begin| variable.starts_with(begin))
}

/// Removes a directory and makes it anew.
///
/// # Errors
/// When it cannot be emptied or made.
pub(crate) fn fresh_dir(dir: &Path) -> Result<()> {
    match fs::remove_dir_all(dir) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            return Err(Failure::new(format!("{} cannot be emptied: {error}", dir.display())));
        }
        _ => {}
    }
    fs::create_dir_all(dir).context(dir.display())
}
