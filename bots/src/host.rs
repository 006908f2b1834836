//! The host's client: no seat, the password, and acts that are answered.

use crate::{
    address::Address,
    connection::Connection,
    error::BotError,
    greeting::{Greeted, greet},
    session::Session,
};
use outcry_engine::UserId;
use outcry_shared::{
    ClientMessage, ServerMessage,
    message::{HostAct, HostRequest, HostState, Resolve, SeatClaim},
    replica::Applied,
    secret::{HostGrant, SeatCode, Secret},
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
    seat_code: Option<(UserId, SeatCode)>,
    next_request_id: u32,
}

impl Host {
    /// Connects without a seat and gives the password.
    ///
    /// # Errors
    /// When nobody answers, or the password is wrong.
    pub fn login(address: &Address, password: &str) -> Result<Self, BotError> {
        Self::enter(address, &ClientMessage::HostLogin { password: Secret::new(password) })
    }

    /// Connects without a seat and asks for the right.
    fn enter(address: &Address, asking: &ClientMessage) -> Result<Self, BotError> {
        let Greeted { mut connection, session, .. } = greet(address, SeatClaim::Spectate)?;
        connection.send(asking)?;
        let deadline = Instant::now() + REPLY_TIMEOUT;
        while Instant::now() < deadline {
            for message in connection.receive(deadline)? {
                match message {
                    ServerMessage::HostGranted { grant } => {
                        let (state, seat_code) = (None, None);
                        return Ok(Self { connection, session, grant, state, seat_code, next_request_id: 1 });
                    }
                    ServerMessage::HostDenied { reason, .. } => return Err(BotError::Denied(reason)),
                    _ => {}
                }
            }
        }
        Err(BotError::Late("the answer to the password".to_owned()))
    }

    /// Comes back with a right that was given before.
    ///
    /// # Errors
    /// When nobody answers, or the right has ended.
    pub fn resume(address: &Address, grant: HostGrant) -> Result<Self, BotError> {
        Self::enter(address, &ClientMessage::HostResume { grant })
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

    /// The code that was made last, and whose seat it gives to another device.
    #[must_use]
    pub const fn seat_code(&self) -> Option<(UserId, SeatCode)> {
        self.seat_code
    }

    /// How many bots are here, as the server last told.
    #[must_use]
    pub fn bots_connected(&self) -> usize {
        let seats = self.state.iter().flat_map(|state| &state.seats);
        seats.filter(|seat| seat.bot && seat.connected).count()
    }

    /// Runs the next round now.
    ///
    /// # Errors
    /// As [`Self::act`], and when the server has not told of a round in time: there is none left, or no session runs.
    pub fn run_round(&mut self) -> Result<String, BotError> {
        let round = self.told("a round that is still to come", |state| state.next_round)?;
        self.act(HostAct::Resolve(Resolve::Next(round)))
    }

    /// Ends the market now, with the winner of the script as the host sees it.
    ///
    /// # Errors
    /// As [`Self::act`], and when the server has not told the winner in time.
    pub fn end_now(&mut self) -> Result<String, BotError> {
        let winner = self.told("the winner of the script", |state| state.winner)?;
        self.act(HostAct::Resolve(Resolve::Final(winner)))
    }

    /// Waits for something of what the host sees.
    fn told<T>(&mut self, what: &str, find: impl Fn(&HostState) -> Option<T>) -> Result<T, BotError> {
        let deadline = Instant::now() + REPLY_TIMEOUT;
        loop {
            if let Some(found) = self.state.as_ref().and_then(&find) {
                return Ok(found);
            }
            if Instant::now() >= deadline {
                return Err(BotError::Late(what.to_owned()));
            }
            self.pump(deadline)?;
        }
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
        let session = self.session.replica().number();
        let request = HostRequest { grant: self.grant, request_id, session, act };
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
                ServerMessage::SeatCode { user, code, .. } => self.seat_code = Some((*user, *code)),
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
