//! Names of participants: what is a name, and which two are the same to the eye.

use crate::limits::{MARKS_IN_A_ROW_MAX, NAME_BYTES_MAX, NAME_CHARS_MAX};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use unicode_security::{GeneralSecurityProfile, MixedScript, skeleton as confusable_skeleton};
use unicode_segmentation::UnicodeSegmentation;

/// What stands between letters in names, besides the space.
const PUNCTUATION: [char; 4] = ['-', '_', '.', '\''];

/// Names that would pass for the house. Compared as [`skeleton`]s.
const RESERVED: [&str; 22] = [
    "admin",
    "administrator",
    "AMM",
    "anonymous",
    "bank",
    "exchange",
    "host",
    "house",
    "maker",
    "market",
    "market maker",
    "mod",
    "moderator",
    "nobody",
    "null",
    "operator",
    "outcry",
    "pool",
    "root",
    "server",
    "system",
    "the house",
];

/// Why a name cannot be had.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Nothing visible, or nothing but punctuation.
    #[error("a name needs 1 to 24 characters, at least one of them a letter or a digit")]
    Empty,
    /// More characters than a name may have: so many.
    #[error("the name has {0} characters, at most 24 are allowed")]
    TooLong(usize),
    /// A character that names do not have.
    #[error("{0} cannot be in a name: letters, digits, spaces and - _ . ' can")]
    BadCharacter(String),
    /// Letters of several scripts, which can imitate another name.
    #[error("the name mixes alphabets: use one")]
    MixedScripts,
    /// Reserved for the system.
    #[error("\"{0}\" is reserved: choose another name")]
    Reserved(String),
    /// Someone has it, or one that looks the same.
    #[error("\"{0}\" is taken, or looks like a name that is: choose another")]
    Taken(String),
}

/// A name as it is shown: NFC, spaces collapsed, 1–24 visible characters.
///
/// # Errors
/// Why it is not a name.
pub fn normalise(name: &str) -> Result<String, NameError> {
    // Bounds the work below: no longer text could become a name.
    if name.len() > 8 * NAME_BYTES_MAX {
        return Err(NameError::TooLong(name.chars().count()));
    }
    let name = collapse(name);
    check_characters(&name)?;
    if !name.chars().any(char::is_alphanumeric) {
        return Err(NameError::Empty);
    }
    let visible = name.graphemes(true).count();
    if visible > NAME_CHARS_MAX || name.len() > NAME_BYTES_MAX {
        return Err(NameError::TooLong(visible.max(name.chars().count())));
    }
    if !name.as_str().is_single_script() {
        return Err(NameError::MixedScripts);
    }
    let key = skeleton(&name);
    if RESERVED.iter().any(|reserved| skeleton(reserved) == key) {
        return Err(NameError::Reserved(name));
    }
    Ok(name)
}

/// What two names that look the same have in common: case-folded, confusables merged
/// (UTS #39), spaces and punctuation dropped. Unique per session.
///
/// Confusables are merged among capitals and again among small letters, since `I` and `l`
/// look alike in one case only. What looks Latin as it stands is taken for Latin.
#[must_use]
pub fn skeleton(name: &str) -> String {
    let letters: String = name.nfc().filter(|c| *c != ' ' && !PUNCTUATION.contains(c)).collect();
    let seen: String = confusable_skeleton(&letters).collect();
    let letters = if seen.is_ascii() { seen } else { letters };
    let capitals: String = confusable_skeleton(&letters.to_uppercase()).collect();
    confusable_skeleton(&capitals.to_lowercase()).filter(|c| !PUNCTUATION.contains(c)).collect()
}

/// The first character of a text that shows nothing or changes what stands around it:
/// controls, bidirectional marks, zero-width characters, line ends.
#[must_use]
pub fn hidden_character(text: &str) -> Option<char> {
    text.chars().find(|&c| is_hidden(c))
}

fn is_hidden(c: char) -> bool {
    let shown = matches!(c, '\'' | '"' | '\\') || is_combining_mark(c);
    !shown && c.escape_debug().len() > 1
}

/// NFC, spaces of every kind as one ' ', none at the ends, typographic apostrophes as plain ones.
fn collapse(name: &str) -> String {
    let plain = name.nfc().map(|c| match c {
        '\u{2028}' | '\u{2029}' => c,
        '\u{2019}' | '\u{2bc}' => '\'',
        c if c.is_whitespace() && !c.is_control() => ' ',
        c => c,
    });
    let mut collapsed = String::new();
    for c in plain {
        if c != ' ' || !(collapsed.is_empty() || collapsed.ends_with(' ')) {
            collapsed.push(c);
        }
    }
    collapsed.truncate(collapsed.trim_end_matches(' ').len());
    collapsed
}

fn check_characters(name: &str) -> Result<(), NameError> {
    // As if there were too many marks already: one has to stand on a letter.
    let mut marks = MARKS_IN_A_ROW_MAX;
    for c in name.chars() {
        let mark = is_combining_mark(c);
        let letter = !mark && c.is_alphanumeric() && c.identifier_allowed();
        let allowed = letter || c == ' ' || PUNCTUATION.contains(&c);
        if !(allowed || mark && c.identifier_allowed() && marks < MARKS_IN_A_ROW_MAX) {
            return Err(NameError::BadCharacter(describe(c)));
        }
        marks = match (mark, letter) {
            (true, _) => marks + 1,
            (_, true) => 0,
            _ => MARKS_IN_A_ROW_MAX,
        };
    }
    Ok(())
}

fn describe(c: char) -> String {
    if is_hidden(c) || is_combining_mark(c) { format!("U+{:04X}", u32::from(c)) } else { format!("\"{c}\"") }
}

#[cfg(test)]
mod tests;
