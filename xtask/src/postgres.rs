//! A PostgreSQL of our own: a private port, a directory that goes with it, and no rights.

use crate::{
    background::Background,
    failure::{Context, Failure, Result},
    needs, run, say,
};
use std::{
    env, fs,
    io::Write,
    net::{Ipv4Addr, TcpListener},
    os::unix::{fs::chown, process::CommandExt},
    path::{Path, PathBuf},
    process::{self, Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

/// How long the server may take to its first answer.
const START_LIMIT: Duration = Duration::from_secs(30);
/// Where tests and benchmarks look for a database.
pub(crate) const DATABASE_VARIABLE: &str = "TEST_DATABASE_URL";
/// Where tests look for a PostgreSQL that they may stop and start: its directory.
pub(crate) const CLUSTER_VARIABLE: &str = "TEST_POSTGRES_DIR";
/// The superuser inside the database.
const ROLE: &str = "postgres";

/// Whether a commit waits for the disk.
#[derive(Clone, Copy)]
pub(crate) enum Commits {
    /// As with anybody's data: what is measured is what people get.
    Wait,
    /// What is lost with the machine is only a test's.
    Hurry,
}

/// A running server; gone when dropped.
pub(crate) struct Postgres {
    server: Option<Background>,
    /// Stops whatever runs on the directory.
    stop: Command,
    dir: PathBuf,
    port: u16,
}

impl Postgres {
    /// Makes a cluster and starts a server on it.
    ///
    /// # Errors
    /// When PostgreSQL is not there, or does not start.
    pub(crate) fn start(commits: Commits) -> Result<Self> {
        let programs = needs::postgres_programs().context("PostgreSQL is not installed: run `--only needs` first")?;
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let dir = env::temp_dir().join(format!("outcry-postgres-{}-{number}", process::id()));
        fs::create_dir_all(&dir).context(dir.display())?;
        let (account, data) = (Account::unprivileged()?, dir.join("data"));
        account.own(&dir)?;
        let mut stop = Command::new(programs.join("pg_ctl"));
        stop.args(["-m", "immediate", "-w", "stop", "-D"]).arg(&data);
        account.enter(&mut stop, &dir);
        let mut postgres = Self { server: None, stop, port: free_port()?, dir };

        let mut initdb = Command::new(programs.join("initdb"));
        initdb.args(["--username", ROLE, "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C", "--pgdata"]);
        account.enter(initdb.arg(&data), &postgres.dir);
        run::output(&mut initdb)?;

        // In its file, so that whoever starts it again, as a test may, needs nothing but the directory.
        let mut settings =
            fs::OpenOptions::new().append(true).open(data.join("postgresql.conf")).context("settings")?;
        settings.write_all(postgres.settings(commits).as_bytes()).context("settings")?;

        let mut server = Command::new(programs.join("postgres"));
        server.arg("-D").arg(&data);
        account.enter(server.stderr(Stdio::null()), &postgres.dir);
        // SIGINT is its fast shutdown; SIGTERM would wait for clients.
        let mut running = Background::start("PostgreSQL", &mut server)?.stopped_by("-INT");
        let port = postgres.port.to_string();
        running.wait_until(START_LIMIT, || {
            run::succeeds(Command::new(programs.join("pg_isready")).args(["-q", "-h", "127.0.0.1", "-p", &port]))
        })?;
        postgres.server = Some(running);
        say::line(&format!("PostgreSQL answers on port {}", postgres.port));
        Ok(postgres)
    }

    fn settings(&self, commits: Commits) -> String {
        let Self { dir, port, .. } = self;
        let fsync = if matches!(commits, Commits::Hurry) { "off" } else { "on" };
        format!(
            "listen_addresses = '127.0.0.1'\nport = {port}\nunix_socket_directories = '{}'\nmax_connections = 200\n\
             fsync = {fsync}\n",
            dir.display()
        )
    }

    /// Its directory, for tests that stop and start it.
    pub(crate) fn data(&self) -> PathBuf {
        self.dir.join("data")
    }

    /// Where it is, for sqlx.
    pub(crate) fn url(&self) -> String {
        format!("postgres://{ROLE}@127.0.0.1:{}/postgres", self.port)
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        self.server = None;
        // A test may have started it again: then it is not our own.
        if self.data().join("postmaster.pid").is_file() {
            run::succeeds(&mut self.stop);
        }
        let _ = fs::remove_dir_all(&self.dir);
    }
}

/// Who runs the server. It refuses to run as root.
struct Account(Option<(u32, u32)>);

impl Account {
    /// Ourselves, or the account that Debian's package made for it if we are root.
    fn unprivileged() -> Result<Self> {
        if !needs::is_root() {
            return Ok(Self(None));
        }
        let accounts = fs::read_to_string("/etc/passwd").context("/etc/passwd")?;
        let ids = |name: &str| {
            let mut fields =
                accounts.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?.split(':').skip(1);
            Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
        };
        let ids = ids("postgres").or_else(|| ids("nobody"));
        ids.map(|ids| Self(Some(ids)))
            .ok_or_else(|| Failure::new("PostgreSQL does not run as root, and there is no account postgres or nobody"))
    }

    fn own(&self, dir: &Path) -> Result<()> {
        let Some((user, group)) = self.0 else { return Ok(()) };
        chown(dir, Some(user), Some(group)).context(dir.display())
    }

    fn enter(&self, command: &mut Command, dir: &Path) {
        command.current_dir(dir).stdout(Stdio::null());
        if let Some((user, group)) = self.0 {
            command.uid(user).gid(group);
        }
    }
}

/// A port that was free a moment ago.
fn free_port() -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("looking for a free port")?;
    Ok(listener.local_addr().context("looking for a free port")?.port())
}
