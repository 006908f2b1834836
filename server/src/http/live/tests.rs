use super::*;
use crate::{
    store::{MemoryStore, NewSession, SessionId},
    vault::SealKey,
};
use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    http::Request,
    routing::get,
};
use outcry_shared::{config::presets, phase::Phase};
use tower::ServiceExt;

/// A floor's pieces, with so many of them; the next is waited for that long.
async fn floor(pieces: u64, patience: Duration) -> (Router, Shelf) {
    let store = MemoryStore::default();
    let session = store.create(&NewSession::empty(presets()[0].config.clone(), Phase::Lobby)).await.unwrap();
    let shelf = Shelf::new(SealKey::fresh().unwrap());
    shelf.begin(session, 0);
    for number in 1..=pieces {
        shelf.put(session, number, number == 1, content(number));
    }
    let live = Live { shelf: shelf.clone(), store: Arc::new(store), patience, join_url: "http://floor.example".into() };
    let routes = Router::new()
        .route("/live", get(standing).with_state(live.clone()))
        .route("/live/{code}/{number}", get(piece).with_state(live));
    (routes, shelf)
}

fn content(number: u64) -> Bytes {
    Bytes::from(format!("piece {number}"))
}

/// Status, caching, tag and body of an answer.
async fn ask(routes: &Router, path: &str, headers: &[(&str, &str)]) -> (u16, String, Option<String>, Bytes) {
    let mut request = Request::get(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let answer = routes.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let text = |name: header::HeaderName| answer.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
    let (status, caching, tag) = (answer.status().as_u16(), text(header::CACHE_CONTROL), text(header::ETAG));
    (status, caching.unwrap_or_default(), tag, to_bytes(answer.into_body(), 1 << 20).await.unwrap())
}

#[tokio::test]
async fn a_piece_is_kept_for_ever_and_known_by_its_tag() {
    let (routes, shelf) = floor(3, Duration::ZERO).await;
    let path = format!("/live/{}/2", shelf.standing().code);
    let (status, caching, tag, body) = ask(&routes, &path, &[]).await;
    assert_eq!((status, caching.as_str(), body), (200, FOREVER, content(2)));
    let tag = tag.unwrap();
    for known in [tag.clone(), format!("W/{tag}"), format!("\"other\", W/{tag}"), "*".to_owned()] {
        let (status, caching, again, body) = ask(&routes, &path, &[("if-none-match", &known)]).await;
        assert_eq!((status, caching.as_str(), again.as_ref(), body.len()), (304, FOREVER, Some(&tag), 0), "{known}");
    }
    let other = ask(&routes, &path, &[("if-none-match", "\"other\""), ("range", "bytes=0-1")]).await;
    assert_eq!((other.0, other.3), (200, content(2)), "another tag; and no part is given for the whole");
    assert_ne!(ask(&routes, &path.replace("/2", "/3"), &[]).await.2, Some(tag));
}

#[tokio::test]
async fn what_will_be_another_answer_in_a_moment_is_kept_for_a_moment() {
    let (routes, shelf) = floor(3, Duration::ZERO).await;
    let code = shelf.standing().code;
    for (number, expected) in [("4", 204), ("5", 404), ("0", 404), ("-1", 404), ("x", 404), ("02", 404), ("+2", 404)] {
        let (status, caching, tag, body) = ask(&routes, &format!("/live/{code}/{number}"), &[]).await;
        assert_eq!((status, caching.as_str(), tag), (expected, BRIEF, None), "{number}");
        assert!(body.is_empty() || status == 404);
    }
    assert_eq!(ask(&routes, "/live/0123456789abcdef/1", &[]).await.0, 404);
    let (status, caching, _, body) = ask(&routes, "/live", &[]).await;
    let expected =
        serde_json::json!({ "session": 1, "code": code, "keyframe": 1, "edge": 3, "join": "http://floor.example" });
    assert_eq!((status, caching.as_str()), (200, BRIEF));
    assert_eq!(serde_json::from_slice::<serde_json::Value>(&body).unwrap(), expected);
    let (routes, _) = floor(0, Duration::ZERO).await;
    assert_eq!(ask(&routes, "/live", &[]).await.0, 503);
}

#[tokio::test]
async fn the_next_piece_comes_as_soon_as_it_is_there() {
    let (routes, shelf) = floor(3, Duration::from_secs(600)).await;
    let path = format!("/live/{}/4", shelf.standing().code);
    let waiting = async { tokio::join!(ask(&routes, &path, &[]), ask(&routes, &path, &[])) };
    let put = async { shelf.put(SessionId(1), 4, false, content(4)) };
    let ((first, second), ()) = tokio::join!(waiting, put);
    assert_eq!((first.0, &first.3), (200, &content(4)));
    assert_eq!(second, first);
}
