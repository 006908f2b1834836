//! Whether the server lives and works, and its figures.

use super::{right::refusal, sentence::sentence};
use crate::{net::Grants, store::Store};
use axum::{
    extract::{ConnectInfo, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use metrics_exporter_prometheus::PrometheusHandle;
use std::{net::SocketAddr, sync::Arc, time::Duration};

/// How long the store may take to answer a probe, in ms. Beyond it the server is not ready.
const READY_TIMEOUT_MS: u64 = 2_000;

/// The process answers.
pub(super) async fn alive() -> Response {
    sentence(StatusCode::OK, "alive\n")
}

/// The session is loaded (it is before anything listens) and the store answers.
pub(super) async fn ready(State(store): State<Arc<dyn Store>>) -> Response {
    match tokio::time::timeout(Duration::from_millis(READY_TIMEOUT_MS), store.ready()).await {
        Ok(Ok(())) => sentence(StatusCode::OK, "ready\n"),
        Ok(Err(error)) => {
            tracing::warn!(%error, "not ready");
            sentence(StatusCode::SERVICE_UNAVAILABLE, "The store does not answer.\n")
        }
        Err(_) => sentence(StatusCode::SERVICE_UNAVAILABLE, "The store does not answer in time.\n"),
    }
}

/// The figures, for this machine or with the host's right.
pub(super) async fn figures(
    State((grants, figures)): State<(Grants, Option<PrometheusHandle>)>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
) -> Response {
    // A proxy on this machine speaks for others: what it passes on needs the right.
    let from_here = peer.ip().to_canonical().is_loopback() && !headers.contains_key("x-forwarded-for");
    if !from_here && let Some(refusal) = refusal(&grants, &headers) {
        return refusal;
    }
    match figures {
        Some(figures) => ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], figures.render()).into_response(),
        None => sentence(StatusCode::NOT_FOUND, "Figures are not collected.\n"),
    }
}
