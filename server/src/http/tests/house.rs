//! What anybody gets from each address of a house with several rooms.

use super::{a_room, a_state, ask, host};
use crate::{
    admin::Password,
    code::Code,
    http::house,
    rooms::{Behind, Room, Rooms},
    store::{MemoryStore, NewSession, Store},
};
use axum::{
    Router,
    http::{StatusCode, header},
};
use outcry_shared::{config::presets, phase::Phase};
use std::sync::Arc;
use tokio::runtime::Runtime;

/// A house with two rooms that have no laps, three pages, and an organiser.
async fn a_house(files: &[(&str, &str)]) -> (Router, [Code; 2]) {
    let (rooms, _asks) = Rooms::new();
    let codes = [Code::fresh().unwrap(), Code::fresh().unwrap()];
    for code in &codes {
        let store = MemoryStore::default();
        store.create(&NewSession::empty(presets()[0].config.clone(), Phase::Lobby)).await.unwrap();
        rooms.put(code.clone(), Behind::Room(Room::bare(a_room(Arc::new(store), host().0.clone()))));
    }
    let files = files.iter().map(|(name, text)| ((*name).to_owned(), text.to_string().into())).collect();
    (house(a_state(files), rooms, None, Password::new("corn").unwrap()), codes)
}

#[test]
fn addresses_lead_to_rooms_pages_and_the_door() {
    Runtime::new().unwrap().block_on(async {
        let pages = [("index.html", "floor"), ("code.html", "door"), ("rooms.html", "rooms"), ("boot.js", "boot")];
        let (server, [first, _]) = a_house(&pages).await;
        let small = first.as_str().to_lowercase();
        for (path, status, body) in [
            ("/", 200, "door"),
            ("/?view=floor", 200, "door"),
            ("/rooms", 200, "rooms"),
            ("/boot.js", 200, "boot"),
            (&format!("/r/{first}"), 200, "floor"),
            (&format!("/r/{first}/?host"), 200, "floor"),
            (&format!("/r/{first}/boot.js"), 200, "boot"),
            (&format!("/r/{first}/nothing"), 404, ""),
            (&format!("/r/{first}/healthz"), 404, ""),
            // Somebody has typed it wrong: the door again, and no cache keeps that.
            ("/r/CCCCC", 404, "door"),
            ("/r/", 404, "door"),
            ("/r/%00%ff", 404, "door"),
            ("/r/../rooms", 404, "{\"error\""),
            ("/r/CCCCC/session", 404, "{\"error\":\"There is no room CCCCC"),
            ("/healthz", 200, "alive"),
            ("/readyz", 200, "ready"),
            ("/session", 404, "There is nothing"),
            ("/rooms/list", 401, "This needs"),
        ] {
            let (answered, headers, said) = ask(&server, "GET", path, &[]).await;
            let said = String::from_utf8(said).unwrap();
            assert!(answered == status && said.starts_with(body), "{path}: {answered} {said}");
            assert!(headers.contains_key(header::CONTENT_SECURITY_POLICY), "{path}");
            if status == 404 && body == "door" {
                assert_eq!(headers[header::CACHE_CONTROL], "no-store", "{path}");
            }
        }
        for (path, to) in [
            (format!("/r/{small}"), format!("/r/{first}")),
            (format!("/r/{small}/?host"), format!("/r/{first}?host")),
            (format!("/r/{small}/qr.svg"), format!("/r/{first}/qr.svg")),
        ] {
            let (status, headers, _) = ask(&server, "GET", &path, &[]).await;
            assert_eq!((status, headers[header::LOCATION].to_str().unwrap()), (StatusCode::TEMPORARY_REDIRECT, &*to));
        }
        let (status, ..) = ask(&server, "POST", &format!("/r/{first}"), &[]).await;
        assert_eq!(status, StatusCode::METHOD_NOT_ALLOWED);
    });
}
