//! The desktop: files in the working folder and in the user's configuration folder.

use super::outcomes::Outcome;
/// Whom this program believes.
pub(crate) use outcry_reach::Trust;
use std::{
    env, fs, io,
    path::{Path, PathBuf},
    sync::{LazyLock, mpsc::Sender},
    time::{Instant, SystemTime, UNIX_EPOCH},
};

/// Name of the configuration file that is loaded from the working folder.
const CONFIG_FILE: &str = "outcry-session.json";

/// Files of one name that are kept beside each other; beyond it none is written.
const NAMES_MAX: u32 = 1_000;

/// A clock of this program's own, in ms.
#[must_use]
pub(crate) fn now_ms() -> u64 {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    u64::try_from(START.elapsed().as_millis()).unwrap_or(u64::MAX)
}

/// The wall clock in µs: grows from one start of the program to the next.
#[must_use]
pub(crate) fn wall_us() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_micros()).unwrap_or(u64::MAX)
}

/// The folder of what this program remembers.
#[must_use]
pub(crate) fn config_dir() -> Option<PathBuf> {
    let named = env::var_os("XDG_CONFIG_HOME").or_else(|| env::var_os("APPDATA")).map(PathBuf::from);
    let base = named.or_else(|| env::var_os("HOME").map(|home| PathBuf::from(home).join(".config")))?;
    Some(base.join("outcry"))
}

/// Whether the screen is touched rather than pointed at.
#[must_use]
pub(crate) fn is_touch() -> bool {
    false
}

/// No desktop is asked: the switch in the help says it.
#[must_use]
pub(crate) fn is_calm() -> bool {
    false
}

/// Pages wait for the first frame; a desktop does not.
pub(crate) fn announce_ready() {}

/// Another version runs on the server: a program cannot fetch itself anew.
pub(crate) fn reload() {}

/// Writes into the working folder.
pub(crate) fn save_file(name: &str, bytes: &[u8], outcomes: &Sender<Outcome>) {
    let said = match save_in(Path::new(""), name, bytes) {
        Ok(saved) => Ok(format!("saved as {saved}")),
        Err(error) => Err(format!("{name} could not be written: {error}")),
    };
    let _ = outcomes.send(Outcome::Said(said));
}

/// Writes a new file, beside one that has its name already. Returns the name that it got.
fn save_in(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<String> {
    let (stem, end) = name.split_once('.').unwrap_or((name, ""));
    let names = std::iter::once(name.to_owned()).chain((2..NAMES_MAX).map(|number| format!("{stem} ({number}).{end}")));
    for name in names {
        match fs::File::create_new(folder.join(&name)) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
            Ok(mut file) => return io::Write::write_all(&mut file, bytes).map(|()| name),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// Reads the configuration file of the working folder.
pub(crate) fn choose_text_file(outcomes: &Sender<Outcome>) {
    let text = fs::read_to_string(CONFIG_FILE)
        .map_err(|error| format!("{CONFIG_FILE} in the working folder could not be read: {error}"));
    let _ = outcomes.send(Outcome::Chosen(text));
}

fn prefs_file() -> Option<PathBuf> {
    Some(config_dir()?.join("prefs.json"))
}

/// What [`keep_prefs`] wrote.
#[must_use]
pub(crate) fn kept_prefs() -> Option<String> {
    fs::read_to_string(prefs_file()?).ok()
}

/// Remembers preferences on this device. They are a convenience: a failure is only logged.
pub(crate) fn keep_prefs(text: &str) {
    let Some(file) = prefs_file() else { return };
    let written = file.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(file, text));
    if let Err(error) = written {
        bevy::log::warn!("preferences could not be kept: {error}");
    }
}

/// Pages have one; a window has none to go to.
pub(crate) fn to_light_floor() {}

/// A desktop has no pages of its own: it says where the page is.
pub(crate) fn open_page(url: &str, outcomes: &Sender<Outcome>) {
    let _ = outcomes.send(Outcome::Said(Ok(format!("open {url} in a browser"))));
}

/// Pictures are drawn by pages only.
pub(crate) fn keep_result(_json: &str) {}

/// Read by pages only.
pub(crate) fn keep_draft(_line: &str) {}

/// Spoken by browsers only.
pub(crate) fn announce(_sentences: &[String]) {}

/// Windows have no page around them to say anything.
pub(crate) fn page_said() -> String {
    String::new()
}

/// Nor any moment to say it.
pub(crate) fn on_page_said(_wake: impl Fn() + 'static) {}

/// Nor to be told anything.
pub(crate) fn page_shows(_shown: &str) {}

/// The panels' own context has put it on the clipboard.
pub(crate) fn copy(_text: &str, outcomes: &Sender<Outcome>) {
    let _ = outcomes.send(Outcome::Copied);
}

/// Writes a secret that only its owner may read.
///
/// # Errors
/// When the file cannot be written.
pub(crate) fn keep_secret(file: PathBuf, text: &str) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    io::Write::write_all(&mut options.open(file)?, text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_saved_file_takes_no_place_of_another() {
        let folder = env::temp_dir().join(format!("outcry-saved-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let save = |bytes: &[u8]| save_in(&folder, "outcry-3-trades.csv", bytes).unwrap();
        assert_eq!([save(b"one"), save(b"two")], ["outcry-3-trades.csv", "outcry-3-trades (2).csv"]);
        assert_eq!(fs::read(folder.join("outcry-3-trades.csv")).unwrap(), b"one");
        fs::remove_dir_all(folder).unwrap();
    }
}
