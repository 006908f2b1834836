//! The host's right, as a request shows it.

use super::sentence::sentence;
use crate::net::Grants;
use axum::{
    http::{HeaderMap, StatusCode, header},
    response::Response,
};
use outcry_shared::secret::HostGrant;

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
