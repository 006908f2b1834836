//! The server's process.

use super::{Database, deadline};
use outcry_bots::Address;
use std::{
    collections::VecDeque,
    io::{BufRead, BufReader, Read},
    path::Path,
    process::{Child, Command, ExitStatus, Output, Stdio},
    sync::{
        Arc, Mutex,
        mpsc::{Sender, channel},
    },
    thread,
    time::Instant,
};

/// The host's password in tests.
pub(crate) const PASSWORD: &str = "correct horse battery staple";
/// What stands before the address in the line that says where the server listens.
const LISTENING: &str = "listening on ";
/// Last lines of the server's output that a failure shows.
const LINES_SHOWN: usize = 40;

type Tail = Arc<Mutex<VecDeque<String>>>;

/// A running server. Dropped, it is killed.
pub(crate) struct Server {
    child: Child,
    address: Address,
    tail: Tail,
}

impl Server {
    /// Starts the server on a free port and waits until it listens.
    pub(crate) fn start(program: &Path, database: &Database) -> Self {
        Self::start_at(program, database, "127.0.0.1:0")
    }

    /// Starts the server there and waits until it listens.
    pub(crate) fn start_at(program: &Path, database: &Database, place: &str) -> Self {
        Self::start_as(program, database, place, Some(PASSWORD))
    }

    /// The same with another password, or with one that the server makes up.
    pub(crate) fn start_as(program: &Path, database: &Database, place: &str, password: Option<&str>) -> Self {
        let password = password.iter().flat_map(|password| ["--admin-password", password]);
        Self::start_by(bare_command(program, database).args(password).args(["--listen", place]))
    }

    /// Starts the server with more arguments, on a free port unless they say where, and waits until it
    /// listens.
    pub(crate) fn start_with(program: &Path, database: &Database, arguments: &[&str]) -> Self {
        let place: &[&str] = if arguments.contains(&"--listen") { &[] } else { &["--listen", "127.0.0.1:0"] };
        Self::start_by(command(program, database).args(arguments).args(place))
    }

    /// The same, with variables in its environment.
    pub(crate) fn start_in(
        program: &Path,
        database: &Database,
        variables: &[(&str, String)],
        arguments: &[&str],
    ) -> Self {
        Self::start_by(command(program, database).args(arguments).envs(variables.iter().cloned()))
    }

    fn start_by(command: &mut Command) -> Self {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("the server cannot be started: {error}"));
        let tail = Tail::default();
        let (found, addresses) = channel();
        listen(child.stdout.take().expect("piped"), &tail, found.clone());
        listen(child.stderr.take().expect("piped"), &tail, found);
        let left = deadline().saturating_duration_since(Instant::now());
        // Ends early when the process does: then both readers are gone.
        let Ok(address) = addresses.recv_timeout(left) else {
            let status = child.kill().and_then(|()| child.wait());
            panic!("the server does not listen ({status:?}):\n{}", shown(&tail));
        };
        Self { child, address, tail }
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> &Address {
        &self.address
    }

    /// What it has said last.
    pub(crate) fn said(&self) -> String {
        shown(&self.tail)
    }

    /// Sends it a signal.
    pub(crate) fn signal(&self, signal: &str) {
        let sent = Command::new("kill").args([signal, &self.process().to_string()]).status();
        assert!(sent.is_ok_and(|status| status.success()), "kill {signal} works");
    }

    /// The process's number.
    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }

    /// Ends it as a power cut would.
    pub(crate) fn kill(mut self) {
        self.child.kill().expect("the server runs");
        self.child.wait().expect("the server ends");
    }

    /// Asks it to stop, and waits until it has.
    pub(crate) fn stop(mut self) -> ExitStatus {
        self.signal("-TERM");
        self.child.wait().expect("the server ends")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if thread::panicking() {
            eprintln!("the server's last words:\n{}", shown(&self.tail));
        }
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The server's program with a database and a password, and nothing of the caller's.
pub(crate) fn command(program: &Path, database: &Database) -> Command {
    let mut command = bare_command(program, database);
    command.args(["--admin-password", PASSWORD]);
    command
}

fn bare_command(program: &Path, database: &Database) -> Command {
    // A file that must not grow is an error, as on a full disk, and no signal.
    let mut command = Command::new("sh");
    command.args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\""]).arg(program);
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("OUTCRY_")) {
        command.env_remove(name);
    }
    command.env_remove("DATABASE_URL").env_remove("ADMIN_PASSWORD").current_dir(database.directory());
    command.args(["--database-url", database.url()]);
    command
}

/// Starts the server with more arguments; it has to refuse, naming all of `words`.
#[track_caller]
pub(crate) fn refuses(program: &Path, database: &Database, arguments: &[&str], words: &[&str]) {
    let output = ended(command(program, database).args(arguments));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
    assert!(!said.contains("panicked"), "{said}");
    let sentence = said.lines().last().unwrap_or_default();
    for word in words {
        assert!(said.contains(word), "{arguments:?} should name {word}: {said}");
    }
    assert!(sentence.len() < 400, "{said}");
}

/// What a program says that has to end by itself.
#[track_caller]
fn ended(command: &mut Command) -> Output {
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let child = child.unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let (process, (tell, end)) = (child.id().to_string(), channel());
    // Nobody listens any more: it took too long.
    let waiting = thread::spawn(move || _ = tell.send(child.wait_with_output()));
    let output = end.recv_timeout(deadline().saturating_duration_since(Instant::now()));
    if output.is_err() {
        let _ = Command::new("kill").args(["-KILL", &process]).status();
    }
    waiting.join().expect("waits");
    output.unwrap_or_else(|_| panic!("{command:?} does not end")).expect("an output")
}

/// Reads all that the server says, so that it is never held up, and finds its address.
fn listen(output: impl Read + Send + 'static, tail: &Tail, found: Sender<Address>) {
    let tail = Arc::clone(tail);
    thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            let place = line.split_once(LISTENING).and_then(|(_, rest)| rest.split_whitespace().next());
            if let Some(address) = place.and_then(|place| place.parse().ok()) {
                // Found before, and nobody waits any more.
                let _ = found.send(address);
            }
            let mut tail = tail.lock().expect("nobody panics inside");
            tail.push_back(line);
            if tail.len() > LINES_SHOWN {
                tail.pop_front();
            }
        }
    });
}

fn shown(tail: &Tail) -> String {
    tail.lock().expect("nobody panics inside").iter().map(|line| format!("  {line}\n")).collect()
}
