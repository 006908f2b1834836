//! The HTTP face of the session: the WebSocket, the join form's requests, the seat's cookie. It asks
//! the lap, and never looks at the world.

use super::{
    cookie,
    crowd::Crowd,
    front::Front,
    link::{LinkEnds, LinkEvent, Opened, serve},
    origins::Origins,
    outbox::Outbox,
};
use crate::{peer::Peer, places::Full};
use axum::{
    Extension, Json, Router,
    extract::{DefaultBodyLimit, State, WebSocketUpgrade, rejection::JsonRejection},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use outcry_shared::limits::CLIENT_FRAME_BYTES_MAX;
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
    /// Live connections per network.
    pub crowd: Arc<Crowd>,
}

/// `/ws`, `/join`, `/session`, `/leave`. It needs to know the [`Peer`] of each request.
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
    let cookie = cookie::read(&headers, state.origins.https);
    upgrade
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
            let cookie = cookie::set(joined.token, state.origins.https);
            ([(header::SET_COOKIE, cookie)], Json(JoinAnswer { user: joined.user.0, name: joined.name }))
                .into_response()
        }
        Err(reason) => problem(StatusCode::CONFLICT, &reason),
    }
}

async fn session(State(state): State<EndpointState>, headers: HeaderMap) -> Response {
    match state.front.session(cookie::read(&headers, state.origins.https)).await {
        Ok(info) => ([(header::CACHE_CONTROL, "no-store")], Json(info)).into_response(),
        Err(reason) => problem(StatusCode::SERVICE_UNAVAILABLE, &reason),
    }
}

async fn leave(State(state): State<EndpointState>, headers: HeaderMap) -> Response {
    if !state.origins.allow(&headers) {
        return foreign();
    }
    (StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie::clear(state.origins.https))]).into_response()
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
