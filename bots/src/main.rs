//! `outcry-bots`: a crowd of players without a screen.

use clap::Parser;
use outcry_bots::{Address, crowd::Crowd, strategy::Kind};
use std::{process::ExitCode, time::Duration};

/// Participants of a session; a server takes no more.
const BOTS_MAX: i64 = outcry_shared::limits::SEATS_MAX as i64;

/// Plays on a trading floor over the real protocol and sums up what was played.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    /// The server's address
    #[arg(long, env = "OUTCRY_URL", default_value = "http://127.0.0.1:7777")]
    url: Address,
    /// How many bots
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=BOTS_MAX))]
    count: u32,
    /// The same seed and the same messages give the same orders
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// What they play: mix, noise, momentum, quoter or value
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
}

#[expect(clippy::print_stdout, clippy::print_stderr, reason = "the summary is what the program is for")]
fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let crowd = Crowd {
        address: arguments.url,
        count: arguments.count as usize,
        seed: arguments.seed,
        kind: arguments.strategy,
        pace_ms: arguments.pace_ms,
        duration: arguments.duration.map(Duration::from_secs),
        stay: arguments.stay,
    };
    let outcome = crowd.play();
    println!("{} bots: {}", crowd.count, outcome.stats);
    let Some((index, first)) = outcome.failures.first() else { return ExitCode::SUCCESS };
    eprintln!("{} of {} bots could not go on; number {}: {first}", outcome.failures.len(), crowd.count, index + 1);
    ExitCode::FAILURE
}
