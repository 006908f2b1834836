//! Reads a scenario — a file, or standard input — and prints one JSON object per step.
//!
//! A malformed scenario gets one line on standard error naming the field, and status 2.

use std::{
    io::{self, Read, Write},
    process::ExitCode,
};

/// The exit status for a scenario that cannot be read.
const MALFORMED: u8 = 2;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            let _ = writeln!(io::stderr(), "{problem}");
            ExitCode::from(MALFORMED)
        }
    }
}

fn run() -> Result<(), String> {
    let text = read().map_err(|error| format!("scenario: cannot be read: {error}"))?;
    let json = serde_json::from_str(&text).map_err(|error| format!("scenario: is no JSON: {error}"))?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut written = Ok(());
    outcry_engine::scenario::run(&json, |line| {
        if written.is_ok() {
            written = writeln!(out, "{line}");
        }
    })
    .map_err(|malformed| malformed.to_string())?;
    written.and_then(|()| out.flush()).map_err(|error| format!("output: cannot be written: {error}"))
}

/// The text of the file named by the first argument, or of standard input.
fn read() -> io::Result<String> {
    match std::env::args_os().nth(1) {
        Some(path) if path != "-" => std::fs::read_to_string(path),
        _ => {
            let mut text = String::new();
            io::stdin().read_to_string(&mut text)?;
            Ok(text)
        }
    }
}
