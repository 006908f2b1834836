//! The HTTP face of the session: the WebSocket, the join form's requests, the seat's cookie. It asks
//! the lap, and never looks at the world.

use super::{
    cookie::{self, Cookies, Shown},
    crowd::Crowd,
    front::{Front, Joined, Unjoined},
    link::{LinkEnds, LinkEvent, Opened, serve},
    origins::Origins,
    outbox::Outbox,
};
use crate::{peer::Peer, places::Full};
use axum::{
    Extension, Json, Router,
    extract::{DefaultBodyLimit, Query, State, WebSocketUpgrade, rejection::JsonRejection},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use outcry_shared::{
    limits::CLIENT_FRAME_BYTES_MAX,
    secret::{SeatCode, SeatToken},
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};

/// Largest body of a request, in bytes.
const BODY_BYTES_MAX: usize = 1 << 10;
/// Bytes that are collected before they are written to a socket: what is sent together goes out together, and what a
/// socket keeps for it stays small.
const WRITE_BUFFER_BYTES: usize = 16 << 10;
/// Bytes that a socket may hold: those, and a frame.
const WRITE_BUFFER_BYTES_MAX: usize = 1 << 20;
/// Bytes read from a socket at once: clients say little, and all of it is cleared before every read.
const READ_BUFFER_BYTES: usize = 4 << 10;

/// What the endpoint needs.
#[derive(Clone, Debug)]
pub struct EndpointState {
    /// The way to the lap.
    pub front: Front,
    /// Where connections announce themselves to the lap.
    pub links: mpsc::Sender<LinkEvent>,
    /// Which pages may connect.
    pub origins: Arc<Origins>,
    /// The seat's cookie.
    pub cookies: Arc<Cookies>,
    /// Live connections per network.
    pub crowd: Arc<Crowd>,
}

/// `/ws`, `/session`, `/join`, `/leave`, `/claim`. It needs to know the [`Peer`] of each request.
pub fn router(state: EndpointState) -> Router {
    Router::new()
        .route("/ws", get(socket))
        .route("/join", post(join))
        .route("/session", get(session))
        .route("/leave", post(leave))
        .route("/claim", post(claim))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .with_state(state)
}

async fn socket(
    State(state): State<EndpointState>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    if !state.origins.allow(&headers) {
        return foreign();
    }
    let place = match state.crowd.enter(peer) {
        Ok(place) => place,
        Err(full) => return crowded(full),
    };
    let conn = state.crowd.next_conn();
    let cookie = state.cookies.read(&headers);
    let renewed = cookie.filter(|cookie| cookie.is_ours).map(|cookie| state.cookies.set(cookie.token));
    let mut answer = upgrade
        .max_message_size(CLIENT_FRAME_BYTES_MAX)
        .max_frame_size(CLIENT_FRAME_BYTES_MAX)
        .write_buffer_size(WRITE_BUFFER_BYTES)
        .max_write_buffer_size(WRITE_BUFFER_BYTES_MAX)
        .read_buffer_size(READ_BUFFER_BYTES)
        .on_upgrade(move |socket| async move {
            let _place = place;
            let (out, out_end) = Outbox::new();
            let (close, close_end) = oneshot::channel();
            let opened = LinkEvent::Opened(Opened { conn, peer, cookie, out, close });
            if state.links.send(opened).await.is_ok() {
                serve(socket, LinkEnds { conn, inbox: state.links, out: out_end, close: close_end }).await;
            }
        });
    if let Some(renewed) = renewed.and_then(|cookie| cookie.parse().ok()) {
        answer.headers_mut().insert(header::SET_COOKIE, renewed);
    }
    answer
}

#[derive(Deserialize)]
struct JoinForm {
    name: String,
}

#[derive(Serialize)]
struct JoinAnswer {
    name: String,
    /// Whether the browser had the seat before, whatever name was typed.
    before: bool,
}

/// Gives the browser a seat, or the one it has: its key was made before, so asking again is harmless.
async fn join(
    State(state): State<EndpointState>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    form: Result<Json<JoinForm>, JsonRejection>,
) -> Response {
    if !state.origins.allow(&headers) {
        return foreign();
    }
    let Ok(Json(form)) = form else {
        return problem(StatusCode::BAD_REQUEST, "a name is needed: {\"name\": \"Ada\"}");
    };
    let Some(key) = state.cookies.read(&headers) else { return state.keyless() };
    let joined = state.front.join(form.name, key, peer).await;
    state.answer(key, joined)
}

/// How a page looks at the session: `?opened` at its first look.
#[derive(Deserialize)]
struct Look {
    opened: Option<String>,
}

#[derive(Deserialize)]
struct ClaimForm {
    code: String,
}

/// Gives the browser the seat of a code.
async fn claim(
    State(state): State<EndpointState>,
    headers: HeaderMap,
    form: Result<Json<ClaimForm>, JsonRejection>,
) -> Response {
    if !state.origins.allow(&headers) {
        return foreign();
    }
    let Some(code) = form.ok().and_then(|Json(form)| SeatCode::from_hex(&form.code)) else {
        return problem(StatusCode::BAD_REQUEST, "this link is not whole: open it as the host gave it");
    };
    let Some(key) = state.cookies.read(&headers) else { return state.keyless() };
    let joined = state.front.claim(code, key).await;
    state.answer(key, joined)
}

/// Where the session stands; a browser that has no key gets one.
async fn session(State(state): State<EndpointState>, Query(look): Query<Look>, headers: HeaderMap) -> Response {
    let key = state.cookies.read(&headers);
    let info = match state.front.session(key, look.opened.is_some()).await {
        Ok(info) => info,
        Err(reason) => return problem(StatusCode::SERVICE_UNAVAILABLE, &reason),
    };
    let kept = key.filter(|key| key.is_ours || info.you.is_some()).map(|key| key.token);
    let answer = ([(header::CACHE_CONTROL, "no-store")], Json(info)).into_response();
    match kept {
        Some(token) => state.with_key(token, answer),
        None => state.with_fresh_key(answer),
    }
}

/// Gives the browser's seat up: its old key holds nothing any more, and it gets a new one.
async fn leave(State(state): State<EndpointState>, headers: HeaderMap) -> Response {
    if !state.origins.allow(&headers) {
        return foreign();
    }
    if let Some(key) = state.cookies.read(&headers)
        && let Err(reason) = state.front.leave(key).await
    {
        return problem(StatusCode::SERVICE_UNAVAILABLE, &reason);
    }
    state.with_fresh_key(StatusCode::NO_CONTENT.into_response())
}

impl EndpointState {
    /// Says what came of asking for a seat.
    fn answer(&self, key: Shown, joined: Result<Joined, Unjoined>) -> Response {
        match joined {
            Ok(Joined { name, before }) => {
                let status = if before { StatusCode::OK } else { StatusCode::CREATED };
                self.with_key(key.token, (status, Json(JoinAnswer { name, before })).into_response())
            }
            Err(Unjoined::Key) => self.keyless(),
            Err(Unjoined::Because(reason)) => problem(StatusCode::CONFLICT, &reason),
        }
    }

    /// A seat is made only for a browser that can come back to it. It gets a key, in case it keeps cookies.
    fn keyless(&self) -> Response {
        let reason = "this browser keeps no cookies for this page, so it could not come back to its seat: allow them and \
                      try again";
        self.with_fresh_key(problem(StatusCode::PRECONDITION_REQUIRED, reason))
    }

    fn with_fresh_key(&self, answer: Response) -> Response {
        match cookie::fresh() {
            Ok(token) => self.with_key(token, answer),
            Err(error) => problem(StatusCode::SERVICE_UNAVAILABLE, &error.to_string()),
        }
    }

    fn with_key(&self, token: SeatToken, mut answer: Response) -> Response {
        if let Ok(cookie) = self.cookies.set(token).parse() {
            answer.headers_mut().insert(header::SET_COOKIE, cookie);
        }
        answer
    }
}

fn crowded(full: Full) -> Response {
    match full {
        Full::All => problem(StatusCode::SERVICE_UNAVAILABLE, "every place is taken: try again later"),
        Full::Network => problem(
            StatusCode::TOO_MANY_REQUESTS,
            "too many connections from this address: close some, or try again later",
        ),
    }
}

fn foreign() -> Response {
    problem(StatusCode::FORBIDDEN, "this page is not one of the server's: open the join link itself")
}

fn problem(status: StatusCode, reason: &str) -> Response {
    (status, Json(serde_json::json!({ "error": reason }))).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        net::front::{FrontRequest, SessionInfo},
        vault::SealKey,
    };
    use axum::{body::Body, http::Request};
    use outcry_shared::phase::Phase;
    use tower::ServiceExt;

    /// A floor that says nothing but where the session stands.
    fn floor() -> Router {
        let (front, mut requests) = Front::new();
        tokio::spawn(async move {
            while let Some(FrontRequest::Session { reply, .. }) = requests.recv().await {
                let name = "Floor".to_owned();
                reply
                    .send(SessionInfo {
                        session: 1,
                        name,
                        question: String::new(),
                        phase: Phase::Lobby,
                        you: None,
                        open: true,
                    })
                    .unwrap();
            }
        });
        router(EndpointState {
            front,
            links: mpsc::channel(1).0,
            origins: Arc::new(Origins { allowed: Vec::new(), https: false }),
            cookies: Arc::new(Cookies::new("http://floor.test", SealKey::fresh().unwrap())),
            crowd: Arc::default(),
        })
    }

    /// What a browser is told to keep that comes with a cookie.
    async fn visit(floor: &Router, cookie: &str) -> String {
        let request = Request::get("/session").header(header::COOKIE, cookie).body(Body::empty()).unwrap();
        let answer = floor.clone().oneshot(request).await.unwrap();
        answer.headers()[header::SET_COOKIE].to_str().unwrap().to_owned()
    }

    #[tokio::test]
    async fn every_visit_renews_the_cookie_and_keeps_its_key() {
        let floor = floor();
        let first = visit(&floor, "").await;
        assert!(first.contains("; Max-Age="), "{first}");
        let (pair, _) = first.split_once(';').unwrap();
        assert_eq!(visit(&floor, pair).await, first, "the same key, for as long again");
        assert_ne!(visit(&floor, "").await, first, "another browser has another");
    }
}
