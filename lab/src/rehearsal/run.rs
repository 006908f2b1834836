//! The rehearsal itself: attacks and sessions side by side on some threads, then the sheet of them.

use crate::{
    adversary::{Attack, Found, Setting, search},
    cards::Deck,
    parallel,
    rehearsal::{
        bars::{
            ATTACK, Bar, ELIMINATIONS, INCOHERENCE, INFORMATION, LATE_DEPTH, OPENING, Over, PACE, REJECTIONS, SOLVENCY,
        },
        measure::{Clock, Look, Measured, measure},
        sheet::{Attacked, Band, Rehearsed, Sheet},
        spread::{band, one, rounded, spread},
    },
    session::PlayError,
    setup::Setup,
};
use outcry_shared::message::{BEYOND, Light, Reading, Spread};
use outcry_traders::Kind;
use std::time::Duration;

/// What is rehearsed.
#[derive(Clone, Debug)]
pub struct Rehearsal {
    /// The sessions.
    pub setup: Setup,
    /// Seed of the first; each has the next.
    pub first_seed: u64,
    /// How many.
    pub sessions: u64,
    /// Plans that are searched for each kind of attack.
    pub attack_plans: u32,
}

impl Rehearsal {
    /// A thousand sessions.
    #[must_use]
    pub const fn new(setup: Setup) -> Self {
        Self { setup, first_seed: 1, sessions: 1_000, attack_plans: 1_000 }
    }
}

/// With what it is rehearsed.
#[derive(Clone, Copy)]
pub struct Means<'a> {
    /// Threads; one is the caller's own.
    pub threads: usize,
    /// The thread's own time, for the pace light; without it there is none.
    pub clock: Option<Clock<'a>>,
    /// Told how many parts of how many are done before each; stops where it says no.
    pub goes_on: &'a (dyn Fn(usize, usize) -> bool + Sync),
}

/// Attacks that lights are of: none of them needs to know who stays, or somebody who looks on.
const ATTACKS: [Attack; 6] =
    [Attack::Splitting, Attack::MintPump, Attack::Cash, Attack::NoBasket, Attack::Overround, Attack::Sure];

#[derive(Clone, Copy)]
enum Part {
    Attack(Attack),
    Session(u64),
}

enum Done {
    Attacked(Result<Found, String>),
    Measured(Box<Result<Measured, PlayError>>),
}

/// Rehearses; `None` where it was stopped.
///
/// # Errors
/// A configuration that is none.
pub fn rehearse(rehearsal: &Rehearsal, means: Means<'_>) -> Result<Option<Sheet>, PlayError> {
    rehearsal.setup.open().map_err(PlayError::Config)?;
    let setting = Setting {
        maker: rehearsal.setup.maker,
        loss: rehearsal.setup.loss,
        ..Setting::new(rehearsal.setup.config.params.clone())
    };
    let sessions = (0..rehearsal.sessions).map(|more| Part::Session(rehearsal.first_seed + more));
    let parts: Vec<Part> = ATTACKS.map(Part::Attack).into_iter().chain(sessions).collect();
    let compute = |part: &Part| match *part {
        Part::Attack(attack) => {
            let there = attack.setting(&setting);
            Done::Attacked(search(&there, &attack.hunt(&there), rehearsal.first_seed, rehearsal.attack_plans))
        }
        Part::Session(seed) => Done::Measured(Box::new(measure(&rehearsal.setup, seed, means.clock))),
    };
    let goes_on = |done| (means.goes_on)(done, parts.len());
    let Some(done) = parallel::map_while(means.threads, &parts, compute, goes_on) else { return Ok(None) };
    let (mut attacks, mut sessions, mut refused) = (Vec::new(), Vec::new(), Vec::new());
    for (part, done) in parts.iter().zip(done) {
        match (part, done) {
            (Part::Attack(attack), Done::Attacked(Ok(found))) => attacks.push(attacked(*attack, &found)),
            (_, Done::Measured(measured)) => match *measured {
                Ok(measured) => sessions.push(measured),
                Err(PlayError::Refused { .. }) => refused.extend(seed_of(part)),
                Err(error) => return Err(error),
            },
            (_, Done::Attacked(Err(why))) => return Err(PlayError::Attack(why)),
            (Part::Session(_), Done::Attacked(Ok(_))) => {}
        }
    }
    Ok(Some(sheet(rehearsal, attacks, &sessions, refused.first().copied())))
}

const fn seed_of(part: &Part) -> Option<u64> {
    if let Part::Session(seed) = part { Some(*seed) } else { None }
}

fn attacked(attack: Attack, found: &Found) -> Attacked {
    let played = &found.played;
    Attacked {
        kind: attack.name().to_owned(),
        gain: rounded(played.gain.as_f64()),
        capital: rounded(played.capital.as_f64()),
        accounts: found.accounts,
        ticks: played.ticks,
        repeatable: attack.is_repeatable(),
    }
}

/// A light over sessions, with the worst of them.
fn reading(bar: &Bar, sessions: &[Measured], over: Over, of: impl Fn(&Measured) -> Option<f64>) -> Reading {
    let value = one(sessions.iter().map(&of), over);
    let badness =
        |measured: &&Measured| of(measured).map_or(f64::NEG_INFINITY, |value| if bar.falls { -value } else { value });
    let worst =
        sessions.iter().max_by(|a, b| badness(a).total_cmp(&badness(b)).then(b.summary.seed.cmp(&a.summary.seed)));
    shown(bar, value, worst.filter(|measured| of(measured).is_some()).map(|measured| measured.summary.seed))
}

fn shown(bar: &Bar, value: Option<f64>, worst_seed: Option<u64>) -> Reading {
    let (id, about, amber, red) = (bar.id.to_owned(), bar.about.to_owned(), bar.amber, bar.red);
    // The light is of the number that is shown.
    let value = value.map(rounded);
    Reading { id, about, light: bar.light(value), value, amber, red, worst_seed }
}

fn share(part: u32, whole: u32) -> Option<f64> {
    (whole > 0).then(|| f64::from(part) / f64::from(whole))
}

fn mean(values: impl ExactSizeIterator<Item = f64>) -> Option<f64> {
    let count = values.len();
    (count > 0).then(|| values.sum::<f64>() / count as f64)
}

fn lights(rehearsal: &Rehearsal, attacks: &[Attacked], sessions: &[Measured], refused: Option<u64>) -> Vec<Reading> {
    let subsidy = rehearsal.setup.config.params.z.as_f64();
    let best = |repeatable: bool| {
        let gains = attacks.iter().filter(|attacked| attacked.repeatable == repeatable).map(|attacked| attacked.gain);
        gains.reduce(f64::max).map(|gain| gain / subsidy)
    };
    // A short search may miss the basket of one tick, which needs none.
    let opening = best(false).map(|searched| searched.max(sessions.first().map_or(0.0, |session| session.opening)));
    let mut solvency =
        reading(&SOLVENCY, sessions, Over::Most, |session| Some(session.summary.worst_loss.as_f64() / subsidy));
    if refused.is_some() {
        (solvency.light, solvency.worst_seed) = (Light::Red, refused);
    }
    let with_cards = rehearsal.setup.deck.is_some();
    let tenth = Over::Quantile(0.9);
    vec![
        solvency,
        shown(&ATTACK, best(true), None),
        shown(&OPENING, opening, None),
        reading(&REJECTIONS, sessions, tenth, |session| share(session.summary.rejected, session.summary.orders)),
        // Where nothing can be bought for it, it is as dear as can be.
        reading(&LATE_DEPTH, sessions, Over::Quantile(0.5), |session| Some(session.late_cost.unwrap_or(BEYOND))),
        reading(&INCOHERENCE, sessions, tenth, |session| mean(session.looks.iter().map(|look| look.sure_profit))),
        reading(&ELIMINATIONS, sessions, Over::Most, |session| session.jump),
        reading(&INFORMATION, sessions, Over::Quantile(0.5), |session| {
            session.summary.efficiency().filter(|_| with_cards)
        }),
    ]
}

fn figures(sessions: &[Measured], subsidy: f64) -> Vec<Spread> {
    type Figure = (&'static str, &'static str, fn(&Measured, f64) -> Option<f64>);
    let all: [Figure; 14] = [
        ("maker_loss", "of Z", |session, subsidy| Some(-session.summary.maker_gain.as_f64() / subsidy)),
        ("worst_case_loss", "of Z", |session, subsidy| Some(session.summary.worst_loss.as_f64() / subsidy)),
        ("efficiency", "1", |session, _| session.summary.efficiency()),
        ("distance", "1", |session, _| Some(session.summary.distance)),
        ("sure_profit", "of Z", |session, _| mean(session.looks.iter().map(|look| look.sure_profit))),
        ("cost_25", "of the spot, late", |session, _| session.late_cost),
        ("jump", "1", |session, _| session.jump),
        ("rejected", "of orders", |session, _| share(session.summary.rejected, session.summary.orders)),
        ("orders", "1", |session, _| Some(f64::from(session.summary.orders))),
        ("fills", "1", |session, _| Some(f64::from(session.summary.fills))),
        ("volume", "USDC", |session, _| Some(session.summary.volume.as_f64())),
        ("gini", "1", |session, _| Some(session.gini)),
        ("gain_noise", "USDC a seat", |session, _| gain(session, Kind::Noise)),
        ("gain_informed", "USDC a seat", |session, _| gain(session, Kind::Informed)),
    ];
    let spread = |(id, unit, of): Figure| spread(id, unit, sessions.iter().map(|session| of(session, subsidy)));
    all.into_iter().filter_map(spread).collect()
}

fn gain(session: &Measured, kind: Kind) -> Option<f64> {
    let place = Kind::ALL.iter().position(|one| *one == kind)?;
    session.summary.gains[place]
}

fn cone(sessions: &[Measured]) -> Vec<Band> {
    let moments = sessions.first().map_or(&[][..], |session| &session.looks);
    let at = |(place, look): (usize, &Look)| {
        let of = |figure: fn(&Look) -> f64| band(sessions.iter().map(|session| session.looks.get(place).map(figure)));
        let (leader, winner, overround) =
            (of(|look| look.leader)?, of(|look| look.winner)?, of(|look| look.overround)?);
        Some(Band { at_ms: look.at_ms, leader, winner, overround })
    };
    moments.iter().enumerate().filter_map(at).collect()
}

fn sheet(rehearsal: &Rehearsal, attacks: Vec<Attacked>, sessions: &[Measured], refused: Option<u64>) -> Sheet {
    let setup = &rehearsal.setup;
    let params = &setup.config.params;
    let rehearsed = Rehearsed {
        version: 1,
        configuration: serde_json::from_str(&setup.config.to_json()).unwrap_or_default(),
        maker: setup.maker.to_string(),
        seats: setup.seats as u64,
        traders: setup.kind.name().to_owned(),
        pace_ms: setup.pace_ms,
        cards: setup.deck.map_or("none".to_owned(), told),
        first_seed: rehearsal.first_seed,
        sessions: rehearsal.sessions,
        attack_plans: rehearsal.attack_plans,
        lights: lights(rehearsal, &attacks, sessions, refused),
        figures: figures(sessions, params.z.as_f64()),
        cone: cone(sessions),
        attacks,
    };
    let interval = f64::from(params.batch_interval_ms) / 1e3;
    let slowest = |session: &Measured| session.slowest.as_ref().map(Duration::as_secs_f64);
    let pace = sessions
        .iter()
        .any(|session| session.slowest.is_some())
        .then(|| reading(&PACE, sessions, Over::Most, |session| slowest(session).map(|seconds| seconds / interval)));
    Sheet::new(rehearsed, pace)
}

/// A deck as the command line says it.
fn told(deck: Deck) -> String {
    match deck {
        Deck::Not { named } => format!("not:{named}"),
        Deck::Sample { rho, draws } => format!("sample:{rho}:{draws}"),
    }
}
