//! Exports, behind the host's right.

use super::{right::refusal, sentence::sentence};
use crate::{
    export::{Export, ExportError, make},
    net::Grants,
    store::{SessionId, Store, StoreError},
};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use std::sync::Arc;

/// What stands for the session that is being served in an address.
const CURRENT: &str = "current";

/// `/export/{session}/{file}`.
pub(super) async fn export(
    State((grants, store)): State<(Grants, Arc<dyn Store>)>,
    Path((session, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    if let Some(refusal) = refusal(&grants, &headers) {
        return refusal;
    }
    let Some(export) = Export::from_file_name(&file) else {
        return sentence(StatusCode::NOT_FOUND, "There is no such export.\n");
    };
    let id = if session == CURRENT { store.served() } else { session.parse().ok().map(SessionId) };
    let Some(id) = id else {
        return sentence(StatusCode::NOT_FOUND, "There is no such session.\n");
    };
    match make(&*store, id, export).await {
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
