//! Requests without encryption on an encrypted port: somebody has typed http://. They are sent to where the floor is,
//! and told nothing else.

use super::sentence::sentence;
use axum::{
    Router,
    extract::Request,
    http::{HeaderValue, Method, StatusCode, header},
    response::Response,
};
use std::sync::Arc;

/// Answers every request with the way to the floor's own address.
pub(super) fn router(join_url: &Arc<str>) -> Router {
    let join_url = Arc::clone(join_url);
    Router::new().fallback(move |request: Request| std::future::ready(elsewhere(&join_url, &request)))
}

fn elsewhere(join_url: &str, request: &Request) -> Response {
    let words = format!("This port speaks https: open {join_url}\n");
    let looks = matches!(*request.method(), Method::GET | Method::HEAD);
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    let location = HeaderValue::from_str(&format!("{}{path}", join_url.trim_end_matches('/')));
    match location {
        // Not for ever: a room may be without a certificate another day.
        Ok(location) if looks => {
            let mut response = sentence(StatusCode::TEMPORARY_REDIRECT, words);
            response.headers_mut().insert(header::LOCATION, location);
            response
        }
        // What was sent has been read by whoever listens: it is not to be sent again by itself.
        _ => sentence(StatusCode::BAD_REQUEST, words),
    }
}
