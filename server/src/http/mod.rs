//! The HTTP side: the pages and the client from memory, the QR code, probes, figures and
//! exports. It reads published answers and the store, never the world.

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

pub use files::WebFiles;
pub use identity::{BadIdentity, Identity};
pub use limits::Throttle;
pub use listen::{Doors, SOCKETS_MAX, answer};

use crate::{live::Shelf, net::Grants, peer::Proxies, record::Health, rehearsals::Newest, store::Store};
use axum::{Router, handler::Handler, http::StatusCode, middleware, routing::get};
use exports::Exports;
use live::Live;
use metrics_exporter_prometheus::PrometheusHandle;
use probes::Figures;
use std::{sync::Arc, time::Duration};
use tower_http::timeout::TimeoutLayer;

/// How long a request may take, in s: headers, body and answer. Beyond it, it is answered 408.
const REQUEST_TIMEOUT_S: u64 = 10;
/// How long an export may take, in s.
const EXPORT_TIMEOUT_S: u64 = 300;

/// What the HTTP side works with.
pub struct HttpState {
    /// The web client's files.
    pub files: Arc<WebFiles>,
    /// The hosts' grants that the server has given: who shows one may export.
    pub grants: Grants,
    /// How the record stands.
    pub health: Health,
    /// Where exports are read from.
    pub store: Arc<dyn Store>,
    /// The address people join by.
    pub join_url: Arc<str>,
    /// Renders the figures, if they are collected.
    pub figures: Option<PrometheusHandle>,
    /// Limits the requests of each network.
    pub throttle: Arc<Throttle>,
    /// Proxies that are believed when they say who asks.
    pub proxies: Arc<Proxies>,
    /// The public history, for everyone.
    pub shelf: Shelf,
    /// The sheet of the newest rehearsal, for the host.
    pub rehearsed: Newest,
    /// Whether programs on this machine may read the figures without the host's right. Not where a proxy on it
    /// may speak for strangers.
    pub figures_open: bool,
}

/// Every route: those of the session (`/ws`, `/join`, …) and ours, behind the same headers and
/// limits. It needs the peer's address: serve it with [`answer`].
pub fn router(state: HttpState, session: Router) -> Router {
    let timeout = |seconds| TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, Duration::from_secs(seconds));
    let HttpState {
        files,
        grants,
        health,
        store,
        join_url,
        figures,
        throttle,
        proxies,
        shelf,
        rehearsed,
        figures_open,
    } = state;
    let who = middleware::from_fn_with_state(proxies, who::identify);
    let figures = Figures { handle: figures, grants: grants.clone(), open: figures_open };
    let security = middleware::from_fn_with_state(Arc::<str>::from(headers::policy(&join_url)), headers::secure);
    let throttle = middleware::from_fn_with_state(throttle, limits::throttle);
    let live = Live { shelf, store: Arc::clone(&store), patience: live::PATIENCE };
    let sheet = get(rehearsal::sheet).with_state(rehearsal::Sheets { grants: grants.clone(), rehearsed });
    let export = get(exports::export).with_state(Exports::new(grants, store));
    Router::new()
        .route("/qr.svg", get(qr::qr).with_state(join_url))
        .route("/healthz", get(probes::alive))
        .route("/readyz", get(probes::ready).with_state(health))
        .route("/metrics", get(probes::figures).with_state(figures))
        .route("/live", get(live::standing).with_state(live.clone()))
        .route("/live/{code}/{number}", get(live::piece).with_state(live))
        .route("/rehearsal/{file}", sheet)
        .fallback_service(files::serve.with_state(files))
        .merge(session)
        .layer(timeout(REQUEST_TIMEOUT_S))
        .merge(Router::new().route("/export/{session}/{file}", export).layer(timeout(EXPORT_TIMEOUT_S)))
        .layer(throttle)
        .layer(who)
        .layer(security)
}

/// The figures alone, for whoever reaches the address that they are served at.
pub fn figures(handle: Option<PrometheusHandle>) -> Router {
    let rendered = move || std::future::ready(probes::rendered(handle.as_ref()));
    Router::new().route("/metrics", get(rendered))
}

#[cfg(test)]
mod tests;
