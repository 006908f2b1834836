//! `run`: sessions, a row each.

use crate::{house::House, source::Source};
use clap::Args;
use outcry_lab::{
    cards::Deck,
    parallel,
    setup::{PACE_MS, SEATS, Setup},
    summary::summarise,
    table,
};
use outcry_traders::Kind;
use std::{error::Error, io::Write};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    table: Table,
    /// Seed of the first session
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many sessions, each with the next seed
    #[arg(long, default_value_t = 1)]
    count: u64,
}

/// Who sits at the table and what they know.
#[derive(Debug, Args)]
pub(crate) struct Table {
    #[command(flatten)]
    house: House,
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

impl Table {
    /// What is played with a configuration.
    pub(crate) fn setup(&self, source: &Source) -> Result<Setup, Box<dyn Error>> {
        let standard = Setup::new(source.config()?);
        Ok(Setup {
            maker: self.house.maker,
            loss: self.house.loss,
            seats: self.seats,
            kind: self.traders,
            pace_ms: self.pace_ms,
            deck: self.cards.map_or(standard.deck, |cards| cards.0),
            ..standard
        })
    }
}

pub(crate) fn run(arguments: &Arguments, out: impl Write) -> Result<(), Box<dyn Error>> {
    let setup = arguments.table.setup(&arguments.source)?;
    let seeds: Vec<u64> = (0..arguments.count).map(|more| arguments.seed + more).collect();
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(table::header())?;
    for summary in parallel::map(&seeds, |&seed| summarise(&setup, seed)) {
        csv.write_record(table::row(&setup, &summary?))?;
    }
    Ok(csv.flush()?)
}
