//! Headers of every answer: what a page of ours may do, and what others may do with it.

use axum::{
    extract::{Request, State},
    http::{HeaderValue, header},
    middleware::Next,
    response::Response,
};
use std::sync::Arc;

/// Everything but the content policy, which names the server's own address.
const HEADERS: [(header::HeaderName, &str); 6] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (header::HeaderName::from_static("cross-origin-embedder-policy"), "require-corp"),
    (header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        header::HeaderName::from_static("permissions-policy"),
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
];

/// The content policy: nothing but our own files, the client's WASM, and our own socket.
/// The socket is named as well, for browsers to which `'self'` does not mean it.
pub(super) fn policy(join_url: &str) -> String {
    let socket = join_url
        .strip_prefix("https://")
        .map(|rest| format!("wss://{rest}"))
        .or_else(|| join_url.strip_prefix("http://").map(|rest| format!("ws://{rest}")));
    let socket = socket.map(|url| host_only(&url)).unwrap_or_default();
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; \
         font-src 'self'; media-src 'self' data: blob:; connect-src 'self'{socket}; worker-src 'self'; \
         manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
}

/// " scheme://host:port" without a path; nothing if it could end the directive.
fn host_only(url: &str) -> String {
    let end = url.find("://").map_or(0, |at| at + 3);
    let host = url[end..].split('/').next().unwrap_or_default();
    let clean = host.chars().all(|c| c.is_ascii_alphanumeric() || ".-:[]".contains(c));
    if clean && !host.is_empty() { format!(" {}{host}", &url[..end]) } else { String::new() }
}

/// Adds the headers to an answer.
pub(super) async fn secure(State(policy): State<Arc<str>>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}
