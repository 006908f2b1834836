//! Runs a trading floor, or works on its records.

use clap::Parser;
use outcry_server::{
    config::{Cli, Command, Settings, Told, read_session_config},
    export::write_all,
    http::Identity,
    serve::serve,
    store::{self, SessionId, Store},
    telemetry,
};
use std::{io::Write, process::ExitCode};

/// Exit status of everything that an operator can put right.
const EXIT_WRONG: u8 = 2;

fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            // Nobody reads it: the status says it as well.
            let _ = writeln!(std::io::stderr(), "outcry-server: {reason}");
            ExitCode::from(EXIT_WRONG)
        }
    }
}

fn run(cli: Cli) -> Result<(), String> {
    if let Some(Command::Check { file: Some(file) }) = &cli.command {
        return check(file);
    }
    let settings = Settings::new(cli.flags).map_err(|error| error.to_string())?;
    telemetry::start_logs(settings.log.as_deref(), settings.log_json)?;
    settings.notes.iter().for_each(|note| tracing::warn!("{note}"));
    match cli.command {
        Some(Command::Check { .. }) => check_settings(&settings),
        Some(Command::Export { session, out }) => offline(&settings, async |store| {
            let files = write_all(store, SessionId(session), &out).await.map_err(|error| error.to_string())?;
            say(&files.iter().map(|file| format!("{}\n", file.display())).collect::<String>())
        }),
        Some(Command::Purge { session }) => offline(&settings, async |store| {
            store.purge(SessionId(session)).await.map_err(|error| error.to_string())?;
            say(&format!("session {session} is deleted\n"))
        }),
        Some(Command::Serve) | None => serve(&settings),
    }
}

/// Works on the store without serving a session.
fn offline(settings: &Settings, work: impl AsyncFnOnce(&dyn Store) -> Result<(), String>) -> Result<(), String> {
    let runtime = tokio::runtime::Runtime::new().map_err(|error| format!("the system gives no threads: {error}"))?;
    runtime.block_on(async {
        let opened = store::open(settings.database_url.as_deref(), &settings.data_dir).await;
        let store = opened.map_err(|error| error.to_string())?;
        let done = work(&*store).await;
        let closed = store.close().await.map_err(|error| error.to_string());
        done.and(closed)
    })
}

fn say(text: &str) -> Result<(), String> {
    std::io::stdout().write_all(text.as_bytes()).map_err(|error| format!("cannot write: {error}"))
}

/// Says what every setting is and where that was said.
fn check_settings(settings: &Settings) -> Result<(), String> {
    if let Some((cert, key)) = &settings.tls {
        Identity::load(cert, key).map_err(|error| error.to_string())?;
    }
    let width = settings.told.iter().map(|told| told.value.chars().count()).max().unwrap_or_default();
    let line = |told: &Told| format!("{:<16} {:<width$}  {}\n", told.name, told.value, told.source);
    say(&settings.told.iter().map(line).collect::<String>())
}

/// Says what a configuration would cost the maker; what is wrong is an error.
fn check(file: &std::path::Path) -> Result<(), String> {
    let config = read_session_config(file).map_err(|error| error.to_string())?;
    let mut text = format!("{} is a configuration: \"{}\"\n", file.display(), config.name);
    for warning in config.warnings() {
        text += &format!("warning: {}: {}\n", warning.field, warning.text);
    }
    say(&text)
}
