//! Names of participants: what is a name, and which two are the same to the eye.

use crate::limits::{MARKS_IN_A_ROW_MAX, NAME_BYTES_MAX, NAME_CHARS_MAX, SCRIPT_MARKS_IN_A_ROW_MAX};
use unicode_normalization::{
    UnicodeNormalization,
    char::{canonical_combining_class, is_combining_mark},
};
use unicode_script::{Script, UnicodeScript};
use unicode_security::{GeneralSecurityProfile, MixedScript, skeleton as confusable_skeleton};
use unicode_segmentation::UnicodeSegmentation;

/// What stands between letters in names, besides the space.
const PUNCTUATION: [char; 4] = ['-', '_', '.', '\''];

/// Thai and Lao vowels that names have, and the tables of identifiers leave out, since compatibility forms take them
/// apart.
const SARA_AM: [char; 2] = ['\u{e33}', '\u{eb3}'];

/// The zero-width joiner and non-joiner, which choose between forms of the letters beside them.
const ZWJ: char = '\u{200d}';
const ZWNJ: char = '\u{200c}';
/// Canonical combining class of a virama, which ties a consonant to the next.
const VIRAMA: u8 = 9;

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
    /// A picture, which some devices do not have and others draw as another one.
    #[error("{0} cannot be in a name, since not every screen can draw it: letters, digits, spaces and - _ . ' can")]
    Emoji(String),
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
/// (UTS #39), spaces, punctuation and joiners dropped. Unique per session.
///
/// Confusables are merged among capitals and again among small letters, since `I` and `l`
/// look alike in one case only. What looks Latin as it stands is taken for Latin.
#[must_use]
pub fn skeleton(name: &str) -> String {
    let letters: String = name.nfc().filter(|c| ![' ', ZWJ, ZWNJ].contains(c) && !PUNCTUATION.contains(c)).collect();
    let seen: String = confusable_skeleton(&letters).collect();
    let letters = if seen.is_ascii() { seen } else { letters };
    let capitals: String = confusable_skeleton(&letters.to_uppercase()).collect();
    confusable_skeleton(&capitals.to_lowercase()).filter(|c| !PUNCTUATION.contains(c)).collect()
}

/// The first character of a text that shows nothing or changes what stands around it:
/// controls, bidirectional marks, line ends, zero-width characters where they join nothing.
#[must_use]
pub fn hidden_character(text: &str) -> Option<char> {
    let mut before = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if is_hidden(c) && !joins(before, c, chars.peek().copied()) {
            return Some(c);
        }
        before = Some(c);
    }
    None
}

/// Whether a joiner stands where it changes how a word is written (UAX #31, rules A1, A2 and B, a little wider): a
/// non-joiner between Arabic letters, as in Ali‌reza; either after a virama, as in Sinhala and Malayalam names.
fn joins(before: Option<char>, c: char, after: Option<char>) -> bool {
    let Some(before) = before.filter(|_| [ZWJ, ZWNJ].contains(&c)) else { return false };
    let arabic = |c: char| c.script() == Script::Arabic && c.is_alphabetic() && !is_combining_mark(c);
    let letter = after.is_some_and(|after| after.is_alphabetic() && !is_combining_mark(after));
    if canonical_combining_class(before) == VIRAMA {
        return c == ZWJ || letter;
    }
    c == ZWNJ && arabic(before) && after.is_some_and(arabic)
}

fn is_hidden(c: char) -> bool {
    let shown = matches!(c, '\'' | '"' | '\\') || is_combining_mark(c);
    !shown && c.escape_debug().len() > 1
}

/// NFC, spaces of every kind as one ' ', none at the ends, typographic and Hebrew apostrophes and hyphens as plain ones.
fn collapse(name: &str) -> String {
    let plain = name.nfc().map(|c| match c {
        '\u{2028}' | '\u{2029}' => c,
        '\u{2019}' | '\u{2bc}' | '\u{5f3}' => '\'',
        '\u{2010}' | '\u{2011}' | '\u{5be}' => '-',
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
    let mut marks = Marks::default();
    let mut before = None;
    let mut chars = name.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map(|(_, after)| *after);
        let allowed = if is_combining_mark(c) {
            c.identifier_allowed() && marks.take(c)
        } else if joins(before, c, after) {
            true
        } else {
            let letter = c.is_alphanumeric() && (c.identifier_allowed() || SARA_AM.contains(&c));
            marks = if letter { Marks::on_a_letter() } else { Marks::default() };
            letter || c == ' ' || PUNCTUATION.contains(&c)
        };
        if !allowed {
            return Err(refusal(name, at, c));
        }
        before = Some(c);
    }
    Ok(())
}

/// Marks that may still follow.
#[derive(Default)]
struct Marks {
    /// Of those that stand on letters of any script.
    any: usize,
    /// Of those of the letter's own script.
    own: usize,
}

impl Marks {
    fn on_a_letter() -> Self {
        Self { any: MARKS_IN_A_ROW_MAX, own: SCRIPT_MARKS_IN_A_ROW_MAX }
    }

    /// Whether one more may stand here.
    fn take(&mut self, mark: char) -> bool {
        let left = if mark.script() == Script::Inherited { &mut self.any } else { &mut self.own };
        let has = *left > 0;
        *left = left.saturating_sub(1);
        has
    }
}

/// Why a character cannot be in a name; an emoji is shown whole, of however many characters it is made.
fn refusal(name: &str, at: usize, c: char) -> NameError {
    let mut graphemes = name.grapheme_indices(true);
    let whole = graphemes.find(|(start, grapheme)| (*start..start + grapheme.len()).contains(&at));
    match whole.filter(|(_, grapheme)| grapheme.chars().any(is_emoji)) {
        Some((_, grapheme)) => NameError::Emoji(grapheme.to_owned()),
        None => NameError::BadCharacter(describe(c)),
    }
}

/// Whether a character is a picture, or makes one of the character before it.
fn is_emoji(c: char) -> bool {
    matches!(c, '\u{20e3}' | '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{fe0f}' | '\u{1f000}'..='\u{1faff}')
}

fn describe(c: char) -> String {
    if is_hidden(c) || is_combining_mark(c) { format!("U+{:04X}", u32::from(c)) } else { format!("\"{c}\"") }
}

#[cfg(test)]
mod tests;
