//! The HTTP side: the pages and the client from memory, the QR code, probes, figures and
//! exports. It reads published answers and the store, never the world.

mod exports;
mod files;
mod headers;
mod limits;
mod listen;
mod probes;
mod qr;

pub use files::WebFiles;
pub use limits::Throttle;
pub use listen::answer;

use crate::{net::Grants, store::Store};
use axum::{
    Router,
    http::{StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
    routing::get,
};
use metrics_exporter_prometheus::PrometheusHandle;
use std::{sync::Arc, time::Duration};
use tower_http::timeout::TimeoutLayer;

/// How long a request may take, in s: headers, body and answer. Beyond it, it is answered 408.
const REQUEST_TIMEOUT_S: u64 = 20;
/// How long an export may take, in s.
const EXPORT_TIMEOUT_S: u64 = 300;

/// What the HTTP side works with.
#[derive(Clone)]
pub struct HttpState {
    /// The web client's files.
    pub files: Arc<WebFiles>,
    /// Who may export.
    pub grants: Grants,
    /// The record.
    pub store: Arc<dyn Store>,
    /// The address people join by.
    pub join_url: Arc<str>,
    /// Renders the figures, if they are collected.
    pub figures: Option<PrometheusHandle>,
    /// Requests per address.
    pub throttle: Arc<Throttle>,
}

/// Every route: those of the session (`/ws`, `/join`, …) and ours, behind the same headers and
/// limits. It needs the peer's address: serve it with [`answer`].
pub fn router(state: HttpState, session: Router) -> Router {
    let timeout = |seconds| TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, Duration::from_secs(seconds));
    let exports =
        Router::new().route("/export/{session}/{file}", get(exports::export)).layer(timeout(EXPORT_TIMEOUT_S));
    let throttle = middleware::from_fn_with_state(Arc::clone(&state.throttle), limits::throttle);
    let security = middleware::from_fn_with_state(Arc::<str>::from(headers::policy(&state.join_url)), headers::secure);
    Router::new()
        .route("/qr.svg", get(qr::qr))
        .route("/healthz", get(probes::alive))
        .route("/readyz", get(probes::ready))
        .route("/metrics", get(probes::figures))
        .fallback(files::serve)
        .with_state(state.clone())
        .merge(session)
        .layer(timeout(REQUEST_TIMEOUT_S))
        .merge(exports.with_state(state))
        .layer(throttle)
        .layer(security)
}

/// One sentence with a status.
fn sentence(status: StatusCode, sentence: impl Into<String>) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], sentence.into()).into_response()
}

#[cfg(test)]
mod tests;
