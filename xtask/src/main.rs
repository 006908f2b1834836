//! Every developer command. `cargo xtask play` and `cargo xtask test` are the two that
//! matter; the others are parts of them.

mod say;
mod failure;
mod run;
mod place;
mod paths;
mod needs;
mod background;
mod postgres;
mod programs;
mod web;
mod release;
mod browser;
mod lint;
mod deny;
mod deploy;
mod test;
mod play;
mod bench;
mod coverage;
mod evening;
mod fleet;
mod gallery;
mod first_frame;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Developer commands of Outcry. Each installs what it needs and says what it does.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Plays a session: builds everything, starts a server with bots, prints link and QR code
    Play(play::Options),
    /// Runs everything that must hold
    Test(test::Options),
    /// Builds the web client into dist/
    Web(web::WebOptions),
    /// Builds the server as one file, with the pages inside
    Release(web::WebOptions),
    /// Checks tidiness, layers, format and lints
    Lint,
    /// Checks the layers of every crate alone
    Layers,
    /// Checks licences, advisories and duplicates of everything we depend on
    Deny(deny::Options),
    /// Takes a picture of every screen and moment
    Gallery(gallery::Options),
    /// Measures what a browser fetches and waits for until it sees the floor
    FirstFrame(first_frame::Options),
    /// Plays evenings in which database and power are taken away, and compares the record
    Evening(evening::Options),
    /// Lets three processes share rooms while they are killed, and says how long rooms take to go on
    Fleet(fleet::Options),
    /// Runs the benchmarks
    Bench(bench::Options),
    /// Measures how many lines of the engine its tests run
    Coverage,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = place::Place::find().and_then(|place| match cli.command {
        Command::Play(options) => play::play(&place, &options),
        Command::Test(options) => test::test(&place, &options),
        Command::Web(options) => web::web(&place, &options, web::Profile::Release).map(|_| ()),
        Command::Release(options) => release::release(&place, &options),
        Command::Lint => lint::lint(&place),
        Command::Layers => lint::layers(&place),
        Command::Deny(options) => deny::deny(&place, &options),
        Command::Gallery(options) => gallery::gallery(&place, &options),
        Command::FirstFrame(options) => first_frame::measure(&place, &options),
        Command::Evening(options) => evening::evening(&place, &options),
        Command::Fleet(options) => fleet::fleet(&place, &options),
        Command::Bench(options) => bench::bench(&place, &options),
        Command::Coverage => coverage::coverage(&place),
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            say::error(&failure.to_string());
            ExitCode::FAILURE
        }
    }
}
