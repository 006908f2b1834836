//! Between link tasks and the lap: renet's server end, one queue in, one per connection out. What
//! concerns a connection alone is answered here; it knows no session.

use super::{
    aloud::Aloud,
    front::FrontRequest,
    guard,
    link::{Closing, ConnId, LinkEvent},
    links::{Link, Links, Role, Share},
    outbox::{Outbox, Parcel},
    said::Mail,
    why::Why,
};
use crate::clock::ServerClock;
use bevy::{ecs::system::SystemParam, prelude::*};
use bevy_renet::RenetServer;
use outcry_shared::{
    codec,
    limits::{BAD_MESSAGES_MAX, CLIENT_MESSAGE_BYTES_MAX},
    link::{self, CHANNEL},
    message::{ClientMessage, ServerMessage},
};
use std::{mem, time::Duration};
use tokio::sync::mpsc;

/// Events of links handled in one lap; the rest waits in the queue for the next.
const EVENTS_PER_LAP: usize = 4_096;
/// A connection that has not said hello within so long, in ms, is closed.
const HELLO_MS: u64 = 10_000;
/// A connection whose queue is full for so long, in ms, is closed.
const BEHIND_MS: u64 = 10_000;

/// Longest message of the server, in bytes, that goes in one of renet's packets. A longer one would be sliced.
const SHORT_BYTES_MAX: usize = 1_100;
/// Bytes kept for a connection that has no room for what is its own; beyond it, it is closed as too slow.
const KEPT_BYTES_MAX: usize = 4 << 20;

/// The lap's ends of the queues that link tasks and the HTTP side write to.
#[derive(Resource, Debug)]
pub struct Gate {
    /// What link tasks say: connections and frames.
    pub links: mpsc::Receiver<LinkEvent>,
    /// From the HTTP side.
    pub requests: mpsc::Receiver<FrontRequest>,
}

impl Gate {
    /// Whether nobody waits before it.
    #[must_use]
    pub fn is_quiet(&self) -> bool {
        self.links.is_empty() && self.requests.is_empty()
    }
}

/// The way to the clients.
#[derive(SystemParam)]
pub struct Wire<'w> {
    /// Whom messages go to.
    pub links: ResMut<'w, Links>,
    renet: ResMut<'w, RenetServer>,
    /// What everyone is told, for those who pass it on.
    pub(crate) aloud: ResMut<'w, Aloud>,
}

impl Wire<'_> {
    /// Sends a message with this lap's frame.
    pub fn send(&mut self, conn: ConnId, message: &ServerMessage) {
        self.send_encoded(conn, &codec::encode(message));
    }

    /// Sends a message to everyone who follows: encoded once, and once in memory.
    pub fn broadcast(&mut self, message: &ServerMessage) {
        let followers: Vec<_> = self.links.followers().collect();
        let message = codec::encode(message);
        self.publish(&followers, &message);
        self.aloud.say(message);
    }

    /// Sends a message that nothing later repeats to everyone who follows: encoded once, and once in memory.
    pub fn tell_all(&mut self, message: &ServerMessage) {
        let message = codec::encode(message);
        let frames: Vec<Share> = link::pieces(&message).map(|piece| Share::Own(piece.into())).collect();
        let followers: Vec<_> = self.links.followers().collect();
        for conn in followers {
            self.push(conn, frames.iter().cloned());
        }
        self.aloud.say(message);
    }

    /// Passes on what everyone has been told, each with something of their own.
    pub(crate) fn pass_on(&mut self, message: Vec<u8>) {
        self.aloud.say(message);
    }

    /// Everyone starts anew from a snapshot.
    pub(crate) fn begin_anew(&mut self) {
        self.links.resync_all();
        self.aloud.begin_anew();
    }

    /// Sends an encoded message that a later snapshot will say as well to those connections. Where there is no room for it,
    /// such a snapshot follows.
    pub(crate) fn publish(&mut self, conns: &[ConnId], message: &[u8]) {
        let frames: Vec<Share> = link::pieces(message).map(|piece| Share::Public(piece.into())).collect();
        for conn in conns {
            self.push(*conn, frames.iter().cloned());
        }
    }

    /// Sends an encoded message to one connection: in a packet if it is short, and else beside.
    pub(crate) fn send_encoded(&mut self, conn: ConnId, message: &[u8]) {
        if message.len() > SHORT_BYTES_MAX {
            return self.push(conn, link::pieces(message).map(|piece| Share::Own(piece.into())));
        }
        let Some(link) = self.links.stir(conn) else { return };
        if link.closing.is_none() {
            link.dirty = true;
            self.renet.send_message(conn.0, CHANNEL, message.to_vec());
        }
    }

    /// Puts frames behind all that was said to a connection before.
    fn push(&mut self, conn: ConnId, frames: impl IntoIterator<Item = Share>) {
        let Some(link) = self.links.stir(conn) else { return };
        if link.closing.is_none() {
            packets_to_lap(conn, link, &mut self.renet);
            link.lap.extend(frames);
        }
    }

    /// Ends a connection, after what has been sent to it.
    pub fn close(&mut self, conn: ConnId, closing: Closing) {
        self.links.end(conn, closing);
    }

    /// Ends every connection, each after what has been sent to it.
    pub fn close_all(&mut self, closing: &Closing) {
        let all: Vec<_> = self.links.links.keys().copied().collect();
        for conn in all {
            self.links.end(conn, closing.clone());
        }
    }

    fn frame(&mut self, conn: ConnId, frame: &[u8], now_ms: u64, mail: &mut Mail) {
        let Some(link) = self.links.links.get_mut(&conn).filter(|link| link.closing.is_none()) else { return };
        if !link.frames.take(now_ms) {
            return self.close(conn, Closing::policy("too many frames").counted(Why::Flood));
        }
        let Some(packets) = guard::packets(frame) else {
            return self.close(conn, malformed("malformed frame"));
        };
        for packet in packets {
            // A connection that renet does not know is gone: nothing to do.
            let _ = self.renet.process_packet_from(packet, conn.0);
        }
        if !self.renet.is_connected(conn.0) {
            return self.close(conn, malformed("malformed packet"));
        }
        while let Some(bytes) = self.renet.receive_message(conn.0, CHANNEL) {
            let Some(link) = self.links.links.get_mut(&conn) else { return };
            if !link.messages.take(now_ms) {
                return self.close(conn, Closing::policy("too many messages").counted(Why::Flood));
            }
            match codec::decode(&bytes, CLIENT_MESSAGE_BYTES_MAX) {
                Ok(message) => self.message(conn, message, now_ms, mail),
                Err(_) => {
                    link.bad += 1;
                    if link.bad >= BAD_MESSAGES_MAX {
                        return self.close(conn, malformed("not messages of this protocol"));
                    }
                }
            }
        }
    }

    /// Answers what concerns the connection alone; the rest goes to the lap.
    fn message(&mut self, conn: ConnId, message: ClientMessage, now_ms: u64, mail: &mut Mail) {
        let Some(link) = self.links.links.get_mut(&conn) else { return };
        match message {
            ClientMessage::Ping { sent_ms } => self.send(conn, &ServerMessage::Pong { sent_ms, server_ms: now_ms }),
            ClientMessage::Hidden => link.hidden = true,
            ClientMessage::Visible => {
                link.hidden = false;
                link.wants_snapshot = true;
            }
            ClientMessage::Resync => link.wants_snapshot = true,
            message => mail.say(conn, message),
        }
    }
}

/// Drains the queues; of what links say, only so much in a lap.
pub(super) fn receive(
    clock: Res<ServerClock>,
    mut gate: ResMut<Gate>,
    mut requests: MessageWriter<FrontRequest>,
    mut mail: Mail,
    mut wire: Wire,
) {
    let now_ms = clock.now_ms();
    while let Ok(request) = gate.requests.try_recv() {
        requests.write(request);
    }
    for _ in 0..EVENTS_PER_LAP {
        let Ok(event) = gate.links.try_recv() else { break };
        match event {
            LinkEvent::Opened(opened) => {
                wire.renet.add_connection(opened.conn.0);
                wire.links.links.insert(opened.conn, Link::new(opened, now_ms));
            }
            LinkEvent::Frame(conn, frame) => wire.frame(conn, &frame, now_ms, &mut mail),
            LinkEvent::Lag(conn, lag_ms) => {
                if let Some(link) = wire.links.links.get_mut(&conn) {
                    link.lag_ms = Some(lag_ms);
                }
            }
            LinkEvent::Closed(conn) => {
                wire.renet.remove_connection(conn.0);
                if let Some(link) = wire.links.remove(conn) {
                    mail.gone(conn, link.role);
                }
            }
        }
    }
}

/// Time between two looks at every connection, in ms: its clock in renet is for packets that get lost, and over TCP none
/// does.
const TEND_MS: u64 = 200;

/// Ends connections that say nothing or do not keep up, and lets those follow again that do.
pub(super) fn tend(clock: Res<ServerClock>, mut last: Local<u64>, mut wire: Wire) {
    let now_ms = clock.now_ms();
    if now_ms < *last + TEND_MS {
        return;
    }
    let elapsed_ms = now_ms - mem::replace(&mut *last, now_ms);
    wire.renet.update(Duration::from_millis(elapsed_ms));
    while wire.renet.get_event().is_some() {}
    // What comes in is looked at when it comes: to these nothing more could be sent.
    for conn in wire.renet.disconnections_id() {
        wire.close(ConnId(conn), too_slow());
    }
    let mut ends = Vec::new();
    for (conn, link) in &mut wire.links.links {
        if link.role == Role::New && now_ms >= link.opened_ms + HELLO_MS {
            ends.push((*conn, Closing::policy("no hello").counted(Why::NoHello)));
        }
        let Some(behind_ms) = link.behind_ms else { continue };
        if link.out.is_empty() && link.lap.is_empty() {
            link.behind_ms = None;
            link.wants_snapshot = true;
        } else if now_ms >= behind_ms + BEHIND_MS {
            ends.push((*conn, too_slow()));
        }
    }
    for (conn, closing) in ends {
        wire.links.end(conn, closing);
    }
}

fn malformed(what: &str) -> Closing {
    Closing::policy(what).counted(Why::Malformed)
}

fn too_slow() -> Closing {
    Closing { code: 1013, reason: "the connection is too slow".to_owned(), why: Why::Slow }
}

/// Lets what waits in renet's packets follow what this lap has for a connection so far.
fn packets_to_lap(conn: ConnId, link: &mut Link, renet: &mut RenetServer) {
    if std::mem::take(&mut link.dirty) {
        let packets = renet.get_packets_to_send(conn.0).unwrap_or_default();
        if !packets.is_empty() {
            link.lap.push(Share::Own(link::pack(&packets).into()));
        }
    }
}

/// Sends each connection what this lap has for it.
pub(super) fn flush(clock: Res<ServerClock>, mut wire: Wire) {
    let now_ms = clock.now_ms();
    let Wire { links, renet, .. } = &mut wire;
    let bytes_max = Outbox::share(links.links.len());
    for conn in links.take_stirred() {
        let Some(link) = links.links.get_mut(&conn) else { continue };
        packets_to_lap(conn, link, renet);
        let bytes = link.lap.iter().map(|share| share.bytes().len()).sum();
        let kept_up = link.behind_ms.is_none();
        if link.lap.is_empty() || link.out.has_room(bytes, bytes_max) {
            let parcel: Parcel = link.lap.drain(..).map(Share::into_bytes).collect();
            link.out.put(parcel);
        } else {
            fall_behind(link, now_ms);
        }
        if let Some((close, closing)) = link.close.take_if(|_| link.closing.is_some()).zip(link.closing.clone()) {
            // The task is gone: so is the connection.
            let _ = close.send(closing);
        }
        let fell_behind = kept_up && link.behind_ms.is_some();
        if !link.lap.is_empty() {
            // What is its own is tried again.
            links.stir(conn);
        }
        links.resyncs += u64::from(fell_behind);
    }
}

/// There is no room: what a snapshot will say is dropped, and what is the connection's own waits.
fn fall_behind(link: &mut Link, now_ms: u64) {
    link.lap.retain(|share| matches!(share, Share::Own(_)));
    if link.lap.iter().map(|share| share.bytes().len()).sum::<usize>() > KEPT_BYTES_MAX {
        link.lap.clear();
        link.closing.get_or_insert_with(too_slow);
    }
    link.behind_ms.get_or_insert(now_ms);
}
