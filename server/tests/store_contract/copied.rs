//! A backup is the database, and what the record says twice is compared.

use crate::{
    bench::{Bench, on_postgres, on_sqlite},
    cases::{everything, started},
    damage::meddle,
    played::play,
    samples::{first_tick, new_session},
};
use outcry_server::{
    config::Asked,
    export::write_all,
    market::{Opening, open_session_of},
    store::{self, Place, SessionId, Store, StoreError},
};
use outcry_shared::phase::Phase;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use std::path::{Path, PathBuf};

/// A directory of this test's own, empty.
pub(crate) fn directory(of: &str) -> PathBuf {
    let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{of}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&directory);
    std::fs::create_dir_all(&directory).unwrap();
    directory
}

async fn of_all(store: &dyn Store) -> Vec<String> {
    let mut all = Vec::new();
    for info in store.sessions().await.unwrap() {
        all.push(format!("{} {}\n{}", info.id, info.name, everything(store, info.id).await));
    }
    all
}

/// Saves a database while it is served, and puts it back into an empty one: the same rows.
async fn there_and_back(url: &str, empty: &str, file: &Path) -> (SessionId, Vec<String>) {
    let store = store::open(Some(url), Path::new("")).await.unwrap();
    let (played, market) = play(&*store).await;
    store.close().await.unwrap();
    let (serving, _) = started(&Bench::at(url)).await;
    serving.commit_tick(&first_tick()).await.unwrap();
    let before = of_all(&*serving).await;
    let from = Place::of(Some(url), Path::new(""));
    store::backup(&from, file).await.unwrap();
    assert!(matches!(store::backup(&from, file).await, Err(StoreError::Exists(_))), "nothing is overwritten");
    assert_eq!(std::fs::read_dir(file.parent().unwrap()).unwrap().filter(is_left_over).count(), 0);
    serving.commit_tick(&crate::samples::quiet_tick(2, 5)).await.unwrap();

    store::restore(&Place::of(Some(empty), Path::new("")), file).await.unwrap();
    let again = store::open(Some(empty), Path::new("")).await.unwrap();
    assert_eq!(of_all(&*again).await, before, "what was stored when it was saved");
    assert!(again.sessions().await.unwrap().iter().all(|info| !info.served));
    let opening = Opening { config: new_session().config, phase: Phase::Lobby, asked: false };
    let recovered = open_session_of("", Asked::Session(played.0), &*again, &opening).await.unwrap();
    assert_eq!(recovered.session.market().state_hash(), market.state_hash(), "a server goes on with it");
    let next = again.create(&new_session()).await.unwrap();
    assert!(next > again.sessions().await.unwrap()[1].id, "numbers go on");
    again.close().await.unwrap();
    serving.close().await.unwrap();
    (played, before)
}

fn is_left_over(entry: &std::io::Result<std::fs::DirEntry>) -> bool {
    entry.as_ref().unwrap().file_name().to_string_lossy().contains(".part")
}

#[test]
fn sqlite_is_saved_and_put_back() {
    on_sqlite("saved", |bench| async move {
        let Bench::Sqlite(file) = &bench else { unreachable!() };
        let directory = directory("saved-sqlite");
        let url = |path: &Path| format!("sqlite:{}", path.display());
        there_and_back(&url(file), &url(&directory.join("back.db")), &directory.join("copy.db")).await;
        std::fs::remove_dir_all(directory).unwrap();
    });
}

#[test]
fn postgresql_is_saved_and_put_back() {
    on_postgres(|bench| async move {
        let Bench::Postgres(url) = &bench else { unreachable!() };
        let names = ["saved", "back"].map(|name| format!("{name}_{}", std::process::id()));
        let mut connection = PgConnection::connect(url).await.unwrap();
        let mut run = async |statement: String| {
            sqlx::query(AssertSqlSafe(statement)).execute(&mut connection).await.unwrap();
        };
        for name in &names {
            run(format!("CREATE DATABASE {name}")).await;
        }
        let [from, back] = names.each_ref().map(|name| format!("{}/{name}", url.rsplit_once('/').unwrap().0));
        let directory = directory("saved-postgres");
        let file = directory.join("copy.db");
        let (played, before) = there_and_back(&from, &back, &file).await;
        // The file is a database as it is.
        let from_file = store::open(Some(&format!("sqlite:{}", file.display())), Path::new("")).await.unwrap();
        assert_eq!(of_all(&*from_file).await.len(), before.len());
        assert!(write_all(&*from_file, played, &directory.join("out")).await.unwrap().findings.is_empty());
        from_file.close().await.unwrap();
        let refused = store::restore(&Place::of(Some(&back), Path::new("")), &file).await.unwrap_err();
        assert!(matches!(refused, StoreError::NotEmpty(3)), "{refused}");
        for name in &names {
            run(format!("DROP DATABASE {name} WITH (FORCE)")).await;
        }
        std::fs::remove_dir_all(directory).unwrap();
    });
}

/// Whoever changes a balance, a holding or an order beneath the server is found out by the export.
pub(crate) async fn what_was_changed_by_hand_is_found(bench: Bench) {
    let Some(url) = bench.url() else { return };
    let out = directory(if url.starts_with("sqlite") { "hand-sqlite" } else { "hand-postgres" });
    let store = bench.open().await;
    let (id, _) = play(&*store).await;
    let findings = async || write_all(&*store, id, &out).await.unwrap().findings;
    assert_eq!(findings().await, Vec::<String>::new());
    meddle(&bench, "UPDATE users SET balance = balance + 1 WHERE session_id = $1 AND user_id = 3", id).await;
    let found = findings().await;
    assert!(found.len() == 1 && found[0].starts_with("balance of participant 3 is "), "{found:?}");
    let checks = std::fs::read_to_string(out.join("checks.csv")).unwrap();
    assert!(checks.contains("\r\nbalances,6,1,balance of participant 3"), "{checks}");
    meddle(&bench, "UPDATE orders SET filled = 0, remaining = size WHERE session_id = $1 AND filled > 0", id).await;
    meddle(&bench, "UPDATE positions SET tokens = 5 WHERE session_id = $1 AND user_id = 2", id).await;
    let found = findings().await;
    assert!(found.iter().any(|finding| finding.starts_with("filled of order ")), "{found:?}");
    assert!(found.iter().any(|finding| finding.starts_with("tokens of participant 2, ")), "{found:?}");
    std::fs::remove_dir_all(out).unwrap();
}
