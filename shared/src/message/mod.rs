//! Everything that is said between server and client. One table of it is
//! `docs/protocol.md`.

mod step;
mod public;
mod private;
mod rehearsal;
mod host;
mod client;
mod past;
mod server;

pub use client::{ClientMessage, Hello, NewOrder, Promise, SeatClaim};
pub use host::{
    ActRecord, ChartKind, HostAct, HostRequest, HostState, Resolve, SeatRow, Shadow, ShadowRow, Watch, Whom,
};
pub use past::PastOrder;
pub use private::{OrderAck, PrivateState, Receipt, RefusedOrder};
pub use public::{
    ActionKind, EndReport, FloorAction, HistoryPoint, LeaderRow, LevelChange, Outcome, PublicTrade, RankingRow, Seat,
    SeatChange, Snapshot, TickUpdate,
};
pub use rehearsal::{BEYOND, Light, Progress, Reading, Rehearsal, RehearsedSheet, Spread};
pub use server::{ConnectRefusal, RefusalCode, ServerMessage, Welcome, You};
pub use step::Step;
