//! `compare`: all mechanisms side by side at equal attained loss.

use crate::source::Source;
use clap::Args;
use outcry_engine::{Params, Tokens, Usdc};
use outcry_lab::{
    adversary::{Setting, attained, open},
    metrics::{
        depth::{buy_for, depth, depth_per_loss},
        probe::{Probe, Quotes},
    },
    parallel,
    setup::Maker,
};
use std::{error::Error, io::Write};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    source: Source,
    /// What the purchase costs, fees apart, in USDC
    #[arg(long, default_value = "100")]
    money: Usdc,
    /// What the rivals can lose, in USDC; what the engine is made to lose from q₀ = S/N when left out
    #[arg(long)]
    loss: Option<Usdc>,
    /// Seed of the search
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Plans that are searched for each mechanism's loss
    #[arg(long, default_value_t = 5_000)]
    budget: u32,
}

/// A mechanism beside the others.
struct Row {
    name: String,
    setting: Setting,
    /// What it can lose at most, by its rule.
    bound: Usdc,
}

pub(crate) fn run(arguments: &Arguments, mut out: impl Write) -> Result<(), Box<dyn Error>> {
    let params = arguments.source.config()?.params;
    let even = Params { q0: Tokens(params.subsidy_start().0 / i64::from(params.n_outcomes)), ..params.clone() };
    let engine = |name: &str, params: Params| {
        let setting = Setting::new(params).without_fees();
        Row { name: name.to_owned(), bound: setting.params.z, setting }
    };
    let own = [engine("engine", params.clone()), engine("engine, q₀ = S/N", even)];
    let found = attained(&own[1].setting, arguments.seed, arguments.budget)?;
    let loss = arguments.loss.unwrap_or(found.played.gain);
    let rivals = Maker::all().into_iter().filter(|maker| *maker != Maker::Engine).map(|maker| {
        let setting = Setting { maker, loss: Some(loss), ..Setting::new(params.clone()).without_fees() };
        let bound = if maker == Maker::Book { Usdc::ZERO } else { loss };
        Row { name: maker.to_string(), setting, bound }
    });
    let rows: Vec<Row> = own.into_iter().chain(rivals).collect();
    writeln!(
        out,
        "{} USDC of YES of one of {}, fees left out. Rivals can lose {loss}: what the engine was made to lose from q₀ = S/N.\n\
         \"attained\" is at least so much: the best of {} plans and of the way into a corner (seed {}).\n",
        arguments.money, params.n_outcomes, arguments.budget, arguments.seed
    )?;
    writeln!(
        out,
        "{:<18} {:>9} {:>9} {:>8} {:>9} {:>9} {:>8} {:>8} {:>9} {:>10}",
        "mechanism", "bound", "attained", "before", "tokens", "average", "after", "points", "depth_5", "5 pts/loss"
    )?;
    let lines = parallel::map(&rows, |row| line(row, arguments));
    lines.into_iter().try_for_each(|line| Ok(writeln!(out, "{}", line?)?))
}

fn line(Row { name, setting, bound }: &Row, arguments: &Arguments) -> Result<String, String> {
    let attained = attained(setting, arguments.seed, arguments.budget)?.played.gain;
    let market = open(setting)?;
    let (seen, money) = (market.seen(), arguments.money.as_f64());
    let quotes = Quotes { market: &*seen, now_ms: 0 };
    let before = quotes.spots().first().copied().flatten().map_or(0.0, |[yes, _]| yes);
    let start = format!("{name:<18} {:>9.2} {:>9.2} {before:>8.4}", bound.as_f64(), attained.as_f64());
    let Some(bought) = buy_for(&quotes, 0, money) else { return Ok(format!("{start}   nobody sells")) };
    let deep = depth(&quotes, 0.05);
    let figure =
        |figure: Option<f64>, places: usize| figure.map_or("–".to_owned(), |figure| format!("{figure:.places$}"));
    let per_loss = deep.map(|deep| depth_per_loss(deep, attained.as_f64()));
    Ok(format!(
        "{start} {:>9.2} {:>9.4} {:>8.4} {:>8.2} {:>9} {:>10}",
        bought.tokens,
        bought.average,
        bought.price,
        (bought.price - before) * 100.0,
        figure(deep, 2),
        figure(per_loss, 5)
    ))
}
