//! What takes the database away from a running server, and gives it back: a full disk, or a PostgreSQL that is
//! stopped without a word. `cargo xtask test` names the directory of one that may be in `TEST_POSTGRES_DIR`.

use super::{
    Database, Server,
    database::{answers, count},
    deadline,
};
use std::{
    fs,
    os::unix::{fs::MetadataExt, process::CommandExt},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Instant,
};

/// There is one PostgreSQL that may be stopped: whoever has it is alone with it.
static TURN: Mutex<()> = Mutex::new(());

/// Largest file on a full disk, in bytes: a page, so that nothing can be added to a database.
const FULL_BYTES: u32 = 4_096;

/// What the database hangs on.
pub(crate) enum Plug {
    /// The disk of a server's own file.
    Disk,
    /// A PostgreSQL.
    Cluster(Box<Cluster>),
}

impl Plug {
    /// A PostgreSQL that may be stopped, with a database in it; `None` where there is none.
    pub(crate) fn cluster() -> Option<(Self, Database)> {
        let data = std::env::var_os("TEST_POSTGRES_DIR").map(PathBuf::from);
        assert!(data.is_some() || std::env::var_os("CI").is_none(), "TEST_POSTGRES_DIR does not name a PostgreSQL");
        let cluster = Cluster::at(data?, TURN.lock().unwrap_or_else(PoisonError::into_inner));
        let database = Database::beside(&cluster.url);
        Some((Self::Cluster(Box::new(cluster)), database))
    }

    /// Takes the database away.
    pub(crate) fn pull(&mut self, server: &Server) {
        match self {
            Self::Disk => limit_files(server, &FULL_BYTES.to_string()),
            Self::Cluster(cluster) => cluster.stop(),
        }
    }

    /// Waits until a server has locked the session, whose lock a crash of the database has freed. A file's
    /// lock is the system's, and never free.
    pub(crate) fn wait_for_lock(&self, database: &Database, session: u64) {
        let locks = format!(
            "SELECT CAST(count(*) AS BIGINT) FROM pg_locks WHERE locktype = 'advisory' AND objid = {session} \
             AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        );
        let until = deadline();
        while matches!(self, Self::Cluster(_)) && count(database.url(), &locks) == 0 {
            assert!(Instant::now() < until, "nobody locks session {session}");
        }
    }

    /// Gives it back: there is room again, or it answers.
    pub(crate) fn give_back(&mut self, server: &Server) {
        match self {
            Self::Disk => limit_files(server, "unlimited"),
            Self::Cluster(cluster) => cluster.start(),
        }
    }
}

/// Sets how large a file of the server may grow.
fn limit_files(server: &Server, bytes: &str) {
    let process = server.process().to_string();
    run(Command::new("prlimit").args(["--pid", &process, &format!("--fsize={bytes}:")]));
}

/// A PostgreSQL with nothing in it that anybody else needs.
pub(crate) struct Cluster {
    data: PathBuf,
    /// Where its programs are.
    programs: PathBuf,
    url: String,
    /// Once it was started here.
    running: Option<Child>,
    _turn: MutexGuard<'static, ()>,
}

impl Cluster {
    /// The one that runs on a directory.
    fn at(data: PathBuf, turn: MutexGuard<'static, ()>) -> Self {
        let lines = fs::read_to_string(data.join("postmaster.pid")).expect("it runs");
        let port = lines.lines().nth(3).expect("the fourth line is its port").to_owned();
        let started = fs::read_to_string(data.join("postmaster.opts")).expect("how it was started");
        let program = started.split(' ').next().map(Path::new).expect("its program");
        let programs = program.parent().expect("a directory").to_owned();
        Self {
            data,
            programs,
            url: format!("postgres://postgres@127.0.0.1:{port}/postgres"),
            running: None,
            _turn: turn,
        }
    }

    /// One of its programs, as whoever owns the data.
    fn command(&self, program: &str) -> Command {
        let owner = fs::metadata(&self.data).expect("the directory is there");
        let mut command = Command::new(self.programs.join(program));
        command.arg("-D").arg(&self.data).uid(owner.uid()).gid(owner.gid()).current_dir(&self.data);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    /// Stops it as a crash would.
    fn stop(&mut self) {
        run(self.command("pg_ctl").args(["-m", "immediate", "-w", "stop"]));
        if let Some(mut running) = self.running.take() {
            running.wait().expect("it has ended");
        }
    }

    /// Starts it and waits until it answers.
    fn start(&mut self) {
        self.running = Some(self.command("postgres").spawn().expect("PostgreSQL starts"));
        let until = deadline();
        while !answers(&self.url) {
            assert!(Instant::now() < until, "PostgreSQL does not answer");
            std::thread::yield_now();
        }
    }
}

#[track_caller]
fn run(command: &mut Command) {
    let output = command.stdout(Stdio::piped()).stderr(Stdio::piped()).output();
    let output = output.unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}
