//! What neither compiler nor linter sees: rooms that grew too large, and words that were
//! left lying about.

use crate::{
    failure::{Context, Failure, Result},
    place::Place,
    run, say,
};
use std::{fs, path::Path, process::Command};

/// Lines of a file; a longer one is more than one thing.
const LINES_MAX: usize = 400;
const SOURCES: [&str; 6] = ["rs", "js", "mjs", "css", "html", "sql"];
const README: &str = "README.md";
const BOT: &str = "bots/examples/contrarian.rs";
const TEXTS: [&str; 5] = ["md", "toml", "json", "sh", "yml"];

/// Words that no committed file may have, each in two halves, so that this one may name them.
const WORDS: [(&str, &str); 9] = [
    ("todo", "!("),
    ("unimplemented", "!("),
    ("dbg", "!("),
    ("#[ign", "ore"),
    ("FIX", "ME"),
    ("XX", "X"),
    ("/wo", "rk/"),
    ("/ro", "ot/"),
    ("/ho", "me/"),
];

/// Checks every file that git knows or would know.
///
/// # Errors
/// With every place that is not tidy.
pub(crate) fn check(place: &Place) -> Result<()> {
    let files = files(place)?;
    let mut untidy = Vec::new();
    let mut count = 0;
    for name in files.lines() {
        let path = place.root.join(name);
        if !is_text(&path) || !path.is_file() {
            continue;
        }
        count += 1;
        let text = fs::read_to_string(&path).context(name)?;
        look(name, &text, &mut untidy);
    }
    if !readme_shows_the_bot(place)? {
        untidy.push(format!("{README}: the bot is not {BOT} word by word"));
    }
    if untidy.is_empty() {
        say::line(&format!("{count} files are tidy"));
        return Ok(());
    }
    Err(Failure::new(format!("{} untidy places:\n{}", untidy.len(), untidy.join("\n"))))
}

/// Every file that git knows or would know.
pub(super) fn files(place: &Place) -> Result<String> {
    let mut git = Command::new("git");
    git.current_dir(&place.root).args(["ls-files", "--cached", "--others", "--exclude-standard"]);
    run::output(&mut git)
}

/// The README's program is one that is compiled.
fn readme_shows_the_bot(place: &Place) -> Result<bool> {
    let read = |name: &str| fs::read_to_string(place.root.join(name)).context(name);
    Ok(read(README)?.contains(&format!("```rust\n{}```", read(BOT)?)))
}

fn look(name: &str, text: &str, untidy: &mut Vec<String>) {
    let lines = text.lines().count();
    if lines > LINES_MAX && has_extension(Path::new(name), &SOURCES) {
        untidy.push(format!("{name}: {lines} lines, at most {LINES_MAX} are readable"));
    }
    for (number, line) in text.lines().enumerate() {
        for (head, tail) in WORDS {
            if line.contains(&format!("{head}{tail}")) {
                untidy.push(format!("{name}:{}: \"{head}{tail}\" must not stay", number + 1));
            }
        }
    }
}

fn is_text(path: &Path) -> bool {
    has_extension(path, &SOURCES) || has_extension(path, &TEXTS)
}

fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    path.extension().is_some_and(|extension| extensions.iter().any(|known| extension == *known))
}
