//! One task per socket: frames in to the lap's bounded queue, frames out of the connection's
//! own. It knows no message and no session.

use super::guard;
use axum::{
    body::Bytes,
    extract::ws::{CloseFrame, Message, WebSocket},
};
use outcry_shared::secret::SeatToken;
use std::{net::IpAddr, time::Duration};
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

/// Why the server ends a connection: a WebSocket close code and a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closing {
    /// 1000, 1001, 1008, 1013, …
    pub code: u16,
    /// One sentence that people may read.
    pub reason: String,
}

impl Closing {
    /// The client broke a rule.
    #[must_use]
    pub fn policy(reason: &str) -> Self {
        Self { code: 1008, reason: reason.to_owned() }
    }
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
    pub peer: IpAddr,
    /// The seat's cookie, if the browser sent one.
    pub cookie: Option<SeatToken>,
    /// Frames to it; bounded by [`outcry_shared::limits::OUT_QUEUE_FRAMES`].
    pub out: mpsc::Sender<Bytes>,
    /// Ends it, after what is queued.
    pub close: oneshot::Sender<Closing>,
}

/// The ends that a link task holds.
pub(super) struct LinkEnds {
    pub(super) conn: ConnId,
    pub(super) inbox: mpsc::Sender<LinkEvent>,
    pub(super) out: mpsc::Receiver<Bytes>,
    pub(super) close: oneshot::Receiver<Closing>,
}

/// Serves a socket until either side ends it, and tells the lap.
pub(super) async fn serve(mut socket: WebSocket, mut ends: LinkEnds) {
    let closing = pump(&mut socket, &mut ends).await;
    // Receiver gone: the server is stopping.
    let _ = ends.inbox.send(LinkEvent::Closed(ends.conn)).await;
    let Some(closing) = closing else { return };
    while let Ok(frame) = ends.out.try_recv() {
        if !write(&mut socket, Message::Binary(frame)).await {
            return;
        }
    }
    let frame = CloseFrame { code: closing.code, reason: closing.reason.into() };
    write(&mut socket, Message::Close(Some(frame))).await;
}

/// Moves frames; returns how the server wants it closed, or none when it is gone already.
async fn pump(socket: &mut WebSocket, ends: &mut LinkEnds) -> Option<Closing> {
    let born = Instant::now();
    let mut heard = born;
    let mut pings = interval(Duration::from_secs(PING_S));
    // Browsers send none; each costs an answer.
    let mut pings_of_theirs = guard::messages(0);
    loop {
        tokio::select! {
            closing = &mut ends.close => {
                return Some(closing.unwrap_or(Closing { code: 1001, reason: "the server is stopping".to_owned() }));
            }
            frame = ends.out.recv() => {
                let frame = frame?;
                if !write(socket, Message::Binary(frame)).await {
                    return None;
                }
            }
            message = socket.recv() => {
                heard = Instant::now();
                let event = match message?.ok()? {
                    Message::Binary(frame) => LinkEvent::Frame(ends.conn, frame),
                    Message::Pong(sent) => LinkEvent::Lag(ends.conn, lag_ms(born, &sent)?),
                    Message::Ping(_) if pings_of_theirs.take(ms_since(born)) => continue,
                    Message::Ping(_) => return Some(Closing::policy("too many pings")),
                    Message::Text(_) => return Some(Closing { code: 1003, reason: "binary messages only".to_owned() }),
                    Message::Close(_) => return None,
                };
                ends.inbox.send(event).await.ok()?;
            }
            _ = pings.tick() => {
                if heard.elapsed() > Duration::from_secs(SILENCE_S) {
                    return None;
                }
                let sent = ms_since(born).to_le_bytes();
                if !write(socket, Message::Ping(Bytes::copy_from_slice(&sent))).await {
                    return None;
                }
            }
        }
    }
}

fn ms_since(moment: Instant) -> u64 {
    u64::try_from(moment.elapsed().as_millis()).unwrap_or_default()
}

/// The age of a ping that came back; none when it is not one of ours.
fn lag_ms(born: Instant, sent: &[u8]) -> Option<u32> {
    let sent = Duration::from_millis(u64::from_le_bytes(sent.try_into().ok()?));
    u32::try_from(born.elapsed().checked_sub(sent)?.as_millis()).ok()
}

async fn write(socket: &mut WebSocket, message: Message) -> bool {
    matches!(timeout(Duration::from_secs(WRITE_S), socket.send(message)).await, Ok(Ok(())))
}
