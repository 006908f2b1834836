//! The trait that every store keeps, and what it promises: the one way to the record.

use super::{
    admitted::{Duplicate, EventRow, Group},
    contents::{Contents, Wanted},
    error::StoreError,
    opening::NewSession,
    record::{MetricsRow, OrderRow, PieceRow, Record, SnapshotRow, TickRow, TradeRow, UserRow},
    session::{SessionId, SessionInfo, SessionState},
    tick::{Committed, LobPool, PositionRow, TickBatch},
};
use std::{future::Future, pin::Pin};

/// What a store's method gives: boxed, so that the trait can be an object.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// Rows of one page when a long table is read.
pub const PAGE_ROWS: u32 = 10_000;

/// The record of sessions.
///
/// A store serves at most one session at a time: that of the last [`Store::create`] or
/// [`Store::claim`]. Writing methods are for that session alone and fail with
/// [`StoreError::Superseded`] when another server has taken it over. Dropping the future of
/// a writing method in the middle leaves nothing of it behind, or all of it.
pub trait Store: Send + Sync {
    /// "sqlite", "postgres" or "memory".
    fn kind(&self) -> &'static str;

    /// Whether the store answers. Leaves a sign of life of the session served and takes its lock again
    /// if it was lost: to be asked about once a second.
    fn ready(&self) -> Answer<'_, ()>;

    /// Opens a session and claims it.
    fn create<'a>(&'a self, session: &'a NewSession) -> Answer<'a, SessionId>;

    /// Ends session `from`, the one served, with a last group, which may be empty, and opens and claims
    /// one that follows it: all of it or nothing. The same again has no second effect and gives the same
    /// session, so a lost answer can be asked for again.
    fn reopen<'a>(&'a self, from: SessionId, last: &'a Group, session: &'a NewSession) -> Answer<'a, SessionId>;

    /// Claims a session for this server until it ends, however it ends.
    ///
    /// # Errors
    /// [`StoreError::Locked`] while another server serves it.
    fn claim(&self, session: SessionId) -> Answer<'_, ()>;

    /// The session that this store serves.
    fn served(&self) -> Option<SessionId>;

    /// Everything that a server needs to go on with a session.
    fn load(&self, session: SessionId) -> Answer<'_, Record>;

    /// The same without a snapshot: every input and every hash from the first.
    fn load_whole(&self, session: SessionId) -> Answer<'_, Record>;

    /// Stores what a lap admitted, as one group: all of it or nothing. Only then may it be
    /// acknowledged. Orders whose `client_order_id` the participant has used before are left
    /// out; the answer names the earlier ones. The same group again has no second effect, so
    /// a lost answer can be asked for again.
    fn accept<'a>(&'a self, group: &'a Group) -> Answer<'a, Vec<Duplicate>>;

    /// Stores a tick as one transaction. The same batch again is answered with
    /// [`Committed::Before`] and has no second effect, so a lost answer can be asked for again.
    ///
    /// # Errors
    /// [`StoreError::TickOrder`] for another batch under a number already stored, or a gap.
    fn commit_tick<'a>(&'a self, batch: &'a TickBatch) -> Answer<'a, Committed>;

    /// Stores a snapshot; older ones but the one before it are deleted.
    ///
    /// # Errors
    /// [`StoreError::NotClaimed`] when it was taken of another session than the one served.
    fn snapshot<'a>(&'a self, snapshot: &'a SnapshotRow) -> Answer<'a, ()>;

    /// Stores pieces of the public history of the session served, or of the one served before it. One that is there
    /// stays as it is: whoever has read it may keep it for ever.
    ///
    /// # Errors
    /// [`StoreError::NotClaimed`] when it is another session's.
    fn keep_pieces<'a>(&'a self, session: SessionId, pieces: &'a [PieceRow]) -> Answer<'a, ()>;

    /// At most so many pieces of the public history with numbers above `after`, by number.
    fn pieces(&self, session: SessionId, after: u64, count: u32) -> Answer<'_, Vec<PieceRow>>;

    /// Every session, newest first.
    fn sessions(&self) -> Answer<'_, Vec<SessionInfo>>;

    /// Bytes of all that is stored.
    fn size(&self) -> Answer<'_, u64>;

    /// What the host had set, and where the session stands.
    fn session(&self, session: SessionId) -> Answer<'_, SessionState>;

    /// Every participant, by number.
    fn users(&self, session: SessionId) -> Answer<'_, Vec<UserRow>>;

    /// All that an export is made of, as it was at one moment.
    fn contents(&self, session: SessionId, wanted: Wanted) -> Answer<'_, Contents>;

    /// Every holding, by participant, outcome and side.
    fn positions(&self, session: SessionId) -> Answer<'_, Vec<PositionRow>>;

    /// Every level of the book, by outcome, side, direction and tick.
    fn lob_pools(&self, session: SessionId) -> Answer<'_, Vec<LobPool>>;

    /// At most [`PAGE_ROWS`] orders with ids above `after`, by id.
    fn orders(&self, session: SessionId, after: u64) -> Answer<'_, Vec<OrderRow>>;

    /// At most [`PAGE_ROWS`] trades with ids above `after`, by id.
    fn trades(&self, session: SessionId, after: u64) -> Answer<'_, Vec<TradeRow>>;

    /// At most [`PAGE_ROWS`] events with numbers above `after`, by number.
    fn events(&self, session: SessionId, after: u64) -> Answer<'_, Vec<(u64, EventRow)>>;

    /// At most [`PAGE_ROWS`] ticks with numbers above `after`, by number.
    fn ticks(&self, session: SessionId, after: u64) -> Answer<'_, Vec<TickRow>>;

    /// At most [`PAGE_ROWS`] rows of the maker's figures of ticks above `after`, by tick.
    fn metrics(&self, session: SessionId, after: u64) -> Answer<'_, Vec<MetricsRow>>;

    /// Deletes a session and everything of it. For commands beside the server: a store that
    /// serves a session refuses.
    ///
    /// # Errors
    /// [`StoreError::Locked`] while a server serves it.
    fn purge(&self, session: SessionId) -> Answer<'_, ()>;

    /// Closes connections and lets go of the session.
    fn close(&self) -> Answer<'_, ()>;
}
