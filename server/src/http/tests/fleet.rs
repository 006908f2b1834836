//! What anybody gets from a process of a fleet: of its own rooms, of those that others have, and of those that nobody has.

use super::{a_room, a_state, ask, bearer, host};
use crate::{
    admin::Password,
    board::{Posted, Shown},
    code::Code,
    fleet::{Reader, Roll},
    http::house,
    rooms::{Ask, Behind, Room, Rooms},
    store::{Member, MemoryStore, NewSession, Row, Store, View},
    vault::SealKey,
};
use axum::{
    Router,
    http::{HeaderName, StatusCode, header},
};
use outcry_shared::{config::presets, phase::Phase};
use std::sync::Arc;
use tokio::runtime::Runtime;

const OWN: &str = "10.0.0.1:7777";
const OTHER: &str = "10.0.0.2:7777";

/// A process with one room, in a fleet of which another has the second, nobody the third, and it itself the fourth, which is
/// on its way in.
async fn a_process() -> (Router, [Code; 4], SealKey) {
    let codes = [(); 4].map(|()| Code::fresh().unwrap());
    let shown = Shown { session: 9, name: "Far".to_owned(), seats: 3, ..Shown::default() };
    let board = serde_json::to_string(&Posted { shown: Some(shown), trouble: None }).unwrap();
    let holders = [Some(OWN), Some(OTHER), None, Some(OWN)];
    let row = |(number, (code, holder)): (u32, (&Code, Option<&str>))| Row {
        code: code.clone(),
        number,
        term: 1,
        holder: holder.map(str::to_owned),
        board: (holder == Some(OTHER)).then(|| board.clone()),
    };
    let members = [OWN, OTHER].map(|address| Member { address: address.to_owned(), is_draining: false });
    let view = View { rooms: (1..).zip(codes.iter().zip(holders)).map(row).collect(), members: members.to_vec() };
    let read: Reader = Box::new(move || {
        let view = view.clone();
        Box::pin(async move { Ok(view) })
    });
    let key = SealKey::fresh().unwrap();
    let roll = Roll::new(OWN, "https://floor.example.org".into(), key.clone(), read);
    let (rooms, mut asks) = Rooms::new();
    tokio::spawn(async move {
        while let Some(ask) = asks.recv().await {
            let Ask::Closed { reply } = ask else { panic!("{ask:?}") };
            reply.send(Ok(Vec::new())).unwrap();
        }
    });
    let store = MemoryStore::default();
    store.create(&NewSession::empty(presets()[0].config.clone(), Phase::Lobby)).await.unwrap();
    rooms.put(codes[0].clone(), Behind::Room(Room::bare(a_room(Arc::new(store), host().0.clone()))));
    let pages = [("index.html", "floor"), ("code.html", "door"), ("boot.js", "boot")];
    let files = pages.map(|(name, text)| (name.to_owned(), text.into())).into();
    (house(a_state(files), rooms, Some(roll), Password::new("corn").unwrap()), codes, key)
}

const URI: HeaderName = HeaderName::from_static("x-original-uri");
const FORWARDED: HeaderName = HeaderName::from_static("x-forwarded-uri");

#[test]
fn a_proxy_learns_where_each_room_is() {
    Runtime::new().unwrap().block_on(async {
        let (server, [own, far, nobodys, coming], _) = a_process().await;
        let small = far.as_str().to_lowercase();
        let socket = format!("/r/{far}/ws?light=1");
        for (path, headers, expected) in [
            ("/where".to_owned(), vec![], Some(OWN)),
            ("/where/".to_owned(), vec![], Some(OWN)),
            (format!("/where/{own}"), vec![], Some(OWN)),
            (format!("/where/{far}"), vec![], Some(OTHER)),
            (format!("/where/{small}/"), vec![], Some(OTHER)),
            ("/where".to_owned(), vec![(URI, &*socket)], Some(OTHER)),
            ("/where/".to_owned(), vec![(FORWARDED, &*socket)], Some(OTHER)),
            (format!("/where/{own}"), vec![(URI, &*socket)], Some(OWN)),
            ("/where".to_owned(), vec![(URI, "/boot.js")], Some(OWN)),
            ("/where".to_owned(), vec![(URI, "/r/CCCCC")], Some(OWN)),
            ("/where/%00".to_owned(), vec![], Some(OWN)),
            (format!("/where/{nobodys}"), vec![], None),
            (format!("/where/{coming}"), vec![], None),
        ] {
            let (status, answered, _) = ask(&server, "GET", &path, &headers).await;
            let room = answered.get("x-outcry-room").map(|value| value.to_str().unwrap());
            assert_eq!(room, expected, "{path} {headers:?}");
            if expected.is_some() {
                assert_eq!(
                    (status, &answered[header::CACHE_CONTROL]),
                    (StatusCode::NO_CONTENT, &"max-age=1".parse().unwrap())
                );
            } else {
                assert_eq!(
                    (status, &answered[header::RETRY_AFTER]),
                    (StatusCode::SERVICE_UNAVAILABLE, &"1".parse().unwrap())
                );
                assert_eq!(answered[header::CACHE_CONTROL], "no-store");
            }
        }
        for _ in 0..1_000 {
            let (status, ..) = ask(&server, "GET", "/where", &[]).await;
            assert_eq!(status, StatusCode::NO_CONTENT, "a proxy asks for everybody");
        }
    });
}

#[test]
fn what_another_process_has_is_not_served() {
    Runtime::new().unwrap().block_on(async {
        let (server, [own, far, nobodys, _], key) = a_process().await;
        for (path, status, body) in [
            (format!("/r/{own}/qr.svg"), 200, "<svg"),
            // Pages are the same everywhere, and find the room by themselves.
            (format!("/r/{far}"), 200, "floor"),
            (format!("/r/{far}/?host"), 200, "floor"),
            (format!("/r/{nobodys}/boot.js"), 200, "boot"),
            (format!("/r/{far}/session"), 421, "{\"error\":\"This room is moving"),
            (format!("/r/{far}/ws"), 421, ""),
            (format!("/r/{nobodys}/session"), 421, ""),
            (format!("/r/{}/session", far.as_str().to_lowercase()), 307, ""),
            ("/r/CCCCC/session".to_owned(), 404, "{\"error\":\"There is no room"),
            ("/r/CCCCC".to_owned(), 404, "door"),
            ("/".to_owned(), 200, "door"),
            ("/readyz".to_owned(), 200, "ready: 3 of 4 rooms are served by 2 processes"),
        ] {
            let (answered, headers, said) = ask(&server, "GET", &path, &[]).await;
            let said = String::from_utf8(said).unwrap();
            assert!(answered == status && said.starts_with(body), "{path}: {answered} {said}");
            assert_eq!(headers.contains_key(header::RETRY_AFTER), status == 421, "{path}");
        }
        let right = bearer(host().1);
        let (_, _, list) = ask(&server, "GET", "/rooms/list", &[(header::AUTHORIZATION, &right)]).await;
        let list: serde_json::Value = serde_json::from_slice(&list).unwrap();
        let row =
            |code: &Code| list["rooms"].as_array().unwrap().iter().find(|row| row["code"] == code.as_str()).unwrap();
        assert_eq!(list["rooms"].as_array().unwrap().len(), 4);
        let seen = row(&far);
        assert_eq!(
            (&seen["name"], &seen["seats"], &seen["trouble"]),
            (&"Far".into(), &3.into(), &serde_json::Value::Null)
        );
        assert_eq!(seen["link"], format!("https://floor.example.org/r/{far}"));
        assert_eq!(seen["password"], key.password(far.as_str()));
        let trouble = row(&nobodys)["trouble"].as_str().unwrap();
        assert!(trouble.contains("No process has this room"), "{trouble}");
    });
}
