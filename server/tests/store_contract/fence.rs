//! One writer: a session's epoch alone sees to it, also where every lock is granted to whoever asks.

use crate::{
    bench::Bench,
    cases::{everything, started},
    samples::{first_group, first_tick, new_session, quiet_tick},
};
use outcry_server::store::{Committed, EventRow, Group, PieceRow, SessionId, SnapshotRow, StoreError};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use std::sync::Arc;

/// A group that sets the session's state: it touches the session's row first, and the configuration's after it.
fn second_group() -> Group {
    let event = EventRow::named("LATE", &serde_json::json!({}), 9);
    Group { number: 2, events: vec![event], session: first_group().session, ..Group::default() }
}

/// Its server gave no sign of life lately: nobody waits for another.
async fn fall_silent(bench: &Bench, id: SessionId) {
    let Bench::Postgres(url) = bench else { return };
    let mut connection = PgConnection::connect(url).await.unwrap();
    let silent = format!("UPDATE sessions SET alive_at = NULL WHERE session_id = {id}");
    connection.execute(AssertSqlSafe(silent)).await.unwrap();
}

/// Two servers on one session, each with its lock: the older writes nothing more, neither what is new nor what it had
/// written before.
pub(crate) async fn the_older_is_fenced_off_at_its_next_write(bench: Bench) {
    let (older, id) = started(&bench).await;
    older.commit_tick(&first_tick()).await.unwrap();
    fall_silent(&bench, id).await;
    let newer = bench.intruder().await;
    newer.claim(id).await.unwrap();
    let before = everything(&*newer, id).await;
    let snapshot = SnapshotRow { session: id, tick: 1, seq: 4, state_hash: [7; 32], bytes: vec![1] };
    let last = Group { number: 2, ..Group::default() };
    let tried = [
        older.accept(&first_group()).await.map(|_| "a group again"),
        older.accept(&second_group()).await.map(|_| "a group"),
        older.commit_tick(&first_tick()).await.map(|_| "a tick again"),
        older.commit_tick(&quiet_tick(2, 5)).await.map(|_| "a tick"),
        older.snapshot(&snapshot).await.map(|()| "a snapshot"),
        older.keep_pieces(id, &[PieceRow { number: 1, content: vec![1] }]).await.map(|()| "a piece"),
        older.reopen(id, &last, &new_session()).await.map(|_| "another session"),
    ];
    for answer in tried {
        assert!(matches!(answer, Err(StoreError::Superseded(of)) if of == id), "{answer:?}");
    }
    if older.kind() != "sqlite" {
        assert!(
            matches!(older.ready().await, Err(StoreError::Superseded(_))),
            "it learns of it by its sign of life, too"
        );
    }
    assert_eq!(everything(&*newer, id).await, before, "nothing has changed");
    older.close().await.unwrap();
    newer.ready().await.unwrap();
    assert_eq!(newer.accept(&second_group()).await.unwrap(), []);
    assert_eq!(newer.commit_tick(&quiet_tick(2, 5)).await.unwrap(), Committed::Now, "the newer goes on");
}

/// A session that the older has opened is its own by the epoch of that one; taken over, it is not either.
pub(crate) async fn a_session_that_followed_can_be_taken_over(bench: Bench) {
    let (older, id) = started(&bench).await;
    let last = Group { number: 2, ..Group::default() };
    let next = older.reopen(id, &last, &new_session()).await.unwrap();
    fall_silent(&bench, next).await;
    let newer = bench.intruder().await;
    newer.claim(next).await.unwrap();
    // Asked again, as after a lost answer.
    assert_eq!(older.reopen(id, &last, &new_session()).await.unwrap(), next);
    let group = Group { number: 1, ..second_group() };
    assert!(matches!(older.accept(&group).await, Err(StoreError::Superseded(of)) if of == next));
    newer.accept(&group).await.unwrap();
}

/// Whoever claims a session while its server is in the middle of a write waits for the end of that: it is stored whole,
/// and the new server has read it.
pub(crate) async fn a_claim_comes_before_or_after_a_write(bench: Bench) {
    let Bench::Postgres(url) = &bench else { return };
    let (older, id) = started(&bench).await;
    fall_silent(&bench, id).await;
    let mut other = PgConnection::connect(url).await.unwrap();
    let hold = format!("BEGIN; SELECT FROM config WHERE session_id = {id} FOR UPDATE");
    other.execute(AssertSqlSafe(hold)).await.unwrap();
    let writing = tokio::spawn({
        let older = Arc::clone(&older);
        async move { older.accept(&second_group()).await }
    });
    let mut watcher = PgConnection::connect(url).await.unwrap();
    waits_for(&mut watcher, &mut other).await;
    let newer = bench.intruder().await;
    let claiming = tokio::spawn({
        let newer = Arc::clone(&newer);
        async move { newer.claim(id).await }
    });
    let stuck =
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%epoch = epoch + 1%'
        AND pg_blocking_pids(pid) <> '{}' AND pid <> pg_backend_pid()";
    while sqlx::query_scalar::<_, i64>(stuck).fetch_one(&mut watcher).await.unwrap() == 0 {}
    assert!(!claiming.is_finished());
    other.execute("COMMIT").await.unwrap();
    writing.await.unwrap().unwrap();
    claiming.await.unwrap().unwrap();
    assert_eq!(newer.load(id).await.unwrap().last_group, 2);
    assert!(matches!(older.commit_tick(&first_tick()).await, Err(StoreError::Superseded(_))));
    newer.commit_tick(&first_tick()).await.unwrap();
}

/// Waits until somebody waits for what another connection holds.
pub(crate) async fn waits_for(watcher: &mut PgConnection, other: &mut PgConnection) {
    let pid: i32 = sqlx::query_scalar("SELECT pg_backend_pid()").fetch_one(other).await.unwrap();
    let waiting = "SELECT count(*) FROM pg_stat_activity WHERE $1 = ANY (pg_blocking_pids(pid))";
    while sqlx::query_scalar::<_, i64>(waiting).bind(pid).fetch_one(&mut *watcher).await.unwrap() == 0 {}
}
