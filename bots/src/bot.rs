//! A participant's client: one seat, kept through lost connections. Decides nothing: strategies
//! or tests do.

use crate::{
    address::Address,
    connection::Connection,
    error::BotError,
    greeting::{Greeted, greet},
    session::Session,
    stats::Stats,
};
use outcry_engine::{OrderId, OrderStatus};
use outcry_shared::{
    ClientMessage, ServerMessage,
    message::{NewOrder, OrderAck, PrivateState, SeatClaim},
    replica::Applied,
    secret::SeatToken,
};
use outcry_traders::{Action, View};
use std::{collections::BTreeMap, time::Instant};

/// A participant without a screen.
pub struct Bot {
    address: Address,
    connection: Option<Connection>,
    name: String,
    token: Option<SeatToken>,
    session: Session,
    /// Orders sent and not answered yet, with the time they were first sent.
    unanswered: BTreeMap<u64, (NewOrder, Instant)>,
    next_client_order_id: u64,
    stats: Stats,
}

impl Bot {
    /// Takes a new seat, declared a bot's.
    ///
    /// # Errors
    /// When nobody answers, or the server refuses.
    pub fn join(address: &Address, name: &str) -> Result<Self, BotError> {
        let claim = SeatClaim::Join { name: name.to_owned(), bot: true };
        Ok(Self::seated(address, greet(address, claim)?, name, None, 1))
    }

    /// Comes back to a seat that another run of the program took. Its orders were numbered by that
    /// run: `first_order` has to be above all of them.
    ///
    /// # Errors
    /// When nobody answers, or the seat is gone.
    pub fn come_back(address: &Address, token: SeatToken, first_order: u64) -> Result<Self, BotError> {
        Ok(Self::seated(address, greet(address, SeatClaim::Resume(token))?, "", Some(token), first_order))
    }

    fn seated(
        address: &Address,
        greeted: Greeted,
        name: &str,
        token: Option<SeatToken>,
        next_client_order_id: u64,
    ) -> Self {
        let Greeted { connection, session, seat } = greeted;
        let (name, given) = seat.map_or_else(|| (name.to_owned(), None), |you| (you.name, you.token));
        Self {
            address: address.clone(),
            connection: Some(connection),
            name,
            token: given.or(token),
            session,
            unanswered: BTreeMap::new(),
            next_client_order_id,
            stats: Stats::default(),
        }
    }

    /// What proves the seat, to come back to it.
    #[must_use]
    pub const fn token(&self) -> Option<SeatToken> {
        self.token
    }

    /// Comes back to the seat over a new connection and sends again what was not answered:
    /// each order has one effect, however often it is sent.
    ///
    /// # Errors
    /// When nobody answers, or the seat is gone.
    pub fn resume(&mut self) -> Result<(), BotError> {
        self.connection = None;
        let Some(token) = self.token else { return Err(BotError::Lost("there is no token to resume by".to_owned())) };
        let Greeted { connection, session, .. } = greet(&self.address, SeatClaim::Resume(token))?;
        self.connection = Some(connection);
        self.forget_other_session(session.replica().number());
        self.session = session;
        self.stats.reconnects += 1;
        let again: Vec<_> = self.unanswered.values().map(|(order, _)| ClientMessage::Order(order.clone())).collect();
        again.iter().try_for_each(|order| self.send(order))
    }

    /// Moves to another address of the same server, for the next [`Self::resume`].
    pub fn move_to(&mut self, address: &Address) {
        self.address = address.clone();
    }

    /// Drops the connection without a word.
    pub fn hang_up(&mut self) {
        self.connection = None;
    }

    /// The name as the server has it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What the bot has been told.
    #[must_use]
    pub const fn session(&self) -> &Session {
        &self.session
    }

    /// What its strategy may look at.
    #[must_use]
    pub fn view(&self) -> View<'_> {
        self.session.view()
    }

    /// What the bot did.
    #[must_use]
    pub fn stats(&self) -> &Stats {
        &self.stats
    }

    /// The client's numbers of orders that wait for their acknowledgement.
    pub fn unanswered(&self) -> impl Iterator<Item = u64> {
        self.unanswered.keys().copied()
    }

    /// Does what a strategy wants; returns the client's numbers of the orders sent.
    ///
    /// # Errors
    /// When the connection is lost; orders are then sent again after [`Self::resume`].
    pub fn act(&mut self, action: &Action) -> Result<Option<u64>, BotError> {
        match action {
            Action::Cancel(order) => self.send(&ClientMessage::Cancel { order: *order }).map(|()| None),
            Action::CancelAll => self.send(&ClientMessage::CancelAll).map(|()| None),
            Action::Order { outcome, side, direction, kind, size } => {
                let client_order_id = self.next_client_order_id;
                self.next_client_order_id += 1;
                let (outcome, side, direction) = (*outcome, *side, *direction);
                let (kind, size) = (*kind, *size);
                let order = NewOrder { client_order_id, outcome, side, direction, kind, size, promise: None };
                self.unanswered.insert(client_order_id, (order.clone(), Instant::now()));
                self.stats.orders += 1;
                self.send(&ClientMessage::Order(order)).map(|()| Some(client_order_id))
            }
        }
    }

    /// Sends a message that no strategy would: a repetition, a ping, something hostile.
    ///
    /// # Errors
    /// When the connection is lost.
    pub fn send(&mut self, message: &ClientMessage) -> Result<(), BotError> {
        let connection = self.connection.as_mut().ok_or_else(|| BotError::Lost("not connected".to_owned()))?;
        connection.send(message)
    }

    /// Takes in the messages of the next frame; none when nothing came until `deadline`.
    ///
    /// # Errors
    /// When the connection is lost or the server sends the bot away.
    pub fn pump(&mut self, deadline: Instant) -> Result<Vec<ServerMessage>, BotError> {
        let connection = self.connection.as_mut().ok_or_else(|| BotError::Lost("not connected".to_owned()))?;
        let messages = connection.receive(deadline)?;
        for message in &messages {
            self.take(message)?;
        }
        Ok(messages)
    }

    /// Pumps until `done`, and returns every message on the way.
    ///
    /// # Errors
    /// As [`Self::pump`], and when it takes longer than `deadline`.
    pub fn pump_until(
        &mut self,
        waiting_for: &str,
        deadline: Instant,
        mut done: impl FnMut(&Self) -> bool,
    ) -> Result<Vec<ServerMessage>, BotError> {
        let mut seen = Vec::new();
        while !done(self) {
            if Instant::now() >= deadline {
                return Err(BotError::Late(waiting_for.to_owned()));
            }
            seen.extend(self.pump(deadline)?);
        }
        Ok(seen)
    }

    fn take(&mut self, message: &ServerMessage) -> Result<(), BotError> {
        match message {
            ServerMessage::Snapshot(snapshot) => self.forget_other_session(snapshot.session),
            ServerMessage::Private(private) => self.count(private),
            ServerMessage::OrderAck(ack) => self.acknowledged(ack),
            ServerMessage::Refused(refusal) => return Err(BotError::Refused(refusal.clone())),
            ServerMessage::Bye { reason } => return Err(BotError::SentAway(reason.clone())),
            _ => {}
        }
        if self.session.take(message) == Applied::Gap {
            self.send(&ClientMessage::Resync)?;
        }
        Ok(())
    }

    /// What was not answered in one session is not asked for in the next.
    fn forget_other_session(&mut self, session: u64) {
        if session != self.session.replica().number() {
            self.unanswered.clear();
        }
    }

    fn count(&mut self, private: &PrivateState) {
        let rejected = private.receipts.iter().filter(|receipt| receipt.order.status == OrderStatus::Rejected);
        self.stats.rejected += rejected.count() as u64;
        self.stats.fills += private.receipts.iter().map(|receipt| receipt.fills.len() as u64).sum::<u64>();
    }

    fn acknowledged(&mut self, ack: &OrderAck) {
        // A repetition's second answer finds nothing here.
        let Some((_, sent)) = self.unanswered.remove(&ack.client_order_id) else { return };
        self.stats.latencies.push(sent.elapsed());
        match ack.result {
            Ok(_) => self.stats.accepted += 1,
            Err(_) => self.stats.refused += 1,
        }
    }

    /// The order's id, once its acknowledgement is among these messages.
    #[must_use]
    pub fn order_id(messages: &[ServerMessage], client_order_id: u64) -> Option<OrderId> {
        messages.iter().find_map(|message| match message {
            ServerMessage::OrderAck(ack) if ack.client_order_id == client_order_id => {
                ack.result.as_ref().ok().map(|(id, _)| *id)
            }
            _ => None,
        })
    }
}
