//! The public history over HTTP: pieces that never change and that any cache may keep and multiply, and where they stand.
//! It reads the shelf and the store.

use super::{
    sentence::sentence,
    tags::{FOREVER, is_known, tag},
};
use crate::{
    live::{Found, Shelf},
    store::Store,
};
use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use std::{sync::Arc, time::Duration};

/// How long a server waits for the next piece. Beyond it there is a short answer, and the asker asks again.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);
/// For what is so now: caches ask for it once a second, however many ask them.
const BRIEF: &str = "public, max-age=1";

/// What pieces are given out from.
#[derive(Clone)]
pub(super) struct Live {
    pub(super) shelf: Shelf,
    pub(super) store: Arc<dyn Store>,
    /// How long the next piece is waited for.
    pub(super) patience: Duration,
    /// The address people join by.
    pub(super) join_url: Arc<str>,
}

/// Where the pieces stand, for whoever begins to follow.
#[derive(Serialize)]
struct Standing<'a> {
    session: u64,
    code: String,
    keyframe: u64,
    edge: u64,
    join: &'a str,
}

/// `/live`: under which code the pieces are found, the newest keyframe and the newest piece.
pub(super) async fn standing(State(live): State<Live>) -> Response {
    let crate::live::Standing { session, code, edge, keyframe } = live.shelf.standing();
    if keyframe == 0 {
        return briefly(sentence(
            StatusCode::SERVICE_UNAVAILABLE,
            "Nothing has been told yet: try again in a second.\n",
        ));
    }
    briefly(Json(Standing { session, code, keyframe, edge, join: &live.join_url }).into_response())
}

/// `/live/{code}/{number}`: a piece, for ever; the next one as soon as it is there.
pub(super) async fn piece(
    State(live): State<Live>,
    Path((code, number)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    // Written otherwise, the same number would be another address to every cache.
    let number = number.parse().ok().filter(|parsed: &u64| parsed.to_string() == number);
    let found = live.shelf.find(&*live.store, &code, number.unwrap_or_default(), live.patience).await;
    let content = match found {
        Ok(Found::Piece(content)) => content,
        Ok(Found::NotYet) => return briefly(StatusCode::NO_CONTENT.into_response()),
        Ok(Found::Nothing) => return briefly(sentence(StatusCode::NOT_FOUND, "There is no such piece.\n")),
        Err(error) => {
            tracing::warn!(%error, "a piece could not be read");
            return sentence(StatusCode::SERVICE_UNAVAILABLE, "The record cannot be read at the moment: try again.\n");
        }
    };
    let tag = tag(&content);
    let common = [(header::CACHE_CONTROL, FOREVER), (header::ETAG, tag.as_str()), (header::ACCEPT_RANGES, "none")];
    if is_known(&headers, &tag) {
        return (StatusCode::NOT_MODIFIED, common).into_response();
    }
    (common, [(header::CONTENT_TYPE, "application/octet-stream")], content).into_response()
}

/// An answer that will be another in a moment.
fn briefly(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(BRIEF));
    response
}

#[cfg(test)]
mod tests;
