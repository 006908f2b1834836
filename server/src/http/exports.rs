//! Exports, behind the host's right.

use super::{HttpState, sentence};
use crate::{
    export::{Export, ExportError, make},
    net::Grants,
    store::{SessionId, StoreError},
};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use outcry_shared::secret::HostGrant;

/// What stands for the session that is being served in an address.
const CURRENT: &str = "current";

/// The refusal of a request without the host's right.
pub(super) fn refusal(grants: &Grants, headers: &HeaderMap) -> Option<Response> {
    let sent = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let Some(token) = sent.and_then(|value| value.strip_prefix("Bearer ")) else {
        let mut refusal = sentence(StatusCode::UNAUTHORIZED, "This needs the host's right: log in as host first.\n");
        refusal.headers_mut().insert(header::WWW_AUTHENTICATE, header::HeaderValue::from_static("Bearer"));
        return Some(refusal);
    };
    let held = HostGrant::from_hex(token).is_some_and(|grant| grants.holds(grant));
    let wrong = || sentence(StatusCode::FORBIDDEN, "This is not the host's right, or it has ended: log in again.\n");
    (!held).then(wrong)
}

/// `/export/{session}/{file}`.
pub(super) async fn export(
    State(state): State<HttpState>,
    Path((session, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    if let Some(refusal) = refusal(&state.grants, &headers) {
        return refusal;
    }
    let Some(export) = Export::from_file_name(&file) else {
        return sentence(StatusCode::NOT_FOUND, "There is no such export.\n");
    };
    let id = if session == CURRENT { state.store.served() } else { session.parse().ok().map(SessionId) };
    let Some(id) = id else {
        return sentence(StatusCode::NOT_FOUND, "There is no such session.\n");
    };
    match make(&*state.store, id, export).await {
        Ok(bytes) => attachment(id, export, bytes),
        Err(ExportError::Store(StoreError::UnknownSession(_))) => {
            sentence(StatusCode::NOT_FOUND, "There is no such session.\n")
        }
        Err(error) => {
            tracing::warn!(%error, "an export failed");
            sentence(StatusCode::INTERNAL_SERVER_ERROR, "The export could not be made: try again.\n")
        }
    }
}

/// A file with a name that the server has made.
fn attachment(session: SessionId, export: Export, bytes: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename=\"outcry-{session}-{}\"", export.file_name());
    let headers = [
        (header::CONTENT_TYPE, export.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, bytes).into_response()
}
