//! What is given out: the newest pieces in memory, the others from the store. Put there by the press alone, and read by
//! the HTTP side. A piece on it is stored, and never changes.

use crate::{
    store::{SessionId, Store, StoreError},
    vault::SealKey,
};
use axum::body::Bytes;
use bevy::prelude::*;
use outcry_shared::piece::KEYFRAME_EVERY;
use std::{collections::VecDeque, fmt::Write as _, sync::Arc, time::Duration};
use tokio::sync::{Semaphore, watch};

/// Pieces in memory: whoever begins at the newest keyframe, or the one before, asks no database.
const RECENT: usize = 2 * KEYFRAME_EVERY as usize + 2;
/// Older pieces that are read from the store at once; further ones wait. The session needs its connections.
const READS: usize = 2;
/// What codes are sealed for.
const PURPOSE: &str = "live";

/// Where the pieces of the session being served stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The session.
    pub session: u64,
    /// Under what its pieces are found: of this session and this server alone, so that no cache mixes them up with others.
    pub code: String,
    /// The newest piece; 0 before the first.
    pub edge: u64,
    /// The newest keyframe; 0 before the first since the server was started.
    pub keyframe: u64,
}

/// What came of looking for a piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// Here it is.
    Piece(Bytes),
    /// It is the next to come.
    NotYet,
    /// There is none of this number, or none of this code.
    Nothing,
}

/// The pieces of the session being served. Clones are the same shelf.
#[derive(Resource, Clone)]
pub struct Shelf {
    key: SealKey,
    row: watch::Sender<Row>,
    reads: Arc<Semaphore>,
}

#[derive(Default)]
struct Row {
    standing: Standing,
    /// The newest, with consecutive numbers.
    recent: VecDeque<Bytes>,
}

impl Row {
    fn recent(&self, number: u64) -> Option<Bytes> {
        let back = usize::try_from(self.standing.edge.checked_sub(number)?).ok()?;
        self.recent.get(self.recent.len().checked_sub(back + 1)?).cloned()
    }
}

impl Shelf {
    /// An empty one. Codes are sealed with the server's key: nobody can guess one.
    #[must_use]
    pub fn new(key: SealKey) -> Self {
        Self { key, row: watch::Sender::new(Row::default()), reads: Arc::new(Semaphore::new(READS)) }
    }

    /// Where the pieces stand.
    #[must_use]
    pub fn standing(&self) -> Standing {
        self.row.borrow().standing.clone()
    }

    /// Gives out another session, of which so many pieces are stored.
    pub(crate) fn begin(&self, session: SessionId, edge: u64) {
        let seal = self.key.seal(PURPOSE, &[&session.0.to_le_bytes()]);
        let code = seal.iter().take(8).fold(String::new(), |mut code, byte| {
            // Writing into a text cannot fail.
            let _ = write!(code, "{byte:02x}");
            code
        });
        let standing = Standing { session: session.0, code, edge, keyframe: 0 };
        self.row.send_replace(Row { standing, recent: VecDeque::new() });
    }

    /// Puts up the piece of a number, which is stored.
    pub(crate) fn put(&self, session: SessionId, number: u64, keyframe: bool, content: Bytes) {
        self.row.send_modify(|row| {
            if row.standing.session != session.0 {
                return;
            }
            if number != row.standing.edge + 1 {
                // Some could not be stored: those before are found in the store.
                row.recent.clear();
            }
            row.standing.edge = number;
            if keyframe {
                row.standing.keyframe = number;
            }
            row.recent.push_back(content);
            if row.recent.len() > RECENT {
                row.recent.pop_front();
            }
        });
    }

    /// Looks for a piece, and waits for the one that comes next, but no longer than `patience`.
    ///
    /// # Errors
    /// What the store says.
    pub async fn find(
        &self,
        store: &dyn Store,
        code: &str,
        number: u64,
        patience: Duration,
    ) -> Result<Found, StoreError> {
        let next = {
            let row = self.row.borrow();
            if row.standing.code != code || row.standing.session == 0 || number == 0 {
                return Ok(Found::Nothing);
            }
            if let Some(piece) = row.recent(number) {
                return Ok(Found::Piece(piece));
            }
            let Standing { session, edge, .. } = row.standing;
            if number <= edge { Err(SessionId(session)) } else { Ok(number == edge + 1) }
        };
        match next {
            Ok(true) => Ok(self.await_piece(code, number, patience).await),
            Ok(false) => Ok(Found::Nothing),
            Err(session) => {
                // Nobody closes it.
                let _turn = self.reads.acquire().await;
                let stored = store.pieces(session, number - 1, 1).await?.pop();
                let piece = stored.filter(|piece| piece.number == number);
                Ok(piece.map_or(Found::Nothing, |piece| Found::Piece(piece.content.into())))
            }
        }
    }

    /// The next piece, once it is there.
    async fn await_piece(&self, code: &str, number: u64, patience: Duration) -> Found {
        let mut rows = self.row.subscribe();
        let there = rows.wait_for(|row| row.standing.code != code || row.standing.edge >= number);
        let Ok(Ok(row)) = tokio::time::timeout(patience, there).await else { return Found::NotYet };
        match row.recent(number) {
            Some(piece) if row.standing.code == code => Found::Piece(piece),
            _ => Found::Nothing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{MemoryStore, NewSession, PieceRow};
    use outcry_shared::{config::presets, phase::Phase};

    const AT_ONCE: Duration = Duration::ZERO;

    fn content(number: u64) -> Bytes {
        Bytes::from(format!("piece {number}"))
    }

    /// A shelf and its store, with so many pieces.
    async fn shelf(pieces: u64) -> (Shelf, MemoryStore, String) {
        let store = MemoryStore::default();
        let new = NewSession::empty(presets()[0].config.clone(), Phase::Lobby);
        let session = store.create(&new).await.unwrap();
        let shelf = Shelf::new(SealKey::fresh().unwrap());
        shelf.begin(session, 0);
        for number in 1..=pieces {
            let row = PieceRow { number, content: content(number).to_vec() };
            store.keep_pieces(session, &[row]).await.unwrap();
            shelf.put(session, number, number % KEYFRAME_EVERY == 1, content(number));
        }
        let code = shelf.standing().code;
        (shelf, store, code)
    }

    #[tokio::test]
    async fn every_piece_is_found_in_memory_or_in_the_store() {
        let (shelf, store, code) = shelf(200).await;
        assert_eq!(shelf.row.borrow().recent.len(), RECENT);
        for number in [1, 100, 138, 139, 199, 200] {
            let found = shelf.find(&store, &code, number, AT_ONCE).await.unwrap();
            assert_eq!(found, Found::Piece(content(number)));
        }
        let standing = shelf.standing();
        assert_eq!((standing.edge, standing.keyframe), (200, 181));
        assert_eq!(shelf.find(&store, &code, 201, AT_ONCE).await.unwrap(), Found::NotYet);
        for (code, number) in [(code.as_str(), 0), (&code, 202), (&code, u64::MAX), ("", 1), ("0123456789abcdef", 1)] {
            assert_eq!(shelf.find(&store, code, number, AT_ONCE).await.unwrap(), Found::Nothing, "{code} {number}");
        }
    }

    #[tokio::test]
    async fn whoever_waits_is_given_the_next_piece_or_told_that_the_session_is_another() {
        let long = Duration::from_secs(600);
        for (another, expected) in [(false, Found::Piece(content(3))), (true, Found::Nothing)] {
            let (shelf, store, code) = shelf(2).await;
            let session = SessionId(shelf.standing().session);
            let put =
                async { if another { shelf.begin(SessionId(9), 0) } else { shelf.put(session, 3, false, content(3)) } };
            let (found, ()) = tokio::join!(shelf.find(&store, &code, 3, long), put);
            assert_eq!(found.unwrap(), expected);
        }
        let (first, second) = (shelf(0).await.2, shelf(0).await.2);
        assert_ne!(first, second, "another server's session of the same number has another code");
    }

    #[tokio::test]
    async fn what_could_not_be_stored_is_left_out() {
        let (shelf, store, code) = shelf(3).await;
        shelf.put(SessionId(1), 6, true, content(6));
        for (number, expected) in
            [(3, Found::Piece(content(3))), (4, Found::Nothing), (6, Found::Piece(content(6))), (7, Found::NotYet)]
        {
            assert_eq!(shelf.find(&store, &code, number, AT_ONCE).await.unwrap(), expected, "{number}");
        }
        assert_eq!(shelf.standing().keyframe, 6, "where whoever finds nothing begins again");
    }
}
