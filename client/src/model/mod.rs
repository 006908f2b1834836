//! What the server has said: one value, changed only here.
//!
//! [`Model::apply`] takes what comes in, [`Model::outgoing`] turns actions into what goes
//! out, and everything else only reads.

mod apply;
mod clock;
mod host;
mod notice;
mod orders;
mod outgoing;
mod session;
mod tick;

pub use clock::{STALE_AFTER_MS, TimeSync};
pub use host::{HostLink, Reply};
pub use notice::{Notice, TOAST_LIFE_MS, Toast, ToastKind, Toasts};
pub use orders::{Orders, SentOrder, Stage};
pub use session::{CHANGE_WINDOW_MS, Session};

use outcry_engine::{OutcomeId, OwnView, Side, Tokens, UserId};
use outcry_shared::message::{ConnectRefusal, EndReport, PrivateState, You};
use outcry_shared::phase::Phase;

/// How the connection stands. Set by the owner of the socket, and by what the server says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Connection {
    /// The first attempt is under way.
    #[default]
    Connecting,
    /// Welcomed.
    Live,
    /// Lost; trying again by itself.
    Reconnecting {
        /// How many attempts failed.
        attempt: u32,
    },
    /// No seat yet: a name is asked for (native app).
    NeedsName {
        /// Why the last name could not be had.
        error: Option<String>,
    },
    /// The server refused; trying again does not help.
    Refused(ConnectRefusal),
    /// The server closed it: the seat was taken over elsewhere, or removed.
    Closed(String),
}

/// What the server has said.
#[derive(Clone, Debug, Default)]
#[cfg_attr(feature = "floor", derive(bevy::prelude::Resource))]
pub struct Model {
    /// How the connection stands.
    pub connection: Connection,
    /// The server's clock against ours.
    pub time: TimeSync,
    /// One's own seat; none for a spectator.
    pub you: Option<You>,
    /// The address people join by.
    pub join_url: String,
    /// The public state, once welcomed.
    pub session: Option<Session>,
    /// One's own state.
    pub own: Option<PrivateState>,
    /// Orders sent from here, with their fate.
    pub orders: Orders,
    /// What happened, for people.
    pub toasts: Toasts,
    /// The host's last message to all, and when it came (local ms).
    pub announcement: Option<(String, u64)>,
    /// Rankings and own statement, once resolved.
    pub end: Option<EndReport>,
    /// The host's right and view.
    pub host: HostLink,
    /// A public update was missed: [`outcry_shared::ClientMessage::Resync`] is due. Cleared by
    /// the next snapshot; updates are ignored until then.
    pub needs_resync: bool,
}

impl Model {
    /// A model before the first message. `seed` starts the numbers of orders: it must grow
    /// from one start of the program to the next on the same seat (wall clock in µs, say).
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { orders: Orders::new(seed), ..Self::default() }
    }

    /// The phase; `Draft` before anything was said.
    #[must_use]
    pub fn phase(&self) -> Phase {
        self.session.as_ref().map_or(Phase::Draft, |session| session.clock.phase)
    }

    /// The session clock now, in ms.
    #[must_use]
    pub fn session_ms(&self, now_local_ms: u64) -> u64 {
        self.session.as_ref().map_or(0, |session| self.time.session_ms(&session.clock, now_local_ms))
    }

    /// One's own number.
    #[must_use]
    pub fn user(&self) -> Option<UserId> {
        self.you.as_ref().map(|you| you.user)
    }

    /// What one owns, as a quote needs it.
    #[must_use]
    pub fn own_view(&self) -> Option<&OwnView> {
        self.own.as_ref().map(|own| &own.own)
    }

    /// Free tokens of one's own.
    #[must_use]
    pub fn free_tokens(&self, outcome: OutcomeId, side: Side) -> Tokens {
        let free = self.own_view().and_then(|own| own.free.get(outcome.index()));
        free.map_or(Tokens::ZERO, |pair| pair[side.index()])
    }

    /// The name of a seat, "player 7" when unknown.
    #[must_use]
    pub fn name_of(&self, user: UserId) -> String {
        let seat = self.session.as_ref().and_then(|session| session.seats.get(&user));
        seat.map_or_else(|| crate::text::unknown_player(user), |seat| seat.name.clone())
    }
}
