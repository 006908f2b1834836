//! Programs that are run to their end.

use crate::{
    failure::{Context, Failure, Result},
    say,
};
use nix::sys::{
    resource::{UsageWho, getrusage},
    time::TimeValLike,
};
use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

/// Runs a command with its output on the terminal.
///
/// # Errors
/// When it cannot be started or ends with an error.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let words = words(command);
    say::line(&format!("$ {words}"));
    let status = command.status().context(format!("`{words}` cannot be started"))?;
    if status.success() {
        return Ok(());
    }
    Err(Failure::new(format!("`{words}` failed ({status}); what it printed above says why")))
}

/// Runs a command and returns what it printed, trimmed.
///
/// # Errors
/// When it cannot be started or ends with an error.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let words = words(command);
    let output = command.output().context(format!("`{words}` cannot be started"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned());
    }
    let why = String::from_utf8_lossy(&output.stderr);
    Err(Failure::new(format!("`{words}` failed ({}): {}", output.status, why.trim())))
}

/// Whether a command runs and succeeds; prints nothing.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    command.output().is_ok_and(|output| output.status.success())
}

/// Processor time of all programs that were started here and have ended.
pub(crate) fn processor_time() -> Duration {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN);
    let time = usage.map(|usage| usage.user_time() + usage.system_time());
    time.map_or(Duration::ZERO, |time| Duration::from_micros(u64::try_from(time.num_microseconds()).unwrap_or(0)))
}

/// Where a program is, looking through `PATH`.
pub(crate) fn find_program(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|dir| dir.join(name)).find(|file| file.is_file())
}

fn words(command: &Command) -> String {
    let program = Path::new(command.get_program()).to_string_lossy().into_owned();
    let arguments = command.get_args().map(|argument| argument.to_string_lossy().into_owned());
    std::iter::once(program).chain(arguments).collect::<Vec<_>>().join(" ")
}
