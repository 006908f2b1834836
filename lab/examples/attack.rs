//! What an adversary finds in some settings: for each goal the most it gained, what it needed, and a scenario that
//! does it again; and what it costs to hold a price.
//!
//! `cargo run --release --package outcry-lab --example attack -- [trials] [seed] [directory for the scenarios]`
#![expect(clippy::print_stdout, reason = "the table is what it is for")]

use outcry_engine::{OutcomeId, Params, Rate, Tokens, Usdc, params::default_names};
use outcry_lab::adversary::{Goal, Hold, Setting, hold, scenario, search};
use std::{error::Error, fs, path::Path};

/// Plans tried for each goal when nothing is said.
const TRIALS: u32 = 20_000;
/// What others pay against a price that is held, in USDC a tick.
const AGAINST: [i64; 3] = [0, 2, 10];

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let trials = arguments.next().map_or(Ok(TRIALS), |text| text.parse())?;
    let seed = arguments.next().map_or(Ok(1), |text| text.parse())?;
    let directory = arguments.next();
    for (name, params) in settings() {
        println!("{name}");
        let setting = Setting { params, accounts: 3, deposit: Usdc::whole(300_000), eliminated: None };
        for goal in [Goal::Cash, Goal::Sure, Goal::Loss] {
            let best = search(&setting, goal, seed, trials)?;
            let played = &best.played;
            println!(
                "  {:<5} at least {:>10.2} USDC ({:.1} % of Z), capital {:.2}, {} accounts, {} actions, {} ticks; {} plans",
                format!("{goal:?}"),
                played.gain.as_f64(),
                100.0 * played.gain.as_f64() / setting.params.z.as_f64(),
                played.capital.as_f64(),
                setting.accounts,
                best.actions.len(),
                played.ticks,
                best.trials,
            );
            if let Some(directory) = &directory {
                let file = Path::new(directory).join(format!("{name}-{goal:?}.json").replace([' ', '/'], "-"));
                fs::write(file, serde_json::to_string(&scenario(&setting, &played.inputs))?)?;
            }
        }
        for against in AGAINST {
            let held = Hold { outcome: OutcomeId(0), points: 0.1, for_ms: 60_000, against: Usdc::whole(against) };
            let found = hold(&setting, &held)?;
            println!(
                "  10 points for 60 s against {against} USDC a tick: costs {:.2} USDC, capital {:.2}, {} accounts, {} ticks",
                found.cost, found.capital, found.accounts, found.ticks,
            );
        }
    }
    Ok(())
}

/// The party preset as it is and from fair prices, with and without fees, and the defaults.
fn settings() -> Vec<(String, Params)> {
    let mut settings = Vec::new();
    for fees in [true, false] {
        for fair in [false, true] {
            let mut params = party();
            params.q0 = if fair { Tokens(params.subsidy_start().0 / 5) } else { params.q0 };
            (params.f, params.f_match) = if fees { (params.f, params.f_match) } else { (Rate(0), Rate(0)) };
            let start = if fair { "S/N" } else { "S/2" };
            settings.push((format!("party, q0 = {start}, fees {}", if fees { "on" } else { "off" }), params));
        }
    }
    settings.push(("defaults".to_owned(), Params::default()));
    settings
}

fn party() -> Params {
    let (kappa, zeta) = (Rate(100_000), Rate(150_000_000));
    let mut params = Params {
        n_outcomes: 5,
        outcome_names: default_names(5),
        z: Usdc::whole(5_000),
        kappa_start: kappa,
        kappa_end: kappa,
        zeta_start: zeta,
        zeta_end: zeta,
        ..Params::default()
    };
    params.q0 = params.q0_default();
    params
}
