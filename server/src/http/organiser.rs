//! The organiser's side of a house, behind the operator's right: rooms with state, people and health; to open one, and to
//! close one. It reads the table and asks the house.

use super::{right, sentence::sentence};
use crate::{
    admin::Password,
    board::{Posted, Shown},
    bucket::Bucket,
    clock::ServerClock,
    code::Code,
    fleet::Roll,
    net::Grants,
    peer::{Network, Peer},
    rooms::{Behind, Rooms},
    store,
};
use axum::{
    Extension, Json, Router,
    extract::{DefaultBodyLimit, State, rejection::JsonRejection},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use outcry_shared::{
    config::{SessionConfig, presets},
    phase::Phase,
    secret::Secret,
};
use serde::{Deserialize, Serialize};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

/// Passwords that one network may try: a second, and at once. Beyond it they are not looked at (429).
const TRIES_PER_S: u32 = 1;
const TRIES_BURST: u32 = 5;
/// Networks remembered; when there are more, all are forgotten.
const NETWORKS_MAX: usize = 20_000;
/// Largest body, in bytes: a session's configuration.
const BODY_BYTES_MAX: usize = 64 << 10;

/// What the organiser's routes work with.
#[derive(Clone)]
struct Desk {
    rooms: Rooms,
    roll: Option<Roll>,
    grants: Grants,
    lock: Arc<Password>,
    clock: ServerClock,
    tries: Arc<Mutex<HashMap<Network, Bucket>>>,
}

/// `/rooms/login`, `/rooms/list`, `/rooms/open`, `/rooms/close`, `/rooms/again`, `/rooms/purge`.
pub(super) fn router(rooms: Rooms, roll: Option<Roll>, grants: Grants, lock: Password) -> Router {
    let desk =
        Desk { rooms, roll, grants, lock: Arc::new(lock), clock: ServerClock::monotonic(), tries: Arc::default() };
    Router::new()
        .route("/rooms/login", post(login))
        .route("/rooms/list", get(list))
        .route("/rooms/open", post(open))
        .route("/rooms/close", post(close))
        .route("/rooms/again", post(again))
        .route("/rooms/purge", post(purge))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .with_state(desk)
}

impl Desk {
    /// Whether a network may try a password now. This machine has no bound: whoever is on it reads the password's file.
    fn may_try(&self, peer: Peer) -> bool {
        let Some(network) = peer.counted() else { return true };
        let now_ms = self.clock.now_ms();
        let mut tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        if tries.len() >= NETWORKS_MAX {
            tries.clear();
        }
        tries.entry(network).or_insert_with(|| Bucket::full(TRIES_PER_S, TRIES_BURST, now_ms)).take(now_ms)
    }
}

#[derive(Deserialize)]
struct Login {
    password: String,
}

/// Gives whoever knows the password the right for a day.
async fn login(
    State(desk): State<Desk>,
    Extension(peer): Extension<Peer>,
    form: Result<Json<Login>, JsonRejection>,
) -> Response {
    let Ok(Json(Login { password })) = form else { return problem(StatusCode::BAD_REQUEST, "a password is needed") };
    if !desk.may_try(peer) {
        return problem(StatusCode::TOO_MANY_REQUESTS, "too many passwords from this address: wait a moment");
    }
    if !desk.lock.is(&Secret::new(password)) {
        return problem(
            StatusCode::FORBIDDEN,
            "wrong password: the one that the server was started with would be right",
        );
    }
    match desk.grants.give() {
        Ok(grant) => kept_by_nobody(Json(serde_json::json!({ "grant": grant.to_hex() }))),
        Err(error) => problem(StatusCode::SERVICE_UNAVAILABLE, &error.to_string()),
    }
}

/// A room as its organiser sees it.
#[derive(Serialize)]
struct Row {
    code: String,
    /// Nothing of one that cannot go on.
    #[serde(flatten)]
    open: Option<Open>,
    /// What is wrong, if something is.
    trouble: Option<String>,
}

#[derive(Serialize)]
struct Open {
    number: u32,
    name: String,
    link: String,
    phase: Phase,
    seats: usize,
    connections: usize,
    tick: u64,
    session: u64,
    /// For its host.
    password: String,
}

/// A configuration to open a room with.
#[derive(Serialize)]
struct Choice {
    id: &'static str,
    label: &'static str,
    about: &'static str,
}

/// A room that is closed.
#[derive(Serialize)]
struct Past {
    code: String,
    name: String,
}

#[derive(Serialize)]
struct List {
    rooms: Vec<Row>,
    closed: Vec<Past>,
    presets: Vec<Choice>,
}

async fn list(State(desk): State<Desk>, headers: HeaderMap) -> Response {
    if let Some(refusal) = right::refusal(&desk.grants, &headers) {
        return refusal;
    }
    let mut rooms: Vec<Row> = desk.rooms.all().into_iter().map(row).collect();
    if let Some(roll) = &desk.roll {
        let view = roll.view();
        let elsewhere = view.rooms.iter().filter(|row| desk.rooms.find(&row.code).is_none());
        rooms.extend(elsewhere.map(|row| far_row(roll, row)));
    }
    // As they were opened, and first those that need somebody.
    rooms.sort_by_key(|row| row.open.as_ref().map(|open| open.number));
    let mut closed: Vec<Past> = match desk.rooms.closed().await {
        Ok(closed) => closed.into_iter().map(|room| Past { code: room.code.to_string(), name: room.name }).collect(),
        Err(why) => return problem(StatusCode::SERVICE_UNAVAILABLE, &why),
    };
    // What has not ended yet is not past.
    closed.retain(|past| rooms.iter().all(|row| row.code != past.code));
    let presets = presets().iter().map(|it| Choice { id: it.id, label: it.label, about: it.about }).collect();
    kept_by_nobody(Json(List { rooms, closed, presets }))
}

fn row((code, behind): (Code, Behind)) -> Row {
    let code = code.to_string();
    let room = match behind {
        Behind::Room(room) => room,
        Behind::Broken(why) => return Row { code, open: None, trouble: Some(why) },
    };
    let open = Open::of(room.number, room.board.shown(), room.link.to_string(), room.password.to_string());
    Row { code, open: Some(open), trouble: room.health.trouble() }
}

/// A room that another process of the fleet has, or nobody.
fn far_row(roll: &Roll, row: &store::Row) -> Row {
    let posted = row.board.as_deref().and_then(|board| serde_json::from_str(board).ok());
    let Posted { shown, trouble } = posted.unwrap_or_default();
    let is_open = shown.is_some() || trouble.is_none();
    let open = || Open::of(row.number, shown.unwrap_or_default(), roll.link(&row.code), roll.password(&row.code));
    let trouble = match &row.holder {
        None => Some("No process has this room at the moment: one will within seconds, if there is any.".to_owned()),
        Some(_) => trouble,
    };
    Row { code: row.code.to_string(), open: is_open.then(open), trouble }
}

impl Open {
    fn of(number: u32, shown: Shown, link: String, password: String) -> Self {
        let Shown { session, name, phase, seats, connections, tick } = shown;
        Self { number, name, link, phase, seats, connections, tick, session, password }
    }
}

/// What a new room starts from: a preset, or a configuration as a host saves it.
#[derive(Deserialize)]
struct Wanted {
    preset: Option<String>,
    config: Option<String>,
}

impl Wanted {
    fn config(self) -> Result<SessionConfig, String> {
        let sentences =
            |wrong: Vec<outcry_engine::Violation>| wrong.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
        if let Some(text) = self.config {
            let config = SessionConfig::from_json(&text).map_err(sentences)?;
            let violations = config.validate();
            return if violations.is_empty() { Ok(config) } else { Err(sentences(violations)) };
        }
        let name = self.preset.unwrap_or_default();
        let preset = presets().into_iter().find(|preset| preset.id == name);
        preset.map(|preset| preset.config).ok_or_else(|| format!("there is no preset \"{name}\""))
    }
}

async fn open(State(desk): State<Desk>, headers: HeaderMap, form: Result<Json<Wanted>, JsonRejection>) -> Response {
    if let Some(refusal) = right::refusal(&desk.grants, &headers) {
        return refusal;
    }
    let Ok(Json(wanted)) = form else {
        return problem(StatusCode::BAD_REQUEST, "a preset or a configuration is needed: {\"preset\": \"party\"}");
    };
    let config = match wanted.config() {
        Ok(config) => config,
        Err(why) => return problem(StatusCode::BAD_REQUEST, &why),
    };
    match desk.rooms.open(config).await {
        Ok(code) => kept_by_nobody((StatusCode::CREATED, Json(serde_json::json!({ "code": code.as_str() })))),
        Err(why) => problem(StatusCode::SERVICE_UNAVAILABLE, &why),
    }
}

#[derive(Deserialize)]
struct Which {
    code: String,
}

type Named = Result<Json<Which>, JsonRejection>;

async fn close(State(desk): State<Desk>, headers: HeaderMap, form: Named) -> Response {
    with_room(&desk, &headers, form, "closed\n", async |rooms, code| rooms.close(code).await).await
}

/// Another try with a room that cannot go on, or a closed one open again.
async fn again(State(desk): State<Desk>, headers: HeaderMap, form: Named) -> Response {
    with_room(&desk, &headers, form, "open\n", async |rooms, code| rooms.again(code).await).await
}

/// Deletes a closed room with all that was recorded in it.
async fn purge(State(desk): State<Desk>, headers: HeaderMap, form: Named) -> Response {
    with_room(&desk, &headers, form, "deleted\n", async |rooms, code| rooms.purge(code).await).await
}

/// Lets the house do something with the room that was named, and says so in a word.
async fn with_room(
    desk: &Desk,
    headers: &HeaderMap,
    form: Named,
    word: &'static str,
    act: impl AsyncFnOnce(&Rooms, Code) -> Result<(), String>,
) -> Response {
    if let Some(refusal) = right::refusal(&desk.grants, headers) {
        return refusal;
    }
    let Some(code) = form.ok().and_then(|Json(Which { code })| Code::meant(&code)) else {
        return problem(StatusCode::BAD_REQUEST, "the code of a room is needed");
    };
    match act(&desk.rooms, code).await {
        Ok(()) => sentence(StatusCode::OK, word),
        Err(why) => problem(StatusCode::CONFLICT, &why),
    }
}

fn kept_by_nobody(answer: impl IntoResponse) -> Response {
    ([(header::CACHE_CONTROL, "no-store")], answer).into_response()
}

fn problem(status: StatusCode, reason: &str) -> Response {
    kept_by_nobody((status, Json(serde_json::json!({ "error": reason }))))
}
