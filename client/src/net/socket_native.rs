//! A WebSocket on a thread of its own.

use outcry_desk::link::{INBOX_BYTES_MAX, Wire, WireEvent};
use outcry_shared::limits::SERVER_FRAME_BYTES_MAX;
use std::{
    io::ErrorKind,
    net::{TcpStream, ToSocketAddrs},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
        mpsc::{Receiver, Sender, TryRecvError, channel},
    },
    thread,
    time::Duration,
};
use tungstenite::{Error, Message, WebSocket, client::IntoClientRequest, protocol::WebSocketConfig};

/// How long a read waits before frames to be sent are looked at: the most a send is late.
const READ_WAIT: Duration = Duration::from_millis(10);
/// How long a connection attempt may take.
const CONNECT_WAIT: Duration = Duration::from_secs(5);

/// A connection, or an attempt at one. Dropped, it closes.
pub(crate) struct Socket {
    events: Receiver<WireEvent>,
    frames: Sender<Vec<u8>>,
    waiting_bytes: Arc<AtomicUsize>,
}

impl Socket {
    /// Starts to connect to a `ws://` address. `wake` is called when something arrived.
    pub(super) fn connect(url: &str, wake: impl Fn() + Send + 'static) -> Self {
        let (event_sender, events) = channel();
        let (frames, frame_receiver) = channel();
        let waiting_bytes = Arc::new(AtomicUsize::new(0));
        let mailbox = Mailbox { events: event_sender, waiting_bytes: waiting_bytes.clone(), wake: Box::new(wake) };
        let url = url.to_owned();
        thread::spawn(move || run(&url, &mailbox, &frame_receiver));
        Self { events, frames, waiting_bytes }
    }
}

impl Wire for Socket {
    fn try_recv(&mut self) -> Option<WireEvent> {
        let event = self.events.try_recv().ok()?;
        if let WireEvent::Frame(frame) = &event {
            self.waiting_bytes.fetch_sub(frame.len(), Ordering::Relaxed);
        }
        Some(event)
    }

    fn send(&mut self, frame: Vec<u8>) {
        // When the thread has ended, `Closed` is waiting in `events`.
        let _ = self.frames.send(frame);
    }
}

/// The thread's way back.
struct Mailbox {
    events: Sender<WireEvent>,
    waiting_bytes: Arc<AtomicUsize>,
    wake: Box<dyn Fn() + Send>,
}

impl Mailbox {
    /// False when nobody listens any more.
    fn put(&self, event: WireEvent) -> bool {
        let alive = self.events.send(event).is_ok();
        (self.wake)();
        alive
    }

    fn put_frame(&self, frame: Vec<u8>) -> bool {
        let waiting = self.waiting_bytes.fetch_add(frame.len(), Ordering::Relaxed) + frame.len();
        if waiting > INBOX_BYTES_MAX {
            self.waiting_bytes.fetch_sub(frame.len(), Ordering::Relaxed);
            return self.put(WireEvent::Overflow);
        }
        self.put(WireEvent::Frame(frame))
    }
}

fn run(url: &str, mailbox: &Mailbox, frames: &Receiver<Vec<u8>>) {
    if let Some(mut socket) = open(url)
        && mailbox.put(WireEvent::Open)
    {
        while exchange(&mut socket, mailbox, frames) {}
        let _ = socket.close(None);
        let _ = socket.flush();
    }
    mailbox.put(WireEvent::Closed);
}

fn open(url: &str) -> Option<WebSocket<TcpStream>> {
    let request = url.into_client_request().ok()?;
    let host = request.uri().host()?.to_owned();
    let port = request.uri().port_u16().unwrap_or(80);
    let address = (host.as_str(), port).to_socket_addrs().ok()?.next()?;
    let stream = TcpStream::connect_timeout(&address, CONNECT_WAIT).ok()?;
    stream.set_nodelay(true).ok()?;
    stream.set_read_timeout(Some(CONNECT_WAIT)).ok()?;
    let config = WebSocketConfig::default()
        .max_message_size(Some(SERVER_FRAME_BYTES_MAX))
        .max_frame_size(Some(SERVER_FRAME_BYTES_MAX));
    let (socket, _) = tungstenite::client::client_with_config(request, stream, Some(config)).ok()?;
    socket.get_ref().set_read_timeout(Some(READ_WAIT)).ok()?;
    Some(socket)
}

/// Sends what waits, reads one frame. False when the connection is over.
fn exchange(socket: &mut WebSocket<TcpStream>, mailbox: &Mailbox, frames: &Receiver<Vec<u8>>) -> bool {
    loop {
        match frames.try_recv() {
            Ok(frame) => {
                if socket.send(Message::Binary(frame.into())).is_err() {
                    return false;
                }
            }
            Err(TryRecvError::Empty) => break,
            Err(TryRecvError::Disconnected) => return false,
        }
    }
    match socket.read() {
        Ok(Message::Binary(frame)) => mailbox.put_frame(frame.to_vec()),
        Ok(Message::Close(_)) => false,
        Ok(_) => true,
        Err(Error::Io(error)) => matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut),
        Err(_) => false,
    }
}
