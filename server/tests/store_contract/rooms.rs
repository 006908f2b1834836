//! Rooms that share a database: one pool of connections and one lock's connection, and nothing else.

use crate::{
    bench::Bench,
    samples::{first_group, first_tick, new_session},
};
use outcry_server::store::{Building, Committed, Place, SessionId, Store, StoreError};
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
