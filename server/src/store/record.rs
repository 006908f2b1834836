//! What comes out of the store: rows as they are read, and all that a start needs.

use super::{
    admitted::{AcceptedOrder, Cancel, NewUser, Sending},
    session::{SessionId, SessionState},
    tick::TickSummary,
};
use outcry_engine::{Cash, Fill, Input, Metrics, Order, OrderId, OrderStatus, Tokens, Usdc, UserId};

/// Orders whose answers a restart brings back: so many last ones. An older one that is sent again
/// has no second effect either, as the tables keep every client's number; only while no orders are
/// taken it is told so, instead of its first answer.
pub const ANSWERS_KEPT: u64 = 100_000;

/// A snapshot of the server's state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SnapshotRow {
    /// The session that it was taken of: by the time it is stored another one may be served.
    pub session: SessionId,
    /// The last tick in it.
    pub tick: u64,
    /// The last input of the record in it.
    pub seq: u64,
    /// Hash of the market in it.
    pub state_hash: [u8; 32],
    /// The state, encoded by its owner. The store keeps a checksum of it.
    pub bytes: Vec<u8>,
}

/// An input of the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedInput {
    /// Its number in the session, from 1.
    pub seq: u64,
    /// The tick that it belongs to: joins between two ticks belong to the later one.
    pub tick: u64,
    /// What the market took.
    pub input: Input,
}

/// Everything that a server needs to go on with a session.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The session that it is the record of.
    pub id: SessionId,
    /// Phase, clock, and what the host had set.
    pub state: SessionState,
    /// Everyone who has a seat.
    pub users: Vec<UserRow>,
    /// The latest snapshot, from which the replay starts; without one it starts from the beginning.
    pub snapshot: Option<SnapshotRow>,
    /// The inputs after the snapshot, by number.
    pub inputs: Vec<RecordedInput>,
    /// The hash of every tick after the snapshot, by tick.
    pub hashes: Vec<(u64, [u8; 32])>,
    /// Orders accepted and not yet in a tick, by id.
    pub waiting_orders: Vec<AcceptedOrder>,
    /// Cancels accepted and not yet in a tick, by time and order.
    pub waiting_cancels: Vec<Cancel>,
    /// The answers to the last [`ANSWERS_KEPT`] orders: participant, the client's own
    /// number, the order and its time in ms. One that is sent again after a restart gets the same.
    pub answers: Vec<(UserId, u64, OrderId, u64)>,
    /// The highest order id in use.
    pub last_order: OrderId,
    /// Session clock of the last event, in ms: time goes on from there.
    pub last_ms: u64,
    /// The number of the last input recorded.
    pub last_seq: u64,
    /// The number of the last group accepted.
    pub last_group: u64,
    /// The number of the last piece of the public history; 0 without one.
    pub last_piece: u64,
}

/// A piece of a session's public history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PieceRow {
    /// Its number in the session, from 1.
    pub number: u64,
    /// Its bytes, as everybody gets them: [`outcry_shared::piece`].
    pub content: Vec<u8>,
}

/// A participant as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserRow {
    /// The number in the market.
    pub user: UserId,
    /// The name that everyone sees.
    pub name: String,
    /// What looks the same has the same skeleton; unique in a session.
    pub skeleton: String,
    /// Hash of the token that resumes the seat.
    pub token_hash: [u8; 32],
    /// Whether it declared itself a bot.
    pub bot: bool,
    /// False once the seat was closed.
    pub open: bool,
    /// The starting balance, which P&L is counted from.
    pub deposit: Usdc,
    /// Cash that can be spent, without what is in escrow.
    pub balance: Usdc,
    /// Value less deposit when it was last touched; exact after the settlement.
    pub net_pnl: Usdc,
    /// Fills it took part in so far.
    pub trade_count: u64,
    /// Gas paid so far.
    pub gas_paid: Usdc,
}

impl UserRow {
    /// The row of a seat that has just been stored.
    #[must_use]
    pub fn fresh(new: &NewUser) -> Self {
        Self {
            user: new.user,
            name: new.name.clone(),
            skeleton: new.skeleton.clone(),
            token_hash: new.token_hash,
            bot: new.bot,
            open: true,
            deposit: new.deposit,
            balance: new.deposit,
            net_pnl: Usdc::ZERO,
            trade_count: 0,
            gas_paid: Usdc::ZERO,
        }
    }
}

/// An order as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderRow {
    /// The order as it was accepted.
    pub order: Order,
    /// The client's own number.
    pub client_order_id: Option<u64>,
    /// `OPEN` while it waits or rests, or how it ended.
    pub status: OrderStatus,
    /// Tokens bought or sold so far.
    pub filled: Tokens,
    /// Tokens that were not bought or sold, also of an order that has ended.
    pub remaining: Tokens,
    /// Why it was rejected or cancelled.
    pub reason: Option<String>,
    /// Gas charged for it.
    pub gas: Usdc,
    /// The tick that took it; none yet while it waits.
    pub tick_accepted: Option<u64>,
    /// How it was sent.
    pub sending: Sending,
}

/// A trade as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TradeRow {
    /// The tick that made it.
    pub tick: u64,
    /// Who traded what with whom, and at which price.
    pub fill: Fill,
}

/// A tick as stored.
#[derive(Clone, Debug, PartialEq)]
pub struct TickRow {
    /// Its number, from 1.
    pub tick: u64,
    /// Session clock, in ms.
    pub ts_ms: u64,
    /// What it did, for people and charts.
    pub summary: TickSummary,
    /// Hash of the market after it.
    pub state_hash: [u8; 32],
}

/// The maker's figures after a tick.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MetricsRow {
    /// The tick after which they stood so.
    pub tick: u64,
    /// Session clock, in ms.
    pub ts_ms: u64,
    /// Sums over the session up to it.
    pub metrics: Metrics,
}

/// The movements of cash in a tick.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CashRow {
    /// The tick that made them.
    pub tick: u64,
    /// Session clock, in ms.
    pub ts_ms: u64,
    /// Every movement, in order; none is known of ticks that an earlier version stored.
    pub cash: Option<Vec<Cash>>,
}
