//! A lock that is lost, and whoever gives up in the middle.

use crate::{
    bench::Bench,
    cases::started,
    relay::Relay,
    samples::{first_tick, quiet_tick},
};
use outcry_server::store::{Committed, EventRow, Group, StoreError};
use sqlx::{Connection, Executor, PgConnection, postgres::PgConnectOptions};
use std::{future::poll_fn, sync::Arc, task::Poll, time::Duration};
use tokio::time::timeout;

/// A server that lives is respected whatever became of its lock.
pub(crate) async fn a_lost_lock_gives_no_session_away(bench: Bench) {
    let Bench::Postgres(url) = &bench else { return };
    let (first, id) = started(&bench).await;
    let mut connection = PgConnection::connect(url).await.unwrap();
    let lose =
        "SELECT count(pg_terminate_backend(pid)) FROM pg_locks WHERE locktype = 'advisory' AND objid::bigint = $1";
    let lost: i64 = sqlx::query_scalar(lose).bind(id.0 as i64).fetch_one(&mut connection).await.unwrap();
    assert_eq!(lost, 1);
    let alive = tokio::spawn({
        let first = Arc::clone(&first);
        async move {
            loop {
                // While another looks whether it may have the lock, it cannot be taken again.
                let _ = first.ready().await;
                tokio::task::yield_now().await;
            }
        }
    });
    let second = bench.open().await;
    assert!(matches!(second.purge(id).await, Err(StoreError::Locked(_))));
    assert!(matches!(second.claim(id).await, Err(StoreError::Locked(_))));
    alive.abort();
    first.ready().await.unwrap();
    assert_eq!(first.commit_tick(&first_tick()).await.unwrap(), Committed::Now, "it goes on");
    bench.crash(first).await;
    second.claim(id).await.unwrap();
}

/// Ticks after each time that somebody gave up.
const TICKS: u64 = 8;

/// Whoever waits may give up at any moment: what is said to be stored afterwards is.
pub(crate) async fn given_up_in_the_middle_nothing_is_half_done(bench: Bench) {
    let (store, id) = started(&bench).await;
    let reader = bench.open().await;
    for turns in 0..24_u64 {
        let row = EventRow::named("GIVEN_UP", &serde_json::json!({ "turns": turns }), turns);
        let group = Group { number: turns + 2, events: vec![row], ..Group::default() };
        let mut given_up = store.accept(&group);
        let mut left = turns;
        poll_fn(|context| match given_up.as_mut().poll(context) {
            Poll::Pending if left > 0 => {
                left -= 1;
                Poll::Pending
            }
            _ => Poll::Ready(()),
        })
        .await;
        drop(given_up);
        // So many that every connection has its turn, the one that was left as well.
        for tick in turns * TICKS + 1..=(turns + 1) * TICKS {
            store.commit_tick(&quiet_tick(tick, 10 + tick)).await.unwrap();
            assert_eq!(reader.ticks(id, tick - 1).await.unwrap().len(), 1, "{turns}: what is answered is stored");
        }
        assert_eq!(store.accept(&group).await.unwrap(), []);
        let events = reader.events(id, 0).await.unwrap();
        assert_eq!(events.iter().filter(|(_, row)| row.kind == "GIVEN_UP" && row.ts_ms == turns).count(), 1, "{turns}");
    }
}

/// Tries after a silence: fewer than it has connections. Each is given up when a lap gives one up.
const TRIES: usize = 4;
const PATIENCE: Duration = Duration::from_secs(5);

/// A database whose host vanishes without a word, and is there again under the same address: what is asked of it is done
/// at one of the next tries, and what the connections that are lost kept, a transaction and the lock, is free again.
pub(crate) async fn a_database_that_falls_silent_is_found_again(bench: Bench) {
    let Bench::Postgres(url) = &bench else { return };
    let relay = Relay::to(url).await;
    let behind = Bench::Postgres(relay.url(url));
    let (store, id) = started(&behind).await;
    let mut direct = PgConnection::connect(url).await.unwrap();
    let own = "SELECT application_name FROM pg_stat_activity JOIN pg_locks USING (pid)
        WHERE locktype = 'advisory' AND objid::bigint = $1";
    let name: String = sqlx::query_scalar(own).bind(id.0 as i64).fetch_one(&mut direct).await.unwrap();
    // One of its connections is in the middle of a transaction.
    let lost: PgConnectOptions = relay.url(url).parse().unwrap();
    let mut lost = PgConnection::connect_with(&lost.application_name(&name)).await.unwrap();
    lost.execute("BEGIN").await.unwrap();
    sqlx::query("SELECT FROM sessions WHERE session_id = $1 FOR UPDATE")
        .bind(id.0 as i64)
        .fetch_one(&mut lost)
        .await
        .unwrap();
    relay.silence();
    let mut done = (false, false);
    for _ in 0..TRIES {
        let tick = first_tick();
        let (stored, ready) =
            tokio::join!(timeout(PATIENCE, store.commit_tick(&tick)), timeout(PATIENCE, store.ready()));
        done = (matches!(stored, Ok(Ok(_))), matches!(ready, Ok(Ok(()))));
        if done == (true, true) {
            break;
        }
    }
    assert_eq!(done, (true, true), "the tick is stored, and the session is its own");
    assert_eq!(store.commit_tick(&quiet_tick(2, 20)).await.unwrap(), Committed::Now, "it goes on");
    let locks = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid::bigint = $1";
    let locks: i64 = sqlx::query_scalar(locks).bind(id.0 as i64).fetch_one(&mut direct).await.unwrap();
    assert_eq!(locks, 1);
    bench.crash(store).await;
}
