//! The HTTP face of the session: the WebSocket, the join form's requests, the seat's cookie.

use super::{
    front::Front,
    link::{ConnId, LinkEnds, LinkEvent, Opened, serve},
};
use axum::{
    Json, Router,
    extract::{ConnectInfo, DefaultBodyLimit, State, WebSocketUpgrade, rejection::JsonRejection},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use outcry_shared::{
    limits::{CLIENT_FRAME_BYTES_MAX, OUT_QUEUE_FRAMES, SEATS_MAX},
    secret::SeatToken,
};
use serde::{Deserialize, Serialize};
use std::{
    collections::HashMap,
    net::{IpAddr, SocketAddr},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};
use tokio::sync::{mpsc, oneshot};

/// Largest body of a request, in bytes.
const BODY_BYTES_MAX: usize = 1 << 10;
/// Connections in all; beyond it the upgrade is refused (503).
const CONNECTIONS_MAX: usize = SEATS_MAX + 500;
/// Connections from one address other than this machine; beyond it the upgrade is refused (429).
const CONNECTIONS_PER_ADDRESS: usize = 256;
/// Bytes that may wait to be written to a socket, beyond a frame.
const WRITE_BUFFER_BYTES: usize = 8 << 20;
/// Bytes read from a socket at once: clients say little, and all of it is cleared before every read.
const READ_BUFFER_BYTES: usize = 4 << 10;
/// The name of the seat's cookie; over https one that browsers let no other host set.
const COOKIE: &str = "outcry_seat";
const HTTPS_COOKIE: &str = "__Host-outcry_seat";
/// How long a browser keeps the cookie, in s: a day.
const COOKIE_S: u32 = 86_400;

/// What the endpoint needs.
#[derive(Clone, Debug)]
pub struct EndpointState {
    /// The way to the lap.
    pub front: Front,
    /// Where connections go.
    pub links: mpsc::Sender<LinkEvent>,
    /// Which pages may connect.
    pub origins: Arc<Origins>,
    /// Live connections per address.
    pub crowd: Arc<Crowd>,
}

/// Which pages may connect: those of the server itself and those named.
#[derive(Clone, Debug, Default)]
pub struct Origins {
    /// Whole origins ("https://floor.example.org").
    pub allowed: Vec<String>,
    /// Whether pages come by https, so that cookies must not travel without.
    pub https: bool,
}

impl Origins {
    /// Whether a request comes from one of our pages, or from none (native app, bots).
    fn allow(&self, headers: &HeaderMap) -> bool {
        let Some(origin) = headers.get(header::ORIGIN) else { return true };
        let Ok(origin) = origin.to_str() else { return false };
        if self.allowed.iter().any(|allowed| allowed == origin) {
            return true;
        }
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
        let own_host = origin.strip_prefix("http://").is_some_and(|rest| rest == host) && !self.https;
        own_host && is_local(host)
    }
}

/// Whether a host is this machine or an address: a name that someone else's DNS could point
/// here is not.
fn is_local(host: &str) -> bool {
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    name == "localhost" || name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().is_ok()
}

/// Live connections, counted per address.
#[derive(Debug, Default)]
pub struct Crowd {
    by_address: Mutex<HashMap<IpAddr, usize>>,
    next: AtomicU64,
}

/// A place in the crowd, given back when dropped.
struct Place {
    crowd: Arc<Crowd>,
    peer: IpAddr,
}

impl Crowd {
    /// Whether every connection is closed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_address.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }

    fn enter(self: &Arc<Self>, peer: IpAddr) -> Result<Place, StatusCode> {
        let mut counts = self.by_address.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.values().sum::<usize>() >= CONNECTIONS_MAX {
            return Err(StatusCode::SERVICE_UNAVAILABLE);
        }
        let count = counts.entry(peer).or_default();
        if *count >= CONNECTIONS_PER_ADDRESS && !peer.is_loopback() {
            return Err(StatusCode::TOO_MANY_REQUESTS);
        }
        *count += 1;
        Ok(Place { crowd: Arc::clone(self), peer })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut counts = self.crowd.by_address.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&self.peer) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.peer);
            }
        }
    }
}

/// `/ws`, `/join`, `/session`, `/leave`.
pub fn router(state: EndpointState) -> Router {
    Router::new()
        .route("/ws", get(socket))
        .route("/join", post(join))
        .route("/session", get(session))
        .route("/leave", post(leave))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .with_state(state)
}

async fn socket(
    State(state): State<EndpointState>,
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    if !state.origins.allow(&headers) {
        return foreign();
    }
    let peer = address.ip();
    let place = match state.crowd.enter(peer) {
        Ok(place) => place,
        Err(status) => return (status, "too many connections: try again later").into_response(),
    };
    let conn = ConnId(state.crowd.next.fetch_add(1, Ordering::Relaxed));
    let cookie = seat_cookie(&headers, state.origins.https);
    upgrade
        .max_message_size(CLIENT_FRAME_BYTES_MAX)
        .max_frame_size(CLIENT_FRAME_BYTES_MAX)
        .max_write_buffer_size(WRITE_BUFFER_BYTES)
        .read_buffer_size(READ_BUFFER_BYTES)
        .on_upgrade(move |socket| async move {
            let _place = place;
            let (out, out_end) = mpsc::channel(OUT_QUEUE_FRAMES);
            let (close, close_end) = oneshot::channel();
            let opened = LinkEvent::Opened(Opened { conn, peer, cookie, out, close });
            if state.links.send(opened).await.is_ok() {
                serve(socket, LinkEnds { conn, inbox: state.links, out: out_end, close: close_end }).await;
            }
        })
}

#[derive(Deserialize)]
struct JoinForm {
    name: String,
}

#[derive(Serialize)]
struct JoinAnswer {
    user: u32,
    name: String,
}

async fn join(
    State(state): State<EndpointState>,
    headers: HeaderMap,
    form: Result<Json<JoinForm>, JsonRejection>,
) -> Response {
    if !state.origins.allow(&headers) {
        return foreign();
    }
    let Ok(Json(form)) = form else {
        return problem(StatusCode::BAD_REQUEST, "a name is needed: {\"name\": \"Ada\"}");
    };
    match state.front.join(form.name).await {
        Ok(joined) => {
            let cookie = set_cookie(&joined.token.to_hex(), COOKIE_S, state.origins.https);
            ([(header::SET_COOKIE, cookie)], Json(JoinAnswer { user: joined.user.0, name: joined.name }))
                .into_response()
        }
        Err(reason) => problem(StatusCode::CONFLICT, &reason),
    }
}

async fn session(State(state): State<EndpointState>, headers: HeaderMap) -> Response {
    match state.front.session(seat_cookie(&headers, state.origins.https)).await {
        Ok(info) => ([(header::CACHE_CONTROL, "no-store")], Json(info)).into_response(),
        Err(reason) => problem(StatusCode::SERVICE_UNAVAILABLE, &reason),
    }
}

async fn leave(State(state): State<EndpointState>, headers: HeaderMap) -> Response {
    if !state.origins.allow(&headers) {
        return foreign();
    }
    (StatusCode::NO_CONTENT, [(header::SET_COOKIE, set_cookie("", 0, state.origins.https))]).into_response()
}

fn foreign() -> Response {
    problem(StatusCode::FORBIDDEN, "this page is not one of the server's: open the join link itself")
}

fn problem(status: StatusCode, reason: &str) -> Response {
    (status, Json(serde_json::json!({ "error": reason }))).into_response()
}

fn set_cookie(value: &str, age_s: u32, https: bool) -> String {
    let (name, secure) = (cookie_name(https), if https { "; Secure" } else { "" });
    format!("{name}={value}; HttpOnly; SameSite=Strict; Path=/; Max-Age={age_s}{secure}")
}

const fn cookie_name(https: bool) -> &'static str {
    if https { HTTPS_COOKIE } else { COOKIE }
}

/// The seat's token among the cookies of a request.
fn seat_cookie(headers: &HeaderMap, https: bool) -> Option<SeatToken> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|cookies| cookies.to_str().ok());
    let named = cookies.flat_map(|cookies| cookies.split(';')).filter_map(|cookie| cookie.trim().split_once('='));
    named.into_iter().find(|(name, _)| *name == cookie_name(https)).and_then(|(_, value)| SeatToken::from_hex(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_pages_may_connect() {
        let check = |origin: Option<&str>, host: &str, allowed: bool| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, host.parse().unwrap());
            if let Some(origin) = origin {
                headers.insert(header::ORIGIN, origin.parse().unwrap());
            }
            let origins = Origins { allowed: vec!["https://floor.example.org".to_owned()], https: false };
            assert_eq!(origins.allow(&headers), allowed, "{origin:?} to {host}");
        };
        check(None, "127.0.0.1:7777", true);
        check(Some("http://127.0.0.1:7777"), "127.0.0.1:7777", true);
        check(Some("http://192.168.1.5:7777"), "192.168.1.5:7777", true);
        check(Some("http://localhost:7777"), "localhost:7777", true);
        check(Some("https://floor.example.org"), "127.0.0.1:7777", true);
        check(Some("https://evil.example"), "127.0.0.1:7777", false);
        check(Some("null"), "127.0.0.1:7777", false);
        check(Some("https://floor.example.org.evil.example"), "127.0.0.1:7777", false);
        check(Some("http://floor.example.org"), "127.0.0.1:7777", false);
        check(Some("http://127.0.0.1:7778"), "127.0.0.1:7777", false);
        check(Some("http://rebound.example:7777"), "rebound.example:7777", false);
    }

    #[test]
    fn the_cookie_stays_with_our_own_pages() {
        let token = SeatToken([7; 16]);
        for https in [false, true] {
            let set = set_cookie(&token.to_hex(), COOKIE_S, https);
            assert!(set.contains("; HttpOnly; SameSite=Strict; Path=/;"), "{set}");
            assert_eq!((set.starts_with("__Host-"), set.ends_with("; Secure")), (https, https), "{set}");
            let mut headers = HeaderMap::new();
            let pair = set.split(';').next().unwrap_or_default();
            headers.insert(header::COOKIE, format!("other=1; {pair}").parse().unwrap());
            assert_eq!(seat_cookie(&headers, https), Some(token));
            assert_eq!(seat_cookie(&headers, !https), None, "a cookie for the other kind of page");
        }
    }
}
