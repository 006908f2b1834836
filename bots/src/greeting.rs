//! How a connection begins: hello, and the server's welcome.

use crate::{address::Address, connection::Connection, error::BotError, session::Session};
use outcry_shared::{
    ClientMessage, ServerMessage,
    limits::PROTOCOL_VERSION,
    message::{Hello, SeatClaim, You},
};
use std::time::{Duration, Instant};

/// How long a server may take to answer a hello.
const WELCOME_TIMEOUT: Duration = Duration::from_secs(20);

/// A connection that was welcomed.
pub(crate) struct Greeted {
    pub(crate) connection: Connection,
    pub(crate) session: Session,
    /// The seat; none for a spectator.
    pub(crate) seat: Option<You>,
}

/// Connects, says hello and waits for the welcome, from which the session begins.
pub(crate) fn greet(address: &Address, seat: SeatClaim) -> Result<Greeted, BotError> {
    let mut connection = Connection::open(address)?;
    let build = env!("CARGO_PKG_VERSION").to_owned();
    connection.send(&ClientMessage::Hello(Hello { protocol: PROTOCOL_VERSION, build, seat }))?;
    let deadline = Instant::now() + WELCOME_TIMEOUT;
    while Instant::now() < deadline {
        let mut messages = connection.receive(deadline)?.into_iter();
        // Broadcasts may overtake the welcome; it contains what they said.
        while let Some(message) = messages.next() {
            match message {
                ServerMessage::Welcome(welcome) => {
                    let seat = welcome.you.clone();
                    let mut session = Session::new(*welcome);
                    // What does not follow from the welcome is left out: the next update shows the gap.
                    messages.for_each(|message| _ = session.take(&message));
                    return Ok(Greeted { connection, session, seat });
                }
                ServerMessage::Refused(refusal) => return Err(BotError::Refused(refusal)),
                ServerMessage::Bye { reason } => return Err(BotError::SentAway(reason)),
                _ => {}
            }
        }
    }
    Err(BotError::Late("the server's welcome".to_owned()))
}
