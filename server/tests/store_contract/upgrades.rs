//! What an upgrade does to a database: tables of every earlier version, with a session that was played on
//! them, are brought up to date; those of a later one, or of another program, are left alone.

use crate::bench::Bench;
use outcry_server::{
    export::write_all,
    market::{Opening, open_session},
    store::{self, Place, Store, StoreError},
};
use outcry_shared::{config::presets, phase::Phase};
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
};

/// An empty database of this test's own.
struct Fresh {
    bench: Bench,
    directory: PathBuf,
    /// Of PostgreSQL: where it is made, and its name.
    origin: Option<(String, String)>,
}

impl Fresh {
    /// One on each database there is.
    async fn all() -> Vec<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let unique = format!("upgrade_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(&unique);
        fs::create_dir_all(&directory).unwrap();
        let file = Bench::Sqlite(directory.join("test.db"));
        let mut all = vec![Self { bench: file, directory: directory.clone(), origin: None }];
        if let Ok(origin) = std::env::var("TEST_DATABASE_URL") {
            run_on(&origin, &format!("CREATE DATABASE {unique}")).await;
            let bench = Bench::Postgres(format!("{}/{unique}", origin.rsplit_once('/').unwrap().0));
            all.push(Self { bench, directory, origin: Some((origin, unique)) });
        } else {
            assert!(std::env::var_os("CI").is_none(), "TEST_DATABASE_URL is not set: PostgreSQL must be tested");
        }
        all
    }

    fn url(&self) -> String {
        self.bench.url().unwrap()
    }

    const fn kind(&self) -> &'static str {
        if self.origin.is_some() { "postgres" } else { "sqlite" }
    }

    async fn run(&self, sql: &str) {
        if self.origin.is_some() {
            run_on(&self.url(), sql).await;
        } else {
            let url = format!("{}?mode=rwc", self.url());
            let mut connection = SqliteConnection::connect(&url).await.unwrap();
            sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut connection).await.unwrap();
            connection.close().await.unwrap();
        }
    }

    /// Fills it as a version of the program had left it.
    async fn play_back(&self, version: usize) {
        let file = format!("tests/store_contract/versions/{}-{version}.sql", self.kind());
        let dump = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(&file));
        self.run(&dump.unwrap_or_else(|error| panic!("{file}: {error}: every version has a session"))).await;
    }

    async fn open(&self) -> Result<std::sync::Arc<dyn Store>, StoreError> {
        store::open(Some(&self.url()), Path::new("")).await
    }

    async fn refusal(&self) -> String {
        self.open().await.err().expect("refused").to_string()
    }

    async fn drop(self) {
        if let Some((origin, name)) = &self.origin {
            run_on(origin, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
            fs::remove_dir_all(self.directory).unwrap();
        }
    }
}

async fn run_on(url: &str, sql: &str) {
    let mut connection = PgConnection::connect(url).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

/// Versions of the tables so far.
fn versions(kind: &str) -> usize {
    fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(kind)).unwrap().count()
}

/// A session that an earlier version played goes on, its hashes are equal, and it can be taken home. What the first
/// version recorded can be taken home; how a market went on then, no later one knows.
#[tokio::test]
async fn every_earlier_version_is_brought_up_to_date() {
    let newest = versions("sqlite");
    assert_eq!(newest, versions("postgres"), "both databases have the same versions");
    for version in 1..newest {
        for fresh in Fresh::all().await {
            fresh.play_back(version).await;
            let store = fresh.open().await.unwrap();
            let session = store.sessions().await.unwrap().remove(0);
            assert_eq!((session.name.as_str(), session.users, session.ticks), ("Kept", 4, 10));
            let opening = Opening { config: presets()[0].config.clone(), phase: Phase::Lobby, asked: false };
            match open_session(&*store, &opening).await {
                Ok(recovered) => assert_eq!((recovered.session.tick(), recovered.users.len()), (10, 4)),
                Err(refused) => {
                    let refused = refused.to_string();
                    assert!(version == 1 && refused.contains("serve --session new"), "{version}: {refused}");
                }
            }
            let out = fresh.directory.join(fresh.kind());
            let written = write_all(&*store, session.id, &out).await.unwrap();
            assert_eq!(written.findings, Vec::<String>::new());
            let checks = fs::read_to_string(out.join("checks.csv")).unwrap();
            assert!(checks.contains("\nbalances,0,0,"), "there were no movements of cash to compare: {checks}");
            store.close().await.unwrap();
            fresh.drop().await;
        }
    }
}

/// A backup of a file of an earlier version is of this one; the file stays as it was.
#[tokio::test]
async fn a_file_of_an_earlier_version_is_saved() {
    for version in 1..versions("sqlite") {
        let fresh = Fresh::all().await.remove(0);
        fresh.play_back(version).await;
        let (url, copy) = (fresh.url(), fresh.directory.join("copy.db"));
        store::backup(&Place::of(Some(&url), Path::new("")), &copy).await.unwrap();
        let applied = async |url: &str| {
            let mut connection = SqliteConnection::connect(url).await.unwrap();
            let count = "SELECT count(*) FROM _sqlx_migrations";
            sqlx::query_scalar::<_, i64>(count).fetch_one(&mut connection).await.unwrap() as usize
        };
        assert_eq!(applied(&format!("sqlite:{}", copy.display())).await, versions("sqlite"));
        assert_eq!(applied(&url).await, version);
        fs::remove_dir_all(&fresh.directory).unwrap();
    }
}

#[tokio::test]
async fn a_later_version_is_left_alone() {
    for fresh in Fresh::all().await {
        fresh.open().await.unwrap().close().await.unwrap();
        let known = versions(fresh.kind());
        let later = |version: usize| {
            let (now, yes, sum) =
                if fresh.origin.is_some() { ("now()", "TRUE", "'\\x00'") } else { ("CURRENT_TIMESTAMP", "1", "x'00'") };
            format!("INSERT INTO _sqlx_migrations VALUES ({version}, 'later', {now}, {yes}, {sum}, 1)")
        };
        fresh.run(&later(known + 4)).await;
        let refused = fresh.refusal().await;
        let expected = format!("tables of version {}, and this program knows {known}", known + 4);
        assert!(refused.contains(&expected) && refused.contains("backup"), "{refused}");
        fresh.drop().await;
    }
}

#[tokio::test]
async fn a_version_that_was_changed_is_named() {
    for fresh in Fresh::all().await {
        fresh.open().await.unwrap().close().await.unwrap();
        let sum = if fresh.origin.is_some() { "'\\x00'" } else { "x'00'" };
        fresh.run(&format!("UPDATE _sqlx_migrations SET checksum = {sum} WHERE version = 2")).await;
        let refused = fresh.refusal().await;
        assert!(refused.contains("version 2"), "{refused}");
        fresh.drop().await;
    }
}

/// Where another program has its tables, nothing is made and nothing is changed.
#[tokio::test]
async fn tables_of_another_program_are_left_alone() {
    let migrations = "CREATE TABLE _sqlx_migrations (version BIGINT PRIMARY KEY, description TEXT, checksum BYTEA);
        INSERT INTO _sqlx_migrations VALUES (20240101000000, 'jobs', '')";
    for sql in ["CREATE TABLE users (id INTEGER)", migrations] {
        for fresh in Fresh::all().await {
            fresh.run(sql).await;
            let refused = fresh.refusal().await;
            assert!(refused.contains("another program") && refused.contains("--database-schema"), "{refused}");
            fresh.run("CREATE TABLE sessions (left_alone INTEGER)").await;
            fresh.drop().await;
        }
    }
}

/// A server that plays keeps its tables: whoever would bring them up to date is told to stop it first.
#[tokio::test]
async fn nobody_changes_tables_under_a_server() {
    for fresh in Fresh::all().await {
        fresh.play_back(2).await;
        if fresh.origin.is_some() {
            let mut server = PgConnection::connect(&fresh.url()).await.unwrap();
            // As the second version held its session.
            sqlx::query("SELECT pg_advisory_lock(1333097571, 1)").execute(&mut server).await.unwrap();
            let refused = fresh.refusal().await;
            assert!(refused.contains("serves session 1") && refused.contains("stop it first"), "{refused}");
            server.close().await.unwrap();
        } else {
            let lock = File::create(fresh.directory.join("test.db.lock")).unwrap();
            lock.lock().unwrap();
            let refused = fresh.refusal().await;
            assert!(refused.contains("in use by another server"), "{refused}");
        }
        // The database may take a moment to notice that the server is gone.
        let store = loop {
            match fresh.open().await {
                Err(StoreError::Served { .. }) => {}
                opened => break opened.unwrap(),
            }
        };
        assert_eq!(store.sessions().await.unwrap().len(), 1);
        store.close().await.unwrap();
        fresh.drop().await;
    }
}

/// Two schemas of one database are two databases, beside another program's tables.
#[tokio::test]
async fn schemas_do_not_meet() {
    for fresh in Fresh::all().await.into_iter().filter(|fresh| fresh.origin.is_some()) {
        fresh.run("CREATE TABLE users (id INTEGER)").await;
        let url = fresh.url();
        let place = |schema| Place { schema: Some(schema), ..Place::of(Some(&url), Path::new("")) };
        let first = store::open_at(&place("outcry")).await.unwrap();
        let second = store::open_at(&place("rehearsal")).await.unwrap();
        for store in [&first, &second] {
            let id = store.create(&crate::samples::new_session()).await.unwrap();
            assert_eq!(id.0, 1, "each has a session 1 of its own");
            store.accept(&crate::samples::first_group()).await.unwrap();
        }
        let third = store::open_at(&place("outcry")).await.unwrap();
        assert!(matches!(third.claim(outcry_server::store::SessionId(1)).await, Err(StoreError::Locked(_))));
        let refused = store::open_at(&place("Outcry; DROP")).await.err().unwrap().to_string();
        assert!(refused.contains("\"Outcry; DROP\""), "{refused}");
        for store in [first, second, third] {
            store.close().await.unwrap();
        }
        fresh.drop().await;
    }
}
