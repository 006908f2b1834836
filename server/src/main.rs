//! Runs a trading floor, or works on its records.

use clap::Parser;
use outcry_server::{
    config::{Cli, Command, Settings, read_session_config},
    serve::serve,
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
    match cli.command.unwrap_or(Command::Serve) {
        Command::Serve => {
            let settings = Settings::new(cli.flags).map_err(|error| error.to_string())?;
            telemetry::start_logs(settings.log_json);
            serve(&settings)
        }
        Command::Check { file } => check(&file),
        Command::Export { .. } | Command::Purge { .. } => Err("not yet".to_owned()),
    }
}

/// Says what a configuration would cost the maker; what is wrong is an error.
fn check(file: &std::path::Path) -> Result<(), String> {
    let config = read_session_config(file).map_err(|error| error.to_string())?;
    let mut text = format!("{} is a configuration: \"{}\"\n", file.display(), config.name);
    for warning in config.params.warnings() {
        text += &format!("warning: {}: {}\n", warning.field, warning.text);
    }
    std::io::stdout().write_all(text.as_bytes()).map_err(|error| format!("cannot write: {error}"))
}
