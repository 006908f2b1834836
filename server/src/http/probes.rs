//! Whether the server lives and works, and its figures.

use super::{right::refusal, sentence::sentence};
use crate::{net::Grants, record::Health};
use axum::{
    extract::{ConnectInfo, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use metrics_exporter_prometheus::PrometheusHandle;
use std::net::SocketAddr;

/// The process answers.
pub(super) async fn alive() -> Response {
    sentence(StatusCode::OK, "alive\n")
}

/// Laps are run, and what they do is stored.
pub(super) async fn ready(State(health): State<Health>) -> Response {
    match health.trouble() {
        None => sentence(StatusCode::OK, "ready\n"),
        Some(_) => sentence(StatusCode::SERVICE_UNAVAILABLE, "The record cannot be written at the moment.\n"),
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
