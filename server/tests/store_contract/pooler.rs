//! A pooler between server and PostgreSQL: one that lends a connection for as long as its client stays is as good as the
//! database; one that lends it for a transaction holds no session's lock, and is refused.

use crate::bench::Bench;
use outcry_server::store;
use std::{
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// Where Debian puts it.
const PGBOUNCER: &str = "/usr/sbin/pgbouncer";
/// How long it may take to its first answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// A running PgBouncer. Dropped, it is killed.
struct Pooler {
    child: Child,
    url: String,
}

impl Pooler {
    /// Starts one in front of a database.
    fn start(url: &str, mode: &str) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let (user, place) = url.split_once("://").unwrap().1.split_once('@').unwrap();
        let (host, database) = place.split_once('/').unwrap();
        let (host, host_port) = host.split_once(':').unwrap();
        let (user, _) = user.split_once(':').unwrap_or((user, ""));
        // Readable for the account that it runs as: it refuses to be root.
        let directory = std::env::temp_dir().join(format!("outcry-pooler-{}-{mode}", std::process::id()));
        std::fs::create_dir_all(&directory).unwrap();
        let file = directory.join("pgbouncer.ini");
        let text = format!(
            "[databases]\n{database} = host={host} port={host_port} dbname={database} user={user}\n\
             [pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\nauth_type = any\n\
             pool_mode = {mode}\nignore_startup_parameters = extra_float_digits\n"
        );
        std::fs::write(&file, text).unwrap();
        let mut command = Command::new(PGBOUNCER);
        if std::fs::metadata(&directory).is_ok_and(|made| std::os::unix::fs::MetadataExt::uid(&made) == 0) {
            command.args(["--user", "nobody"]);
        }
        let child = command.arg(&file).stderr(Stdio::null()).stdout(Stdio::null()).spawn().unwrap();
        let pooler = Self { child, url: format!("postgres://{user}@127.0.0.1:{port}/{database}") };
        let deadline = Instant::now() + PATIENCE;
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(Instant::now() < deadline, "PgBouncer answers");
            std::thread::yield_now();
        }
        std::fs::remove_dir_all::<PathBuf>(directory).unwrap();
        pooler
    }
}

impl Drop for Pooler {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Sessions are served through the one, and the other is refused with what to do.
pub(crate) async fn a_pooler_lends_for_long_or_is_refused(bench: Bench) {
    let Bench::Postgres(url) = &bench else { return };
    if !Path::new(PGBOUNCER).is_file() {
        assert!(std::env::var_os("CI").is_none(), "{PGBOUNCER} is not there: the package pgbouncer brings it");
        return println!("{PGBOUNCER} is not there: it is left out");
    }
    for mode in ["transaction", "statement"] {
        let pooler = Pooler::start(url, mode);
        let refused = store::open(Some(&pooler.url), Path::new("")).await.err().expect(mode).to_string();
        assert!(refused.contains("pool_mode = session would be right"), "{mode}: {refused}");
    }
    let pooler = Pooler::start(url, "session");
    let behind = Bench::Postgres(pooler.url.clone());
    let (store, id) = crate::cases::started(&behind).await;
    let second = behind.open().await;
    assert!(matches!(second.claim(id).await, Err(store::StoreError::Locked(_))), "its lock holds");
    store.ready().await.unwrap();
    second.close().await.unwrap();
    behind.crash(store).await;
}
