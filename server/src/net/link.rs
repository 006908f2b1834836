//! One task per socket: frames in to the lap's bounded queue, frames out of the connection's
//! own. It knows no message and no session.

use super::{
    cookie::Shown,
    guard,
    outbox::{Outbox, OutboxEnd, bytes_of},
    why::Why,
};
use crate::peer::Peer;
use axum::{
    body::Bytes,
    extract::ws::{CloseFrame, Message, WebSocket},
};
use futures_util::SinkExt;
use std::time::Duration;
use tokio::{
    sync::{mpsc, oneshot},
    time::{Instant, interval, timeout},
};

/// Time between pings, in s. They keep proxies from closing and measure the lag.
const PING_S: u64 = 10;
/// A connection from which nothing came for so long, in s, is closed as dead.
const SILENCE_S: u64 = 30;
/// A frame that cannot be written within so long, in s, closes the connection.
const WRITE_S: u64 = 10;

/// A connection's number, unique in the process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConnId(pub u64);

/// Why the server ends a connection: a WebSocket close code, a sentence, and what it is counted by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closing {
    /// 1000, 1001, 1008, 1013, …
    pub code: u16,
    /// One sentence that people may read.
    pub reason: String,
    /// What the figures count it by.
    pub why: Why,
}

impl Closing {
    /// The client broke a rule, or lost its right to be here.
    #[must_use]
    pub fn policy(reason: &str) -> Self {
        Self { code: 1008, reason: reason.to_owned(), why: Why::Refused }
    }

    /// The server stops.
    #[must_use]
    pub fn stopping(reason: &str) -> Self {
        Self { code: 1001, reason: reason.to_owned(), why: Why::Stopping }
    }

    /// The same, counted by another word.
    #[must_use]
    pub fn counted(self, why: Why) -> Self {
        Self { why, ..self }
    }
}

/// How a connection ended.
enum Ended {
    /// The server wants it closed.
    By(Closing),
    /// It is gone already.
    Gone(Why),
}

/// What a connection tells the lap.
#[derive(Debug)]
pub enum LinkEvent {
    /// A connection was accepted.
    Opened(Opened),
    /// A whole binary frame came.
    Frame(ConnId, Bytes),
    /// A ping came back after so many ms.
    Lag(ConnId, u32),
    /// The connection has ended, whoever ended it.
    Closed(ConnId),
}

/// A new connection and the ends of its queues.
#[derive(Debug)]
pub struct Opened {
    /// The number that every later event of it bears.
    pub conn: ConnId,
    /// Where it comes from.
    pub peer: Peer,
    /// The seat's cookie, if the browser sent one.
    pub cookie: Option<Shown>,
    /// What waits to be written to it.
    pub out: Outbox,
    /// Ends it, after what is queued.
    pub close: oneshot::Sender<Closing>,
}

/// The ends that a link task holds.
pub(super) struct LinkEnds {
    pub(super) conn: ConnId,
    pub(super) inbox: mpsc::Sender<LinkEvent>,
    pub(super) out: OutboxEnd,
    pub(super) close: oneshot::Receiver<Closing>,
}

/// Serves a socket until either side ends it, and tells the lap.
pub(super) async fn serve(mut socket: WebSocket, mut ends: LinkEnds) {
    let ended = pump(&mut socket, &mut ends).await;
    // Receiver gone: the server is stopping.
    let _ = ends.inbox.send(LinkEvent::Closed(ends.conn)).await;
    match &ended {
        Ended::By(closing) => closing.why.count(),
        Ended::Gone(why) => why.count(),
    }
    if let Ended::By(closing) = ended {
        // Whoever does not take it in time does without.
        let _ = timeout(Duration::from_secs(WRITE_S), say_goodbye(&mut socket, &mut ends.out, closing)).await;
    }
}

/// Writes what is queued, and then why there will be no more.
async fn say_goodbye(socket: &mut WebSocket, out: &mut OutboxEnd, closing: Closing) {
    while let Some(parcel) = out.try_take() {
        if !write(socket, parcel.into_iter().map(Message::Binary)).await {
            return;
        }
    }
    let frame = CloseFrame { code: closing.code, reason: closing.reason.into() };
    write(socket, [Message::Close(Some(frame))]).await;
}

/// Moves frames until the connection ends.
async fn pump(socket: &mut WebSocket, ends: &mut LinkEnds) -> Ended {
    let born = Instant::now();
    let mut heard = born;
    let mut pings = interval(Duration::from_secs(PING_S));
    // Browsers send none; each costs an answer.
    let mut pings_of_theirs = guard::messages(0);
    loop {
        tokio::select! {
            closing = &mut ends.close => {
                return Ended::By(closing.unwrap_or_else(|_| Closing::stopping("the server is stopping")));
            }
            parcel = ends.out.take() => {
                let Some(parcel) = parcel else { return Ended::Gone(Why::Stopping) };
                let bytes = bytes_of(&parcel);
                if !write(socket, parcel.into_iter().map(Message::Binary)).await {
                    return Ended::Gone(Why::Stuck);
                }
                ends.out.written(bytes);
            }
            message = socket.recv() => {
                heard = Instant::now();
                let event = match message {
                    Some(Ok(Message::Binary(frame))) => LinkEvent::Frame(ends.conn, frame),
                    Some(Ok(Message::Pong(sent))) => match lag_ms(born, &sent) {
                        Some(lag_ms) => LinkEvent::Lag(ends.conn, lag_ms),
                        None => return Ended::Gone(Why::Malformed),
                    },
                    Some(Ok(Message::Ping(_))) if pings_of_theirs.take(ms_since(born)) => continue,
                    Some(Ok(Message::Ping(_))) => return Ended::By(Closing::policy("too many pings").counted(Why::Flood)),
                    Some(Ok(Message::Text(_))) => return Ended::By(not_binary()),
                    Some(Ok(Message::Close(_))) => return Ended::Gone(Why::Left),
                    Some(Err(_)) | None => return Ended::Gone(Why::Lost),
                };
                if ends.inbox.send(event).await.is_err() {
                    return Ended::Gone(Why::Stopping);
                }
            }
            _ = pings.tick() => {
                if heard.elapsed() > Duration::from_secs(SILENCE_S) {
                    return Ended::Gone(Why::Silent);
                }
                let sent = ms_since(born).to_le_bytes();
                if !write(socket, [Message::Ping(Bytes::copy_from_slice(&sent))]).await {
                    return Ended::Gone(Why::Stuck);
                }
            }
        }
    }
}

fn not_binary() -> Closing {
    Closing { code: 1003, reason: "binary messages only".to_owned(), why: Why::Malformed }
}

fn ms_since(moment: Instant) -> u64 {
    u64::try_from(moment.elapsed().as_millis()).unwrap_or_default()
}

/// The age of a ping that came back; none when it is not one of ours.
fn lag_ms(born: Instant, sent: &[u8]) -> Option<u32> {
    let sent = Duration::from_millis(u64::from_le_bytes(sent.try_into().ok()?));
    u32::try_from(born.elapsed().checked_sub(sent)?.as_millis()).ok()
}

/// Writes messages, all of them with as few calls of the system as there can be.
async fn write(socket: &mut WebSocket, messages: impl IntoIterator<Item = Message>) -> bool {
    let patience = Duration::from_secs(WRITE_S);
    for message in messages {
        if !matches!(timeout(patience, socket.feed(message)).await, Ok(Ok(()))) {
            return false;
        }
    }
    matches!(timeout(patience, socket.flush()).await, Ok(Ok(())))
}
