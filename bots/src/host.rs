//! The host's client: no seat, the password, and acts that are answered.

use crate::{
    address::Address,
    connection::Connection,
    error::BotError,
    greeting::{Greeted, greet},
    session::Session,
};
use outcry_shared::{
    ClientMessage, ServerMessage,
    message::{HostAct, HostRequest, HostState, SeatClaim},
    replica::Applied,
    secret::{HostGrant, Secret},
};
use std::time::{Duration, Instant};

/// How long the server may take to answer the password or an act.
const REPLY_TIMEOUT: Duration = Duration::from_secs(20);

/// A host without a screen.
pub struct Host {
    connection: Connection,
    session: Session,
    grant: HostGrant,
    state: Option<HostState>,
    next_request_id: u32,
}

impl Host {
    /// Connects without a seat and gives the password.
    ///
    /// # Errors
    /// When nobody answers, or the password is wrong.
    pub fn login(address: &Address, password: &str) -> Result<Self, BotError> {
        let Greeted { mut connection, session, .. } = greet(address, SeatClaim::Spectate)?;
        connection.send(&ClientMessage::HostLogin { password: Secret::new(password) })?;
        let deadline = Instant::now() + REPLY_TIMEOUT;
        while Instant::now() < deadline {
            for message in connection.receive(deadline)? {
                match message {
                    ServerMessage::HostGranted { grant } => {
                        return Ok(Self { connection, session, grant, state: None, next_request_id: 1 });
                    }
                    ServerMessage::HostDenied { reason, .. } => return Err(BotError::Denied(reason)),
                    _ => {}
                }
            }
        }
        Err(BotError::Late("the answer to the password".to_owned()))
    }

    /// The host's right, for exports over HTTP.
    #[must_use]
    pub fn grant(&self) -> HostGrant {
        self.grant
    }

    /// What everyone is told.
    #[must_use]
    pub const fn session(&self) -> &Session {
        &self.session
    }

    /// What the host sees, once the server has sent it.
    #[must_use]
    pub fn state(&self) -> Option<&HostState> {
        self.state.as_ref()
    }

    /// How many bots are here, as the server last told.
    #[must_use]
    pub fn bots_connected(&self) -> usize {
        let seats = self.state.iter().flat_map(|state| &state.seats);
        seats.filter(|seat| seat.bot && seat.connected).count()
    }

    /// Asks for an act and waits for the answer.
    ///
    /// # Errors
    /// When the server refuses it, or does not answer.
    pub fn act(&mut self, act: HostAct) -> Result<String, BotError> {
        let asked = self.ask(act)?;
        self.answer(asked)
    }

    /// Asks for an act, and returns the number to wait for its answer by.
    ///
    /// # Errors
    /// When the connection is lost.
    pub fn ask(&mut self, act: HostAct) -> Result<u32, BotError> {
        let request_id = self.next_request_id;
        self.next_request_id += 1;
        let request = HostRequest { grant: self.grant, request_id, act };
        self.connection.send(&ClientMessage::Host(Box::new(request)))?;
        Ok(request_id)
    }

    /// Waits for the answer to an act.
    ///
    /// # Errors
    /// When the server refuses it, or does not answer.
    pub fn answer(&mut self, asked: u32) -> Result<String, BotError> {
        let deadline = Instant::now() + REPLY_TIMEOUT;
        while Instant::now() < deadline {
            for message in self.pump(deadline)? {
                match message {
                    ServerMessage::HostReply { request_id, result } if request_id == asked => {
                        return result.map_err(BotError::Denied);
                    }
                    _ => {}
                }
            }
        }
        Err(BotError::Late("the answer to the host's act".to_owned()))
    }

    /// Takes in the messages of the next frame; none when nothing came until `deadline`.
    ///
    /// # Errors
    /// When the connection is lost.
    pub fn pump(&mut self, deadline: Instant) -> Result<Vec<ServerMessage>, BotError> {
        let messages = self.connection.receive(deadline)?;
        for message in &messages {
            match message {
                ServerMessage::HostState(state) => self.state = Some(state.as_ref().clone()),
                ServerMessage::Bye { reason } => return Err(BotError::SentAway(reason.clone())),
                _ => {}
            }
            if self.session.take(message) == Applied::Gap {
                self.connection.send(&ClientMessage::Resync)?;
            }
        }
        Ok(messages)
    }
}
