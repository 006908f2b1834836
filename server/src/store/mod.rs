//! What survives: everything acknowledged and everything shown has been stored here first.
//!
//! One trait, [`Store`]: PostgreSQL, SQLite (the embedded default) and, for tests, memory. One
//! contract suite (`tests/store_contract`) runs on all of them. A store knows no lap and no
//! connection, and never decides what is stored.

mod session;
mod error;
mod place;
mod admitted;
mod opening;
mod tick;
mod record;
mod contents;
mod register;
mod scribe;
mod contract;
mod memory;
mod sql;
mod postgres;
mod sqlite;
mod open;
mod copy;

pub use admitted::{AcceptedOrder, Cancel, Duplicate, EventRow, Group, NewUser, Rename, SeatUpdate, Sending};
pub use contents::{Contents, Wanted};
pub use contract::{Answer, PAGE_ROWS, Store};
pub use copy::{backup, restore};
pub use error::StoreError;
pub use memory::MemoryStore;
pub use open::{Building, open, open_at};
pub use opening::NewSession;
pub use place::Place;
pub use postgres::Register;
pub use record::{
    ANSWERS_KEPT, CashRow, MetricsRow, OrderRow, PieceRow, Record, RecordedInput, SnapshotRow, TickRow, TradeRow,
    UserRow,
};
pub use register::{ALIVE_MS, Claimed, Held, KeptRoom, Member, Row, Sign, View};
pub use scribe::{Scribe, Step};
pub use session::{SessionId, SessionInfo, SessionState};
pub use tick::{Committed, LobPool, OrderChange, PositionRow, TickBatch, TickSummary, UserChange};
