//! What a client says. Nothing in it is to be believed: who speaks, and whether they may, is the
//! connection's.

use super::{host::HostRequest, step::Step};
use crate::secret::{HostGrant, SeatToken, Secret};
use outcry_engine::{Direction, OrderId, OrderKind, OutcomeId, Price, Side, Tokens, Usdc};
use serde::{Deserialize, Serialize};

/// A message of a client. Identity comes from the connection, never from a field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ClientMessage {
    /// The first message of a connection.
    Hello(Hello),
    /// Asks for a [`super::ServerMessage::Pong`].
    Ping {
        /// The client's own clock in ms, sent back as it is.
        sent_ms: u64,
    },
    /// Sends an order; answered by an acknowledgement, then by its receipt.
    Order(NewOrder),
    /// Takes back what rests of an order.
    Cancel {
        /// The order's number, from its acknowledgement.
        order: OrderId,
    },
    /// Takes back every own order.
    CancelAll,
    /// A message was missed: asks for a snapshot.
    Resync,
    /// The window is hidden: no updates until `Visible`, which answers with a snapshot.
    Hidden,
    /// The window is seen again.
    Visible,
    /// Asks for the host's right.
    HostLogin {
        /// At most [`crate::limits::PASSWORD_CHARS_MAX`] characters.
        password: Secret,
    },
    /// An act of the host.
    Host(Box<HostRequest>),
    /// Shows the host's right again, on a new connection: [`super::ServerMessage::HostGranted`] renews it, and
    /// [`super::ServerMessage::HostDenied`] says that it has ended.
    HostResume {
        /// The right as it was given last.
        grant: HostGrant,
    },
    /// Asks what became of an order whose answer was lost, without sending it again: answered as the order would be,
    /// and refused when it never arrived.
    Ask {
        /// The client's own number of it.
        client_order_id: u64,
    },
    /// Tells which missions of the practice market were done, for the host to see. The market itself is the client's.
    Practised {
        /// One bit each, the first mission the lowest.
        missions: u8,
    },
    /// Tells how far somebody has come since the page opened, for the host to see. The first word of each step counts,
    /// and no right comes of any.
    Reached {
        /// How far.
        step: Step,
        /// When, in ms since the page opened.
        after_ms: u32,
    },
}

/// Who connects and with what build.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// [`crate::limits::PROTOCOL_VERSION`].
    pub protocol: u16,
    /// Version of the program, for the log.
    pub build: String,
    /// The seat that the connection asks for.
    pub seat: SeatClaim,
}

/// Which seat a connection asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SeatClaim {
    /// The seat of a key, or a new one (native app, bots). Asked again it is the same seat, whatever became of the
    /// first answer.
    Join {
        /// The name wanted, as it was typed.
        name: String,
        /// Declares a player without a screen; shown in lists and exports.
        bot: bool,
        /// The app's key, which it made and keeps.
        token: SeatToken,
    },
    /// The seat of a key; no new one.
    Resume(SeatToken),
    /// The seat of the cookie that came with the connection: the one it holds already, or the one that the form has
    /// asked for.
    Cookie {
        /// The name that the form has asked for, for a server that was started anew since.
        name: Option<String>,
        /// Which seat this window had before ([`super::You::mark`]): never another one.
        mark: Option<u64>,
    },
    /// None: projector, or the host without a seat.
    Spectate,
}

/// An order as a participant asks for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewOrder {
    /// The session that it is meant for; in another one it is refused.
    pub session: u64,
    /// Chosen by the client, unique per seat. Sent again it gets the same answer and has one
    /// effect.
    pub client_order_id: u64,
    /// The outcome whose token is traded.
    pub outcome: OutcomeId,
    /// YES or NO of that outcome.
    pub side: Side,
    /// Whether the token is bought or sold.
    pub direction: Direction,
    /// What price it accepts, and whether the rest of it waits in the book.
    pub kind: OrderKind,
    /// Tokens, from 0.01 to 10⁹.
    pub size: Tokens,
    /// What the ticket had promised, where there was one. It is recorded; the market never looks at it.
    pub promise: Option<Promise>,
}

/// What a ticket's preview said of an order before it was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// The tick after which the preview was made.
    pub tick: u64,
    /// Average price without fees; none where nothing would have been filled at once.
    pub average: Option<Price>,
    /// All that would have left the balance at once, or, of a sale, arrived, fees and gas included.
    pub total: Usdc,
}
