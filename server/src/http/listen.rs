//! Sockets to requests, with a bound on everything before the first of them is read.

use axum::{Router, extract::ConnectInfo, http::Request};
use hyper::{body::Incoming, server::conn::http1};
use hyper_util::rt::{TokioIo, TokioTimer};
use outcry_shared::limits::SEATS_MAX;
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
};
use tower::ServiceExt;

/// How long the head of a request may take, the first one as well as any later one, in s.
/// Beyond it the socket is closed.
const HEAD_S: u64 = 5;
/// Largest head of a request, in bytes. A larger one is refused (431).
const HEAD_BYTES_MAX: usize = 8 << 10;
/// Bytes of a request that are read ahead.
const BUFFER_BYTES: usize = 16 << 10;
/// Open sockets, connected or about to be. Beyond it a new one is closed at once.
const SOCKETS_MAX: usize = SEATS_MAX + 1_500;
/// Pause after the system refused a socket (it has no more to give), in ms.
const REFUSED_MS: u64 = 200;

/// Answers requests until dropped.
pub async fn answer(listener: TcpListener, router: Router) {
    let places = Arc::new(Semaphore::new(SOCKETS_MAX));
    loop {
        let (stream, peer) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "a connection cannot be taken");
                tokio::time::sleep(Duration::from_millis(REFUSED_MS)).await;
                continue;
            }
        };
        if let Ok(place) = Arc::clone(&places).try_acquire_owned() {
            tokio::spawn(serve(stream, peer, router.clone(), place));
        }
    }
}

async fn serve(stream: TcpStream, peer: SocketAddr, router: Router, _place: OwnedSemaphorePermit) {
    // Small frames must not wait for more; where the system refuses, they do.
    let _ = stream.set_nodelay(true);
    let service = hyper::service::service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request)
    });
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(Duration::from_secs(HEAD_S))
        .max_header_size(HEAD_BYTES_MAX)
        .max_buf_size(BUFFER_BYTES)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    if let Err(error) = served.await {
        tracing::debug!(%error, %peer, "a socket has ended");
    }
}
