//! A piece of a session's public history, as anybody may fetch and keep it: what everyone was told since the piece
//! before, and now and then the state whole. `docs/pieces.md` describes the bytes. Nothing private has a place in one:
//! [`Piece::decode`] takes no other message.

use crate::{
    codec,
    limits::PROTOCOL_VERSION,
    message::{ServerMessage, Snapshot},
};
use serde::{Deserialize, Serialize};

/// Version of what stands around the messages. Those have one of their own: [`PROTOCOL_VERSION`].
pub const PIECE_FORMAT: u8 = 1;
/// Largest piece, in bytes. A longer one is not read.
pub const PIECE_BYTES_MAX: usize = 8 << 20;
/// Pieces from one keyframe to the next, at most.
pub const KEYFRAME_EVERY: u64 = 30;

/// Bytes of the versions that every piece begins with.
const VERSIONS: usize = 3;
/// Bytes of the number of messages before them, and of each message's length before it.
const LENGTH: usize = 4;

/// Where a piece belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Number of the session.
    pub session: u64,
    /// Its number in the session, from 1; they are consecutive.
    pub number: u64,
    /// Number of the last tick in it or before it.
    pub tick: u64,
    /// Hash of the market's state after that tick; where everyone begins anew, of the state in the keyframe.
    pub state_hash: [u8; 32],
    /// Whether everyone begins anew with its keyframe, also who has followed: what was told does not lead there. So it is
    /// after a restart of the server.
    pub anew: bool,
}

/// A piece.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// Where it belongs.
    pub head: Head,
    /// What everyone was told since the piece before, in order.
    pub told: Vec<ServerMessage>,
    /// The state whole after all that, and the end report if the session has ended: whoever begins here needs nothing
    /// of before.
    pub keyframe: Option<(Box<Snapshot>, Vec<ServerMessage>)>,
}

/// Why bytes are no piece.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PieceError {
    /// Longer than allowed: its bytes. Nothing of it was read.
    #[error("a piece of {0} bytes: at most {PIECE_BYTES_MAX} are allowed")]
    TooLong(usize),
    /// Of another version of the program: its format, and the version of its messages.
    #[error(
        "a piece of format {0} with messages of version {1}: {PIECE_FORMAT} and {PROTOCOL_VERSION} would be right: \
         load the page of that version"
    )]
    Version(u8, u16),
    /// Not what a piece is made of.
    #[error("not a piece")]
    Malformed,
    /// A message that is not for everyone.
    #[error("a piece with a message that is not everyone's")]
    Private,
}

/// A piece's bytes: of messages as everyone was told them, each already encoded.
#[must_use]
pub fn encode(head: &Head, messages: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = vec![PIECE_FORMAT];
    bytes.extend(PROTOCOL_VERSION.to_le_bytes());
    bytes.extend(codec::encode(head));
    bytes.extend(length(messages.len()));
    for message in messages {
        bytes.extend(length(message.len()));
        bytes.extend(message);
    }
    bytes
}

impl Piece {
    /// Reads what [`encode`] wrote.
    ///
    /// # Errors
    /// When it is of another version, damaged, or holds what is not for everyone.
    pub fn decode(bytes: &[u8]) -> Result<Self, PieceError> {
        if bytes.len() > PIECE_BYTES_MAX {
            return Err(PieceError::TooLong(bytes.len()));
        }
        let (versions, rest) = bytes.split_at_checked(VERSIONS).ok_or(PieceError::Malformed)?;
        let (format, protocol) = (versions[0], u16::from_le_bytes([versions[1], versions[2]]));
        if (format, protocol) != (PIECE_FORMAT, PROTOCOL_VERSION) {
            return Err(PieceError::Version(format, protocol));
        }
        let (head, rest) = postcard::take_from_bytes(rest).map_err(|_| PieceError::Malformed)?;
        let (count, mut rest) = take_length(rest).ok_or(PieceError::Malformed)?;
        let mut piece = Self { head, told: Vec::new(), keyframe: None };
        for _ in 0..count {
            let (length, after) = take_length(rest).ok_or(PieceError::Malformed)?;
            let (message, after) = after.split_at_checked(length).ok_or(PieceError::Malformed)?;
            let message = codec::decode(message, message.len()).map_err(|_| PieceError::Malformed)?;
            piece.put(message)?;
            rest = after;
        }
        if rest.is_empty() { Ok(piece) } else { Err(PieceError::Malformed) }
    }

    fn put(&mut self, message: ServerMessage) -> Result<(), PieceError> {
        match (message, &mut self.keyframe) {
            (ServerMessage::Snapshot(snapshot), keyframe @ None) => *keyframe = Some((snapshot, Vec::new())),
            (ServerMessage::Snapshot(_), Some(_)) => return Err(PieceError::Malformed),
            (message, _) if !is_public(&message) => return Err(PieceError::Private),
            (message, Some((_, after))) => after.push(message),
            (message, None) => self.told.push(message),
        }
        Ok(())
    }
}

/// How a number of messages, or of a message's bytes, stands in a piece.
fn length(length: usize) -> [u8; LENGTH] {
    u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes()
}

/// Such a number, and what follows it.
fn take_length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (length, rest) = bytes.split_at_checked(LENGTH)?;
    Some((usize::try_from(u32::from_le_bytes(length.try_into().ok()?)).ok()?, rest))
}

/// Whether a message is the same for everyone.
fn is_public(message: &ServerMessage) -> bool {
    match message {
        ServerMessage::Snapshot(_)
        | ServerMessage::Tick(_)
        | ServerMessage::Clock(_)
        | ServerMessage::Seats(_)
        | ServerMessage::Announcement(_) => true,
        ServerMessage::End(report) => report.statement.is_none(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phase::Clock;

    fn head() -> Head {
        Head { session: 3, number: 9, tick: 7, state_hash: [7; 32], anew: false }
    }

    fn check(messages: &[ServerMessage], expected: &Result<usize, PieceError>) {
        let messages: Vec<_> = messages.iter().map(codec::encode).collect();
        let read = Piece::decode(&encode(&head(), &messages));
        assert_eq!(&read.map(|piece| piece.told.len()), expected);
    }

    #[test]
    fn only_what_is_everyones_is_read() {
        use ServerMessage as S;
        check(&[], &Ok(0));
        check(&[S::Clock(Clock::default()), S::Announcement("soon".to_owned()), S::Seats(vec![])], &Ok(3));
        for private in [S::Rank(1), S::Bye { reason: String::new() }, S::Pong { sent_ms: 1, server_ms: 2 }] {
            check(&[S::Clock(Clock::default()), private], &Err(PieceError::Private));
        }
    }

    #[test]
    fn what_is_no_piece_is_named() {
        let bytes = encode(&head(), &[codec::encode(&ServerMessage::Clock(Clock::default()))]);
        assert_eq!(Piece::decode(&bytes).unwrap().head, head());
        for end in 0..bytes.len() {
            assert_eq!(Piece::decode(&bytes[..end]), Err(PieceError::Malformed), "cut off after {end}");
        }
        assert_eq!(Piece::decode(&[bytes.as_slice(), &[0]].concat()), Err(PieceError::Malformed));
        let mut other = bytes.clone();
        other[0] = 9;
        assert_eq!(Piece::decode(&other), Err(PieceError::Version(9, PROTOCOL_VERSION)));
        other = bytes;
        other[1..3].copy_from_slice(&1_u16.to_le_bytes());
        assert_eq!(Piece::decode(&other), Err(PieceError::Version(PIECE_FORMAT, 1)));
        assert_eq!(Piece::decode(&vec![0; PIECE_BYTES_MAX + 1]), Err(PieceError::TooLong(PIECE_BYTES_MAX + 1)));
    }
}
