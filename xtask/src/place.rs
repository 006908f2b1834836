//! Where things are.

use crate::failure::{Context, Result};
use std::{
    env,
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
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask lies outside a workspace")?;
        let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
        let target = std::path::absolute(target).context("finding the build directory")?;
        Ok(Self { root: root.to_path_buf(), target })
    }

    /// `cargo` of the project's toolchain, building into [`Self::target`].
    pub(crate) fn cargo(&self) -> Command {
        let mut cargo = Command::new("cargo");
        cargo.current_dir(&self.root).env("CARGO_TARGET_DIR", &self.target);
        cargo
    }

    /// A program built by the dev profile.
    pub(crate) fn dev_binary(&self, name: &str) -> PathBuf {
        self.target.join("debug").join(name)
    }

    /// A program built by the release profile.
    pub(crate) fn release_binary(&self, name: &str) -> PathBuf {
        self.target.join("release").join(name)
    }

    /// Pictures and records of test runs, outside git.
    pub(crate) fn artefacts(&self) -> PathBuf {
        self.root.join("artefacts")
    }
}
