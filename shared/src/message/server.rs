//! What the server says.

use super::{
    host::HostState,
    past::PastOrder,
    private::{OrderAck, PrivateState},
    public::{EndReport, SeatChange, Snapshot, TickUpdate},
};
use crate::{
    phase::Clock,
    secret::{HostGrant, SeatCode},
};
use outcry_engine::{OrderId, UserId};
use serde::{Deserialize, Serialize};

/// A message of the server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ServerMessage {
    /// Answers a hello that was accepted: all that a client starts with.
    Welcome(Box<Welcome>),
    /// Refuses a hello; the connection closes.
    Refused(ConnectRefusal),
    /// The public state whole: after a resync, a hidden window, a new session.
    Snapshot(Box<Snapshot>),
    /// What a tick or a resolution changed for everyone.
    Tick(Box<TickUpdate>),
    /// Phase or deadlines changed.
    Clock(Clock),
    /// Somebody came, left, or has another name or presence.
    Seats(Vec<SeatChange>),
    /// One's own state, after everything that touched it.
    Private(Box<PrivateState>),
    /// Answers an order: it was accepted and stored, or why not.
    OrderAck(OrderAck),
    /// Answers a cancel: it will be in the next tick, or there is no such open order.
    CancelAck {
        /// The order that was to be cancelled.
        order: OrderId,
        /// Whether it is an open order of this seat.
        found: bool,
    },
    /// Answers a ping, for the round trip and the server's clock.
    Pong {
        /// As the client sent it.
        sent_ms: u64,
        /// Server time, in ms, on the clock of [`Clock::server_ms`].
        server_ms: u64,
    },
    /// The password was right, or the right was shown again in time.
    HostGranted {
        /// Sent with every act and export.
        grant: HostGrant,
    },
    /// There is no right: the password was wrong, came too soon after a wrong one, or the right has ended.
    HostDenied {
        /// What to do, in one sentence.
        reason: String,
        /// When another try will be looked at.
        retry_after_ms: u64,
    },
    /// Answers an act of the host.
    HostReply {
        /// The request that is answered.
        request_id: u32,
        /// What was done, or one sentence why not.
        result: Result<String, String>,
    },
    /// What the host sees; only to connections with the host's right, about once a second
    /// and after every act.
    HostState(Box<HostState>),
    /// The host's message to all.
    Announcement(String),
    /// Rankings and, to a participant, the own statement.
    End(Box<EndReport>),
    /// The seat was taken over by another connection, or was removed; the connection closes.
    Bye {
        /// What happened to the seat, in one sentence.
        reason: String,
    },
    /// One's own rank by value, from 1, where nothing else of one's own has changed.
    Rank(u32),
    /// A code that gives a seat to another device; only to the host who asked for it.
    SeatCode {
        /// Whose seat it gives.
        user: UserId,
        /// What the other device shows.
        code: SeatCode,
        /// For how long it can be used, in ms.
        valid_ms: u64,
    },
}

/// What a client starts with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Welcome {
    /// Version of the server, for the log.
    pub build: String,
    /// The seat, or none for a spectator.
    pub you: Option<You>,
    /// The public state whole; updates count on from it.
    pub snapshot: Snapshot,
    /// One's own state.
    pub private: Option<PrivateState>,
    /// The end report, when the session is resolved.
    pub end: Option<EndReport>,
    /// The address people join by.
    pub join_url: String,
    /// One's last orders that were in a tick, oldest first, at most [`crate::limits::PAST_ORDERS_MAX`].
    pub past: Vec<PastOrder>,
}

/// One's own seat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct You {
    /// The seat's number.
    pub user: UserId,
    /// The name that everyone sees.
    pub name: String,
    /// Tells this seat from every other, also of other sessions; gives no right to it.
    pub mark: u64,
}

/// Why a connection was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectRefusal {
    /// Tells a program what to do next.
    pub code: RefusalCode,
    /// One sentence for people.
    pub reason: String,
}

/// Why a connection was refused, for programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RefusalCode {
    /// Another protocol version: reload.
    Version,
    /// No seat for that token or cookie: join again.
    UnknownSeat,
    /// The name cannot be had.
    Name,
    /// The door is closed, the session is over or full.
    Door,
    /// The server is shutting down or busy: try again.
    Busy,
    /// The browser has another seat by now than this window had.
    OtherSeat,
    /// The host has closed the seat, for this session.
    Removed,
}
