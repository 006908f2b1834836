//! The message layer over an ordered byte stream: renet's packets in WebSocket frames.
//!
//! One binary frame holds `[u16 little-endian length][packet]*`. Both directions use channels
//! of renet's unreliable kind: the stream below is ordered and reliable already, and renet's
//! own acknowledgements over it would multiply the traffic.

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

/// Time between frames that carry nothing but renet's acknowledgements, of which this protocol needs none: what is due
/// sooner waits for a message or for this.
const BOOKKEEPING_EVERY: Duration = Duration::from_secs(1);

/// Kinds of renet packets (the first byte of each) that a client of this protocol sends: small
/// unreliable messages, acknowledgements, disconnect. Others are refused before renet sees
/// them: a sliced one with a wrong index would stop the server.
pub const CLIENT_PACKET_KINDS: [u8; 3] = [0, 1, 4];

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

/// A client's end of the message layer. The owner moves frames between it and a socket.
pub struct ClientLink {
    renet: RenetClient,
    queued: bool,
    since_frame: Duration,
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
        Self { renet, queued: false, since_frame: Duration::ZERO }
    }

    /// Takes a frame from the socket and returns the messages that are complete with it.
    ///
    /// # Errors
    /// When the frame is not of this protocol: the connection should be dropped.
    pub fn receive(&mut self, frame: &[u8]) -> Result<Vec<ServerMessage>, BadFrame> {
        for packet in unpack(frame)? {
            self.renet.process_packet(packet);
        }
        let mut messages = Vec::new();
        while let Some(bytes) = self.renet.receive_message(CHANNEL) {
            messages.push(codec::decode(&bytes, SERVER_FRAME_BYTES_MAX).map_err(|_| BadFrame)?);
        }
        Ok(messages)
    }

    /// Queues a message for the next [`Self::take_frame`].
    pub fn send(&mut self, message: &ClientMessage) {
        self.renet.send_message(CHANNEL, codec::encode(message));
        self.queued = true;
    }

    /// Lets time pass in renet's bookkeeping.
    pub fn advance(&mut self, elapsed: Duration) {
        self.renet.update(elapsed);
        self.since_frame += elapsed;
    }

    /// The frame to send now: with every message that is queued, or about once a second with renet's bookkeeping. May
    /// be asked as often as one likes.
    pub fn take_frame(&mut self) -> Option<Vec<u8>> {
        if !self.queued && self.since_frame < BOOKKEEPING_EVERY {
            return None;
        }
        (self.queued, self.since_frame) = (false, Duration::ZERO);
        let packets = self.renet.get_packets_to_send();
        (!packets.is_empty()).then(|| pack(&packets))
    }
}
