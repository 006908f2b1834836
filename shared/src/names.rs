//! Names of participants: what is a name, and which two are the same to the eye.

/// Why a name cannot be had.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Nothing visible.
    #[error("a name needs 1 to 24 characters")]
    Empty,
    /// Too long.
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
    let _ = name;
    todo!()
}

/// What two names that look the same have in common: case-folded, confusables merged
/// (UTS #39), spaces and punctuation dropped. Unique per session.
#[must_use]
pub fn skeleton(name: &str) -> String {
    let _ = name;
    todo!()
}
