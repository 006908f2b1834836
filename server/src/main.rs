//! Runs a trading floor, or works on its records.

use clap::Parser;
use outcry_server::{
    config::{Asked, Cli, Command, Settings, Told, read_session_config},
    export::write_all,
    http::Identity,
    listing,
    serve::serve,
    store::{self, Place, SessionId, Store, StoreError},
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
        None => serve(&settings, Asked::Own),
        Some(Command::Serve { session }) => serve(&settings, session.unwrap_or_default()),
        Some(command) => runtime()?.block_on(offline(&settings, command)),
    }
}

fn runtime() -> Result<tokio::runtime::Runtime, String> {
    tokio::runtime::Runtime::new().map_err(|error| format!("the system gives no threads: {error}"))
}

/// Works on the records without serving a session.
async fn offline(settings: &Settings, command: Command) -> Result<(), String> {
    let place = Place::from(settings);
    let failed = |error: StoreError| error.to_string();
    match command {
        Command::Backup { out } => {
            store::backup(&place, &out).await.map_err(failed)?;
            return say(&format!("{} is written\n", out.display()));
        }
        Command::Restore { from } => {
            store::restore(&place, &from).await.map_err(failed)?;
            return say(&format!("all of {} is in the database\n", from.display()));
        }
        _ => {}
    }
    let store = store::open_at(&place).await.map_err(failed)?;
    let done = on_store(&*store, command).await;
    let closed = store.close().await.map_err(failed);
    done.and(closed)
}

async fn on_store(store: &dyn Store, command: Command) -> Result<(), String> {
    match command {
        Command::Sessions => say(&listing::text(store).await.map_err(|error| error.to_string())?),
        Command::Export { session, out } => {
            let written = write_all(store, SessionId(session), &out).await.map_err(|error| error.to_string())?;
            say(&written.files.iter().map(|file| format!("{}\n", file.display())).collect::<String>())?;
            match written.findings.first() {
                None => Ok(()),
                Some(first) => Err(format!(
                    "the record differs in {} figures, as checks.csv says: {first}; the files are written",
                    written.findings.len()
                )),
            }
        }
        Command::Purge { session } => {
            store.purge(SessionId(session)).await.map_err(|error| error.to_string())?;
            say(&format!("session {session} is deleted\n"))
        }
        _ => Ok(()),
    }
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
    let doubts = settings.doubts().into_iter().map(|doubt| format!("warning: {doubt}\n"));
    say(&settings.told.iter().map(line).chain(doubts).collect::<String>())
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
