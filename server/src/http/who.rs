//! Who asks: told to everything behind it, so that nothing looks at the socket's own address.

use crate::peer::Proxies;
use axum::{
    extract::{ConnectInfo, Request, State},
    middleware::Next,
    response::Response,
};
use std::{
    net::SocketAddr,
    sync::{Arc, Once},
};

/// Notes the [`Peer`](crate::peer::Peer) of a request.
pub(super) async fn identify(
    State(proxies): State<Arc<Proxies>>,
    ConnectInfo(socket): ConnectInfo<SocketAddr>,
    mut request: Request,
    next: Next,
) -> Response {
    let peer = proxies.peer(socket, request.headers());
    if peer.is_forwarded() && !proxies.trust(socket.ip()) {
        warn_once(socket);
    }
    request.extensions_mut().insert(peer);
    next.run(request).await
}

/// Says it once: a stranger could say so too, as often as it likes.
fn warn_once(socket: SocketAddr) {
    static WARNED: Once = Once::new();
    WARNED.call_once(|| {
        let address = socket.ip();
        tracing::warn!(
            %address,
            "requests are passed on by a proxy that --trusted-proxy does not name: all that come through it share its \
             address; on this machine no limit by address holds for them, elsewhere one address' limits hold for all"
        );
    });
}
