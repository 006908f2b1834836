//! What is wrong with what was set, in one sentence: where it was said, what was said, what would be right.

use crate::chance::NoEntropy;

/// What is wrong with settings or with the files that they name.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A file that cannot be read.
    #[error("{0} cannot be read: {1}")]
    Read(String, String),
    /// A file with something wrong in it.
    #[error("{0} is not a configuration: {1}")]
    File(String, String),
    /// A setting with a value that is none: where it was said with the value (unless that is a secret), and what
    /// would be right.
    #[error("{0}: {1}")]
    Value(String, String),
    /// Settings that exclude or need each other.
    #[error("{0}")]
    Together(String),
    /// The system gives no random numbers.
    #[error(transparent)]
    Entropy(#[from] NoEntropy),
}
