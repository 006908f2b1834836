//! What a database gives up for the sake of somebody else's transaction is done again at once: nobody hears of it.

use crate::{
    bench::Bench,
    cases::started,
    fence::waits_for,
    granted::with_options,
    samples::{first_group, first_tick, new_session},
};
use outcry_server::store::{Group, SnapshotRow, Store, StoreError};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use std::sync::Arc;

/// A group that touches the session's row first and the configuration's after it.
fn setting(number: u64) -> Group {
    Group { number, session: first_group().session, ..Group::default() }
}

/// Every kind of write, under serializable isolation, with a transaction of somebody else's that changes the same row
/// and is the first to be committed.
pub(crate) async fn a_transaction_that_another_overtook_is_done_again(bench: Bench) {
    let Bench::Postgres(url) = &bench else { return };
    let serializable = Bench::at(&with_options(url, "-c default_transaction_isolation=serializable"));
    let (store, id) = started(&serializable).await;
    let mut watcher = PgConnection::connect(url).await.unwrap();
    for write in ["accept", "tick", "snapshot", "sign of life", "claim", "reopen"] {
        let mut other = PgConnection::connect(url).await.unwrap();
        let touch = format!("BEGIN; UPDATE sessions SET updated_at = now() WHERE session_id = {id}");
        other.execute(AssertSqlSafe(touch)).await.unwrap();
        let writing = tokio::spawn({
            let store = Arc::clone(&store);
            async move {
                let snapshot = SnapshotRow { session: id, tick: 1, seq: 4, state_hash: [7; 32], bytes: vec![1] };
                match write {
                    "accept" => store.accept(&setting(2)).await.map(drop),
                    "tick" => store.commit_tick(&first_tick()).await.map(drop),
                    "snapshot" => store.snapshot(&snapshot).await,
                    "sign of life" => store.ready().await,
                    "claim" => store.claim(id).await,
                    _ => store.reopen(id, &setting(3), &new_session()).await.map(drop),
                }
            }
        });
        waits_for(&mut watcher, &mut other).await;
        other.execute("COMMIT").await.unwrap();
        writing.await.unwrap().unwrap_or_else(|error| panic!("{write}: {error}"));
    }
    assert_eq!(store.load(id).await.unwrap().last_group, 3);
}

/// A deadlock, in which the server is the victim.
pub(crate) async fn a_transaction_that_ended_in_a_deadlock_is_done_again(bench: Bench) {
    let Bench::Postgres(url) = &bench else { return };
    let (store, id) = started(&Bench::at(&with_options(url, "-c deadlock_timeout=200ms"))).await;
    let (mut watcher, mut other) =
        (PgConnection::connect(url).await.unwrap(), PgConnection::connect(url).await.unwrap());
    let hold = format!("SET deadlock_timeout = '10s'; BEGIN; SELECT FROM config WHERE session_id = {id} FOR UPDATE");
    other.execute(AssertSqlSafe(hold)).await.unwrap();
    let writing: tokio::task::JoinHandle<Result<_, StoreError>> = tokio::spawn({
        let store: Arc<dyn Store> = Arc::clone(&store);
        async move { store.accept(&setting(2)).await }
    });
    waits_for(&mut watcher, &mut other).await;
    let cross = format!("UPDATE sessions SET updated_at = now() WHERE session_id = {id}");
    let crossed = other.execute(AssertSqlSafe(cross)).await;
    assert!(crossed.is_ok(), "the server's was given up: {crossed:?}");
    other.execute("COMMIT").await.unwrap();
    assert_eq!(writing.await.unwrap().unwrap(), []);
    assert_eq!(store.load(id).await.unwrap().last_group, 2);
}
