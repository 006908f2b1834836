//! Clients that do nothing but count the bytes that come.

use outcry_bots::Address;
use outcry_shared::{
    ClientMessage,
    limits::{PROTOCOL_VERSION, SERVER_FRAME_BYTES_MAX},
    link::ClientLink,
    message::{Hello, SeatClaim},
};
use std::{
    net::{Shutdown, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    thread,
};
use tungstenite::{Message, WebSocket, protocol::WebSocketConfig};

/// What a watcher's thread needs, in bytes.
const STACK_BYTES: usize = 256 << 10;

/// So many of them; gone when dropped.
pub(crate) struct Watchers {
    streams: Vec<TcpStream>,
    bytes: Arc<AtomicU64>,
}

impl Watchers {
    /// With a seat each, in a session.
    pub(crate) fn join(address: &Address, count: usize) -> Self {
        static JOINED: AtomicU64 = AtomicU64::new(0);
        Self::connect(address, count, || {
            let name = format!("Watcher {}", JOINED.fetch_add(1, Ordering::Relaxed));
            let seat = SeatClaim::Join { name, bot: true };
            let hello = Hello { protocol: PROTOCOL_VERSION, build: "bench".to_owned(), seat };
            let mut link = ClientLink::new();
            link.send(&ClientMessage::Hello(hello));
            link.take_frame()
        })
    }

    /// Without a word.
    pub(crate) fn listen(address: &Address, count: usize) -> Self {
        Self::connect(address, count, || None)
    }

    fn connect(address: &Address, count: usize, hello: impl Fn() -> Option<Vec<u8>>) -> Self {
        let mut watchers = Self { streams: Vec::new(), bytes: Arc::default() };
        for _ in 0..count {
            let stream = TcpStream::connect(address.authority()).unwrap();
            watchers.streams.push(stream.try_clone().unwrap());
            let limits = WebSocketConfig::default().max_frame_size(Some(SERVER_FRAME_BYTES_MAX));
            let (mut socket, _) =
                tungstenite::client::client_with_config(address.socket_url(), stream, Some(limits)).unwrap();
            if let Some(frame) = hello() {
                socket.send(Message::binary(frame)).unwrap();
            }
            let bytes = Arc::clone(&watchers.bytes);
            thread::Builder::new().stack_size(STACK_BYTES).spawn(move || count_bytes(socket, &bytes)).unwrap();
        }
        watchers
    }

    pub(crate) fn len(&self) -> usize {
        self.streams.len()
    }

    pub(crate) fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }
}

impl Drop for Watchers {
    fn drop(&mut self) {
        for stream in &self.streams {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
}

fn count_bytes(mut socket: WebSocket<TcpStream>, bytes: &AtomicU64) {
    while let Ok(message) = socket.read() {
        bytes.fetch_add(message.len() as u64, Ordering::Relaxed);
    }
}
