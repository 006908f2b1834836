//! Follows a session by its pieces: from the newest keyframe on, each number once. It fetches nothing: whoever owns it
//! does, and hands the bytes in.

use super::state::{Applied, Replica};
use crate::{
    message::{EndReport, ServerMessage},
    piece::{Head, Piece, PieceError},
};

/// Why a piece was not taken in. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// No piece, or one of another version.
    #[error(transparent)]
    Piece(#[from] PieceError),
    /// The first piece has to be a keyframe.
    #[error("piece {0} is no keyframe: following begins with one")]
    NoKeyframe(u64),
    /// Not the piece that follows.
    #[error("piece {found} came where piece {expected} should")]
    Gap {
        /// The number that follows the last one.
        expected: u64,
        /// That of the piece.
        found: u64,
    },
    /// A piece of another session.
    #[error("a piece of session {found} came where session {expected} was followed")]
    Session {
        /// The session that is followed.
        expected: u64,
        /// That of the piece.
        found: u64,
    },
    /// What it tells does not lead to the state that it says.
    #[error("piece {0} does not give the state whose hash it bears")]
    Hash(u64),
}

/// A reader of pieces.
#[derive(Clone, Debug, Default)]
pub struct Reader {
    following: Option<Following>,
}

#[derive(Clone, Debug)]
struct Following {
    next: u64,
    replica: Replica,
    end: Option<Box<EndReport>>,
}

impl Reader {
    /// The number of the piece that follows; none before the first keyframe.
    #[must_use]
    pub fn next(&self) -> Option<u64> {
        self.following.as_ref().map(|following| following.next)
    }

    /// The public state after the last piece.
    #[must_use]
    pub fn replica(&self) -> Option<&Replica> {
        self.following.as_ref().map(|following| &following.replica)
    }

    /// What the session came to, once it is over.
    #[must_use]
    pub fn end(&self) -> Option<&EndReport> {
        self.following.as_ref()?.end.as_deref()
    }

    /// Takes in a piece, and says what a spectator is told by it: at first the state whole.
    ///
    /// # Errors
    /// Why not; nothing was changed.
    pub fn read(&mut self, bytes: &[u8]) -> Result<Vec<ServerMessage>, ReadError> {
        let piece = Piece::decode(bytes)?;
        let head = piece.head;
        let (mut following, messages) = match &self.following {
            None => begin(piece)?,
            Some(following) => {
                following.expect(head)?;
                if head.anew { begin(piece)? } else { (following.clone(), piece.told) }
            }
        };
        for message in &messages {
            following.take(message, head.number)?;
        }
        let now = (following.replica.tick(), following.replica.state_hash());
        if now != (head.tick, head.state_hash) || following.replica.number() != head.session {
            return Err(ReadError::Hash(head.number));
        }
        following.next = head.number + 1;
        self.following = Some(following);
        Ok(messages)
    }
}

/// From a keyframe on: the state whole, and what stands after it.
fn begin(piece: Piece) -> Result<(Following, Vec<ServerMessage>), ReadError> {
    let number = piece.head.number;
    let (snapshot, after) = piece.keyframe.ok_or(ReadError::NoKeyframe(number))?;
    let replica = Replica::from((*snapshot).clone());
    let messages = std::iter::once(ServerMessage::Snapshot(snapshot)).chain(after).collect();
    Ok((Following { next: number, replica, end: None }, messages))
}

impl Following {
    /// Whether a piece is the one that follows.
    const fn expect(&self, head: Head) -> Result<(), ReadError> {
        if head.session != self.replica.number() {
            return Err(ReadError::Session { expected: self.replica.number(), found: head.session });
        }
        if head.number != self.next {
            return Err(ReadError::Gap { expected: self.next, found: head.number });
        }
        Ok(())
    }

    fn take(&mut self, message: &ServerMessage, number: u64) -> Result<(), ReadError> {
        match message {
            ServerMessage::Tick(update) => match self.replica.apply(update) {
                Applied::Yes => {}
                Applied::Stale | Applied::Gap => return Err(ReadError::Hash(number)),
            },
            ServerMessage::Clock(clock) => self.replica.set_clock(*clock),
            ServerMessage::Seats(changes) => self.replica.change_seats(changes),
            ServerMessage::End(report) => self.end = Some(report.clone()),
            _ => {}
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
