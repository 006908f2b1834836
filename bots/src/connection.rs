//! One connection: a WebSocket, the message layer above it, and deadlines. Knows no session.

use crate::{address::Address, error::BotError};
use outcry_reach::{Socket, dial, tcp};
use outcry_shared::{ClientMessage, ServerMessage, limits::SERVER_FRAME_BYTES_MAX, link::ClientLink};
use std::{
    io::ErrorKind,
    time::{Duration, Instant},
};
use tungstenite::Message;

/// How long a connection and a frame being sent may take.
const SOCKET_TIMEOUT: Duration = Duration::from_secs(10);
/// The shortest time a read waits: the operating system takes 0 for "for ever".
const READ_TIMEOUT_MIN: Duration = Duration::from_millis(1);

/// An open connection to a server.
pub struct Connection {
    socket: Socket,
    link: ClientLink,
    advanced: Instant,
}

impl Connection {
    /// Opens a socket to a server. Nothing is said yet.
    ///
    /// # Errors
    /// When nobody answers, or not as a server of this protocol.
    pub fn open(address: &Address) -> Result<Self, BotError> {
        let opened = dial(address.place(), address.trust(), SERVER_FRAME_BYTES_MAX, SOCKET_TIMEOUT);
        let socket = opened.map_err(|error| BotError::Unreachable(error.to_string()))?;
        Ok(Self { socket, link: ClientLink::new(), advanced: Instant::now() })
    }

    /// Sends a message at once, in a frame of its own.
    ///
    /// # Errors
    /// When the connection is lost.
    pub fn send(&mut self, message: &ClientMessage) -> Result<(), BotError> {
        self.link.send(message);
        let Some(frame) = self.link.take_frame() else { return Ok(()) };
        self.socket.send(Message::binary(frame)).map_err(|error| BotError::Lost(error.to_string()))
    }

    /// The messages of the next frame, perhaps none; none when nothing came until `deadline`.
    ///
    /// # Errors
    /// When the connection is lost, or the server speaks another protocol.
    pub fn receive(&mut self, deadline: Instant) -> Result<Vec<ServerMessage>, BotError> {
        let lost = |error: &dyn std::fmt::Display| BotError::Lost(error.to_string());
        loop {
            let left = deadline.saturating_duration_since(Instant::now()).max(READ_TIMEOUT_MIN);
            if let Some(stream) = tcp(&self.socket) {
                stream.set_read_timeout(Some(left)).map_err(|error| lost(&error))?;
            }
            let frame = match self.socket.read() {
                Ok(Message::Binary(frame)) => frame,
                Ok(Message::Close(reason)) => {
                    let reason = reason.map_or_else(|| "closed".to_owned(), |frame| frame.to_string());
                    return Err(lost(&reason));
                }
                Ok(_) => continue,
                Err(tungstenite::Error::Io(error)) if is_timeout(error.kind()) => return Ok(Vec::new()),
                Err(error) => return Err(lost(&error)),
            };
            let now = Instant::now();
            self.link.advance(now - self.advanced);
            self.advanced = now;
            return self.link.receive(&frame).map_err(|error| lost(&error));
        }
    }
}

fn is_timeout(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted)
}
