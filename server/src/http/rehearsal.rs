//! The sheet of the newest rehearsal, whole, behind the host's right: as JSON, and as a page to be kept.

use super::{right::refusal, sentence::sentence};
use crate::{net::Grants, rehearsals::Newest};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use outcry_lab::rehearsal::page;

/// Characters of the hash in a file's name: enough to tell sheets apart.
const HASH_CHARS: usize = 8;

/// Whose right is asked for, and the sheet.
#[derive(Clone)]
pub(super) struct Sheets {
    pub(super) grants: Grants,
    pub(super) rehearsed: Newest,
}

/// `/rehearsal/sheet.json` and `/rehearsal/sheet.html`.
pub(super) async fn sheet(State(sheets): State<Sheets>, Path(file): Path<String>, headers: HeaderMap) -> Response {
    if let Some(refusal) = refusal(&sheets.grants, &headers) {
        return refusal;
    }
    let newest = sheets.rehearsed.borrow().clone();
    let Some(sheet) = newest.as_ref().map(|rehearsed| &rehearsed.sheet) else {
        return sentence(StatusCode::NOT_FOUND, "Nothing has been rehearsed since the server was started.\n");
    };
    let (kind, media_type, text) = match file.as_str() {
        "sheet.json" => ("json", "application/json", serde_json::to_string_pretty(sheet).unwrap_or_default()),
        "sheet.html" => ("html", "text/html; charset=utf-8", page(sheet)),
        _ => return sentence(StatusCode::NOT_FOUND, "A sheet is sheet.json or sheet.html.\n"),
    };
    let hash: String = sheet.hash.chars().take(HASH_CHARS).collect();
    let headers = [
        (header::CONTENT_TYPE, media_type.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"outcry-rehearsal-{hash}.{kind}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, text).into_response()
}
