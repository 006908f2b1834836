//! A database of a test's own.

use sqlx::{AnyConnection, AssertSqlSafe, Connection, Executor};
use std::{
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
};
use tokio::runtime::{Builder, Runtime};

static NEXT: AtomicU32 = AtomicU32::new(0);

/// An empty database; deleted when dropped, unless the test has failed.
pub(crate) struct Database {
    url: String,
    directory: PathBuf,
    /// Of PostgreSQL: the database to connect to for deleting this one, and its name.
    origin: Option<(String, String)>,
}

pub(super) fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().expect("a runtime")
}

pub(super) async fn connect(url: &str) -> AnyConnection {
    sqlx::any::install_default_drivers();
    AnyConnection::connect(url).await.unwrap_or_else(|error| panic!("the database does not answer: {error}"))
}

/// Whether a database answers.
pub(super) fn answers(url: &str) -> bool {
    sqlx::any::install_default_drivers();
    runtime().block_on(async { AnyConnection::connect(url).await.is_ok() })
}

/// The two texts of each row that a query gives.
fn pairs(url: &str, query: &str) -> Vec<(String, String)> {
    runtime().block_on(async {
        let mut connection = connect(url).await;
        let rows = sqlx::query_as(AssertSqlSafe(query.to_owned())).fetch_all(&mut connection).await;
        rows.unwrap_or_else(|error| panic!("{query}: {error}"))
    })
}

/// The number that a query gives.
pub(super) fn count(url: &str, query: &str) -> i64 {
    runtime().block_on(async {
        let mut connection = connect(url).await;
        let counted = sqlx::query_scalar(AssertSqlSafe(query.to_owned())).fetch_one(&mut connection).await;
        counted.unwrap_or_else(|error| panic!("{query}: {error}"))
    })
}

impl Database {
    /// A file.
    pub(crate) fn sqlite() -> Self {
        let directory = directory();
        let url = format!("sqlite:{}", directory.join("floor.db").display());
        Self { url, directory, origin: None }
    }

    /// One that is there, and stays.
    pub(crate) fn at(url: &str) -> Self {
        Self { url: url.to_owned(), directory: directory(), origin: None }
    }

    /// One of the server at `TEST_DATABASE_URL`; `None` where there is none.
    pub(crate) fn postgres() -> Option<Self> {
        let origin = std::env::var("TEST_DATABASE_URL").ok();
        assert!(origin.is_some() || std::env::var_os("CI").is_none(), "TEST_DATABASE_URL does not name a PostgreSQL");
        origin.map(|origin| Self::beside(&origin))
    }

    /// One of the server that another database's address names.
    pub(crate) fn beside(origin: &str) -> Self {
        let directory = directory();
        let name = format!("black_box_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        run(origin, format!("CREATE DATABASE {name}"));
        let (server, query) = origin.split_once('?').map_or((origin, None), |(url, query)| (url, Some(query)));
        let (server, _) = server.rsplit_once('/').expect("a database in TEST_DATABASE_URL");
        let query = query.map_or_else(String::new, |query| format!("?{query}"));
        let url = format!("{server}/{name}{query}");
        Self { url, directory, origin: Some((origin.to_owned(), name)) }
    }

    /// Its address.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Changes it behind the server's back.
    pub(crate) fn run(&self, statement: String) {
        run(&self.url, statement);
    }

    /// The two texts of each row that a query gives.
    pub(crate) fn pairs(&self, query: &str) -> Vec<(String, String)> {
        pairs(&self.url, query)
    }

    /// A directory of the test's own.
    pub(crate) fn directory(&self) -> &Path {
        &self.directory
    }

    pub(super) fn is_postgres(&self) -> bool {
        self.origin.is_some()
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("the database is kept: {} in {}", self.url, self.directory.display());
            return;
        }
        if let Some((origin, name)) = &self.origin {
            run(origin, format!("DROP DATABASE {name} WITH (FORCE)"));
        }
        // What cannot be deleted is left to the system's own cleaning.
        let _ = std::fs::remove_dir_all(&self.directory);
    }
}

fn run(url: &str, statement: String) {
    runtime().block_on(async {
        let mut connection = connect(url).await;
        let done = connection.execute(AssertSqlSafe(statement.clone())).await;
        done.unwrap_or_else(|error| panic!("{statement}: {error}"));
    });
}

fn directory() -> PathBuf {
    let name = format!("outcry-black-box-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let directory = std::env::temp_dir().join(name);
    std::fs::create_dir_all(&directory).expect("a directory for the test");
    directory
}
