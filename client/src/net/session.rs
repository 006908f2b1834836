//! A connection that keeps its seat: hello, resume, reconnect, pings. It knows no Bevy: in a
//! browser it also acts while the window is hidden and no frame runs.

use super::{Entry, Server, Socket, SocketEvent, backoff, seat};
use outcry_shared::{
    ClientMessage, ServerMessage,
    limits::PROTOCOL_VERSION,
    link::ClientLink,
    message::{Hello, RefusalCode, SeatClaim, Welcome},
};
use std::time::Duration;

/// Time between pings, in ms.
const PING_EVERY_MS: u64 = 2_000;
/// Without a welcome after this many ms an attempt counts as failed.
const WELCOME_WITHIN_MS: u64 = 10_000;
/// Without a word from the server for this many ms the connection counts as lost.
const LOST_AFTER_MS: u64 = 12_000;

/// What a session tells its owner.
#[derive(Debug)]
pub enum SessionEvent {
    /// Welcomed, in answer to a hello.
    Message(Box<ServerMessage>),
    /// The connection was lost, or an attempt failed: so many by now.
    Lost(u32),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Connecting or waiting for the welcome, since then.
    Greeting(u64),
    Live,
    /// Lost; to try again then.
    Waiting(u64),
    /// Refused, closed by the server or not begun.
    Over,
}

/// A connection that keeps its seat.
pub struct Session {
    server: Server,
    entry: Entry,
    claim: SeatClaim,
    open: Box<dyn Fn() -> Socket>,
    socket: Option<Socket>,
    link: ClientLink,
    state: State,
    failed: u32,
    hidden: bool,
    heard_ms: u64,
    pinged_ms: u64,
    polled_ms: u64,
}

impl Session {
    /// A session with a server; `wake` is called whenever something arrived.
    pub fn new(server: Server, entry: Entry, wake: impl Fn() + Clone + Send + 'static) -> Self {
        let url = server.socket_url();
        Self {
            claim: seat::first_claim(&entry, &server),
            server,
            entry,
            open: Box::new(move || Socket::connect(&url, wake.clone())),
            socket: None,
            link: ClientLink::new(),
            state: State::Waiting(0),
            failed: 0,
            hidden: false,
            heard_ms: 0,
            pinged_ms: 0,
            polled_ms: 0,
        }
    }

    /// Where it is.
    #[must_use]
    pub fn server(&self) -> &Server {
        &self.server
    }

    /// Enters another way, at once (a name that was asked for).
    pub fn enter(&mut self, entry: Entry) {
        self.claim = seat::first_claim(&entry, &self.server);
        self.entry = entry;
        self.reconnect();
    }

    /// Tries again at once.
    pub fn reconnect(&mut self) {
        self.socket = None;
        self.state = State::Waiting(0);
    }

    /// Stays away until it is told to enter.
    pub fn leave(&mut self) {
        self.socket = None;
        self.state = State::Over;
    }

    /// Queues a message. Before the welcome there is nobody to hear it.
    pub fn send(&mut self, message: &ClientMessage) {
        if self.state == State::Live {
            self.link.send(message);
        }
    }

    /// The window was hidden or is seen again: the server pauses its updates, and answers the
    /// return with a snapshot. Sent at once, since no frame may follow.
    pub fn set_hidden(&mut self, hidden: bool, now_ms: u64) {
        if self.hidden == hidden {
            return;
        }
        self.hidden = hidden;
        self.heard_ms = now_ms;
        self.send(if hidden { &ClientMessage::Hidden } else { &ClientMessage::Visible });
        self.flush();
    }

    /// Takes what arrived, sends what is due, reconnects when it is time.
    pub fn poll(&mut self, now_ms: u64) -> Vec<SessionEvent> {
        self.link.advance(Duration::from_millis(now_ms.saturating_sub(self.polled_ms)));
        self.polled_ms = now_ms;
        let mut events = Vec::new();
        while let Some(event) = self.socket.as_mut().and_then(Socket::try_recv) {
            self.on_socket(event, now_ms, &mut events);
        }
        match self.state {
            State::Waiting(at_ms) if now_ms >= at_ms => self.connect(now_ms),
            State::Greeting(since_ms) if now_ms > since_ms + WELCOME_WITHIN_MS => self.lose(now_ms, &mut events),
            State::Live if !self.hidden && now_ms > self.heard_ms + LOST_AFTER_MS => self.lose(now_ms, &mut events),
            State::Live if now_ms >= self.pinged_ms + PING_EVERY_MS => {
                self.pinged_ms = now_ms;
                self.send(&ClientMessage::Ping { sent_ms: now_ms });
            }
            _ => {}
        }
        self.flush();
        events
    }

    fn connect(&mut self, now_ms: u64) {
        self.link = ClientLink::new();
        self.socket = Some((self.open)());
        self.state = State::Greeting(now_ms);
    }

    fn lose(&mut self, now_ms: u64, events: &mut Vec<SessionEvent>) {
        self.socket = None;
        self.failed += 1;
        self.state = State::Waiting(now_ms + backoff::wait_ms(self.failed, backoff::chance()));
        events.push(SessionEvent::Lost(self.failed));
    }

    fn on_socket(&mut self, event: SocketEvent, now_ms: u64, events: &mut Vec<SessionEvent>) {
        match event {
            SocketEvent::Open => self.greet(),
            SocketEvent::Overflow => self.send(&ClientMessage::Resync),
            SocketEvent::Closed if self.state == State::Over => self.socket = None,
            SocketEvent::Closed => self.lose(now_ms, events),
            SocketEvent::Frame(frame) => {
                self.heard_ms = now_ms;
                let Ok(messages) = self.link.receive(&frame) else { return self.lose(now_ms, events) };
                for message in messages {
                    self.on_message(message, events);
                }
            }
        }
    }

    fn greet(&mut self) {
        let build = env!("CARGO_PKG_VERSION").to_owned();
        self.link.send(&ClientMessage::Hello(Hello { protocol: PROTOCOL_VERSION, build, seat: self.claim.clone() }));
        self.flush();
    }

    fn on_message(&mut self, message: ServerMessage, events: &mut Vec<SessionEvent>) {
        match &message {
            ServerMessage::Welcome(welcome) => self.on_welcome(welcome),
            ServerMessage::Refused(refusal) => match refusal.code {
                RefusalCode::UnknownSeat if matches!(self.claim, SeatClaim::Resume(_)) => {
                    let Some(claim) = seat::fresh_claim(&self.entry) else { return self.state = State::Over };
                    self.claim = claim;
                    // Nobody needs to hear of it: the next attempt follows at once.
                    return self.reconnect();
                }
                // The server closes it, which counts as lost: tried again later.
                RefusalCode::Busy => return,
                _ => self.state = State::Over,
            },
            ServerMessage::Bye { .. } => self.state = State::Over,
            _ => {}
        }
        events.push(SessionEvent::Message(Box::new(message)));
    }

    fn on_welcome(&mut self, welcome: &Welcome) {
        self.state = State::Live;
        self.failed = 0;
        self.pinged_ms = 0;
        if self.hidden {
            self.send(&ClientMessage::Hidden);
        }
        let Some(token) = welcome.you.as_ref().and_then(|you| you.token) else { return };
        self.claim = SeatClaim::Resume(token);
        if let Entry::Named(name) = &self.entry
            && let Err(error) = seat::keep(&self.server, name, token)
        {
            bevy::log::warn!("the seat could not be kept for the next start: {error}");
        }
    }

    /// Sends what is queued, rather than with the next [`Self::poll`].
    pub fn flush(&mut self) {
        if let Some(socket) = &mut self.socket
            && let Some(frame) = self.link.take_frame()
        {
            socket.send(frame);
        }
    }
}
