//! Everything that is known. Written by this folder alone: [`Model::apply`] for what comes in, [`Model::outgoing`] for
//! what goes out; read by everyone.

use super::{
    clock::TimeSync, connection::Connection, curtain::Curtain, departure::Departure, host::HostLink, orders::Orders,
    toasts::Toasts, visit::Visit,
};
use crate::text;
use outcry_engine::{OutcomeId, OwnView, Side, Tokens, UserId};
use outcry_shared::{
    message::{EndReport, PrivateState, You},
    phase::Phase,
    replica::Replica,
};

/// What the server has said.
#[derive(Clone, Debug, Default)]
pub struct Model {
    pub(super) connection: Connection,
    pub(super) time: TimeSync,
    pub(super) you: Option<You>,
    pub(super) join_url: String,
    pub(super) session: Option<Replica>,
    pub(super) own: Option<PrivateState>,
    pub(super) orders: Orders,
    pub(super) toasts: Toasts,
    pub(super) announcement: Option<(String, u64)>,
    pub(super) end: Option<EndReport>,
    pub(super) departure: Option<Departure>,
    pub(super) curtain: Option<Curtain>,
    pub(super) host: HostLink,
    pub(super) visit: Visit,
    pub(super) needs_resync: bool,
    pub(super) asked_resync: bool,
}

impl Model {
    /// A model before the first message. `seed` starts the numbers of orders: it must grow
    /// from one start of the program to the next on the same seat (wall clock in µs, say).
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { orders: Orders::new(seed), ..Self::default() }
    }

    /// How the connection stands.
    #[must_use]
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    /// The server's clock against ours.
    #[must_use]
    pub fn time(&self) -> &TimeSync {
        &self.time
    }

    /// One's own seat; none for a spectator.
    #[must_use]
    pub fn you(&self) -> Option<&You> {
        self.you.as_ref()
    }

    /// The address people join by; empty before the welcome.
    #[must_use]
    pub fn join_url(&self) -> &str {
        &self.join_url
    }

    /// The public state, once welcomed.
    #[must_use]
    pub fn session(&self) -> Option<&Replica> {
        self.session.as_ref()
    }

    /// One's own state; none for a spectator.
    #[must_use]
    pub fn own(&self) -> Option<&PrivateState> {
        self.own.as_ref()
    }

    /// Orders sent from here, with their fate.
    #[must_use]
    pub fn orders(&self) -> &Orders {
        &self.orders
    }

    /// What happened, for people.
    #[must_use]
    pub fn toasts(&self) -> &Toasts {
        &self.toasts
    }

    /// The host's last message to all, and when it came (local ms).
    #[must_use]
    pub fn announcement(&self) -> Option<(&str, u64)> {
        self.announcement.as_ref().map(|(words, at_ms)| (words.as_str(), *at_ms))
    }

    /// Rankings and own statement, once resolved.
    #[must_use]
    pub fn end(&self) -> Option<&EndReport> {
        self.end.as_ref()
    }

    /// The last round that took outcomes out of the game, as far as this screen knows what it meant.
    #[must_use]
    pub fn departure(&self) -> Option<&Departure> {
        self.departure.as_ref()
    }

    /// The host's right, view and acts.
    #[must_use]
    pub fn host(&self) -> &HostLink {
        &self.host
    }

    /// Whether a public update was missed: updates are ignored until the next snapshot.
    #[must_use]
    pub fn needs_resync(&self) -> bool {
        self.needs_resync
    }

    /// The phase; `Draft` before anything was said.
    #[must_use]
    pub fn phase(&self) -> Phase {
        self.session.as_ref().map_or(Phase::Draft, |session| session.clock().phase)
    }

    /// Whether orders can be sent at all now.
    #[must_use]
    pub fn can_trade(&self) -> bool {
        self.connection == Connection::Live && self.phase() == Phase::Running && self.you.is_some()
    }

    /// The session clock now, in ms.
    #[must_use]
    pub fn session_ms(&self, now_local_ms: u64) -> u64 {
        self.session.as_ref().map_or(0, |session| self.time.session_ms(session.clock(), now_local_ms))
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

    /// The name of a seat, ready for a sentence; "player 7" when unknown.
    #[must_use]
    pub fn name_of(&self, user: UserId) -> String {
        let seat = self.session.as_ref().and_then(|session| session.seats().get(&user));
        seat.map_or_else(|| text::unknown_player(user), |seat| text::apart(&seat.name))
    }

    /// The name of an outcome, ready for a sentence; empty before there is a session.
    #[must_use]
    pub fn outcome_name(&self, outcome: OutcomeId) -> String {
        self.session.as_ref().map_or_else(String::new, |session| text::apart(session.outcome_name(outcome)))
    }
}
