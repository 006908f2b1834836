//! `outcry-lab`: experiments without people, from a configuration and a seed.

mod source;
mod house;
mod play;
mod compare;
mod attack;
mod rehearse;
mod sweep;

use clap::{Parser, Subcommand};
use std::{error::Error, io, process::ExitCode};

/// Experiments without people: the market's design beside its rivals.
#[derive(Debug, Parser)]
#[command(name = "outcry-lab", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Plays sessions and prints one row for each (CSV)
    Run(play::Arguments),
    /// Puts all mechanisms side by side at equal loss
    Compare(compare::Arguments),
    /// Searches for what can be gained, what the maker can lose, and what it costs to hold a price
    Attack(attack::Arguments),
    /// Rehearses a session a thousand times, attacks it, and says by lights what there is to look at
    Rehearse(rehearse::Arguments),
    /// Plays every point of a grid with every seed, or a shard of them (CSV)
    Sweep(sweep::Arguments),
    /// Joins the tables of all shards, and says if one is missing
    Merge(sweep::MergeArguments),
}

#[expect(clippy::print_stderr, reason = "what a person reads beside the table")]
fn main() -> ExitCode {
    match run(&Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("outcry-lab: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: &Command) -> Result<(), Box<dyn Error>> {
    let out = io::stdout().lock();
    match command {
        Command::Run(arguments) => play::run(arguments, out),
        Command::Compare(arguments) => compare::run(arguments, out),
        Command::Attack(arguments) => attack::run(arguments, out),
        Command::Rehearse(arguments) => rehearse::run(arguments, out),
        Command::Sweep(arguments) => sweep::run(arguments, out),
        Command::Merge(arguments) => sweep::merge(&arguments.tables, out),
    }
}
