//! Clients that count the bytes that come, and may send an order now and then: as little as a client can be.

use outcry_bots::Address;
use outcry_engine::{Direction, OrderKind, OutcomeId, Rate, Side, Tokens};
use outcry_shared::{
    ClientMessage,
    limits::{PROTOCOL_VERSION, SERVER_FRAME_BYTES_MAX},
    link::ClientLink,
    message::{Hello, NewOrder, SeatClaim},
    secret::SeatToken,
};
use std::{
    io::Write,
    net::{Shutdown, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};
use tungstenite::{Message, WebSocket, protocol::WebSocketConfig};

/// What a watcher's thread needs, in bytes.
const STACK_BYTES: usize = 256 << 10;

/// So many of them; gone when dropped.
pub(crate) struct Watchers {
    ends: Vec<End>,
    bytes: Arc<AtomicU64>,
}

/// The end of a watcher that sends.
struct End {
    stream: TcpStream,
    link: ClientLink,
    session: u64,
    orders: u64,
}

/// The session of a server of one room that has just been started.
const SESSION: u64 = 1;
/// Tokens that a watcher buys, and sells again with its next order.
const SIZE: Tokens = Tokens(5_000_000);

impl End {
    /// Sends an order: a market order that the next one undoes.
    fn order(&mut self, outcome: u8) {
        let direction = if self.orders.is_multiple_of(2) { Direction::Buy } else { Direction::Sell };
        self.orders += 1;
        self.link.send(&ClientMessage::Order(NewOrder {
            session: self.session,
            client_order_id: self.orders,
            outcome: OutcomeId(outcome),
            side: Side::Yes,
            direction,
            kind: OrderKind::Market { max_slippage: Rate(1_000_000_000) },
            size: SIZE,
            promise: None,
        }));
        let Some(payload) = self.link.take_frame() else { return };
        // Masked with zeros, as short as its length allows.
        let mut frame = vec![0x82];
        match u8::try_from(payload.len()) {
            Ok(length) if length < 126 => frame.push(0x80 | length),
            _ => {
                frame.push(0x80 | 126);
                frame.extend((payload.len() as u16).to_be_bytes());
            }
        }
        frame.extend([0; 4]);
        frame.extend(payload);
        // Closed by the server: what it closes it says itself.
        let _ = (&self.stream).write_all(&frame);
    }
}

impl Watchers {
    /// With a seat each, in a session.
    pub(crate) fn join(address: &Address, count: usize) -> Self {
        static JOINED: AtomicU64 = AtomicU64::new(0);
        Self::connect(address, count, || {
            let name = format!("Watcher {}", JOINED.fetch_add(1, Ordering::Relaxed));
            let mut token = SeatToken([0; 16]);
            getrandom::fill(&mut token.0).unwrap();
            let seat = SeatClaim::Join { name, bot: true, token };
            let hello = Hello { protocol: PROTOCOL_VERSION, build: "bench".to_owned(), seat };
            let mut link = ClientLink::new();
            link.send(&ClientMessage::Hello(hello));
            (link.take_frame(), link)
        })
    }

    /// Without a word.
    pub(crate) fn listen(address: &Address, count: usize) -> Self {
        Self::connect(address, count, || (None, ClientLink::new()))
    }

    fn connect(address: &Address, count: usize, hello: impl Fn() -> (Option<Vec<u8>>, ClientLink)) -> Self {
        let mut watchers = Self { ends: Vec::new(), bytes: Arc::default() };
        for _ in 0..count {
            let stream = TcpStream::connect(address.authority()).unwrap();
            let own = stream.try_clone().unwrap();
            let limits = WebSocketConfig::default().max_frame_size(Some(SERVER_FRAME_BYTES_MAX));
            let (mut socket, _) =
                tungstenite::client::client_with_config(address.socket_url(), stream, Some(limits)).unwrap();
            let (hello, link) = hello();
            watchers.ends.push(End { stream: own, link, session: SESSION, orders: 0 });
            if let Some(frame) = hello {
                socket.send(Message::binary(frame)).unwrap();
            }
            let bytes = Arc::clone(&watchers.bytes);
            thread::Builder::new().stack_size(STACK_BYTES).spawn(move || count_bytes(socket, &bytes)).unwrap();
        }
        watchers
    }

    /// Those of a room of several, whose session has such a number.
    pub(crate) fn of_session(mut self, session: u64) -> Self {
        self.ends.iter_mut().for_each(|end| end.session = session);
        self
    }

    /// These and others, of other rooms: they take their turns as one.
    pub(crate) fn with(mut self, mut others: Self) -> Self {
        self.ends.append(&mut others.ends);
        self
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Lets each send an order every `every`, spread evenly, until then.
    pub(crate) fn trade(&mut self, every: Duration, until: Instant) {
        let (begin, pause) = (Instant::now(), every / self.ends.len() as u32);
        for turn in 0.. {
            let due = begin + pause * turn;
            if due >= until {
                return;
            }
            thread::sleep(due.saturating_duration_since(Instant::now()));
            let count = self.ends.len();
            self.ends[turn as usize % count].order((turn % 5) as u8);
        }
    }

    pub(crate) fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }
}

impl Drop for Watchers {
    fn drop(&mut self) {
        for end in &self.ends {
            let _ = end.stream.shutdown(Shutdown::Both);
        }
    }
}

fn count_bytes(mut socket: WebSocket<TcpStream>, bytes: &AtomicU64) {
    while let Ok(message) = socket.read() {
        bytes.fetch_add(message.len() as u64, Ordering::Relaxed);
    }
}
