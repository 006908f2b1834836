//! Exports, behind the host's right: few at once, since each is made and kept in memory until it is read.

use super::{right::refusal, sentence::sentence};
use crate::{
    export::{Export, ExportError, make},
    net::Grants,
    store::{SessionId, Store, StoreError},
};
use axum::{
    body::{Body, Bytes, HttpBody},
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use hyper::body::{Frame, SizeHint};
use std::{
    convert::Infallible,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// What stands for the session that is being served in an address.
const CURRENT: &str = "current";
/// Exports that are made or being read; further ones wait.
const AT_ONCE: usize = 2;
/// Exports that wait for those; beyond it they are refused (503).
const WAITING_MAX: usize = 16;
/// Bytes of an export that are handed to a socket at once.
const CHUNK_BYTES: usize = 64 << 10;

/// The turns that exports take, those of all rooms. Clones are the same turns.
#[derive(Clone, Debug)]
pub struct Turns {
    turns: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
}

impl Default for Turns {
    fn default() -> Self {
        let places = |count| Arc::new(Semaphore::new(count));
        Self { turns: places(AT_ONCE), waiting: places(WAITING_MAX) }
    }
}

impl Turns {
    /// Waits for a turn; none when too many wait.
    async fn turn(&self) -> Option<OwnedSemaphorePermit> {
        let _place = self.waiting.try_acquire().ok()?;
        Arc::clone(&self.turns).acquire_owned().await.ok()
    }
}

/// What exports are made of, and the turns that they take.
#[derive(Clone)]
pub(super) struct Exports {
    pub(super) grants: Grants,
    pub(super) store: Arc<dyn Store>,
    pub(super) turns: Turns,
}

impl Exports {
    /// The session of this name, if it is one that may be known here: a room exports no other room's.
    async fn session(&self, name: &str) -> Result<Option<SessionId>, StoreError> {
        if name == CURRENT {
            return Ok(self.store.served());
        }
        let Some(id) = name.parse().ok().map(SessionId) else { return Ok(None) };
        Ok(self.store.sessions().await?.iter().any(|session| session.id == id).then_some(id))
    }
}

/// `/export/{session}/{file}`.
pub(super) async fn export(
    State(exports): State<Exports>,
    Path((session, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    if let Some(refusal) = refusal(&exports.grants, &headers) {
        return refusal;
    }
    let Some(export) = Export::from_file_name(&file) else {
        return sentence(StatusCode::NOT_FOUND, "There is no such export.\n");
    };
    let Some(turn) = exports.turns.turn().await else {
        return sentence(StatusCode::SERVICE_UNAVAILABLE, "Other exports are being made: try again in a minute.\n");
    };
    let made = async {
        let Some(id) = exports.session(&session).await? else { return Ok(None) };
        make(&*exports.store, id, export).await.map(|bytes| Some((id, bytes)))
    };
    match made.await {
        Ok(Some((id, bytes))) => attachment(id, export, Held { bytes: bytes.into(), _turn: turn }),
        Ok(None) | Err(ExportError::Store(StoreError::UnknownSession(_))) => {
            sentence(StatusCode::NOT_FOUND, "There is no such session.\n")
        }
        Err(ExportError::None(_)) => sentence(StatusCode::NOT_FOUND, "This session was started without a rehearsal.\n"),
        Err(error) => {
            tracing::warn!(%error, "an export failed");
            sentence(StatusCode::INTERNAL_SERVER_ERROR, "The export could not be made: try again.\n")
        }
    }
}

/// A file with a name that the server has made.
fn attachment(session: SessionId, export: Export, held: Held) -> Response {
    let disposition = format!("attachment; filename=\"outcry-{session}-{}\"", export.file_name());
    let headers = [
        (header::CONTENT_TYPE, export.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, Body::new(held)).into_response()
}

/// An export on its way, which gives its turn back when it has been read, or is given up.
struct Held {
    bytes: Bytes,
    _turn: OwnedSemaphorePermit,
}

impl HttpBody for Held {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let length = self.bytes.len().min(CHUNK_BYTES);
        Poll::Ready((length > 0).then(|| Ok(Frame::data(self.bytes.split_to(length)))))
    }

    fn is_end_stream(&self) -> bool {
        self.bytes.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.bytes.len() as u64)
    }
}
