//! The message layer over an ordered byte stream: renet's packets in WebSocket frames, and beside them what is the
//! same for many.
//!
//! One binary frame holds `[u16 little-endian length][packet]*`. Both directions use channels
//! of renet's unreliable kind: the stream below is ordered and reliable already, and renet's
//! own acknowledgements over it would multiply the traffic.
//!
//! A packet bears the number of its connection's packets, so no two connections can share one. What a server says to many
//! at once, or at length, goes beside them: a frame that begins with a length of 0 is a message as it is, or a piece of
//! one.

use crate::{
    codec,
    limits::SERVER_FRAME_BYTES_MAX,
    message::{ClientMessage, ServerMessage},
};
use renet::{ChannelConfig, ConnectionConfig, RenetClient, SendType};
use std::time::Duration;

/// Every message goes through this one channel; the stream below keeps their order.
pub const CHANNEL: u8 = 0;
/// Largest memory of messages waiting in a connection towards the server, in bytes.
const CLIENT_CHANNEL_BYTES: usize = 1 << 20;
/// Largest memory of messages waiting in a connection towards a client, in bytes.
const SERVER_CHANNEL_BYTES: usize = 8 << 20;

/// Kinds of renet packets (the first byte of each) that a client of this protocol sends: small
/// unreliable messages, acknowledgements, disconnect. Others are refused before renet sees
/// them: a sliced one with a wrong index would stop the server.
pub const CLIENT_PACKET_KINDS: [u8; 3] = [0, 1, 4];

/// What a frame beside renet's begins with.
const BESIDE: [u8; 2] = [0, 0];
/// After it: another piece of the same message follows.
const MORE: u8 = 1;
/// After it: the message ends with this piece.
const LAST: u8 = 0;
/// Bytes of a message in one frame, at most. A longer one comes in pieces, so that whatever a socket keeps to hold a frame
/// stays small.
pub const PIECE_BYTES_MAX: usize = 32 << 10;

/// Why a frame is not one of this protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("malformed frame")]
pub struct BadFrame;

/// The renet configuration of both ends.
#[must_use]
pub fn connection_config() -> ConnectionConfig {
    let channel = |max_memory_usage_bytes| {
        vec![ChannelConfig { channel_id: CHANNEL, max_memory_usage_bytes, send_type: SendType::Unreliable }]
    };
    ConnectionConfig {
        available_bytes_per_tick: u64::MAX,
        server_channels_config: channel(SERVER_CHANNEL_BYTES),
        client_channels_config: channel(CLIENT_CHANNEL_BYTES),
    }
}

/// Packs packets into one frame.
#[must_use]
pub fn pack(packets: &[impl AsRef<[u8]>]) -> Vec<u8> {
    let mut frame = Vec::with_capacity(packets.iter().map(|packet| packet.as_ref().len() + 2).sum());
    for packet in packets {
        let packet = packet.as_ref();
        let Ok(length) = u16::try_from(packet.len()) else { continue };
        frame.extend_from_slice(&length.to_le_bytes());
        frame.extend_from_slice(packet);
    }
    frame
}

/// The packets of a frame, in order.
///
/// # Errors
/// When a length leads beyond the end of the frame.
pub fn unpack(frame: &[u8]) -> Result<Vec<&[u8]>, BadFrame> {
    let mut packets = Vec::new();
    let mut rest = frame;
    while !rest.is_empty() {
        let (length, tail) = rest.split_first_chunk::<2>().ok_or(BadFrame)?;
        let length = usize::from(u16::from_le_bytes(*length));
        if length == 0 || length > tail.len() {
            return Err(BadFrame);
        }
        let (packet, tail) = tail.split_at(length);
        packets.push(packet);
        rest = tail;
    }
    Ok(packets)
}

/// An encoded message of a server as frames beside renet's, the same for whoever gets them.
pub fn pieces(message: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    let count = message.chunks(PIECE_BYTES_MAX).count();
    message.chunks(PIECE_BYTES_MAX).enumerate().map(move |(nth, piece)| {
        let more = if nth + 1 < count { MORE } else { LAST };
        [&BESIDE[..], &[more], piece].concat()
    })
}

/// A client's end of the message layer. The owner moves frames between it and a socket.
pub struct ClientLink {
    renet: RenetClient,
    /// The pieces of a message of which the last has not come yet.
    begun: Vec<u8>,
    queued: bool,
}

impl Default for ClientLink {
    fn default() -> Self {
        Self::new()
    }
}

impl ClientLink {
    /// A fresh link, for one connection.
    #[must_use]
    pub fn new() -> Self {
        let mut renet = RenetClient::new(connection_config());
        renet.set_connected();
        Self { renet, begun: Vec::new(), queued: false }
    }

    /// Takes a frame from the socket and returns the messages that are complete with it.
    ///
    /// # Errors
    /// When the frame is not of this protocol: the connection should be dropped.
    pub fn receive(&mut self, frame: &[u8]) -> Result<Vec<ServerMessage>, BadFrame> {
        if let Some(piece) = frame.strip_prefix(&BESIDE) {
            return self.piece(piece);
        }
        for packet in unpack(frame)? {
            self.renet.process_packet(packet);
        }
        let mut messages = Vec::new();
        while let Some(bytes) = self.renet.receive_message(CHANNEL) {
            messages.push(codec::decode(&bytes, SERVER_FRAME_BYTES_MAX).map_err(|_| BadFrame)?);
        }
        Ok(messages)
    }

    /// Takes a piece of a message, and returns the message when it was the last.
    fn piece(&mut self, piece: &[u8]) -> Result<Vec<ServerMessage>, BadFrame> {
        let (more, piece) = piece.split_first().ok_or(BadFrame)?;
        if self.begun.len() + piece.len() > SERVER_FRAME_BYTES_MAX {
            return Err(BadFrame);
        }
        self.begun.extend_from_slice(piece);
        let message = match *more {
            MORE => return Ok(Vec::new()),
            LAST => codec::decode(&std::mem::take(&mut self.begun), SERVER_FRAME_BYTES_MAX),
            _ => return Err(BadFrame),
        };
        message.map(|message| vec![message]).map_err(|_| BadFrame)
    }

    /// Queues a message for the next [`Self::take_frame`].
    pub fn send(&mut self, message: &ClientMessage) {
        self.renet.send_message(CHANNEL, codec::encode(message));
        self.queued = true;
    }

    /// Lets time pass in renet's bookkeeping.
    pub fn advance(&mut self, elapsed: Duration) {
        self.renet.update(elapsed);
    }

    /// The frame to send now, with every message that is queued. renet's acknowledgements, of which this protocol needs
    /// none, leave with a message and never alone. May be asked as often as one likes.
    pub fn take_frame(&mut self) -> Option<Vec<u8>> {
        if !std::mem::take(&mut self.queued) {
            return None;
        }
        let packets = self.renet.get_packets_to_send();
        (!packets.is_empty()).then(|| pack(&packets))
    }
}
