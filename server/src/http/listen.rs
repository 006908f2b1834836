//! Sockets to requests, encrypted or not, with a bound on everything before the first of them is read.

use super::{
    identity::Identity,
    paced::{Paced, Stage, Waits},
    plain,
};
use crate::{
    bucket::Hush,
    peer::{Network, Proxies},
    places::{Place, Places},
};
use axum::{
    Router,
    extract::ConnectInfo,
    http::{Request, StatusCode},
};
use hyper::{body::Incoming, server::conn::http1};
use hyper_util::rt::TokioIo;
use outcry_shared::limits::{SEATS_MAX, SPECTATORS_MAX};
use std::{
    io,
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    time::timeout,
};
use tokio_rustls::{TlsAcceptor, server::TlsStream};
use tower::ServiceExt;

/// How long sockets are waited for; beyond each they are closed. A head takes 5 s at most. A proxy keeps a socket for
/// its next request for as long as two minutes, and has to be the one that lets go. Whoever does not take 64 KiB, or all
/// there is, within 20 s reads too slowly for what it asked for.
const WAITS: Waits = Waits {
    head: Duration::from_secs(5),
    idle: Duration::from_secs(130),
    write: Duration::from_secs(20),
    progress: 64 << 10,
};
/// Largest head of a request, in bytes. A larger one is refused (431).
const HEAD_BYTES_MAX: usize = 8 << 10;
/// Bytes of a request that are read ahead.
const BUFFER_BYTES: usize = 16 << 10;
/// Bytes that the system keeps for a socket before they are sent, at most: what waits longer waits where it is bounded.
#[cfg(target_os = "linux")]
const UNSENT_BYTES: u32 = 128 << 10;
/// Pause after the system refused a socket (it has no more to give), in ms.
const REFUSED_MS: u64 = 200;

/// The first byte of a connection that begins by TLS: its record of a handshake.
const TLS_HANDSHAKE: u8 = 0x16;

/// Open sockets of a port, connected or about to be. Beyond it a new one is closed at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sockets {
    all: usize,
    /// Of one network that is neither this machine nor a trusted proxy.
    per_network: usize,
}

impl Sockets {
    /// Those of everybody a room takes, and what their browsers need to load the program; of one network those of a
    /// roomful of people.
    pub const OF_ROOM: Self = Self { all: SEATS_MAX + SPECTATORS_MAX + 1_500, per_network: 1_024 };
    /// Those of two hundred rooms of twenty people, each with two screens; of one network those of a school. A room takes
    /// no more than it takes by itself.
    pub const OF_HOUSE: Self = Self { all: 4 * Self::OF_ROOM.all, per_network: 4 * Self::OF_ROOM.per_network };

    /// In all.
    #[must_use]
    pub const fn all(self) -> usize {
        self.all
    }
}

/// What is behind a port.
#[derive(Clone)]
pub struct Doors {
    router: Router,
    sockets: Sockets,
    tls: Option<Tls>,
}

#[derive(Clone)]
struct Tls {
    identity: Arc<Identity>,
    /// What is answered to those who come without encryption.
    plain: Router,
}

impl Doors {
    /// Every route, in plain, for so many sockets.
    #[must_use]
    pub const fn new(router: Router, sockets: Sockets) -> Self {
        Self { router, sockets, tls: None }
    }

    /// The same routes behind TLS, if there is an identity to show. Who comes without is sent to the address by which
    /// people join.
    #[must_use]
    pub fn encrypted(self, identity: Option<Arc<Identity>>, join_url: &Arc<str>) -> Self {
        let tls = identity.map(|identity| Tls { identity, plain: plain::router(join_url) });
        Self { tls, ..self }
    }
}

/// Answers requests until dropped.
pub async fn answer(listener: TcpListener, doors: Doors, proxies: Arc<Proxies>) {
    let places = Arc::new(Places::new(doors.sockets.all, doors.sockets.per_network));
    let (began, mut hush) = (Instant::now(), Hush::new(0));
    loop {
        let (stream, peer) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(error) => {
                let now_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
                if let Some(unsaid) = hush.say(now_ms) {
                    tracing::warn!(%error, unsaid, "connections cannot be taken");
                }
                tokio::time::sleep(Duration::from_millis(REFUSED_MS)).await;
                continue;
            }
        };
        let address = peer.ip().to_canonical();
        let speaks_for_others = address.is_loopback() || proxies.trust(address);
        match places.enter((!speaks_for_others).then(|| Network::of(address))) {
            Ok(place) => {
                tokio::spawn(serve(stream, peer, doors.clone(), place));
            }
            Err(_) => metrics::counter!("outcry_sockets_refused").increment(1),
        }
    }
}

async fn serve(stream: TcpStream, peer: SocketAddr, doors: Doors, _place: Place) {
    tune(&stream);
    let (socket, stage) = Paced::new(stream, WAITS, forget);
    let Some(Tls { identity, plain }) = doors.tls else { return converse(socket, stage, peer, doors.router).await };
    match encrypt(socket, &identity).await {
        Ok(Opened::Encrypted(socket)) => converse(*socket, stage, peer, doors.router).await,
        Ok(Opened::Plain(socket)) => converse(*socket, stage, peer, plain).await,
        Err(error) => tracing::debug!(%error, %peer, "no encrypted connection"),
    }
}

/// A connection to an encrypted port.
enum Opened {
    Encrypted(Box<TlsStream<Paced<TcpStream>>>),
    /// Whoever it is has begun without.
    Plain(Box<Paced<TcpStream>>),
}

/// The socket's own deadline for a first head is that of the handshake as well.
async fn encrypt(socket: Paced<TcpStream>, identity: &Identity) -> io::Result<Opened> {
    let mut first = [0];
    timeout(WAITS.head, socket.get_ref().peek(&mut first)).await??;
    if first != [TLS_HANDSHAKE] {
        return Ok(Opened::Plain(Box::new(socket)));
    }
    let accepted = TlsAcceptor::from(identity.current()).accept(socket).await?;
    Ok(Opened::Encrypted(Box::new(accepted)))
}

/// Answers the requests of one connection.
async fn converse(
    socket: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    stage: Stage,
    peer: SocketAddr,
    router: Router,
) {
    let service = hyper::service::service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        watched(router.clone(), request, stage.clone())
    });
    let served = http1::Builder::new()
        .header_read_timeout(None::<Duration>)
        .max_header_size(HEAD_BYTES_MAX)
        .max_buf_size(BUFFER_BYTES)
        .serve_connection(TokioIo::new(socket), service)
        .with_upgrades();
    if let Err(error) = served.await {
        tracing::debug!(%error, %peer, "a socket has ended");
    }
}

/// Answers a request, and tells the socket what goes on.
async fn watched(
    router: Router,
    request: Request<Incoming>,
    stage: Stage,
) -> Result<axum::response::Response, std::convert::Infallible> {
    stage.answering();
    let answer = router.oneshot(request).await;
    let upgraded = answer.as_ref().is_ok_and(|answer| answer.status() == StatusCode::SWITCHING_PROTOCOLS);
    stage.answered(upgraded);
    answer
}

/// Lets the system forget what has not been sent: whoever does not read it will not.
fn forget(stream: &TcpStream) {
    // Where it refuses, it keeps it for a while.
    let _ = socket2::SockRef::from(stream).set_linger(Some(Duration::ZERO));
}

/// Small frames must not wait for more, and much must not wait in the system; where it refuses, they do.
fn tune(stream: &TcpStream) {
    let _ = stream.set_nodelay(true);
    #[cfg(target_os = "linux")]
    let _ = socket2::SockRef::from(stream).set_tcp_notsent_lowat(UNSENT_BYTES);
}
