//! `/where`: which process of a fleet has a room, for the proxy in front of it. It reads the copy of the table.

use super::sentence::sentence;
use crate::{
    code::Code,
    fleet::{At, Roll},
    rooms::Rooms,
};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

/// What addresses of this one begin with.
const PREFIX: &str = "/where";
/// What addresses of rooms begin with.
const ROOMS: &str = "/r/";
/// Where proxies say what they were asked for.
const ASKED_FOR: [&str; 2] = ["x-original-uri", "x-forwarded-uri"];
/// Where the answer stands.
const ROOM: &str = "x-outcry-room";

/// The rooms of this process, and all of the fleet's.
#[derive(Clone)]
pub(super) struct Places {
    pub(super) rooms: Rooms,
    pub(super) roll: Roll,
}

/// Names the process that has the room in the path, or else in what the proxy was asked for. Whatever belongs to no room is
/// anybody's.
pub(super) async fn whereabouts(State(places): State<Places>, request: Request) -> Response {
    let said = said(request.uri().path(), request.headers());
    let at = match said.as_deref().and_then(Code::meant) {
        None => At::NoRoom,
        Some(code) if places.rooms.find(&code).is_some() => At::NoRoom,
        Some(code) => places.roll.find(&code).await,
    };
    let own = places.roll.own();
    match at {
        At::NoRoom => there(own),
        // It is on its way in, or on its way out.
        At::Member(address) if address == own => nobody(),
        At::Member(address) => there(&address),
        At::Nobody => nobody(),
    }
}

/// What stands where a room's code would.
fn said(path: &str, headers: &HeaderMap) -> Option<String> {
    let in_path = path.strip_prefix(PREFIX).unwrap_or_default().trim_matches('/');
    let asked_for = ASKED_FOR.iter().filter_map(|name| headers.get(*name)?.to_str().ok()?.strip_prefix(ROOMS)).next();
    let said = Some(in_path).filter(|said| !said.is_empty()).or(asked_for)?;
    let code = said.split(['/', '?', '#']).next()?;
    Some(percent_encoding::percent_decode_str(code).decode_utf8_lossy().into_owned())
}

fn there(address: &str) -> Response {
    let Ok(address) = HeaderValue::from_str(address) else { return nobody() };
    let kept = HeaderValue::from_static("max-age=1");
    let headers = [(header::HeaderName::from_static(ROOM), address), (header::CACHE_CONTROL, kept)];
    (StatusCode::NO_CONTENT, headers).into_response()
}

fn nobody() -> Response {
    let mut response = sentence(StatusCode::SERVICE_UNAVAILABLE, "Nobody has this room at the moment.\n");
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
    response
}
