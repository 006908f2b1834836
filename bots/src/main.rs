//! `outcry-bots`: a crowd of players without a screen.

use clap::{Parser, Subcommand, ValueEnum};
use outcry_bots::{Address, BotError, Host, Kind, Trust, crowd::Crowd, seats::Seats};
use outcry_shared::message::HostAct;
use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    process::ExitCode,
    thread,
    time::{Duration, Instant},
};

/// Participants of a session; a server takes no more.
const BOTS_MAX: i64 = outcry_shared::limits::SEATS_MAX as i64;

/// Where a server is when nothing is said.
const URL: &str = "http://127.0.0.1:7777";

/// How long the bots may take to be in before the session is started.
const JOIN_TIMEOUT: Duration = Duration::from_secs(60);

/// Plays on a trading floor over the real protocol and sums up what was played.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    /// The server's address: the link that people join by [default: http://127.0.0.1:7777]
    #[arg(long, env = "OUTCRY_URL")]
    url: Option<String>,
    /// Certificates to believe besides those that this machine knows (PEM)
    #[arg(long, env = "OUTCRY_CA", value_name = "FILE")]
    ca: Option<OsString>,
    /// How many bots
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=BOTS_MAX))]
    count: u32,
    /// The same seed and the same messages give the same orders
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// What they play: mix, noise, informed, herder, quoter, arbitrageur, manipulator or sniper
    #[arg(long, default_value = "mix")]
    strategy: Kind,
    /// Shortest time between two acts of a bot, in ms of the session
    #[arg(long, default_value_t = 1_500, value_parser = clap::value_parser!(u64).range(400..=600_000))]
    pace_ms: u64,
    /// How long they play, in s; until the session ends when left out
    #[arg(long)]
    duration: Option<u64>,
    /// Wait for the next session after the end of one
    #[arg(long)]
    stay: bool,
    /// Directory where they keep their seats, and come back to them at the next start
    #[arg(long)]
    seats: Option<PathBuf>,
    /// The host's password: starts the session once every bot is in
    #[arg(long, env = "OUTCRY_START_WITH", hide_env_values = true)]
    start_with: Option<String>,
    #[command(subcommand)]
    instead: Option<Instead>,
}

/// What the program does instead of playing.
#[derive(Debug, Subcommand)]
enum Instead {
    /// Does one thing as the host of the session, without bots
    Host {
        /// The host's password
        #[arg(long, env = "ADMIN_PASSWORD", hide_env_values = true)]
        password: String,
        step: Step,
    },
}

/// What a host does without a screen.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Step {
    /// Starts the session
    Start,
    /// Runs the next round now
    Round,
    /// Ends the market now, with the winner of the script
    End,
}

#[expect(clippy::print_stdout, clippy::print_stderr, reason = "the summary is what the program is for")]
fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let prepared = address(&arguments).and_then(|address| Ok((address, seats(arguments.seats.as_deref())?)));
    let (address, seats) = match prepared {
        Ok(prepared) => prepared,
        Err(wrong) => {
            eprintln!("outcry-bots: {wrong}");
            return ExitCode::FAILURE;
        }
    };
    if let Some(Instead::Host { password, step }) = arguments.instead {
        return match lead(&address, &password, step) {
            Ok(effect) => {
                println!("{effect}");
                ExitCode::SUCCESS
            }
            Err(error) => {
                eprintln!("outcry-bots: {error}");
                ExitCode::FAILURE
            }
        };
    }
    let crowd = Crowd {
        address,
        count: arguments.count as usize,
        seed: arguments.seed,
        kind: arguments.strategy,
        pace_ms: arguments.pace_ms,
        duration: arguments.duration.map(Duration::from_secs),
        stay: arguments.stay,
        seats,
    };
    let outcome = thread::scope(|scope| {
        let starting = arguments
            .start_with
            .filter(|password| !password.is_empty())
            .map(|password| scope.spawn(|| start(&crowd, password)));
        let outcome = crowd.play();
        if let Some(Ok(Err(error))) = starting.map(thread::ScopedJoinHandle::join) {
            eprintln!("the session could not be started: {error}");
        }
        outcome
    });
    println!("{} bots: {}", crowd.count, outcome.stats);
    let Some((index, first)) = outcome.failures.first() else { return ExitCode::SUCCESS };
    eprintln!("{} of {} bots could not go on; number {}: {first}", outcome.failures.len(), crowd.count, index + 1);
    ExitCode::FAILURE
}

/// Where the server is. An empty variable says nothing.
fn address(arguments: &Arguments) -> Result<Address, String> {
    let url = arguments.url.as_deref().filter(|url| !url.trim().is_empty()).unwrap_or(URL);
    let address: Address = url.parse().map_err(|wrong: BotError| wrong.to_string())?;
    match arguments.ca.as_deref().filter(|file| !file.is_empty()) {
        Some(file) => Ok(address.trusting(Trust::with(Path::new(file)).map_err(|wrong| wrong.to_string())?)),
        None => Ok(address),
    }
}

/// Where the bots keep their seats, if they do.
fn seats(directory: Option<&Path>) -> Result<Option<Seats>, String> {
    let Some(directory) = directory else { return Ok(None) };
    let opened = Seats::open(directory.to_path_buf());
    let wrong = |error| format!("{} cannot be made: {error}: name another directory with --seats", directory.display());
    opened.map(Some).map_err(wrong)
}

/// Does one thing as the host, and says its effect.
fn lead(address: &Address, password: &str, step: Step) -> Result<String, BotError> {
    let mut host = Host::login(address, password)?;
    match step {
        Step::Start => host.act(HostAct::Start),
        Step::Round => host.run_round(),
        Step::End => host.end_now(),
    }
}

/// Starts the session as its host once every bot is in.
fn start(crowd: &Crowd, password: String) -> Result<(), BotError> {
    let mut host = Host::login(&crowd.address, &password)?;
    let deadline = Instant::now() + JOIN_TIMEOUT;
    while host.bots_connected() < crowd.count {
        if Instant::now() >= deadline {
            return Err(BotError::Late(format!("{} bots to be in", crowd.count)));
        }
        host.pump(deadline)?;
    }
    host.act(HostAct::Start).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_authorities_as_people_write_them() {
        let read = |arguments: &[&str]| {
            let arguments = Arguments::try_parse_from([&["outcry-bots"], arguments].concat()).unwrap();
            address(&arguments).map(|address| address.socket_url())
        };
        for (arguments, url) in [
            (&[][..], "ws://127.0.0.1:7777/ws"),
            (&["--url", ""], "ws://127.0.0.1:7777/ws"),
            (&["--url", "https://Floor.Example:443/?host"], "wss://floor.example/ws"),
            (&["--url", "floor.example", "--ca="], "ws://floor.example/ws"),
        ] {
            assert_eq!(read(arguments).as_deref(), Ok(url), "{arguments:?}");
        }
        let missing = read(&["--ca", "nowhere.pem"]).unwrap_err();
        assert!(missing.starts_with("nowhere.pem cannot be read ("), "{missing}");
        assert!(read(&["--url", "ftp://floor.example"]).unwrap_err().contains("http:// or https://"));
    }
}
