//! Documents name files and functions that exist: a map that points nowhere misleads.

use super::tidy;
use crate::{
    failure::{Context, Failure, Result},
    place::Place,
    say,
};
use std::{collections::BTreeSet, fs};

/// What a path to one of our sources ends in.
const ENDINGS: [&str; 5] = [".rs", ".wgsl", ".mjs", ".js", ".sql"];

/// Checks every path of a source that stands in a Markdown file, from the workspace's root, and every function
/// that is named after one (`server/src/stop.rs::leave`).
///
/// # Errors
/// With every one that does not exist.
pub(super) fn check(place: &Place) -> Result<()> {
    let files = tidy::files(place)?;
    let known: BTreeSet<&str> = files.lines().filter(|name| place.root.join(name).is_file()).collect();
    let (mut count, mut lost) = (0, Vec::new());
    for document in known.iter().filter(|name| name.ends_with(".md")) {
        let text = fs::read_to_string(place.root.join(document)).context(document)?;
        for path in paths(&text) {
            count += 1;
            if !known.contains(path) {
                lost.push(format!("{document} names {path}, which is no file here"));
            }
        }
        for (path, function) in functions(&text).filter(|(path, _)| known.contains(path)) {
            count += 1;
            let source = fs::read_to_string(place.root.join(path)).context(path)?;
            if !source.contains(&format!("fn {function}(")) {
                lost.push(format!("{document} names {path}::{function}, which is no function there"));
            }
        }
    }
    if lost.is_empty() {
        say::line(&format!("{count} files and functions named in documents exist"));
        return Ok(());
    }
    Err(Failure::new(lost.join("\n")))
}

/// The paths of sources in a text.
fn paths(text: &str) -> impl Iterator<Item = &str> {
    let belongs = |character: char| character.is_ascii_alphanumeric() || "/._-".contains(character);
    let words = text.split(move |character| !belongs(character)).map(|word| word.trim_end_matches('.'));
    words.filter(|word| {
        word.contains('/') && !word.contains("//") && ENDINGS.iter().any(|ending| word.ends_with(ending))
    })
}

/// The functions of sources in a text, each with its path.
fn functions(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let belongs = |character: char| character.is_ascii_alphanumeric() || "/._-:".contains(character);
    let words = text.split(move |character| !belongs(character)).map(|word| word.trim_end_matches(['.', ':']));
    words.filter_map(|word| word.split_once("::")).filter(|(path, _)| path.ends_with(".rs"))
}

#[cfg(test)]
mod tests {
    use super::{functions, paths};

    #[test]
    fn functions_of_sources_are_found() {
        let text = "`server/src/stop.rs::leave`, see bots/src/bot.rs::act. Not a::b, nor `server/src/lap.rs`";
        let found: Vec<_> = functions(text).collect();
        assert_eq!(found, [("server/src/stop.rs", "leave"), ("bots/src/bot.rs", "act")]);
    }

    #[test]
    fn paths_of_sources_are_found_in_prose_and_code() {
        let text =
            "See `engine/src/pool.rs`, [this](web/boot.js) and shared/src/lib.rs. Not pool.rs, a/b.md, http://x/y.js";
        let found: Vec<_> = paths(text).collect();
        assert_eq!(found, ["engine/src/pool.rs", "web/boot.js", "shared/src/lib.rs"]);
    }
}
