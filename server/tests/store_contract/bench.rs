//! Where the contract runs: stores that can be opened again, as after a crash.

use crate::granted::granted;
use outcry_server::store::{self, MemoryStore, Store};
use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};
use tokio::runtime::Runtime;

/// One database under test.
pub(crate) enum Bench {
    Memory(MemoryStore),
    Sqlite(PathBuf),
    Postgres(String),
}

impl Bench {
    /// The database of a URL.
    pub(crate) fn at(url: &str) -> Self {
        match url.strip_prefix("sqlite:") {
            Some(file) => Self::Sqlite(file.into()),
            None => Self::Postgres(url.to_owned()),
        }
    }

    /// Where it is; nowhere in memory.
    pub(crate) fn url(&self) -> Option<String> {
        match self {
            Self::Memory(_) => None,
            Self::Sqlite(file) => Some(format!("sqlite:{}", file.display())),
            Self::Postgres(url) => Some(url.clone()),
        }
    }

    /// A server's store on the database. Dropping it is the end of that server.
    pub(crate) async fn open(&self) -> Arc<dyn Store> {
        if let Self::Memory(store) = self {
            return Arc::new(store.another());
        }
        store::open(self.url().as_deref(), &PathBuf::new()).await.unwrap()
    }

    /// The same for a server to whom every lock is granted.
    pub(crate) async fn intruder(&self) -> Arc<dyn Store> {
        match self {
            Self::Memory(store) => Arc::new(store.granted()),
            Self::Sqlite(_) | Self::Postgres(_) => Self::at(&granted(&self.url().unwrap()).await).open().await,
        }
    }

    /// Ends a server without a word, and waits until the database has noticed.
    pub(crate) async fn crash(&self, server: Arc<dyn Store>) {
        if matches!(self, Self::Postgres(_)) {
            // A process that dies closes its sockets; in one that lives on, closing does.
            server.close().await.unwrap();
        }
        drop(server);
    }
}

fn run<F: Future<Output = ()>>(case: impl FnOnce(Bench) -> F, bench: Bench) {
    Runtime::new().unwrap().block_on(case(bench));
}

pub(crate) fn on_memory<F: Future<Output = ()>>(case: impl FnOnce(Bench) -> F) {
    run(case, Bench::Memory(MemoryStore::default()));
}

pub(crate) fn on_sqlite<F: Future<Output = ()>>(name: &str, case: impl FnOnce(Bench) -> F) {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let unique = format!("{name}-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(unique);
    run(case, Bench::Sqlite(directory.join("test.db")));
    // What a failed test left is worth looking at; what a passed one left is not.
    let _ = std::fs::remove_dir_all(directory);
}

pub(crate) fn on_postgres<F: Future<Output = ()>>(case: impl FnOnce(Bench) -> F) {
    match std::env::var("TEST_DATABASE_URL") {
        Ok(url) => run(case, Bench::Postgres(url)),
        Err(_) if std::env::var_os("CI").is_some() => panic!("TEST_DATABASE_URL is not set: PostgreSQL must be tested"),
        Err(_) => println!("TEST_DATABASE_URL is not set: PostgreSQL is left out"),
    }
}
