//! Rooms that share a database: one pool of connections and one lock's connection, and nothing else.

use crate::{
    bench::Bench,
    samples::{first_group, first_tick, new_session},
};
use outcry_server::store::{Building, Committed, Place, SessionId, Store, StoreError};
use outcry_server::{
    code::Code,
    config::Asked,
    market::{Opening, open_session_of},
    store::{self, KeptRoom, NewSession},
};
use outcry_shared::phase::Phase;
use sqlx::{Connection, PgConnection};
use std::{path::Path, sync::Arc};

async fn building(bench: &Bench) -> Building {
    Building::open(&Place::of(bench.url().as_deref(), Path::new(""))).await.unwrap()
}

/// A room with a session of its own.
async fn room(building: &Building, code: &str) -> (Arc<dyn Store>, SessionId) {
    let store = building.room(code);
    let id = store.create(&new_session()).await.unwrap();
    assert_eq!(store.accept(&first_group()).await.unwrap(), []);
    (store, id)
}

async fn known(store: &dyn Store) -> Vec<SessionId> {
    store.sessions().await.unwrap().into_iter().map(|session| session.id).collect()
}

/// Each writes its own session, sees no other, and lets go of no other's.
pub(crate) async fn rooms_know_their_own_sessions(bench: Bench) {
    // Other tests have sessions in the same database: rooms are told apart by names that nobody else has.
    let (one, two) = (format!("1{}", std::process::id()), format!("2{}", std::process::id()));
    let house = building(&bench).await;
    let (first, number) = room(&house, &one).await;
    let (second, other) = room(&house, &two).await;
    assert_eq!((known(&*first).await, known(&*second).await), (vec![number], vec![other]));
    for store in [&first, &second] {
        assert_eq!(store.commit_tick(&first_tick()).await.unwrap(), Committed::Now);
        store.ready().await.unwrap();
    }
    // Somebody else on the database respects both.
    let stranger = bench.open().await;
    for id in [number, other] {
        let refused = stranger.purge(id).await;
        assert!(matches!(refused, Err(StoreError::Locked(_) | StoreError::FileLocked(_))), "{refused:?}");
    }
    first.close().await.unwrap();
    second.ready().await.unwrap();
    assert_eq!(second.accept(&first_group()).await.unwrap(), [], "its connections are open");
    assert!(!matches!(stranger.purge(other).await, Ok(())), "and its lock is held");
    // Opened again, it finds what is its own.
    let again = house.room(&one);
    assert_eq!(known(&*again).await, [number]);
    again.claim(number).await.unwrap();
    again.ready().await.unwrap();
    for store in [again, second] {
        store.close().await.unwrap();
    }
    house.close().await.unwrap();
    stranger.purge(number).await.unwrap();
    stranger.purge(other).await.unwrap();
}

/// The connection that holds every lock is lost: each room takes its own again.
pub(crate) async fn every_room_takes_its_lock_again(bench: Bench) {
    let Bench::Postgres(url) = &bench else { return };
    let house = building(&bench).await;
    let rooms = [room(&house, "FIRST").await, room(&house, "OTHER").await];
    let mut connection = PgConnection::connect(url).await.unwrap();
    let ids: Vec<i64> = rooms.iter().map(|(_, id)| id.0 as i64).collect();
    let holders = "SELECT count(DISTINCT pid) FROM pg_locks WHERE locktype = 'advisory' AND objid::bigint = ANY ($1)";
    let held: i64 = sqlx::query_scalar(holders).bind(&ids).fetch_one(&mut connection).await.unwrap();
    assert_eq!(held, 1, "one connection for all");
    let lose = "SELECT count(pg_terminate_backend(pid)) FROM
        (SELECT DISTINCT pid FROM pg_locks WHERE locktype = 'advisory' AND objid::bigint = ANY ($1)) AS holders";
    let lost: i64 = sqlx::query_scalar(lose).bind(&ids).fetch_one(&mut connection).await.unwrap();
    assert_eq!(lost, 1);
    for (store, _) in &rooms {
        store.ready().await.unwrap();
    }
    let locks = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid::bigint = ANY ($1)";
    let locked: i64 = sqlx::query_scalar(locks).bind(&ids).fetch_one(&mut connection).await.unwrap();
    assert_eq!(locked, 2);
    for (store, _) in rooms {
        store.close().await.unwrap();
    }
    house.close().await.unwrap();
}

fn kept(code: &Code, number: u32, is_open: bool) -> KeptRoom {
    KeptRoom { code: code.clone(), number, config: Some(new_session().config), is_open }
}

/// Codes and numbers are given once, also after a room is closed; a house sees its own, and may take over another's.
pub(crate) async fn rooms_are_kept_until_they_are_closed(bench: Bench) {
    let (house, other) = (format!("a:{}", std::process::id()), format!("b:{}", std::process::id()));
    let building = building(&bench).await;
    let config = new_session().config;
    let codes = [(); 4].map(|()| Code::fresh().unwrap());
    assert_eq!(building.rooms(&house).await.unwrap(), []);
    for (number, code) in (1..).zip(&codes[..2]) {
        assert!(building.add_room(&house, (code, number), &config, true).await.unwrap());
    }
    assert!(!building.add_room(&house, (&codes[2], 2), &config, true).await.unwrap(), "its number is given");
    assert!(!building.add_room(&other, (&codes[0], 1), &config, true).await.unwrap(), "its link would lead to others");
    assert!(
        building.add_room(&other, (&codes[3], 1), &config, true).await.unwrap(),
        "another house has numbers of its own"
    );
    assert!(building.close_room(&codes[0]).await.unwrap());
    assert!(!building.close_room(&codes[0]).await.unwrap() && !building.close_room(&codes[2]).await.unwrap());
    assert!(!building.add_room(&house, (&codes[0], 9), &config, true).await.unwrap(), "it was given before");
    let own = [kept(&codes[0], 1, false), kept(&codes[1], 2, true)];
    assert_eq!(building.rooms(&house).await.unwrap(), own);
    assert_eq!(building.adopt_rooms(&house, &house).await.unwrap(), 0);
    assert_eq!(building.adopt_rooms(&house, &other).await.unwrap(), 1);
    let all = [own.to_vec(), vec![kept(&codes[3], 3, true)]].concat();
    assert_eq!(building.rooms(&house).await.unwrap(), all);
    assert_eq!(building.rooms(&other).await.unwrap(), []);
    // Open again it is what it was; only a closed one is forgotten.
    assert!(building.reopen_room(&codes[0]).await.unwrap());
    assert!(!building.reopen_room(&codes[0]).await.unwrap() && !building.reopen_room(&codes[2]).await.unwrap());
    assert!(!building.forget_room(&codes[0]).await.unwrap());
    assert_eq!(building.rooms(&house).await.unwrap()[0], kept(&codes[0], 1, true));
    assert!(building.close_room(&codes[0]).await.unwrap() && building.forget_room(&codes[0]).await.unwrap());
    assert_eq!(building.rooms(&house).await.unwrap(), all[1..]);
    building.close().await.unwrap();
}

/// A room goes on with its own session whichever house it is in; so it does in a copy, where it is nobody's.
pub(crate) async fn a_copy_keeps_its_rooms(bench: Bench) {
    let url = bench.url().unwrap();
    let directory = crate::copied::directory(if url.starts_with("sqlite") { "rooms-sqlite" } else { "rooms-postgres" });
    let code = Code::fresh().unwrap();
    let house = format!("here:{}", std::process::id());
    let place = Place { server: &house, ..Place::of(Some(&url), Path::new("")) };
    let here = Building::open(&place).await.unwrap();
    assert!(here.add_room(&house, (&code, 1), &new_session().config, true).await.unwrap());
    let room = here.room(code.as_str());
    let id = room.create(&NewSession::empty(new_session().config, Phase::Lobby)).await.unwrap();
    let file = directory.join("copy.db");
    store::backup(&place, &file).await.unwrap();
    room.close().await.unwrap();
    here.close().await.unwrap();
    let copy = format!("sqlite:{}", file.display());
    let there = Building::open(&Place::of(Some(&copy), Path::new(""))).await.unwrap();
    let kept = there.rooms("").await.unwrap();
    let found = kept.iter().find(|room| room.code == code).map(|room| (room.number, room.is_open));
    if url.starts_with("sqlite") {
        assert_eq!(found, Some((1, true)), "of one house alone it is the next one's");
    }
    let room = there.room(code.as_str());
    let opening = Opening { config: new_session().config, phase: Phase::Lobby, asked: false };
    let name = format!("/{code}");
    let recovered = open_session_of(&name, Asked::Own, &*room, &opening).await.unwrap();
    assert_eq!(recovered.session.id(), id, "the room goes on");
    room.close().await.unwrap();
    there.close().await.unwrap();
    std::fs::remove_dir_all(directory).unwrap();
}
