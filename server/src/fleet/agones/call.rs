//! What a sidecar understands, and how it is asked over HTTP: one connection for each call, and no call without an end.

use axum::{
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use serde_json::{Map, Value, json};
use std::{net::SocketAddr, time::Duration};
use tokio::{net::TcpStream, task::JoinSet, time::timeout};

/// Largest answer that is read, in bytes. A larger one is no sidecar's.
const ANSWER_BYTES_MAX: usize = 64 << 10;
/// Words of a refusal that are passed on, in characters.
const REFUSAL_CHARS: usize = 200;
/// The label that counts rooms; in Kubernetes it is `agones.dev/sdk-rooms`.
const ROOMS_LABEL: &str = "rooms";

/// Something that a sidecar is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Call {
    /// The process lives.
    Health,
    /// It may be used, and taken away.
    Ready,
    /// It is in use: nobody is to take it away.
    Allocate,
    /// It has ended.
    Shutdown,
    /// It holds so many rooms.
    Rooms(usize),
}

impl Call {
    /// Method, path and body.
    fn parts(self) -> (&'static str, &'static str, String) {
        let empty = || "{}".to_owned();
        match self {
            Self::Health => ("POST", "/health", empty()),
            Self::Ready => ("POST", "/ready", empty()),
            Self::Allocate => ("POST", "/allocate", empty()),
            Self::Shutdown => ("POST", "/shutdown", empty()),
            Self::Rooms(count) => {
                let label = json!({ "key": ROOMS_LABEL, "value": count.to_string() });
                ("PUT", "/metadata/label", label.to_string())
            }
        }
    }
}

/// Makes a call and waits for the answer, at most for so long.
///
/// # Errors
/// Why the call was not taken.
pub(super) async fn ask(sidecar: SocketAddr, call: Call, patience: Duration) -> Result<(), String> {
    let (method, path, body) = call.parts();
    let why = |why: String| format!("{method} http://{sidecar}{path}: {why}");
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::HOST, sidecar.to_string())
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(body))
        .map_err(|error| why(error.to_string()))?;
    let answer = timeout(patience, send(sidecar, request)).await;
    answer.unwrap_or_else(|_| Err(format!("no answer within {} ms", patience.as_millis()))).map_err(why)
}

async fn send(sidecar: SocketAddr, request: Request<Body>) -> Result<(), String> {
    let stream = TcpStream::connect(sidecar).await.map_err(|error| error.to_string())?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(|error| error.to_string())?;
    // Ends with this call, whatever the other side does.
    let mut beside = JoinSet::new();
    beside.spawn(connection);
    let answer = sender.send_request(request).await.map_err(|error| error.to_string())?;
    let status = answer.status();
    let body = to_bytes(Body::new(answer.into_body()), ANSWER_BYTES_MAX).await.map_err(|error| error.to_string())?;
    if status != StatusCode::OK {
        let words: String = String::from_utf8_lossy(&body).trim().chars().take(REFUSAL_CHARS).collect();
        return Err(format!("{status}: {words}"));
    }
    // Anybody may answer "200 OK" at a port; a sidecar does so with an object.
    serde_json::from_slice::<Map<String, Value>>(&body)
        .map(drop)
        .map_err(|_| "the answer is not a sidecar's".to_owned())
}

#[cfg(test)]
mod tests {
    use super::{super::stub::Stub, *};
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpListener,
    };

    const LONG: Duration = Duration::from_secs(60);

    #[tokio::test]
    async fn each_call_is_as_the_documentation_has_it() {
        let mut stub = Stub::start(&[]).await;
        let calls = [
            (Call::Health, "POST /health {}"),
            (Call::Ready, "POST /ready {}"),
            (Call::Allocate, "POST /allocate {}"),
            (Call::Shutdown, "POST /shutdown {}"),
            (Call::Rooms(17), r#"PUT /metadata/label {"key":"rooms","value":"17"}"#),
        ];
        for (call, expected) in calls {
            assert_eq!(ask(stub.address(), call, LONG).await, Ok(()));
            assert_eq!(stub.heard().await, expected);
        }
    }

    #[tokio::test]
    async fn whatever_is_no_yes_of_a_sidecar_is_an_error_that_says_which_call() {
        let stub = Stub::start(&[("/ready", 500, "upset"), ("/allocate", 200, "<html>"), ("/shutdown", 404, "")]).await;
        let cases = [
            (Call::Ready, "500 Internal Server Error: upset"),
            (Call::Allocate, "not a sidecar's"),
            (Call::Shutdown, "404"),
        ];
        for (call, expected) in cases {
            let why = ask(stub.address(), call, LONG).await.unwrap_err();
            assert!(why.contains(expected) && why.contains(call.parts().1), "{why}");
        }
    }

    /// Says something else than HTTP, or nothing, to whoever connects; whatever it is, the call has an end.
    async fn met_by(words: Option<&'static [u8]>, patience: Duration) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let answering = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            match words {
                Some(words) => {
                    let _ = stream.read(&mut [0; 1024]).await;
                    stream.write_all(words).await.unwrap();
                }
                None => _ = std::future::pending::<()>().await,
            }
        });
        let why = ask(address, Call::Ready, patience).await.unwrap_err();
        answering.abort();
        why
    }

    #[tokio::test]
    async fn garbage_silence_and_nobody_are_errors() {
        let why = met_by(Some(b"SSH-2.0-OpenSSH_10.0\r\n"), LONG).await;
        assert!(why.contains("POST") && !why.contains("within"), "{why}");
        let why = met_by(Some(b"HTTP/1.1 200 OK\r\ncontent-length: 99999999\r\n\r\n{"), LONG).await;
        assert!(why.contains("/ready"), "{why}");
        let why = met_by(None, Duration::from_millis(1)).await;
        assert!(why.contains("no answer within 1 ms"), "{why}");
        let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
        assert!(ask(free, Call::Ready, LONG).await.unwrap_err().contains("refused"));
    }
}
