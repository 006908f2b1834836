//! A connection that keeps its seat: hello, resume, reconnect, pings. It knows no clock and no socket: time comes in,
//! and a [`Device`] opens the wires. So it also acts while no frame runs.

mod server;
mod entry;
mod wire;
mod inbox;
mod sleep;
mod event;
mod follower;

pub use entry::Entry;
pub use event::LinkEvent;
pub use follower::{Answer, Fetch, Follower};
pub use inbox::Inbox;
pub use server::{BadUrl, Server};
pub use sleep::Sleep;
pub use wire::{Device, INBOX_BYTES_MAX, Wire, WireEvent};

use event::BACKOFF;
use outcry_shared::{
    ClientMessage, ServerMessage,
    limits::PROTOCOL_VERSION,
    link::ClientLink,
    message::{Hello, RefusalCode, Welcome},
    secret::SeatToken,
};
use std::time::Duration;

/// Time between pings, in ms.
const PING_EVERY_MS: u64 = 2_000;
/// Without a welcome after this many ms an attempt counts as failed.
const WELCOME_WITHIN_MS: u64 = 10_000;
/// Without a word from the server for this many ms the connection counts as lost.
const LOST_AFTER_MS: u64 = 12_000;

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
pub struct Link<D: Device> {
    server: Server,
    entry: Entry,
    /// The device's key for the name under which one enters.
    key: Option<SeatToken>,
    /// The seat that this window has had.
    mark: Option<u64>,
    device: D,
    wire: Option<D::Wire>,
    layer: ClientLink,
    state: State,
    failed: u32,
    hidden: bool,
    heard_ms: u64,
    pinged_ms: u64,
    polled_ms: u64,
}

impl<D: Device> Link<D> {
    /// A link to a server, which is connected at the first [`Self::poll`].
    pub fn new(server: Server, entry: Entry, mut device: D) -> Self {
        Self {
            key: key(&mut device, &server, &entry),
            mark: None,
            server,
            entry,
            device,
            wire: None,
            layer: ClientLink::new(),
            state: State::Waiting(0),
            failed: 0,
            hidden: false,
            heard_ms: 0,
            pinged_ms: 0,
            polled_ms: 0,
        }
    }

    /// Enters another way, at once (a name that was asked for).
    pub fn enter(&mut self, entry: Entry) {
        self.key = key(&mut self.device, &self.server, &entry);
        self.mark = None;
        self.entry = entry;
        self.reconnect();
    }

    /// Tries again at once.
    pub fn reconnect(&mut self) {
        self.wire = None;
        self.state = State::Waiting(0);
    }

    /// The device has slept: the connection may be dead without a word, so there is a new one. Whoever was sent away
    /// stays away.
    pub fn wake(&mut self) {
        if self.state != State::Over {
            self.reconnect();
        }
    }

    /// Stays away until it is told to enter.
    pub fn leave(&mut self) {
        self.wire = None;
        self.state = State::Over;
    }

    /// Queues a message. Before the welcome there is nobody to hear it.
    pub fn send(&mut self, message: &ClientMessage) {
        if self.state == State::Live {
            self.layer.send(message);
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
    pub fn poll(&mut self, now_ms: u64) -> Vec<LinkEvent> {
        self.layer.advance(Duration::from_millis(now_ms.saturating_sub(self.polled_ms)));
        self.polled_ms = now_ms;
        let mut events = Vec::new();
        while let Some(event) = self.wire.as_mut().and_then(Wire::try_recv) {
            self.on_wire(event, now_ms, &mut events);
        }
        match self.state {
            State::Waiting(at_ms) if now_ms >= at_ms => self.connect(now_ms),
            State::Greeting(since_ms) if now_ms > since_ms + WELCOME_WITHIN_MS => self.lose(now_ms, None, &mut events),
            State::Live if !self.hidden && now_ms > self.heard_ms + LOST_AFTER_MS => {
                self.lose(now_ms, None, &mut events);
            }
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
        self.layer = ClientLink::new();
        self.wire = Some(self.device.connect(&self.server.socket_url()));
        self.state = State::Greeting(now_ms);
    }

    fn lose(&mut self, now_ms: u64, why: Option<String>, events: &mut Vec<LinkEvent>) {
        self.wire = None;
        self.failed += 1;
        self.state = State::Waiting(now_ms + BACKOFF.wait_ms(self.failed, self.device.chance()));
        events.push(LinkEvent::Lost(self.failed, why));
    }

    fn on_wire(&mut self, event: WireEvent, now_ms: u64, events: &mut Vec<LinkEvent>) {
        match event {
            WireEvent::Open => self.greet(),
            WireEvent::Overflow => self.send(&ClientMessage::Resync),
            WireEvent::Closed(_) if self.state == State::Over => self.wire = None,
            WireEvent::Closed(why) => self.lose(now_ms, why, events),
            WireEvent::Frame(frame) => {
                self.heard_ms = now_ms;
                let Ok(messages) = self.layer.receive(&frame) else { return self.lose(now_ms, None, events) };
                for message in messages {
                    self.on_message(message, events);
                }
            }
        }
    }

    fn greet(&mut self) {
        let build = env!("CARGO_PKG_VERSION").to_owned();
        let seat = entry::claim(&self.entry, self.key, self.mark);
        self.layer.send(&ClientMessage::Hello(Hello { protocol: PROTOCOL_VERSION, build, seat }));
        self.flush();
    }

    fn on_message(&mut self, message: ServerMessage, events: &mut Vec<LinkEvent>) {
        match &message {
            ServerMessage::Welcome(welcome) => self.on_welcome(welcome),
            ServerMessage::Refused(refusal) => match refusal.code {
                // The server closes it, which counts as lost: tried again later.
                RefusalCode::Busy => return,
                _ => self.state = State::Over,
            },
            ServerMessage::Bye { .. } => self.state = State::Over,
            _ => {}
        }
        events.push(LinkEvent::Message(Box::new(message)));
    }

    fn on_welcome(&mut self, welcome: &Welcome) {
        self.state = State::Live;
        self.failed = 0;
        self.pinged_ms = 0;
        if self.hidden {
            self.send(&ClientMessage::Hidden);
        }
        self.mark = welcome.you.as_ref().map(|you| you.mark);
    }

    /// Sends what is queued, rather than with the next [`Self::poll`].
    pub fn flush(&mut self) {
        if let Some(wire) = &mut self.wire
            && let Some(frame) = self.layer.take_frame()
        {
            wire.send(frame);
        }
    }
}

/// The device's key for an entry under a name.
fn key<D: Device>(device: &mut D, server: &Server, entry: &Entry) -> Option<SeatToken> {
    let Entry::Named(name) = entry else { return None };
    device.seat_key(server, name)
}
