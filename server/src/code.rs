//! Codes of rooms: said across a room, copied from a wall, typed on a phone. Nothing is kept here.

use crate::chance::{NoEntropy, random_bytes};
use std::fmt;

/// What codes are made of: nothing that is taken for something else (O and 0, I and 1 and L, S and 5, B and 8, Z and 2),
/// and no vowels, which would make words.
const LETTERS: &[u8; 22] = b"CDFGHJKMNPQRTVWXY34679";
/// Letters of a code: five million codes.
const LENGTH: usize = 5;

/// The code of a room.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(String);

impl Code {
    /// One that nobody knows yet.
    ///
    /// # Errors
    /// When the system gives no random numbers.
    pub fn fresh() -> Result<Self, NoEntropy> {
        let bytes: [u8; 2 * LENGTH] = random_bytes()?;
        let letter = |pair: &[u8]| {
            let number = pair.iter().fold(0, |number, byte| number * 256 + usize::from(*byte));
            char::from(LETTERS[number % LETTERS.len()])
        };
        Ok(Self(bytes.chunks(2).map(letter).collect()))
    }

    /// The code that somebody means: small letters, spaces and hyphens are no difference.
    #[must_use]
    pub fn meant(text: &str) -> Option<Self> {
        let letters = text.chars().filter(|letter| !letter.is_whitespace() && *letter != '-');
        let code: String = letters.map(|letter| letter.to_ascii_uppercase()).take(LENGTH + 1).collect();
        let is_code = code.len() == LENGTH && code.bytes().all(|letter| LETTERS.contains(&letter));
        is_code.then_some(Self(code))
    }

    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_as_they_are_meant() {
        let code = Code::fresh().unwrap();
        let spaced = code.as_str().chars().map(|letter| format!("{letter} ")).collect::<String>();
        for text in [code.to_string(), code.as_str().to_lowercase(), format!(" {code} "), spaced.replace(' ', "-")] {
            assert_eq!(Code::meant(&text), Some(code.clone()), "{text}");
        }
        for text in ["", "CDFG", "CDFGHJ", "CDFG0", "CDFGO", "../..", "CDFGé", "CDFG%"] {
            assert_eq!(Code::meant(text), None, "{text}");
        }
    }

    #[test]
    fn no_letter_is_taken_for_another() {
        for pair in ["O0", "IL1", "S5", "B8", "Z2", "UV", "AEIOU"] {
            let of_pair = LETTERS.iter().filter(|letter| pair.as_bytes().contains(letter)).count();
            assert!(of_pair <= 1, "{pair}");
        }
    }
}
