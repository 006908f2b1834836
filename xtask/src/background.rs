//! Programs that run beside us and end with us.

use crate::{
    failure::{Context, Failure, Result},
    run, say,
};
use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    process::{Child, Command},
    thread,
    time::{Duration, Instant},
};

/// How long a program may take to end after it was asked, before it is killed.
const GRACE: Duration = Duration::from_secs(10);
/// How often something awaited is looked at.
const LOOK: Duration = Duration::from_millis(50);

/// A running program; asked to end when dropped.
pub(crate) struct Background {
    name: &'static str,
    child: Child,
    stop_signal: &'static str,
}

impl Background {
    /// Starts a program that ends on SIGTERM.
    ///
    /// # Errors
    /// When it cannot be started.
    pub(crate) fn start(name: &'static str, command: &mut Command) -> Result<Self> {
        let child = command.spawn().context(format!("{name} cannot be started"))?;
        Ok(Self { name, child, stop_signal: "-TERM" })
    }

    /// Ends it by another signal (`-INT`).
    pub(crate) fn stopped_by(mut self, signal: &'static str) -> Self {
        self.stop_signal = signal;
        self
    }

    /// # Errors
    /// When it has ended.
    pub(crate) fn still_runs(&mut self) -> Result<()> {
        match self.child.try_wait().context(format!("looking after {}", self.name))? {
            None => Ok(()),
            Some(status) => Err(Failure::new(format!("{} ended ({status}); what it printed says why", self.name))),
        }
    }

    /// Waits until a condition holds.
    ///
    /// # Errors
    /// When the program ends first, or the time is up.
    pub(crate) fn wait_until(&mut self, limit: Duration, mut ready: impl FnMut() -> bool) -> Result<()> {
        let start = Instant::now();
        while !ready() {
            self.still_runs()?;
            if start.elapsed() > limit {
                return Err(Failure::new(format!("{} was not ready after {} s", self.name, limit.as_secs())));
            }
            thread::sleep(LOOK);
        }
        Ok(())
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(Some(_))) {
            return;
        }
        let asked = run::succeeds(Command::new("kill").args([self.stop_signal, &self.child.id().to_string()]));
        let start = Instant::now();
        while asked && start.elapsed() < GRACE {
            if matches!(self.child.try_wait(), Ok(Some(_))) {
                return;
            }
            thread::sleep(LOOK);
        }
        say::line(&format!("{} did not end when asked: killing it", self.name));
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Whether a server answers a plain HTTP request with 200.
pub(crate) fn answers(address: SocketAddr, path: &str) -> bool {
    let ask = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1))?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
        let mut head = [0; 12];
        stream.read_exact(&mut head)?;
        Ok(String::from_utf8_lossy(&head).into_owned())
    };
    ask().is_ok_and(|head| head.ends_with(" 200"))
}
