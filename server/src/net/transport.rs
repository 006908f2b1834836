//! Between link tasks and the lap: renet's server end, one queue in, one per connection out.

use super::{
    front::FrontRequest,
    guard::{self, Bucket},
    link::{Closing, ConnId, LinkEvent, Opened},
};
use crate::clock::ServerClock;
use bevy::{ecs::system::SystemParam, prelude::*};
use bevy_renet::RenetServer;
use outcry_engine::UserId;
use outcry_shared::{
    codec,
    limits::{BAD_MESSAGES_MAX, CLIENT_MESSAGE_BYTES_MAX},
    link::{self, CHANNEL},
    message::{ClientMessage, ServerMessage},
    secret::SeatToken,
};
use std::{collections::BTreeMap, mem, net::IpAddr, time::Duration};
use tokio::sync::{mpsc, oneshot};

/// Events of links handled in one lap; the rest waits in the queue for the next.
const EVENTS_PER_LAP: usize = 4_096;
/// A connection that has not said hello within so long, in ms, is closed.
const HELLO_MS: u64 = 10_000;
/// A connection whose queue is full for so long, in ms, is closed.
const BEHIND_MS: u64 = 10_000;
/// Shortest time between two snapshots for one connection, in ms; asked for sooner, it waits.
const SNAPSHOT_MS: u64 = 500;

/// The lap's ends of the queues that link tasks and the HTTP side write to.
#[derive(Resource, Debug)]
pub struct Gate {
    /// From link tasks.
    pub links: mpsc::Receiver<LinkEvent>,
    /// From the HTTP side.
    pub requests: mpsc::Receiver<FrontRequest>,
}

/// What came in this lap.
#[derive(Resource, Debug, Default)]
pub struct Inbox {
    messages: Vec<(ConnId, ClientMessage)>,
    closed: Vec<(ConnId, Role)>,
    requests: Vec<FrontRequest>,
}

impl Inbox {
    /// Messages, in order of arrival per connection.
    pub fn messages(&self) -> impl Iterator<Item = &(ConnId, ClientMessage)> {
        self.messages.iter()
    }

    pub(crate) fn take_closed(&mut self) -> Vec<(ConnId, Role)> {
        mem::take(&mut self.closed)
    }

    pub(crate) fn take_requests(&mut self) -> Vec<FrontRequest> {
        mem::take(&mut self.requests)
    }
}

/// Who a connection is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// Has not said.
    #[default]
    New,
    /// Watches.
    Spectator,
    /// Holds a seat.
    Seat(UserId),
}

/// A connection as the lap knows it.
#[derive(Debug)]
pub struct Link {
    /// Who it is.
    pub role: Role,
    /// The cookie it came with.
    pub cookie: Option<SeatToken>,
    /// Where it comes from.
    pub peer: IpAddr,
    /// Whether it has given a host's grant that was right: it is sent what the host sees.
    pub host: bool,
    /// Round trip, in ms.
    pub lag_ms: Option<u32>,
    out: mpsc::Sender<axum::body::Bytes>,
    close: Option<oneshot::Sender<Closing>>,
    closing: Option<Closing>,
    messages: Bucket,
    frames: Bucket,
    bad: u32,
    opened_ms: u64,
    hidden: bool,
    behind_ms: Option<u64>,
    wants_snapshot: bool,
    snapshot_ms: Option<u64>,
    dirty: bool,
}

impl Link {
    fn new(opened: Opened, now_ms: u64) -> Self {
        Self {
            role: Role::New,
            cookie: opened.cookie,
            peer: opened.peer,
            host: false,
            lag_ms: None,
            out: opened.out,
            close: Some(opened.close),
            closing: None,
            messages: Bucket::messages(now_ms),
            frames: Bucket::frames(now_ms),
            bad: 0,
            opened_ms: now_ms,
            hidden: false,
            behind_ms: None,
            wants_snapshot: false,
            snapshot_ms: None,
            dirty: false,
        }
    }

    /// Whether updates are sent to it now. One that is hidden, slow or waiting for a snapshot
    /// gets none: the snapshot will have everything.
    #[must_use]
    pub const fn follows(&self) -> bool {
        !matches!(self.role, Role::New) && !self.hidden && self.behind_ms.is_none() && !self.wants_snapshot
    }

    /// Whether a snapshot is due to it now.
    fn snapshot_is_due(&self, now_ms: u64) -> bool {
        let rested = self.snapshot_ms.is_none_or(|sent_ms| now_ms >= sent_ms + SNAPSHOT_MS);
        self.wants_snapshot && rested && !matches!(self.role, Role::New) && !self.hidden && self.behind_ms.is_none()
    }
}

/// Every connection.
#[derive(Resource, Debug, Default)]
pub struct Links {
    links: BTreeMap<ConnId, Link>,
    /// Updates replaced by snapshots for slow connections so far.
    pub resyncs: u64,
}

impl Links {
    /// A connection.
    #[must_use]
    pub fn get(&self, conn: ConnId) -> Option<&Link> {
        self.links.get(&conn)
    }

    /// The seat that a connection holds.
    #[must_use]
    pub fn seat(&self, conn: ConnId) -> Option<UserId> {
        match self.get(conn)?.role {
            Role::Seat(user) => Some(user),
            Role::New | Role::Spectator => None,
        }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.links.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.links.is_empty()
    }

    /// Those to which updates are sent now.
    pub fn followers(&self) -> impl Iterator<Item = ConnId> {
        self.links.iter().filter(|(_, link)| link.follows()).map(|(conn, _)| *conn)
    }

    /// Those that have the host's right.
    pub fn hosts(&self) -> impl Iterator<Item = ConnId> {
        self.links.iter().filter(|(_, link)| link.host && link.follows()).map(|(conn, _)| *conn)
    }

    pub(crate) fn set_role(&mut self, conn: ConnId, role: Role) {
        if let Some(link) = self.links.get_mut(&conn) {
            link.role = role;
        }
    }

    pub(crate) fn set_host(&mut self, conn: ConnId) {
        if let Some(link) = self.links.get_mut(&conn) {
            link.host = true;
        }
    }

    /// Everyone starts anew from a snapshot.
    pub(crate) fn resync_all(&mut self) {
        for link in self.links.values_mut() {
            link.wants_snapshot = true;
            link.snapshot_ms = None;
        }
    }

    /// Those to which a snapshot is due; it counts as sent.
    pub(crate) fn take_snapshots_due(&mut self, now_ms: u64) -> Vec<ConnId> {
        let due = self.links.iter_mut().filter(|(_, link)| link.snapshot_is_due(now_ms));
        due.map(|(conn, link)| {
            link.wants_snapshot = false;
            link.snapshot_ms = Some(now_ms);
            *conn
        })
        .collect()
    }
}

/// The way to the clients.
#[derive(SystemParam)]
pub struct Wire<'w> {
    /// Every connection.
    pub links: ResMut<'w, Links>,
    renet: ResMut<'w, RenetServer>,
}

impl Wire<'_> {
    /// Sends a message with this lap's frame.
    pub fn send(&mut self, conn: ConnId, message: &ServerMessage) {
        self.send_encoded(conn, &codec::encode(message).into());
    }

    /// Sends one encoded message to everyone who follows.
    pub fn broadcast(&mut self, message: &ServerMessage) {
        let bytes = codec::encode(message).into();
        let followers: Vec<_> = self.links.followers().collect();
        for conn in followers {
            self.send_encoded(conn, &bytes);
        }
    }

    pub(crate) fn send_encoded(&mut self, conn: ConnId, bytes: &renet::Bytes) {
        let Some(link) = self.links.links.get_mut(&conn) else { return };
        if link.closing.is_none() {
            link.dirty = true;
            self.renet.send_message(conn.0, CHANNEL, bytes.clone());
        }
    }

    /// Ends a connection, after what has been sent to it.
    pub fn close(&mut self, conn: ConnId, closing: Closing) {
        let Some(link) = self.links.links.get_mut(&conn) else { return };
        link.closing.get_or_insert(closing);
    }

    /// Ends every connection.
    pub fn close_all(&mut self, closing: &Closing) {
        for link in self.links.links.values_mut() {
            link.closing.get_or_insert_with(|| closing.clone());
        }
    }

    fn frame(&mut self, conn: ConnId, frame: &[u8], now_ms: u64, inbox: &mut Inbox) {
        let Some(link) = self.links.links.get_mut(&conn).filter(|link| link.closing.is_none()) else { return };
        if !link.frames.take(now_ms) {
            return self.close(conn, Closing::policy("too many frames"));
        }
        let Some(packets) = guard::packets(frame) else {
            return self.close(conn, Closing::policy("malformed frame"));
        };
        for packet in packets {
            // A connection that renet does not know is gone: nothing to do.
            let _ = self.renet.process_packet_from(packet, conn.0);
        }
        while let Some(bytes) = self.renet.receive_message(conn.0, CHANNEL) {
            let Some(link) = self.links.links.get_mut(&conn) else { return };
            if !link.messages.take(now_ms) {
                return self.close(conn, Closing::policy("too many messages"));
            }
            match codec::decode(&bytes, CLIENT_MESSAGE_BYTES_MAX) {
                Ok(message) => self.message(conn, message, now_ms, inbox),
                Err(_) => {
                    link.bad += 1;
                    if link.bad >= BAD_MESSAGES_MAX {
                        return self.close(conn, Closing::policy("not messages of this protocol"));
                    }
                }
            }
        }
    }

    /// Answers what concerns the connection alone; the rest goes to the lap.
    fn message(&mut self, conn: ConnId, message: ClientMessage, now_ms: u64, inbox: &mut Inbox) {
        let Some(link) = self.links.links.get_mut(&conn) else { return };
        match message {
            ClientMessage::Ping { sent_ms } => self.send(conn, &ServerMessage::Pong { sent_ms, server_ms: now_ms }),
            ClientMessage::Hidden => link.hidden = true,
            ClientMessage::Visible => {
                link.hidden = false;
                link.wants_snapshot = true;
            }
            ClientMessage::Resync => link.wants_snapshot = true,
            message => inbox.messages.push((conn, message)),
        }
    }
}

/// Drains the queues.
pub(super) fn receive(clock: Res<ServerClock>, mut gate: ResMut<Gate>, mut inbox: ResMut<Inbox>, mut wire: Wire) {
    let now_ms = clock.now_ms();
    inbox.messages.clear();
    while let Ok(request) = gate.requests.try_recv() {
        inbox.requests.push(request);
    }
    for _ in 0..EVENTS_PER_LAP {
        let Ok(event) = gate.links.try_recv() else { break };
        match event {
            LinkEvent::Opened(opened) => {
                wire.renet.add_connection(opened.conn.0);
                wire.links.links.insert(opened.conn, Link::new(opened, now_ms));
            }
            LinkEvent::Frame(conn, frame) => wire.frame(conn, &frame, now_ms, &mut inbox),
            LinkEvent::Lag(conn, lag_ms) => {
                if let Some(link) = wire.links.links.get_mut(&conn) {
                    link.lag_ms = Some(lag_ms);
                }
            }
            LinkEvent::Closed(conn) => {
                wire.renet.remove_connection(conn.0);
                if let Some(link) = wire.links.links.remove(&conn) {
                    inbox.closed.push((conn, link.role));
                }
            }
        }
    }
}

/// Ends connections that say nothing or do not keep up, and lets those follow again that do.
pub(super) fn tend(clock: Res<ServerClock>, mut last: Local<u64>, mut wire: Wire) {
    let now_ms = clock.now_ms();
    let elapsed_ms = now_ms - mem::replace(&mut *last, now_ms);
    wire.renet.update(Duration::from_millis(elapsed_ms));
    while wire.renet.get_event().is_some() {}
    for conn in wire.renet.disconnections_id() {
        wire.close(ConnId(conn), Closing::policy("malformed packet"));
    }
    for link in wire.links.links.values_mut() {
        if link.role == Role::New && now_ms >= link.opened_ms + HELLO_MS {
            link.closing.get_or_insert_with(|| Closing::policy("no hello"));
        }
        let Some(behind_ms) = link.behind_ms else { continue };
        if link.out.capacity() == link.out.max_capacity() {
            link.behind_ms = None;
            link.wants_snapshot = true;
        } else if now_ms >= behind_ms + BEHIND_MS {
            let reason = "the connection is too slow".to_owned();
            link.closing.get_or_insert(Closing { code: 1013, reason });
        }
    }
}

/// Sends each connection what this lap has for it, as one frame.
pub(super) fn flush(clock: Res<ServerClock>, mut wire: Wire) {
    let now_ms = clock.now_ms();
    let Wire { links, renet } = &mut wire;
    let mut resyncs = 0;
    for (conn, link) in &mut links.links {
        if link.dirty && link.out.capacity() > 0 {
            link.dirty = false;
            let packets = renet.get_packets_to_send(conn.0).unwrap_or_default();
            if !packets.is_empty() {
                // There is room: only this loop sends.
                let _ = link.out.try_send(link::pack(&packets).into());
            }
        } else if link.dirty && link.behind_ms.is_none() {
            link.behind_ms = Some(now_ms);
            resyncs += 1;
        }
        if let Some((close, closing)) = link.close.take_if(|_| link.closing.is_some()).zip(link.closing.clone()) {
            // The task is gone: so is the connection.
            let _ = close.send(closing);
        }
    }
    links.resyncs += resyncs;
}
