//! Whether the server lives and works, and its figures.

use super::{right::refusal, sentence::sentence};
use crate::{
    fleet::Roll,
    net::Grants,
    peer::Peer,
    record::Health,
    rooms::{Behind, Rooms},
};
use axum::{
    Extension,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use metrics_exporter_prometheus::PrometheusHandle;

/// `/healthz`: the process answers, whatever its laps do.
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

/// The rooms of a house, and of its fleet.
#[derive(Clone)]
pub(super) struct Readiness {
    pub(super) rooms: Rooms,
    pub(super) roll: Option<Roll>,
}

/// The same of every room of a house. Which one is not is the organiser's to know. A process of a fleet speaks of itself: one
/// room that cannot go on is no reason to send nobody to any process any more.
pub(super) async fn all_ready(State(Readiness { rooms, roll }): State<Readiness>) -> Response {
    if let Some(roll) = roll {
        return ready_in_fleet(&roll);
    }
    let all = rooms.all();
    let is_ready = |behind: &Behind| matches!(behind, Behind::Room(room) if room.health.trouble().is_none());
    let (count, ready) = (all.len(), all.iter().filter(|(_, behind)| is_ready(behind)).count());
    if ready == count {
        return sentence(StatusCode::OK, "ready\n");
    }
    sentence(StatusCode::SERVICE_UNAVAILABLE, format!("{} of {count} rooms are not ready.\n", count - ready))
}

fn ready_in_fleet(roll: &Roll) -> Response {
    let view = roll.view();
    let served = view.rooms.iter().filter(|room| room.holder.is_some()).count();
    let rooms = format!("{served} of {} rooms are served by {} processes", view.rooms.len(), view.members.len());
    match roll.trouble() {
        None => sentence(StatusCode::OK, format!("ready: {rooms}\n")),
        Some(trouble) => sentence(StatusCode::SERVICE_UNAVAILABLE, format!("{trouble}\n")),
    }
}

/// The figures, and who may read them.
#[derive(Clone)]
pub(super) struct Figures {
    /// None where they are not collected.
    pub(super) handle: Option<PrometheusHandle>,
    pub(super) grants: Grants,
    /// Whether programs on this machine may, too.
    pub(super) open: bool,
}

/// `/metrics`: the figures, with the host's right, or for this machine where no proxy on it can be mistaken for it.
pub(super) async fn figures(
    State(figures): State<Figures>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
) -> Response {
    let open = figures.open && peer.is_here();
    match refusal(&figures.grants, &headers).filter(|_| !open) {
        Some(refusal) => refusal,
        None => rendered(figures.handle.as_ref()),
    }
}

/// The figures as Prometheus reads them.
pub(super) fn rendered(figures: Option<&PrometheusHandle>) -> Response {
    match figures {
        Some(figures) => ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], figures.render()).into_response(),
        None => sentence(StatusCode::NOT_FOUND, "Figures are not collected.\n"),
    }
}
