//! The corridor of a house: whatever is asked for under `/r/CODE` goes to that room, as if the room were all there is. It
//! changes nothing.

use super::{
    files::{self, WebFiles},
    sentence::sentence,
};
use crate::{
    code::Code,
    fleet::{At, Roll},
    rooms::{Behind, Rooms},
};
use axum::{
    Json,
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, Uri, header, uri::PathAndQuery},
    response::{IntoResponse, Response},
};
use std::sync::Arc;
use tower::ServiceExt;

/// What addresses of rooms begin with.
const PREFIX: &str = "/r/";
/// The page that asks for a code.
const DOOR: &str = "/code.html";
/// The organiser's address, and the page there.
const ORGANISER: (&str, &str) = ("/rooms", "/rooms.html");

/// The rooms, and the pages that are the same for all.
#[derive(Clone)]
pub(super) struct Corridor {
    pub(super) rooms: Rooms,
    /// The rooms of all processes, in a fleet.
    pub(super) roll: Option<Roll>,
    pub(super) files: Arc<WebFiles>,
}

/// Goes to the room that the address names; else to the pages.
pub(super) async fn enter(State(corridor): State<Corridor>, mut request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let Some(address) = path.strip_prefix(PREFIX) else { return corridor.page(&path, request).await };
    let (said, rest) = address.split_once('/').unwrap_or((address, ""));
    let Some(code) = Code::meant(&plain(said)) else { return corridor.nowhere(said, rest, request).await };
    match corridor.rooms.find(&code) {
        None => corridor.not_here(&code, said, rest, request).await,
        Some(_) if said != code.as_str() => elsewhere(&format!("{PREFIX}{code}/{rest}"), request.uri()),
        Some(Behind::Broken(_)) => refusal(
            StatusCode::SERVICE_UNAVAILABLE,
            "This room cannot go on at the moment: whoever organises it sees why.",
        ),
        Some(Behind::Room(room)) => {
            *request.uri_mut() = within(request.uri(), &format!("/{rest}"));
            // What is the same for all is found here as well: not every program knows where the house begins.
            if rest.is_empty() || corridor.files.holds(rest) {
                corridor.file(request).await
            } else {
                room.router.oneshot(request).await.into_response()
            }
        }
    }
}

impl Corridor {
    /// A page that is no room's: at `/` the only room, or the door.
    async fn page(&self, path: &str, mut request: Request) -> Response {
        if path == "/" {
            if let Some(code) = self.only() {
                return elsewhere(&format!("{PREFIX}{code}"), request.uri());
            }
            *request.uri_mut() = within(request.uri(), DOOR);
        } else if path.trim_end_matches('/') == ORGANISER.0 {
            *request.uri_mut() = within(request.uri(), ORGANISER.1);
        }
        self.file(request).await
    }

    /// A room that this process does not have. Whose the pages are is no matter; for the rest somebody has asked the wrong
    /// process, or comes too early.
    async fn not_here(&self, code: &Code, said: &str, rest: &str, mut request: Request) -> Response {
        let is_known = match &self.roll {
            Some(roll) => roll.find(code).await != At::NoRoom,
            None => false,
        };
        if !is_known {
            return self.nowhere(said, rest, request).await;
        }
        if said != code.as_str() {
            return elsewhere(&format!("{PREFIX}{code}/{rest}"), request.uri());
        }
        if rest.is_empty() || self.files.holds(rest) {
            *request.uri_mut() = within(request.uri(), &format!("/{rest}"));
            return self.file(request).await;
        }
        let mut refusal =
            refusal(StatusCode::MISDIRECTED_REQUEST, "This room is moving to another process: try again in a moment.");
        refusal.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        refusal
    }

    /// The only room, if there is one and no other.
    fn only(&self) -> Option<Code> {
        let Some(roll) = &self.roll else { return self.rooms.only() };
        let view = roll.view();
        view.rooms.first().filter(|_| view.rooms.len() == 1).map(|room| room.code.clone())
    }

    /// There is no such room: a person is asked for another code, a program is told.
    async fn nowhere(&self, said: &str, rest: &str, mut request: Request) -> Response {
        if rest.is_empty() && matches!(*request.method(), Method::GET | Method::HEAD) {
            *request.uri_mut() = within(request.uri(), DOOR);
            let mut door = self.file(request).await;
            if door.status().is_success() || door.status() == StatusCode::NOT_MODIFIED {
                // Under this address there may be a room another day.
                door.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
                door.headers_mut().remove(header::ETAG);
                *door.status_mut() = StatusCode::NOT_FOUND;
            }
            return door;
        }
        let said: String = plain(said).chars().filter(|letter| letter.is_alphanumeric()).take(12).collect();
        refusal(StatusCode::NOT_FOUND, &format!("There is no room {said}: check the code with whoever gave it to you."))
    }

    async fn file(&self, request: Request) -> Response {
        let (parts, _) = request.into_parts();
        files::serve(State(Arc::clone(&self.files)), parts.method, parts.uri, parts.headers).await
    }
}

/// What somebody has typed, without the signs of an address.
fn plain(said: &str) -> String {
    percent_encoding::percent_decode_str(said).decode_utf8_lossy().into_owned()
}

/// The same address with another path.
fn within(uri: &Uri, path: &str) -> Uri {
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = format!("{path}{query}").parse::<PathAndQuery>().ok();
    Uri::from_parts(parts).unwrap_or_default()
}

/// Sends the asker on; not for ever, since another day there may be other rooms.
fn elsewhere(path: &str, uri: &Uri) -> Response {
    let path = path.trim_end_matches('/');
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    match HeaderValue::from_str(&format!("{path}{query}")) {
        Ok(location) => {
            let mut response = sentence(StatusCode::TEMPORARY_REDIRECT, "This room is elsewhere.\n");
            response.headers_mut().insert(header::LOCATION, location);
            response
        }
        Err(_) => sentence(StatusCode::BAD_REQUEST, "This address cannot be read.\n"),
    }
}

/// For the page, which shows the sentence.
fn refusal(status: StatusCode, reason: &str) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], Json(serde_json::json!({ "error": reason }))).into_response()
}
