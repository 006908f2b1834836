//! `rehearse`: a configuration's sheet, to read or as JSON.

use crate::{play::Table, source::Source};
use clap::Args;
use cpu_time::{ProcessTime, ThreadTime};
use outcry_lab::{
    parallel,
    rehearsal::{Means, Rehearsal, Sheet, page, rehearse},
};
use outcry_shared::message::{BEYOND, Reading, Spread};
use std::{
    error::Error,
    fs,
    io::{self, IsTerminal, Write},
    path::PathBuf,
    time::Duration,
};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    table: Table,
    /// How many sessions
    #[arg(long, default_value_t = 1_000, value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    sessions: u64,
    /// Seed of the first session and of the attacks
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Plans that are searched for each kind of attack
    #[arg(long, default_value_t = 1_000)]
    budget: u32,
    /// Prints the sheet as JSON
    #[arg(long)]
    json: bool,
    /// Writes the sheet into this file as a page
    #[arg(long, value_name = "FILE")]
    page: Option<PathBuf>,
}

#[expect(clippy::disallowed_types, reason = "how long it took is for the person who waits, not for the sheet")]
pub(crate) fn run(arguments: &Arguments, mut out: impl Write) -> Result<(), Box<dyn Error>> {
    let rehearsal = Rehearsal {
        setup: arguments.table.setup(&arguments.source)?,
        first_seed: arguments.seed,
        sessions: arguments.sessions,
        attack_plans: arguments.budget,
    };
    let (began, used) = (std::time::Instant::now(), ProcessTime::now());
    let clock = || ThreadTime::now().as_duration();
    let shows = io::stderr().is_terminal();
    let goes_on = |done: usize, of: usize| {
        if shows {
            let _ = write!(io::stderr(), "\r{done} of {of} parts");
        }
        true
    };
    let means = Means { threads: parallel::cores(), clock: Some(&clock), goes_on: &goes_on };
    let Some(sheet) = rehearse(&rehearsal, means)? else { return Ok(()) };
    if shows {
        let _ = write!(io::stderr(), "\r");
    }
    if let Some(path) = &arguments.page {
        fs::write(path, page(&sheet)).map_err(|error| format!("{} cannot be written: {error}", path.display()))?;
    }
    if arguments.json {
        return Ok(writeln!(out, "{}", serde_json::to_string_pretty(&sheet)?)?);
    }
    print(&sheet, &rehearsal.setup.config.name, [began.elapsed(), used.elapsed()], &mut out)
}

fn print(sheet: &Sheet, name: &str, [took, used]: [Duration; 2], out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let rehearsed = &sheet.rehearsed;
    writeln!(
        out,
        "\"{name}\" by {}: {} sessions of {} seats ({}), cards {}, first seed {}; {:.1} s on {} cores, {:.1} s of one\n",
        rehearsed.maker,
        rehearsed.sessions,
        rehearsed.seats,
        rehearsed.traders,
        rehearsed.cards,
        rehearsed.first_seed,
        took.as_secs_f64(),
        parallel::cores(),
        used.as_secs_f64()
    )?;
    writeln!(
        out,
        "{:<13} {:<6} {:>9} {:>8} {:>8} {:>10}  what",
        "light", "shows", "value", "amber", "red", "worst seed"
    )?;
    sheet.lights().try_for_each(|reading| writeln!(out, "{}", line(reading)))?;
    writeln!(out, "\n{:<13} {:>10} {:>12} {:>9} {:>6}", "attack", "USDC", "capital", "accounts", "ticks")?;
    for attacked in &rehearsed.attacks {
        writeln!(
            out,
            "{:<13} {:>10.2} {:>12.2} {:>9} {:>6}{}",
            attacked.kind,
            attacked.gain,
            attacked.capital,
            attacked.accounts,
            attacked.ticks,
            if attacked.repeatable { "  repeatable" } else { "" }
        )?;
    }
    writeln!(
        out,
        "\n{:<16} {:>11} {:>11} {:>11} {:>11} {:>11} {:>11}  unit",
        "figure", "least", "5 %", "median", "95 %", "most", "mean"
    )?;
    rehearsed.figures.iter().try_for_each(|spread| writeln!(out, "{}", spread_line(spread)))?;
    writeln!(out, "\nsheet {}", sheet.hash)?;
    Ok(())
}

fn line(reading: &Reading) -> String {
    let light = reading.light.name();
    let percent = |value: f64| if value >= BEYOND { "none".to_owned() } else { format!("{:.2} %", value * 100.0) };
    let seed = reading.worst_seed.map_or("–".to_owned(), |seed| seed.to_string());
    format!(
        "{:<13} {light:<6} {:>9} {:>8} {:>8} {seed:>10}  {}",
        reading.id,
        reading.value.map_or("–".to_owned(), percent),
        percent(reading.amber),
        percent(reading.red),
        reading.about
    )
}

fn spread_line(spread: &Spread) -> String {
    let figures = [spread.least, spread.p5, spread.median, spread.p95, spread.most, spread.mean];
    let places = if spread.most.abs() < 10.0 { 4 } else { 1 };
    let figures: Vec<String> = figures.iter().map(|figure| format!("{figure:>11.places$}")).collect();
    format!("{:<16} {}  {}", spread.id, figures.join(" "), spread.unit)
}
