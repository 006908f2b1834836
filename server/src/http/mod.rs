//! The HTTP side: the pages and the client from memory, the QR code, probes, figures and
//! exports; of a house with several rooms the door. It reads published answers and the store, never the world.

mod sentence;
mod right;
mod headers;
mod who;
mod limits;
mod paced;
mod identity;
mod plain;
mod listen;
mod inside;
mod tags;
mod files;
mod qr;
mod probes;
mod exports;
mod rehearsal;
mod live;
mod whereabouts;
mod corridor;
mod organiser;

pub use exports::Turns;
pub use files::WebFiles;
pub use identity::{BadIdentity, Identity};
pub use limits::Throttle;
pub use listen::{Doors, Sockets, answer};

use crate::{
    admin::Password, fleet::Roll, live::Shelf, net::Grants, peer::Proxies, record::Health, rehearsals::Newest,
    rooms::Rooms, store::Store,
};
use axum::{Router, handler::Handler, http::StatusCode, middleware, routing::get};
use corridor::Corridor;
use exports::Exports;
use live::Live;
use metrics_exporter_prometheus::PrometheusHandle;
use probes::{Figures, Readiness};
use std::{sync::Arc, time::Duration};
use tower_http::timeout::TimeoutLayer;

/// How long a request may take, in s: headers, body and answer. Beyond it, it is answered 408.
const REQUEST_TIMEOUT_S: u64 = 10;
/// How long an export may take, in s.
const EXPORT_TIMEOUT_S: u64 = 300;

/// What the routes of a room work with.
pub struct RoomState {
    /// The hosts' grants that the server has given: who shows one may export.
    pub grants: Grants,
    /// Where exports are read from.
    pub store: Arc<dyn Store>,
    /// The address people join by.
    pub join_url: Arc<str>,
    /// The public history, for everyone.
    pub shelf: Shelf,
    /// The turns that exports take.
    pub turns: Turns,
    /// The sheet of the newest rehearsal, for the host.
    pub rehearsed: Newest,
}

/// What the rest of a server's routes work with.
pub struct HttpState {
    /// The web client's files.
    pub files: Arc<WebFiles>,
    /// Whoever shows one of these may read the figures.
    pub grants: Grants,
    /// How the record stands.
    pub health: Health,
    /// The address of the server's pages.
    pub join_url: Arc<str>,
    /// Renders the figures, if they are collected.
    pub figures: Option<PrometheusHandle>,
    /// Limits the requests of each network.
    pub throttle: Arc<Throttle>,
    /// Proxies that are believed when they say who asks.
    pub proxies: Arc<Proxies>,
    /// Whether programs on this machine may read the figures without the host's right. Not where a proxy on it
    /// may speak for strangers.
    pub figures_open: bool,
}

/// Every route of a room: those of the session (`/ws`, `/join`, …) and ours. Each takes its time at most.
pub fn room(state: RoomState, session: Router) -> Router {
    let RoomState { grants, store, join_url, shelf, turns, rehearsed } = state;
    let live = Live { shelf, store: Arc::clone(&store), patience: live::PATIENCE, join_url: Arc::clone(&join_url) };
    let sheet = get(rehearsal::sheet).with_state(rehearsal::Sheets { grants: grants.clone(), rehearsed });
    let export = get(exports::export).with_state(Exports { grants, store, turns });
    Router::new()
        .route("/qr.svg", get(qr::qr).with_state(join_url))
        .route("/live", get(live::standing).with_state(live.clone()))
        .route("/live/{code}/{number}", get(live::piece).with_state(live))
        .route("/rehearsal/{file}", sheet)
        .merge(session)
        .layer(timeout(REQUEST_TIMEOUT_S))
        .merge(Router::new().route("/export/{session}/{file}", export).layer(timeout(EXPORT_TIMEOUT_S)))
}

/// Every route of a server with one room, behind the same headers and limits. It needs the peer's address: serve it with
/// [`answer`].
pub fn router(state: HttpState, room: Router) -> Router {
    let HttpState { files, grants, health, join_url, figures, throttle, proxies, figures_open } = state;
    let figures = Figures { handle: figures, grants, open: figures_open };
    let routes = Router::new()
        .route("/healthz", get(probes::alive))
        .route("/readyz", get(probes::ready).with_state(health))
        .route("/metrics", get(probes::figures).with_state(figures))
        .fallback_service(files::serve.with_state(files))
        .layer(timeout(REQUEST_TIMEOUT_S))
        .merge(room);
    guarded(routes, &join_url, throttle, proxies)
}

/// The same for a house with several rooms: each under `/r/CODE`, and at `/` whoever looks for one. `state.health` is of
/// no use there: every room has its own. In a fleet, whose rooms are on the roll, also `/where`, which proxies ask.
pub fn house(state: HttpState, rooms: Rooms, roll: Option<Roll>, password: Password) -> Router {
    let HttpState { files, grants, join_url, figures, throttle, proxies, figures_open, .. } = state;
    let figures = Figures { handle: figures, grants: grants.clone(), open: figures_open };
    let routes = Router::new()
        .route("/healthz", get(probes::alive))
        .route("/readyz", get(probes::all_ready).with_state(Readiness { rooms: rooms.clone(), roll: roll.clone() }))
        .route("/metrics", get(probes::figures).with_state(figures))
        .merge(organiser::router(rooms.clone(), roll.clone(), grants, password))
        .layer(timeout(REQUEST_TIMEOUT_S))
        // Whatever is behind it minds its own time.
        .fallback_service(corridor::enter.with_state(Corridor { rooms: rooms.clone(), roll: roll.clone(), files }));
    let routes = guarded(routes, &join_url, throttle, proxies);
    let Some(roll) = roll else { return routes };
    // A proxy asks for everybody: there is no limit by address.
    let find =
        || get(whereabouts::whereabouts).with_state(whereabouts::Places { rooms: rooms.clone(), roll: roll.clone() });
    routes.route("/where", find()).route("/where/{*code}", find()).route("/where/", find())
}

fn timeout(seconds: u64) -> TimeoutLayer {
    TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, Duration::from_secs(seconds))
}

/// Routes behind what every request passes: who asks, how often, and what a page may do with the answer.
fn guarded(routes: Router, join_url: &str, throttle: Arc<Throttle>, proxies: Arc<Proxies>) -> Router {
    routes
        .layer(middleware::from_fn_with_state(throttle, limits::throttle))
        .layer(middleware::from_fn_with_state(proxies, who::identify))
        .layer(middleware::from_fn_with_state(Arc::<str>::from(headers::policy(join_url)), headers::secure))
}

/// The figures alone, for whoever reaches the address that they are served at.
pub fn figures(handle: Option<PrometheusHandle>) -> Router {
    let rendered = move || std::future::ready(probes::rendered(handle.as_ref()));
    Router::new().route("/metrics", get(rendered))
}

#[cfg(test)]
mod tests;
