//! What a stranger, a participant and a host get from each address.

mod fleet;
mod house;
mod sheet;

use super::{HttpState, RoomState, Throttle, Turns, WebFiles, room, router};
use crate::{
    clock::ServerClock,
    live::Shelf,
    net::Grants,
    peer::Proxies,
    record::Health,
    store::{Group, MemoryStore, NewSession, NewUser, Store},
    vault::SealKey,
};
use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    extract::ConnectInfo,
    http::{HeaderMap, Request, StatusCode, header},
};
use flate2::{Compression, write::GzEncoder};
use outcry_engine::{Usdc, UserId};
use outcry_shared::{config::presets, phase::Phase, secret::HostGrant};
use std::{
    collections::BTreeMap,
    io::Write,
    net::{IpAddr, SocketAddr},
    path::Path,
    sync::{Arc, OnceLock},
    task::{Context, Waker},
};
use tokio::runtime::Runtime;
use tower::ServiceExt;

/// The host's right in these tests, and who gives it.
fn host() -> &'static (Grants, HostGrant) {
    static HOST: OnceLock<(Grants, HostGrant)> = OnceLock::new();
    HOST.get_or_init(|| {
        let grants = Grants::new(SealKey::fresh().unwrap(), "corn", ServerClock::manual().0);
        let grant = grants.give().unwrap();
        (grants, grant)
    })
}
const AWAY: [u8; 4] = [192, 0, 2, 1];

/// A proxy that is trusted.
const PROXY: &str = "10.0.0.1";

async fn server() -> Router {
    server_with(false).await
}

/// A server with one session, three files and a granted host.
async fn server_with(figures_open: bool) -> Router {
    let store = MemoryStore::default();
    store.create(&NewSession::empty(presets()[0].config.clone(), Phase::Lobby)).await.unwrap();
    let ada = NewUser {
        user: UserId(1),
        name: "-Ada".to_owned(),
        skeleton: "ada".to_owned(),
        token_hash: [1; 32],
        bot: false,
        deposit: Usdc(1_000_000),
        seq: 1,
    };
    store.accept(&Group { number: 1, users: vec![ada], ..Group::default() }).await.unwrap();
    let files = [
        ("index.html", "<!doctype html>"),
        ("outcry-1f0c3a9e.js", "plain"),
        ("outcry-1f0c3a9e.js.br", "as brotli"),
        ("outcry-1f0c3a9e.js.gz", "as gzip"),
        ("client.wasm", "wasm"),
    ];
    let mut files = BTreeMap::from(files.map(|(name, text)| (name.to_owned(), text.into())));
    // As they are inside a program: packed forms alone.
    files.insert("style.css.br".to_owned(), "as brotli".into());
    files.insert("style.css.gz".to_owned(), gzipped("unpacked").into());
    let proxies = Arc::new(Proxies::new(vec![PROXY.parse().unwrap()]));
    let state = HttpState { proxies, figures_open, ..a_state(files) };
    router(state, a_room(Arc::new(store), host().0.clone()))
}

/// What a server works with that has these files, and nothing besides.
fn a_state(files: BTreeMap<String, Bytes>) -> HttpState {
    HttpState {
        files: Arc::new(WebFiles::from_files(files)),
        grants: host().0.clone(),
        health: Health::default(),
        join_url: "https://floor.example.org:8443".into(),
        figures: None,
        throttle: Arc::new(Throttle::new(ServerClock::manual().0)),
        proxies: Arc::default(),
        figures_open: false,
    }
}

/// The routes of a room without a lap.
fn a_room(store: Arc<dyn Store>, grants: Grants) -> Router {
    let shelf = Shelf::new(SealKey::fresh().unwrap());
    let join_url = "https://floor.example.org:8443".into();
    room(
        RoomState { grants, store, join_url, shelf, turns: Turns::default(), rehearsed: sheet::rehearsed() },
        Router::new(),
    )
}

fn gzipped(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

/// An answer: status, headers, body.
type Answer = (StatusCode, HeaderMap, Vec<u8>);

async fn ask(server: &Router, method: &str, path: &str, headers: &[(header::HeaderName, &str)]) -> Answer {
    ask_from(server, AWAY.into(), method, path, headers).await
}

/// The same over a socket from somewhere else.
async fn ask_from(
    server: &Router,
    address: IpAddr,
    method: &str,
    path: &str,
    headers: &[(header::HeaderName, &str)],
) -> Answer {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(name, *value);
    }
    let mut request = request.body(Body::empty()).unwrap();
    request.extensions_mut().insert(ConnectInfo(SocketAddr::new(address, 40_000)));
    let response = server.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    (parts.status, parts.headers, to_bytes(body, usize::MAX).await.unwrap().to_vec())
}

fn test<F: Future<Output = ()>>(case: impl FnOnce(Router) -> F) {
    Runtime::new().unwrap().block_on(async { case(server().await).await });
}

fn bearer(grant: HostGrant) -> String {
    format!("Bearer {}", grant.to_hex())
}

#[test]
fn files_come_in_the_best_form_that_the_browser_takes() {
    test(|server| async move {
        for (path, accepted, body, encoding, caching) in [
            ("/", "gzip, br", "<!doctype html>", None, "no-cache"),
            ("/outcry-1f0c3a9e.js", "gzip, deflate, br", "as brotli", Some("br"), "immutable"),
            ("/outcry-1f0c3a9e.js", "gzip", "as gzip", Some("gzip"), "immutable"),
            ("/outcry-1f0c3a9e.js", "br;q=0, gzip;q=0", "plain", None, "immutable"),
            ("/outcry-1f0c3a9e.js?v=1", "", "plain", None, "immutable"),
            ("/style.css", "gzip, br", "as brotli", Some("br"), "no-cache"),
            ("/style.css", "", "unpacked", None, "no-cache"),
            ("/style.css", "", "unpacked", None, "no-cache"),
        ] {
            let (status, headers, bytes) = ask(&server, "GET", path, &[(header::ACCEPT_ENCODING, accepted)]).await;
            assert_eq!((status, bytes), (StatusCode::OK, body.as_bytes().to_vec()), "{path} {accepted}");
            assert_eq!(headers.get(header::CONTENT_ENCODING).map(|value| value.to_str().unwrap()), encoding);
            assert!(headers[header::CACHE_CONTROL].to_str().unwrap().contains(caching));
        }
        let (_, headers, _) = ask(&server, "GET", "/client.wasm", &[]).await;
        assert_eq!(headers[header::CONTENT_TYPE], "application/wasm");
        let tag = headers[header::ETAG].to_str().unwrap().to_owned();
        let weak = format!("W/{tag}");
        let (status, _, _) = ask(&server, "GET", "/client.wasm", &[(header::IF_NONE_MATCH, &weak)]).await;
        assert_eq!(status, StatusCode::NOT_MODIFIED);
        let (status, _, body) = ask(&server, "GET", "/client.wasm", &[(header::IF_NONE_MATCH, &tag)]).await;
        assert_eq!((status, body), (StatusCode::NOT_MODIFIED, vec![]));
        let (status, headers, body) = ask(&server, "HEAD", "/client.wasm", &[]).await;
        assert_eq!((status, headers[header::CONTENT_LENGTH].to_str().unwrap(), body), (StatusCode::OK, "4", vec![]));
    });
}

#[test]
fn nothing_outside_the_list_can_be_reached() {
    test(|server| async move {
        for path in [
            "/../Cargo.toml",
            "/%2e%2e%2fCargo.toml",
            "/%252e%252e%252fCargo.toml",
            "/..%5cCargo.toml",
            "//etc/passwd",
            "/index.html%00",
            "/index.html/",
            "/.env",
            "/.git/config",
            "/%c0%ae%c0%ae/etc/passwd",
            "/outcry-1f0c3a9e.js.br",
            "/style.css.gz",
            "/export",
            "/nothing",
        ] {
            let (status, _, _) = ask(&server, "GET", path, &[]).await;
            assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
        }
        for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
            assert_eq!(ask(&server, method, "/", &[]).await.0, StatusCode::METHOD_NOT_ALLOWED, "{method}");
        }
    });
}

#[test]
fn every_answer_says_what_a_page_may_do() {
    test(|server| async move {
        for path in ["/", "/outcry-1f0c3a9e.js", "/client.wasm", "/nothing", "/healthz", "/export/1/trades.csv"] {
            let (_, headers, _) = ask(&server, "GET", path, &[]).await;
            let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
            for part in [
                "default-src 'none'",
                "script-src 'self' 'wasm-unsafe-eval';",
                "connect-src 'self' wss://floor.example.org:8443;",
                "base-uri 'none'",
                "form-action 'none'",
                "frame-ancestors 'none'",
            ] {
                assert!(policy.contains(part), "{path}: {policy}");
            }
            assert!(!policy.contains("'unsafe-inline'") && !policy.contains("'unsafe-eval'"));
            assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
            assert_eq!(headers["cross-origin-opener-policy"], "same-origin");
            assert_eq!(headers["cross-origin-embedder-policy"], "require-corp");
        }
    });
}

#[test]
fn exports_need_the_hosts_right() {
    test(|server| async move {
        let right = bearer(host().1);
        let wrong = bearer(HostGrant([8; 24]));
        for (path, authorization, expected) in [
            ("/export/1/rankings.csv", None, StatusCode::UNAUTHORIZED),
            ("/export/1/rankings.csv", Some("Basic aG9zdDp4"), StatusCode::UNAUTHORIZED),
            ("/export/1/rankings.csv", Some(wrong.as_str()), StatusCode::FORBIDDEN),
            ("/export/1/rankings.csv", Some("Bearer ="), StatusCode::FORBIDDEN),
            ("/export/1/nothing.csv", None, StatusCode::UNAUTHORIZED),
            ("/export/1/nothing.csv", Some(right.as_str()), StatusCode::NOT_FOUND),
            ("/export/2/rankings.csv", Some(right.as_str()), StatusCode::NOT_FOUND),
            ("/export/x/rankings.csv", Some(right.as_str()), StatusCode::NOT_FOUND),
            ("/export/1/rankings.csv", Some(right.as_str()), StatusCode::OK),
            ("/export/current/rankings.csv", Some(right.as_str()), StatusCode::OK),
            ("/metrics", None, StatusCode::UNAUTHORIZED),
        ] {
            let headers: Vec<_> = authorization.map(|value| (header::AUTHORIZATION, value)).into_iter().collect();
            assert_eq!(ask(&server, "GET", path, &headers).await.0, expected, "{path} {authorization:?}");
        }
        let (_, headers, body) =
            ask(&server, "GET", "/export/current/rankings.csv", &[(header::AUTHORIZATION, &right)]).await;
        assert_eq!(headers[header::CONTENT_DISPOSITION], "attachment; filename=\"outcry-1-rankings.csv\"");
        assert!(String::from_utf8(body).unwrap().contains("\r\n1,1,'-Ada,false,1.000000,"));
    });
}

#[test]
fn few_exports_are_in_memory_at_once() {
    test(|server| async move {
        let right = bearer(host().1);
        let open = async || {
            let request = Request::get("/export/1/rankings.csv").header(header::AUTHORIZATION, &right);
            let mut request = request.body(Body::empty()).unwrap();
            request.extensions_mut().insert(ConnectInfo(SocketAddr::from((AWAY, 40_000))));
            server.clone().oneshot(request).await.unwrap()
        };
        // Made, and not read yet.
        let (first, second) = (open().await, open().await);
        assert_eq!((first.status(), second.status()), (StatusCode::OK, StatusCode::OK));
        // As many as may wait do, and one more is told to come back.
        let mut waiting: Vec<_> = (0..16).map(|_| Box::pin(open())).collect();
        for one in &mut waiting {
            let mut context = Context::from_waker(Waker::noop());
            assert!(one.as_mut().poll(&mut context).is_pending());
        }
        assert_eq!(open().await.status(), StatusCode::SERVICE_UNAVAILABLE);
        let whole = to_bytes(first.into_body(), usize::MAX).await.unwrap();
        assert!(!whole.is_empty());
        drop(second);
        for one in waiting {
            assert_eq!(one.await.status(), StatusCode::OK);
        }
    });
}

#[test]
fn probes_and_code_are_for_everyone() {
    test(|server| async move {
        assert_eq!(ask(&server, "GET", "/healthz", &[]).await.0, StatusCode::OK);
        assert_eq!(ask(&server, "GET", "/readyz", &[]).await.0, StatusCode::OK);
        let (status, headers, body) = ask(&server, "GET", "/qr.svg", &[]).await;
        assert_eq!((status, headers[header::CONTENT_TYPE].to_str().unwrap()), (StatusCode::OK, "image/svg+xml"));
        assert!(String::from_utf8(body).unwrap().starts_with("<svg"));
    });
}

#[test]
fn an_address_that_asks_too_often_is_told_to_wait() {
    test(|server| async move {
        let mut answer = ask(&server, "GET", "/healthz", &[]).await;
        for _ in 0..2_000 {
            if answer.0 != StatusCode::OK {
                break;
            }
            answer = ask(&server, "GET", "/healthz", &[]).await;
        }
        assert_eq!(answer.0, StatusCode::TOO_MANY_REQUESTS);
        assert!(answer.1.contains_key(header::RETRY_AFTER));
    });
}

#[test]
fn figures_are_for_this_machine_where_no_proxy_on_it_speaks_for_others() {
    Runtime::new().unwrap().block_on(async {
        const FORWARDED: header::HeaderName = header::HeaderName::from_static("x-forwarded-for");
        let here = IpAddr::from([127, 0, 0, 1]);
        // Figures are not collected in tests: whoever may read them is told so.
        for (open, address, headers, expected) in [
            (true, here, &[][..], StatusCode::NOT_FOUND),
            (true, here, &[(FORWARDED, "192.0.2.1")], StatusCode::UNAUTHORIZED),
            (true, here, &[(header::FORWARDED, "for=192.0.2.1")], StatusCode::UNAUTHORIZED),
            (true, AWAY.into(), &[], StatusCode::UNAUTHORIZED),
            (false, here, &[], StatusCode::UNAUTHORIZED),
        ] {
            let server = server_with(open).await;
            let (status, ..) = ask_from(&server, address, "GET", "/metrics", headers).await;
            assert_eq!(status, expected, "{open} {address} {headers:?}");
        }
    });
}

#[test]
fn whoever_comes_through_a_trusted_proxy_is_counted_apart() {
    const FORWARDED: header::HeaderName = header::HeaderName::from_static("x-forwarded-for");
    test(|server| async move {
        let proxy: IpAddr = PROXY.parse().unwrap();
        let ask = async |of: &str| ask_from(&server, proxy, "GET", "/healthz", &[(FORWARDED, of)]).await.0;
        let mut asked = 0;
        while ask("2001:db8::1").await == StatusCode::OK {
            asked += 1;
            assert!(asked < 2_000, "nothing limits them");
        }
        assert_eq!(ask("2001:db8::ffff").await, StatusCode::TOO_MANY_REQUESTS, "the same site");
        assert_eq!(ask("2001:db8:0:1::1").await, StatusCode::OK);
        assert_eq!(ask("192.0.2.7").await, StatusCode::OK);
        let (status, ..) = ask_from(&server, AWAY.into(), "GET", "/healthz", &[(FORWARDED, "2001:db8::1")]).await;
        assert_eq!(status, StatusCode::OK, "who is no proxy speaks for itself alone");
    });
}

#[test]
fn without_pages_inside_the_page_says_how_to_have_them() {
    assert!(WebFiles::load(Path::new("no such directory")).is_err());
    let missing = WebFiles::inside(&std::env::current_exe().unwrap()).unwrap();
    assert_eq!(missing.names().count(), 0);
    test(|_| async move {
        let store = MemoryStore::default();
        let state = HttpState {
            files: Arc::new(missing),
            grants: host().0.clone(),
            health: Health::default(),
            join_url: "http://127.0.0.1:7777".into(),
            figures: None,
            throttle: Arc::new(Throttle::new(ServerClock::manual().0)),
            proxies: Arc::default(),
            figures_open: false,
        };
        let (status, _, body) = ask(&router(state, a_room(Arc::new(store), host().0.clone())), "GET", "/", &[]).await;
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
        let said = String::from_utf8(body).unwrap();
        assert!(said.contains("cargo xtask release") && said.contains("--web-dir"), "{said}");
    });
}
