//! The processes that are measured, and what they spend.

use outcry_bots::Address;
use std::{
    fs,
    io::{BufRead, BufReader},
    ops::Sub,
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicU64, Ordering},
    time::Instant,
};

pub(crate) const PASSWORD: &str = "correct horse battery staple";

/// What a process says, line by line.
type Said = Box<dyn Iterator<Item = String>>;

/// A process that listens; killed when dropped.
pub(crate) struct Process {
    child: Child,
    address: Address,
    directory: Option<PathBuf>,
}

impl Process {
    /// The server on a database of its own.
    pub(crate) fn server() -> Self {
        Self::serving(&[]).0
    }

    /// A house of so many rooms on a database of its own, and the rooms' addresses.
    pub(crate) fn house(rooms: usize) -> (Self, Vec<Address>) {
        let (house, said) = Self::serving(&["--rooms", &rooms.to_string()]);
        let addresses =
            said.filter(|line| line.contains("/r/")).take(rooms).map(|line| line.trim().parse().unwrap()).collect();
        (house, addresses)
    }

    fn serving(settings: &[&str]) -> (Self, Said) {
        static STARTED: AtomicU64 = AtomicU64::new(0);
        let nth = STARTED.fetch_add(1, Ordering::Relaxed);
        let directory = std::env::temp_dir().join(format!("outcry-bench-crowd-{}-{nth}", std::process::id()));
        fs::create_dir_all(&directory).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_outcry-server"));
        command.args(["--listen", "127.0.0.1:0", "--admin-password", PASSWORD, "--data-dir"]).arg(&directory);
        command.args(settings).current_dir(&directory).env("OUTCRY_LOG", "error");
        let (mut server, said) = Self::start(command);
        server.directory = Some(directory);
        (server, said)
    }

    /// A fan-out of frames of so many bytes.
    pub(crate) fn bare(bytes: usize) -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["bare", &bytes.to_string()]);
        Self::start(command).0
    }

    /// The process, and what it says after its address.
    fn start(mut command: Command) -> (Self, Said) {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut said = lines.map_while(Result::ok);
        let place = |line: String| {
            let (_, rest) = line.split_once("listening on ")?;
            rest.split_whitespace().next()?.parse().ok()
        };
        let address = said.by_ref().find_map(place).unwrap();
        (Self { child, address, directory: None }, Box::new(said))
    }

    /// Memory that it holds now, and at its peak, in MB.
    pub(crate) fn memory_mb(&self) -> (u64, u64) {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = |name: &str| status.lines().find_map(|line| line.strip_prefix(name)?.split_whitespace().next());
        let mb = |name| line(name).map_or(0, |kib| kib.parse::<u64>().unwrap() * 1_024 / 1_000_000);
        (mb("VmRSS:"), mb("VmHWM:"))
    }

    pub(crate) fn address(&self) -> Address {
        self.address.clone()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        if let Some(directory) = &self.directory {
            let _ = fs::remove_dir_all(directory);
        }
    }
}

/// What a process has spent up to a moment.
#[derive(Clone, Copy)]
pub(crate) struct Spent {
    pub(crate) cpu_us: f64,
    pub(crate) wall_s: f64,
}

impl Spent {
    pub(crate) fn by(process: &Process) -> Self {
        Self::by_child(&process.child)
    }

    /// Processor per time, in percent of a core.
    pub(crate) fn share(self) -> f64 {
        self.cpu_us / 1e4 / self.wall_s
    }

    /// From the scheduler's own account, in ns, of every thread.
    pub(crate) fn by_child(child: &Child) -> Self {
        static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
        let start = *START.get_or_init(Instant::now);
        let tasks = fs::read_dir(format!("/proc/{}/task", child.id())).unwrap();
        let ns = |task: fs::DirEntry| -> Option<f64> {
            fs::read_to_string(task.path().join("schedstat")).ok()?.split_whitespace().next()?.parse().ok()
        };
        let cpu_ns: f64 = tasks.flatten().filter_map(ns).sum();
        Self { cpu_us: cpu_ns / 1e3, wall_s: start.elapsed().as_secs_f64() }
    }
}

impl Sub for Spent {
    type Output = Self;

    fn sub(self, before: Self) -> Self {
        Self { cpu_us: self.cpu_us - before.cpu_us, wall_s: self.wall_s - before.wall_s }
    }
}
