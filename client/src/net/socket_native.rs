//! A WebSocket on a thread of its own, encrypted where the server's address says so.

use outcry_desk::link::{INBOX_BYTES_MAX, Wire, WireEvent};
use outcry_reach::{Address, BadAddress, Trust, dial, tcp};
use outcry_shared::limits::SERVER_FRAME_BYTES_MAX;
use std::{
    io::ErrorKind,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
        mpsc::{Receiver, Sender, TryRecvError, channel},
    },
    thread,
    time::Duration,
};
use tungstenite::{Error, Message};

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
    /// Starts to connect to a `ws://` or `wss://` address. `wake` is called when something arrived.
    pub(super) fn connect(url: &str, trust: &Trust, wake: impl Fn() + Send + 'static) -> Self {
        let (event_sender, events) = channel();
        let (frames, frame_receiver) = channel();
        let waiting_bytes = Arc::new(AtomicUsize::new(0));
        let mailbox = Mailbox { events: event_sender, waiting_bytes: waiting_bytes.clone(), wake: Box::new(wake) };
        let (url, trust) = (url.to_owned(), trust.clone());
        thread::spawn(move || {
            let why = run(&url, &trust, &mailbox, &frame_receiver).err();
            mailbox.put(WireEvent::Closed(why));
        });
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

/// Keeps a connection until it is over; what kept it from being opened is an error.
fn run(url: &str, trust: &Trust, mailbox: &Mailbox, frames: &Receiver<Vec<u8>>) -> Result<(), String> {
    let mut socket = open(url, trust)?;
    if mailbox.put(WireEvent::Open) {
        while exchange(&mut socket, mailbox, frames) {}
        let _ = socket.close(None);
        let _ = socket.flush();
    }
    Ok(())
}

fn open(url: &str, trust: &Trust) -> Result<outcry_reach::Socket, String> {
    let address: Address = url.parse().map_err(|wrong: BadAddress| wrong.to_string())?;
    let socket = dial(&address, trust, SERVER_FRAME_BYTES_MAX, CONNECT_WAIT).map_err(|error| error.to_string())?;
    if let Some(stream) = tcp(&socket) {
        stream.set_read_timeout(Some(READ_WAIT)).map_err(|error| error.to_string())?;
    }
    Ok(socket)
}

/// Sends what waits, reads one frame. False when the connection is over.
fn exchange(socket: &mut outcry_reach::Socket, mailbox: &Mailbox, frames: &Receiver<Vec<u8>>) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::far::{self, authority};

    /// How long a socket may take; far more than it should.
    const PATIENCE: Duration = Duration::from_secs(60);

    /// A floor over TLS that says back one frame. Returns its address.
    fn floor() -> String {
        let port = far::listen(|stream| {
            // Whoever does not believe the certificate goes away.
            let Ok(mut socket) = tungstenite::accept(stream) else { return };
            let heard = socket.read().unwrap();
            socket.send(heard).unwrap();
        });
        format!("wss://127.0.0.1:{port}/ws")
    }

    /// A socket, and its next event.
    fn connect(trust: &Trust) -> (Socket, impl Fn(&mut Socket) -> WireEvent + use<>) {
        let (wake, woken) = channel();
        let socket = Socket::connect(&floor(), trust, move || _ = wake.send(()));
        let next = move |socket: &mut Socket| {
            woken.recv_timeout(PATIENCE).unwrap();
            socket.try_recv().unwrap()
        };
        (socket, next)
    }

    #[test]
    fn frames_go_and_come_over_tls() {
        let (mut socket, next) = connect(&authority());
        assert_eq!(next(&mut socket), WireEvent::Open);
        socket.send(b"hello".to_vec());
        assert_eq!(next(&mut socket), WireEvent::Frame(b"hello".to_vec()));
    }

    #[test]
    fn a_certificate_of_a_stranger_is_refused_and_said() {
        let (mut socket, next) = connect(&Trust::default());
        let WireEvent::Closed(Some(why)) = next(&mut socket) else { panic!("it is not closed, or nothing is said") };
        assert!(why.starts_with("no floor answers at https://127.0.0.1:"), "{why}");
        assert!(why.ends_with("name the authority's file if it is yours"), "{why}");
    }
}
