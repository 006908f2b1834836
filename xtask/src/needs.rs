//! What the commands need beyond the Rust toolchain, and how it is installed.

use crate::{
    failure::{Failure, Result},
    run, say,
};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Something that must be on the machine.
pub(crate) struct Need {
    /// For people.
    pub(crate) what: &'static str,
    /// Whether it is there.
    pub(crate) found: fn() -> bool,
    /// Debian's packages that bring it.
    pub(crate) packages: &'static [&'static str],
}

/// Compiles the C parts (SQLite) and links.
pub(crate) const COMPILER: Need = Need { what: "a C compiler", found: || has("cc"), packages: &["gcc", "libc6-dev"] };

/// Headers of the desktop client's libraries.
pub(crate) const DESKTOP_LIBRARIES: Need = Need {
    what: "the desktop client's libraries",
    found: || {
        run::succeeds(Command::new("pkg-config").args([
            "--exists",
            "alsa",
            "libudev",
            "wayland-client",
            "xkbcommon",
            "x11",
        ]))
    },
    packages: &["pkg-config", "libasound2-dev", "libudev-dev", "libwayland-dev", "libxkbcommon-dev", "libx11-dev"],
};

/// The second database of the store's contract.
pub(crate) const POSTGRES: Need =
    Need { what: "PostgreSQL", found: || postgres_programs().is_some(), packages: &["postgresql"] };

/// The browser of the end-to-end test.
pub(crate) const CHROMIUM: Need = Need {
    what: "Chromium",
    found: || Path::new(CHROMIUM_PROGRAM).is_file(),
    packages: &["chromium", "fonts-dejavu-core"],
};

/// The second browser of the end-to-end test.
pub(crate) const FIREFOX: Need = Need {
    what: "Firefox",
    found: || has("firefox-esr"),
    packages: &["firefox-esr", "libgl1-mesa-dri", "fonts-dejavu-core"],
};

/// The third, as Safari's relative, with its driver.
pub(crate) const WEBKIT: Need = Need {
    what: "WebKit's driver",
    found: || has("WebKitWebDriver"),
    packages: &["webkit2gtk-driver", "libgl1-mesa-dri", "fonts-dejavu-core"],
};

/// A screen for programs that nobody looks at, with graphics by the processor.
pub(crate) const HIDDEN_SCREEN: Need = Need {
    what: "a hidden screen",
    found: || has("xvfb-run") && has("xauth"),
    packages: &["xvfb", "xauth", "mesa-vulkan-drivers"],
};

/// Where Debian puts the browser.
pub(crate) const CHROMIUM_PROGRAM: &str = "/usr/bin/chromium";

/// Runs the browser test and the WASM parity check.
pub(crate) const NODE: Need = Need { what: "Node", found: || has("node") && has("npm"), packages: &["nodejs", "npm"] };

/// Reads the unit of the service.
pub(crate) const SYSTEMD: Need =
    Need { what: "systemd-analyze", found: || has("systemd-analyze"), packages: &["systemd"] };

/// Reads its own file.
pub(crate) const CADDY: Need = Need { what: "Caddy", found: || has("caddy"), packages: &["caddy"] };

/// The proxy in front of the server in tests.
pub(crate) const NGINX: Need =
    Need { what: "nginx", found: || Path::new("/usr/sbin/nginx").is_file(), packages: &["nginx-light"] };

/// Runs what checks manifests for Kubernetes.
pub(crate) const PYTHON: Need = Need {
    what: "Python with its environments",
    found: || run::succeeds(Command::new("python3").args(["-c", "import ensurepip, venv"])),
    packages: &["python3", "python3-venv"],
};

/// The pooler in front of PostgreSQL in tests.
pub(crate) const PGBOUNCER: Need =
    Need { what: "PgBouncer", found: || Path::new("/usr/sbin/pgbouncer").is_file(), packages: &["pgbouncer"] };

/// Counts instructions for the benchmarks.
pub(crate) const VALGRIND: Need = Need { what: "valgrind", found: || has("valgrind"), packages: &["valgrind"] };

/// Installs what is missing, and says so.
///
/// # Errors
/// When something is missing and cannot be installed. Nothing is skipped for want of a tool.
pub(crate) fn ensure(needs: &[&Need]) -> Result<()> {
    let missing: Vec<_> = needs.iter().filter(|need| !(need.found)()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    for need in &missing {
        say::line(&format!("{} is missing: installing {}", need.what, need.packages.join(" ")));
    }
    let packages: Vec<_> = missing.iter().flat_map(|need| need.packages).copied().collect();
    install(&packages)?;
    match missing.iter().find(|need| !(need.found)()) {
        None => Ok(()),
        Some(need) => {
            Err(Failure::new(format!("{} is still missing after installing {}", need.what, need.packages.join(" "))))
        }
    }
}

/// Installs Debian's packages.
///
/// # Errors
/// When there is no apt-get, or it fails.
pub(crate) fn install(packages: &[&str]) -> Result<()> {
    if !has("apt-get") {
        return Err(Failure::new(format!(
            "there is no apt-get here: install by hand what these Debian packages bring: {}",
            packages.join(" ")
        )));
    }
    run::run(apt_get().arg("update"))?;
    run::run(apt_get().args(["install", "--yes", "--no-install-recommends"]).args(packages))
}

/// The directory of PostgreSQL's server programs: Debian keeps them out of `PATH`, by version.
pub(crate) fn postgres_programs() -> Option<PathBuf> {
    let has_server = |dir: &Path| ["initdb", "postgres", "pg_isready"].iter().all(|name| dir.join(name).is_file());
    let in_path = run::find_program("initdb").and_then(|file| Some(file.canonicalize().ok()?.parent()?.to_path_buf()));
    if let Some(dir) = in_path.filter(|dir| has_server(dir)) {
        return Some(dir);
    }
    let mut versions: Vec<_> =
        fs::read_dir("/usr/lib/postgresql").ok()?.flatten().map(|entry| entry.path().join("bin")).collect();
    versions.sort();
    versions.into_iter().rev().find(|dir| has_server(dir))
}

fn apt_get() -> Command {
    let mut command = if is_root() { Command::new("apt-get") } else { Command::new("sudo") };
    if !is_root() {
        command.arg("apt-get");
    }
    command.env("DEBIAN_FRONTEND", "noninteractive").arg("--quiet=2");
    command
}

/// Whether this process may do everything.
pub(crate) fn is_root() -> bool {
    run::output(Command::new("id").arg("-u")).is_ok_and(|id| id == "0")
}

fn has(program: &str) -> bool {
    run::find_program(program).is_some()
}
