//! `attack`: the best that a search finds, kind by kind, with scenarios that do it again.

use crate::{house::House, source::Source};
use clap::Args;
use outcry_engine::{OutcomeId, Usdc};
use outcry_lab::{
    adversary::{Attack, Found, Goal, Hold, Setting, attained, hold, scenario, search},
    parallel,
    setup::Maker,
};
use std::{error::Error, fs, io::Write, path::PathBuf};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    house: House,
    /// Seed of the search
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Plans that are tried for each kind
    #[arg(long, default_value_t = 5_000)]
    budget: u32,
    /// What others pay in every tick against a price that is held, in USDC
    #[arg(long, default_value = "2")]
    against: Usdc,
    /// Writes a scenario for each kind that gains into this directory; the program `scenario` does it again
    #[arg(long, value_name = "DIRECTORY")]
    scenarios: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments, mut out: impl Write) -> Result<(), Box<dyn Error>> {
    let config = arguments.source.config()?;
    let House { maker, loss } = arguments.house;
    let setting = Setting { maker, loss, ..Setting::new(config.params) };
    writeln!(
        out,
        "\"{}\" by {maker}, seed {}, {} plans a kind: every gain is possible at least.\n",
        config.name, arguments.seed, arguments.budget
    )?;
    writeln!(
        out,
        "{:<16} {:>12} {:>8} {:>12} {:>9} {:>6}  aim",
        "kind", "USDC", "% of Z", "capital", "accounts", "ticks"
    )?;
    let found = parallel::map(&Attack::ALL, |attack| {
        let there = attack.setting(&setting);
        search(&there, &attack.hunt(&there), arguments.seed, arguments.budget).map(|found| (there, found))
    });
    for (attack, found) in Attack::ALL.iter().zip(found) {
        let (there, found) = found?;
        row(&mut out, attack.name(), &there, &found, aim(attack.hunt(&there).goal))?;
        write_scenario(arguments, attack.name(), &there, &found)?;
    }
    let worst = attained(&setting, arguments.seed, arguments.budget)?;
    let free = setting.without_fees();
    row(&mut out, "attained-loss", &free, &worst, "most that the maker loses, fees left out, with a corner")?;
    write_scenario(arguments, "attained-loss", &free, &worst)?;
    held(arguments, &setting, &mut out)
}

const fn aim(goal: Goal) -> &'static str {
    match goal {
        Goal::Cash => "cash before anybody has won",
        Goal::Sure => "sure, whoever wins",
        Goal::Loss => "most that the maker loses, fees taken off",
        Goal::Shown => "cash by what is shown and never met, others looking on",
    }
}

fn row(out: &mut impl Write, name: &str, setting: &Setting, found: &Found, aim: &str) -> Result<(), Box<dyn Error>> {
    let played = &found.played;
    Ok(writeln!(
        out,
        "{name:<16} {:>12.2} {:>8.2} {:>12.2} {:>9} {:>6}  {aim}",
        played.gain.as_f64(),
        100.0 * played.gain.as_f64() / setting.params.z.as_f64(),
        played.capital.as_f64(),
        found.accounts,
        played.ticks
    )?)
}

fn held(arguments: &Arguments, setting: &Setting, out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let wish = Hold { outcome: OutcomeId(0), points: 0.1, for_ms: 60_000, against: arguments.against };
    let what = format!("what 10 points for 60 s cost, others paying {} a tick against it", arguments.against);
    let found = match hold(setting, &wish) {
        Ok(found) => found,
        Err(why) => return Ok(writeln!(out, "{:<16} {:>12} {:>39}  {what}: {why}", "shock-and-hold", "–", "")?),
    };
    let share = 100.0 * found.cost / setting.params.z.as_f64();
    writeln!(
        out,
        "{:<16} {:>12.2} {share:>8.2} {:>12.2} {:>9} {:>6}  {what}",
        "shock-and-hold", found.cost, found.capital, found.accounts, found.ticks
    )?;
    let there = Setting { accounts: found.accounts + 1, ..setting.clone() };
    save(arguments, "shock-and-hold", &there, &found.inputs)
}

fn write_scenario(arguments: &Arguments, name: &str, there: &Setting, found: &Found) -> Result<(), Box<dyn Error>> {
    if found.played.gain.0 > 0 { save(arguments, name, there, &found.played.inputs) } else { Ok(()) }
}

fn save(
    arguments: &Arguments,
    name: &str,
    there: &Setting,
    inputs: &[outcry_engine::Input],
) -> Result<(), Box<dyn Error>> {
    let Some(directory) = &arguments.scenarios else { return Ok(()) };
    let maker = arguments.house.maker;
    if maker != Maker::Engine {
        return Err(format!("scenarios are of the engine: --scenarios cannot be with --maker {maker}").into());
    }
    fs::create_dir_all(directory).map_err(|error| format!("{} cannot be made: {error}", directory.display()))?;
    let path = directory.join(format!("{name}.json"));
    let text = serde_json::to_string(&scenario(there, inputs))?;
    fs::write(&path, text).map_err(|error| format!("{} cannot be written: {error}", path.display()).into())
}
