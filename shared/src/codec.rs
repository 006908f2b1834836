//! Messages to bytes and back: postcard, bounded, no trailing bytes. The only way between them.

use serde::{Serialize, de::DeserializeOwned};

/// Why bytes are not a message.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// Longer than allowed: its bytes, and the limit. Nothing of it was read.
    #[error("message of {0} bytes, at most {1} are allowed")]
    TooLong(usize, usize),
    /// Not an encoding of such a message.
    #[error("not a message of this protocol")]
    Malformed,
    /// A message with something after it.
    #[error("{0} bytes follow the message")]
    Trailing(usize),
}

/// Encodes a message.
///
/// Messages are plain data: encoding them into memory cannot fail; were it to, the result
/// would be empty, which no decoder accepts.
#[must_use]
pub fn encode<M: Serialize>(message: &M) -> Vec<u8> {
    postcard::to_allocvec(message).unwrap_or_default()
}

/// Decodes a message of at most `limit` bytes.
///
/// # Errors
/// When it is too long, malformed, or followed by more bytes.
pub fn decode<M: DeserializeOwned>(bytes: &[u8], limit: usize) -> Result<M, DecodeError> {
    if bytes.len() > limit {
        return Err(DecodeError::TooLong(bytes.len(), limit));
    }
    match postcard::take_from_bytes(bytes) {
        Ok((message, [])) => Ok(message),
        Ok((_, rest)) => Err(DecodeError::Trailing(rest.len())),
        Err(_) => Err(DecodeError::Malformed),
    }
}
