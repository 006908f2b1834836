//! A sidecar written from Agones' documentation of its REST interface, for tests: it says yes, unless it is told to say
//! something else.

use axum::{
    Json, Router,
    body::Bytes,
    extract::State,
    http::{Method, StatusCode, Uri},
    response::{IntoResponse, Response},
    routing::{post, put},
};
use serde_json::json;
use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{Arc, Mutex},
};
use tokio::{net::TcpListener, sync::mpsc, task::JoinHandle};

type Wrong = Arc<Mutex<BTreeMap<&'static str, (u16, &'static str)>>>;

#[derive(Clone)]
struct Inside {
    wrong: Wrong,
    tell: mpsc::UnboundedSender<String>,
}

/// It ends when dropped.
pub(super) struct Stub {
    address: SocketAddr,
    wrong: Wrong,
    heard: mpsc::UnboundedReceiver<String>,
    serving: JoinHandle<()>,
}

impl Stub {
    /// A status of whoever does not answer at all.
    pub(super) const NEVER: u16 = 0;

    /// One that answers these paths with a status and words of the test's.
    pub(super) async fn start(wrong: &[(&'static str, u16, &'static str)]) -> Self {
        let wrong: Wrong =
            Arc::new(Mutex::new(wrong.iter().map(|(path, status, body)| (*path, (*status, *body))).collect()));
        let (tell, heard) = mpsc::unbounded_channel();
        let router = Router::new()
            .route("/ready", post(answer))
            .route("/health", post(answer))
            .route("/allocate", post(answer))
            .route("/shutdown", post(answer))
            .route("/metadata/label", put(answer))
            .with_state(Inside { wrong: Arc::clone(&wrong), tell });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let serving = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { address, wrong, heard, serving }
    }

    pub(super) const fn address(&self) -> SocketAddr {
        self.address
    }

    /// The next call: method, path and body.
    pub(super) async fn heard(&mut self) -> String {
        self.heard.recv().await.unwrap()
    }

    /// From now on it says yes.
    pub(super) fn mend(&self) {
        self.wrong.lock().unwrap().clear();
    }
}

impl Drop for Stub {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn answer(State(inside): State<Inside>, method: Method, uri: Uri, body: Bytes) -> Response {
    // The test may be over.
    let _ = inside.tell.send(format!("{method} {} {}", uri.path(), String::from_utf8_lossy(&body)));
    let wrong = inside.wrong.lock().unwrap().get(uri.path()).copied();
    match wrong {
        None => Json(json!({})).into_response(),
        Some((Stub::NEVER, _)) => std::future::pending().await,
        Some((status, words)) => (StatusCode::from_u16(status).unwrap(), words).into_response(),
    }
}
