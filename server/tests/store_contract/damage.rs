//! What goes wrong beneath a store: damaged rows, lost locks.

use crate::{
    bench::{Bench, on_postgres, on_sqlite},
    samples::{first_group, first_tick, new_session, quiet_tick},
};
use outcry_server::store::{SessionId, SnapshotRow, Store, StoreError};
use sqlx::{Connection, PgConnection, SqliteConnection};
use std::sync::Arc;

async fn with_two_snapshots(bench: &Bench) -> (Arc<dyn Store>, SessionId) {
    let store = bench.open().await;
    let id = store.create(&new_session()).await.unwrap();
    store.accept(&first_group()).await.unwrap();
    store.commit_tick(&first_tick()).await.unwrap();
    store
        .snapshot(&SnapshotRow { session: id, tick: 1, seq: 4, state_hash: [7; 32], bytes: vec![1; 100] })
        .await
        .unwrap();
    store.commit_tick(&quiet_tick(2, 5)).await.unwrap();
    store
        .snapshot(&SnapshotRow { session: id, tick: 2, seq: 5, state_hash: [2; 32], bytes: vec![2; 100] })
        .await
        .unwrap();
    (store, id)
}

/// Runs a statement beneath the store.
pub(crate) async fn meddle(bench: &Bench, sql: &'static str, id: SessionId) {
    let id = i64::try_from(id.0).unwrap();
    match bench {
        Bench::Memory(_) => {}
        Bench::Sqlite(file) => {
            let mut connection = SqliteConnection::connect(&format!("sqlite:{}", file.display())).await.unwrap();
            sqlx::query(sql).bind(id).execute(&mut connection).await.unwrap();
        }
        Bench::Postgres(url) => {
            let mut connection = PgConnection::connect(url).await.unwrap();
            sqlx::query(sql).bind(id).execute(&mut connection).await.unwrap();
        }
    }
}

/// A damaged snapshot is passed over; the record goes on from the one before it, or from the
/// start.
async fn damaged_snapshots_are_passed_over(bench: Bench, last: &'static str, all: &'static str) {
    let (store, id) = with_two_snapshots(&bench).await;
    meddle(&bench, last, id).await;
    let record = store.load(id).await.unwrap();
    assert_eq!((record.snapshot.map(|snapshot| snapshot.tick), record.inputs.len()), (Some(1), 1));
    meddle(&bench, all, id).await;
    let record = store.load(id).await.unwrap();
    assert_eq!((record.snapshot, record.inputs.len(), record.hashes.len()), (None, 5, 2));
}

/// A damaged input is named: no server goes on with it.
async fn damaged_inputs_are_named(bench: Bench, damage: &'static str) {
    let (store, id) = with_two_snapshots(&bench).await;
    meddle(&bench, "DELETE FROM snapshots WHERE session_id = $1", id).await;
    meddle(&bench, damage, id).await;
    let error = store.load(id).await.unwrap_err();
    assert!(matches!(error, StoreError::Damaged { what: "inputs", .. }), "{error}");
}

#[test]
fn sqlite_passes_over_damaged_snapshots() {
    on_sqlite("damaged-snapshots", |bench| {
        damaged_snapshots_are_passed_over(
            bench,
            "UPDATE snapshots SET state = zeroblob(100) WHERE session_id = $1 AND tick_id = 2",
            "UPDATE snapshots SET seq = seq - 1 WHERE session_id = $1",
        )
    });
}

#[test]
fn postgres_passes_over_damaged_snapshots() {
    on_postgres(|bench| {
        damaged_snapshots_are_passed_over(
            bench,
            "UPDATE snapshots SET state = set_byte(state, 99, 3) WHERE session_id = $1 AND tick_id = 2",
            "UPDATE snapshots SET seq = seq - 1 WHERE session_id = $1",
        )
    });
}

#[test]
fn sqlite_names_damaged_inputs() {
    on_sqlite("damaged-inputs", |bench| {
        damaged_inputs_are_named(bench, "UPDATE inputs SET payload = x'ff' WHERE session_id = $1 AND seq = 3")
    });
}

#[test]
fn postgres_names_damaged_inputs() {
    on_postgres(|bench| {
        damaged_inputs_are_named(
            bench,
            "UPDATE inputs SET payload = payload || '\\x00' WHERE session_id = $1 AND seq = 3",
        )
    });
}

/// A server whose lock was lost and whose session another has taken can write no more.
async fn the_overtaken_server_stops(first: Arc<dyn Store>, second: Arc<dyn Store>) {
    assert!(matches!(first.commit_tick(&quiet_tick(3, 6)).await, Err(StoreError::Superseded(_))));
    assert!(matches!(first.accept(&first_group()).await, Err(StoreError::Superseded(_))));
    second.commit_tick(&quiet_tick(3, 6)).await.unwrap();
}

#[test]
fn sqlite_stops_the_overtaken_server() {
    on_sqlite("overtaken", |bench| async move {
        let (store, id) = with_two_snapshots(&bench).await;
        let Bench::Sqlite(file) = &bench else { unreachable!() };
        std::fs::remove_file(file.with_extension("db.lock")).unwrap();
        let second = bench.open().await;
        second.claim(id).await.unwrap();
        the_overtaken_server_stops(store, second).await;
    });
}

/// Ends the connection that holds a session's lock, as a restart of the database would.
const CUT: &str = "SELECT pg_terminate_backend(pid) FROM pg_locks
    WHERE locktype = 'advisory' AND objsubid = 2 AND objid::bigint = $1
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";

#[test]
fn postgres_stops_the_overtaken_server() {
    on_postgres(|bench| async move {
        let (store, id) = with_two_snapshots(&bench).await;
        meddle(&bench, CUT, id).await;
        let second = bench.open().await;
        // The database takes a moment to notice that the lock's owner is gone.
        while let Err(error) = second.claim(id).await {
            assert!(matches!(error, StoreError::Locked(_)), "{error}");
        }
        the_overtaken_server_stops(store, second).await;
    });
}

#[test]
fn postgres_takes_a_lost_lock_again() {
    on_postgres(|bench| async move {
        let (store, id) = with_two_snapshots(&bench).await;
        meddle(&bench, CUT, id).await;
        while store.ready().await.is_err() {}
        assert!(matches!(bench.open().await.claim(id).await, Err(StoreError::Locked(_))));
        store.commit_tick(&quiet_tick(3, 6)).await.unwrap();
    });
}
