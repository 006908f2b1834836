//! What a connection has been told of its session, changed only by what comes over it.

use outcry_engine::{OwnView, Usdc, UserId};
use outcry_shared::{
    ServerMessage,
    message::{EndReport, PrivateState, Welcome},
    phase::{Clock, Phase},
    replica::{Applied, Replica},
};
use outcry_traders::{PastPrices, View};

/// What someone without a seat owns.
static NOTHING: OwnView = OwnView { balance: Usdc::ZERO, free: Vec::new(), orders: Vec::new() };

/// A session as a bot or a host knows it.
#[derive(Clone, Debug)]
pub struct Session {
    replica: Replica,
    prices: PastPrices,
    user: Option<UserId>,
    own: Option<PrivateState>,
    end: Option<EndReport>,
}

impl Session {
    /// What a connection begins with.
    pub(crate) fn new(welcome: Welcome) -> Self {
        let mut session = Self {
            replica: welcome.snapshot.into(),
            prices: PastPrices::default(),
            user: welcome.you.map(|you| you.user),
            own: welcome.private,
            end: welcome.end,
        };
        session.prices.remember(session.replica.market());
        session
    }

    /// Takes a message in. After a gap nothing but a snapshot helps, which somebody has to ask for.
    pub(crate) fn take(&mut self, message: &ServerMessage) -> Applied {
        match message {
            ServerMessage::Snapshot(snapshot) => {
                if self.replica.number() != snapshot.session {
                    self.prices.clear();
                    self.end = None;
                }
                self.replica = snapshot.as_ref().clone().into();
                self.prices.remember(self.replica.market());
            }
            ServerMessage::Tick(update) => {
                let applied = self.replica.apply(update);
                if applied == Applied::Yes {
                    self.prices.remember(self.replica.market());
                }
                return applied;
            }
            ServerMessage::Clock(clock) => self.replica.set_clock(*clock),
            ServerMessage::Seats(changes) => self.replica.change_seats(changes),
            ServerMessage::Private(own) => self.own = Some(own.as_ref().clone()),
            ServerMessage::Rank(rank) => {
                if let Some(own) = &mut self.own {
                    own.rank = *rank;
                }
            }
            ServerMessage::End(end) => self.end = Some(end.as_ref().clone()),
            _ => {}
        }
        Applied::Yes
    }

    /// What a strategy may look at.
    #[must_use]
    pub fn view(&self) -> View<'_> {
        let own = self.own.as_ref().map_or(&NOTHING, |own| &own.own);
        View { market: self.replica.market(), prices: &self.prices, own, now_ms: self.clock().now_ms }
    }

    /// The public state as of the last message that was read.
    #[must_use]
    pub const fn replica(&self) -> &Replica {
        &self.replica
    }

    /// Number of the last public update.
    #[must_use]
    pub const fn tick(&self) -> u64 {
        self.replica.tick()
    }

    /// Phase and deadlines, as last told.
    #[must_use]
    pub const fn clock(&self) -> &Clock {
        self.replica.clock()
    }

    /// Whether orders are accepted now.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.clock().phase == Phase::Running
    }

    /// One's own seat; none for a spectator.
    #[must_use]
    pub const fn user(&self) -> Option<UserId> {
        self.user
    }

    /// One's own money, holdings and orders, once the server has told.
    #[must_use]
    pub const fn own(&self) -> Option<&PrivateState> {
        self.own.as_ref()
    }

    /// The end, once it has come.
    #[must_use]
    pub const fn end(&self) -> Option<&EndReport> {
        self.end.as_ref()
    }
}

#[cfg(test)]
mod tests;
