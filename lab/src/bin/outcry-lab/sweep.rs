//! `sweep` and `merge`: a grid in shards, and the shards together.

use crate::source::read;
use clap::Args;
use outcry_lab::{
    adversary::{Setting, attained, open},
    grid::{GridFile, Shard},
    metrics::{
        depth::{depth, depth_per_loss},
        probe::Quotes,
    },
    parallel,
    rehearsal::{Means, Rehearsal, rehearse},
    session::PlayError,
    summary::{Summary, summarise},
    table,
};
use std::{collections::BTreeSet, error::Error, io::Write, path::PathBuf};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The grid (TOML): preset, seeds, and under [grid] values by field
    grid: PathBuf,
    /// Which part of it: 1/8 is the first of eight
    #[arg(long, default_value = "1/1")]
    shard: Shard,
    /// Rehearses every point instead of listing its sessions: its lights, depth and attained loss, a row each
    #[arg(long)]
    sheets: bool,
    /// Plans that are searched for each kind of attack, with --sheets
    #[arg(long, default_value_t = 200)]
    budget: u32,
}

#[derive(Debug, Args)]
pub(crate) struct MergeArguments {
    /// The tables of all shards
    #[arg(required = true)]
    pub(crate) tables: Vec<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments, out: impl Write) -> Result<(), Box<dyn Error>> {
    let file: GridFile =
        toml::from_str(&read(&arguments.grid)?).map_err(|error| format!("{}: {error}", arguments.grid.display()))?;
    if arguments.sheets {
        return sheets(arguments, &file, out);
    }
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

/// A rehearsal of every point.
fn sheets(arguments: &Arguments, file: &GridFile, out: impl Write) -> Result<(), Box<dyn Error>> {
    let (sessions, first_seed) = file.seeds();
    let points = file.setups()?;
    let rehearsed = parallel::map(&points, |(_, setup)| -> Result<_, Box<dyn Error + Send + Sync>> {
        let rehearsal = Rehearsal { setup: setup.clone(), first_seed, sessions, attack_plans: arguments.budget };
        let sheet = rehearse(&rehearsal, Means { threads: 1, clock: None, goes_on: &|_, _| true })?;
        let setting = Setting { maker: setup.maker, loss: setup.loss, ..Setting::new(setup.config.params.clone()) };
        let loss = attained(&setting, first_seed, arguments.budget)?.played.gain.as_f64();
        let market = open(&setting.without_fees())?;
        Ok((sheet, depth(&Quotes { market: &*market.seen(), now_ms: 0 }, 0.05), loss))
    });
    let mut csv = csv::Writer::from_writer(out);
    let mut is_first = true;
    for ((values, _), done) in points.iter().zip(rehearsed) {
        let (Some(sheet), depth, loss) = done.map_err(|error| error.to_string())? else { continue };
        if std::mem::take(&mut is_first) {
            let fields = file.fields().into_iter().map(|field| format!("at_{field}"));
            let lights = sheet.lights().map(|reading| reading.id.clone());
            let ends = ["light", "depth_5", "attained_loss", "depth_per_loss"].map(str::to_owned);
            csv.write_record(fields.chain(lights).chain(ends))?;
        }
        let figure = |figure: Option<f64>| figure.map(|figure| format!("{figure:.6}")).unwrap_or_default();
        let lights = sheet.lights().map(|reading| figure(reading.value));
        let ends = [
            sheet.light().name().to_owned(),
            figure(depth),
            figure(Some(loss)),
            figure(depth.map(|depth| depth_per_loss(depth, loss))),
        ];
        csv.write_record(values.iter().cloned().chain(lights).chain(ends))?;
    }
    Ok(csv.flush()?)
}

/// Joins tables: the same columns, every row once, in the order of the sweep.
pub(crate) fn merge(tables: &[PathBuf], out: impl Write) -> Result<(), Box<dyn Error>> {
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
