//! Answers of one sentence: refusals, probes, what is not there.

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

/// One sentence with a status; kept by nobody on the way.
pub(super) fn sentence(status: StatusCode, sentence: impl Into<String>) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], sentence.into()).into_response()
}
