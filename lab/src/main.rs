//! `outcry-lab`: sessions without people, from a configuration and a seed.

use clap::{Args, Parser, Subcommand};
use outcry_engine::Usdc;
use outcry_lab::{
    cards::Deck,
    grid::{GridFile, Shard, preset},
    parallel,
    probe::{attained_loss, purchase},
    session::PlayError,
    setup::{Maker, PACE_MS, SEATS, Setup},
    summary::{Summary, summarise},
    table,
};
use outcry_shared::config::SessionConfig;
use outcry_traders::Kind;
use std::{
    collections::BTreeSet,
    error::Error,
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

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
    Run(RunArguments),
    /// Puts all mechanisms side by side at equal loss
    Compare(CompareArguments),
    /// Plays every point of a grid with every seed, or a shard of them (CSV)
    Sweep(SweepArguments),
    /// Joins the tables of all shards, and says if one is missing
    Merge(MergeArguments),
}

#[derive(Debug, Args)]
struct RunArguments {
    /// The preset to play
    #[arg(long, default_value = "party")]
    preset: String,
    /// A session's configuration instead, as a host saves it (JSON)
    #[arg(long, value_name = "FILE", conflicts_with = "preset")]
    session: Option<PathBuf>,
    /// Who makes the market: engine, lmsr, ls_lmsr, fpmm, cpmm_multi, pm_amm or book
    #[arg(long, default_value = "engine")]
    maker: Maker,
    /// What a rival can lose at most, in USDC; Z when left out
    #[arg(long)]
    loss: Option<Usdc>,
    /// Seats
    #[arg(long, default_value_t = SEATS, value_parser = seats)]
    seats: usize,
    /// Who sits there: mix, noise, informed, herder, quoter, arbitrageur, manipulator or sniper
    #[arg(long, default_value = "mix")]
    traders: Kind,
    /// Shortest session time between two acts of a trader, in ms
    #[arg(long, default_value_t = PACE_MS, value_parser = clap::value_parser!(u64).range(1..))]
    pace_ms: u64,
    /// What the informed are told: "not:3" names three losers, "sample:0.4:2" draws twice, "none"
    #[arg(long, value_parser = cards)]
    cards: Option<Cards>,
    /// Seed of the first session
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many sessions, each with the next seed
    #[arg(long, default_value_t = 1)]
    count: u64,
}

#[derive(Debug, Args)]
struct CompareArguments {
    /// The preset whose fees, outcomes and Z are compared
    #[arg(long, default_value = "party")]
    preset: String,
    /// What the purchase costs, fee included, in USDC
    #[arg(long, default_value = "100")]
    money: Usdc,
    /// What the rivals can lose, in USDC; what the engine is made to lose when left out
    #[arg(long)]
    loss: Option<Usdc>,
}

#[derive(Debug, Args)]
struct SweepArguments {
    /// The grid (TOML): preset, seeds, and under [grid] values by field
    grid: PathBuf,
    /// Which part of it: 1/8 is the first of eight
    #[arg(long, default_value = "1/1")]
    shard: Shard,
}

#[derive(Debug, Args)]
struct MergeArguments {
    /// The tables of all shards
    #[arg(required = true)]
    tables: Vec<PathBuf>,
}

/// Cards, or none.
#[derive(Clone, Copy, Debug)]
struct Cards(Option<Deck>);

fn seats(text: &str) -> Result<usize, String> {
    let seats = text.parse().ok().filter(|seats| (1..=1_000).contains(seats));
    seats.ok_or_else(|| format!("{text} is not between 1 and 1000 seats"))
}

fn cards(text: &str) -> Result<Cards, String> {
    let parts: Vec<&str> = text.split(':').collect();
    let deck = match parts[..] {
        ["none"] => return Ok(Cards(None)),
        ["not", named] => named.parse().ok().filter(|named| *named > 0).map(|named| Deck::Not { named }),
        ["sample", rho, draws] => {
            let rho = rho.parse().ok().filter(|rho| *rho > 0.0 && *rho < 1.0);
            rho.zip(draws.parse().ok()).map(|(rho, draws)| Deck::Sample { rho, draws })
        }
        _ => None,
    };
    let wrong = || format!("\"{text}\" says nothing: not:3, sample:0.4:2 and none do");
    deck.map(|deck| Cards(Some(deck))).ok_or_else(wrong)
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
        Command::Run(arguments) => play(arguments, out),
        Command::Compare(arguments) => compare(arguments, out),
        Command::Sweep(arguments) => sweep(arguments, out),
        Command::Merge(arguments) => merge(&arguments.tables, out),
    }
}

fn read(path: &Path) -> Result<String, Box<dyn Error>> {
    fs::read_to_string(path).map_err(|error| format!("{} cannot be read: {error}", path.display()).into())
}

fn config(arguments: &RunArguments) -> Result<SessionConfig, Box<dyn Error>> {
    let Some(path) = &arguments.session else { return Ok(preset(&arguments.preset)?) };
    let config = SessionConfig::from_json(&read(path)?);
    let wrong = |found: Vec<outcry_engine::Violation>| {
        format!("{}: {}", path.display(), found.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
    };
    Ok(config.map_err(wrong)?)
}

fn play(arguments: &RunArguments, out: impl Write) -> Result<(), Box<dyn Error>> {
    let standard = Setup::new(config(arguments)?);
    let setup = Setup {
        maker: arguments.maker,
        loss: arguments.loss,
        seats: arguments.seats,
        kind: arguments.traders,
        pace_ms: arguments.pace_ms,
        deck: arguments.cards.map_or(standard.deck, |cards| cards.0),
        ..standard
    };
    let seeds: Vec<u64> = (0..arguments.count).map(|more| arguments.seed + more).collect();
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(table::header())?;
    for summary in parallel::map(&seeds, |&seed| summarise(&setup, seed)) {
        csv.write_record(table::row(&setup, &summary?))?;
    }
    Ok(csv.flush()?)
}

fn compare(arguments: &CompareArguments, mut out: impl Write) -> Result<(), Box<dyn Error>> {
    let standard = Setup::new(preset(&arguments.preset)?);
    let (money, params) = (arguments.money, &standard.config.params);
    let even = params.subsidy_start().0 / i64::from(params.n_outcomes);
    let mut even_start = standard.clone();
    even_start.config.params.q0 = outcry_engine::Tokens(even);
    let open = |setup: &Setup| setup.open().map_err(PlayError::Config);
    let attained = attained_loss(&*open(&even_start)?)?;
    let loss = arguments.loss.unwrap_or(attained);
    writeln!(out, "{money} USDC of YES of one of {}, fee included; rivals can lose {loss}", params.n_outcomes)?;
    writeln!(
        out,
        "{:<22} {:>12} {:>8} {:>12} {:>9} {:>8} {:>8}",
        "mechanism", "loss, found", "before", "tokens", "average", "after", "points"
    )?;
    let rivals = Maker::all().into_iter().map(|maker| {
        let setup = Setup { maker, loss: Some(loss), ..standard.clone() };
        (maker.to_string(), setup)
    });
    let own = [("engine, even start".to_owned(), even_start)];
    for (name, setup) in own.into_iter().chain(rivals) {
        let market = open(&setup)?;
        let found = attained_loss(&*market)?;
        match purchase(&*market, money)? {
            Some(bought) => writeln!(
                out,
                "{name:<22} {:>12.2} {:>8.4} {:>12.2} {:>9.4} {:>8.4} {:>8.2}",
                found.as_f64(),
                bought.before,
                bought.tokens.as_f64(),
                bought.average,
                bought.after,
                (bought.after - bought.before) * 100.0
            )?,
            None => writeln!(out, "{name:<22} {:>12.2}   nobody sells", found.as_f64())?,
        }
    }
    Ok(())
}

fn sweep(arguments: &SweepArguments, out: impl Write) -> Result<(), Box<dyn Error>> {
    let file: GridFile =
        toml::from_str(&read(&arguments.grid)?).map_err(|error| format!("{}: {error}", arguments.grid.display()))?;
    let (runs, rows) = (file.runs(arguments.shard)?, file.rows());
    let mut csv = csv::Writer::from_writer(out);
    let first = ["row".to_owned(), "rows".to_owned()];
    csv.write_record(
        first.into_iter().chain(file.fields().iter().map(|field| format!("at_{field}"))).chain(table::header()),
    )?;
    let played: Vec<Result<Summary, PlayError>> = parallel::map(&runs, |run| summarise(&run.setup, run.seed));
    for (run, summary) in runs.iter().zip(played) {
        let place = [run.row.to_string(), rows.to_string()];
        csv.write_record(place.into_iter().chain(run.values.clone()).chain(table::row(&run.setup, &summary?)))?;
    }
    Ok(csv.flush()?)
}

/// Joins tables: the same columns, every row once, in the order of the sweep.
fn merge(tables: &[PathBuf], out: impl Write) -> Result<(), Box<dyn Error>> {
    let (mut header, mut rows) = (None, Vec::new());
    for path in tables {
        let text = read(path)?;
        let mut table = csv::Reader::from_reader(text.as_bytes());
        let columns = table.headers()?.clone();
        if *header.get_or_insert_with(|| columns.clone()) != columns {
            return Err(format!("{} has other columns than the first table", path.display()).into());
        }
        for record in table.records() {
            let record = record?;
            let number = |at: usize| record.get(at).and_then(|cell| cell.parse::<u64>().ok());
            let (row, of) =
                number(0).zip(number(1)).ok_or_else(|| format!("{} is no table of a sweep", path.display()))?;
            rows.push((row, of, record));
        }
    }
    rows.sort_by_key(|(row, ..)| *row);
    let whole = rows.first().map_or(0, |(_, of, _)| *of);
    let there: BTreeSet<u64> = rows.iter().map(|(row, ..)| *row).collect();
    if there.len() != rows.len() {
        return Err("a row is there twice: a shard was given twice".into());
    }
    if there.len() as u64 != whole {
        let missing = (0..whole).find(|row| !there.contains(row)).unwrap_or(whole);
        return Err(format!("{} of {whole} rows are there; the first missing one is {missing}", there.len()).into());
    }
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(&header.unwrap_or_default())?;
    rows.iter().try_for_each(|(.., record)| csv.write_record(record))?;
    Ok(csv.flush()?)
}
