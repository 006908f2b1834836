//! How far $100 of YES moves each rule that starts at 20 ¢ and can be made to lose the same: what an adversary makes
//! the party preset lose from q₀ = S/N, fees off.
//!
//! `cargo run --release --package outcry-lab --example equal_loss -- [trials] [seed]`
#![expect(clippy::print_stdout, reason = "the table is what it is for")]

use outcry_engine::{Market, Params, Rate, Side, Tokens, Usdc, params::default_names};
use outcry_lab::{
    adversary::{Goal, Setting, search},
    metrics::{
        depth::{buy_for, depth, depth_per_loss},
        probe::Quotes,
    },
    rivals::{cpmm_multi::CpmmMulti, fpmm::Fpmm, lmsr::Lmsr, pm_amm::PmAmm},
    rule::Rule,
};
use std::error::Error;

const N: usize = 5;
const SPENT: f64 = 100.0;
const TRIALS: u32 = 40_000;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let trials = arguments.next().map_or(Ok(TRIALS), |text| text.parse())?;
    let seed = arguments.next().map_or(Ok(1), |text| text.parse())?;
    println!("{:<34} {:>8} {:>9} {:>8} {:>8} {:>10}", "", "tokens", "average", "from", "to", "5 pts/loss");
    let mut loss = 0.0;
    for (name, share, kappa) in [
        ("ours, q0 = S/2, κ 10⁻⁴", 0.5, 100_000),
        ("ours, q0 = S/N, κ 10⁻⁴", 0.2, 100_000),
        ("ours, q0 = S/N, κ 10⁻⁵", 0.2, 10_000),
    ] {
        let params = party(share, kappa);
        let setting = Setting { params: params.clone(), accounts: 3, deposit: Usdc::whole(300_000), eliminated: None };
        let found = search(&setting, Goal::Loss, seed, trials)?;
        loss = f64::max(if share < 0.5 { loss } else { 0.0 }, found.played.gain.as_f64());
        let market = Market::new(params).map_err(|violations| format!("{violations:?}"))?;
        let public = market.public();
        let quotes = Quotes { market: &public, now_ms: 0 };
        let bought = buy_for(&quotes, 0, SPENT).ok_or("so much cannot be bought")?;
        let five = depth(&quotes, 0.05).ok_or("the price cannot be moved")?;
        let headline = depth_per_loss(five, found.played.gain.as_f64());
        println!(
            "{name:<34} {:>8.0} {:>8.1} ¢ {:>7.1} ¢ {:>6.1} ¢ {headline:>10.4}   loses at least {:.0} ({trials} plans)",
            bought.tokens,
            100.0 * bought.average,
            100.0 * share,
            100.0 * bought.price,
            found.played.gain.as_f64()
        );
    }
    type Rules = [(&'static str, fn(f64) -> Box<dyn Rule>); 4];
    let rules: Rules = [
        ("LMSR", |loss| Box::new(Lmsr::new(loss, &[1.0 / N as f64; N]))),
        ("FPMM", |loss| Box::new(Fpmm::new(loss, N))),
        ("cpmm-multi-1", |loss| Box::new(CpmmMulti::new(loss, N))),
        ("pm-AMM, one per outcome", |loss| Box::new(PmAmm::new(loss, N))),
    ];
    for (name, rule) in rules {
        let tokens = size_where(|tokens| rule(loss).buy(0, Side::Yes, tokens), SPENT);
        let from = rule(loss).price(0, Side::Yes);
        let price_after = |tokens| {
            let mut rule = rule(loss);
            rule.buy(0, Side::Yes, tokens);
            rule.price(0, Side::Yes)
        };
        let five = rule(loss).buy(0, Side::Yes, size_where(price_after, from + 0.05));
        println!(
            "{name:<34} {tokens:>8.0} {:>8.1} ¢ {:>7.1} ¢ {:>6.1} ¢ {:>10.4}   at a loss of {loss:.0}",
            100.0 * SPENT / tokens,
            100.0 * from,
            100.0 * price_after(tokens),
            depth_per_loss(five, loss)
        );
    }
    Ok(())
}

/// Where a rising function of a size comes to `goal`.
fn size_where(f: impl Fn(f64) -> f64, goal: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1e6);
    for _ in 0..80 {
        let middle = f64::midpoint(low, high);
        *(if f(middle) < goal { &mut low } else { &mut high }) = middle;
    }
    low
}

fn party(share: f64, kappa: i64) -> Params {
    let (kappa, zeta) = (Rate(kappa), Rate(150_000_000));
    let mut params = Params {
        n_outcomes: N as u8,
        outcome_names: default_names(N as u8),
        z: Usdc::whole(5_000),
        kappa_start: kappa,
        kappa_end: kappa,
        zeta_start: zeta,
        zeta_end: zeta,
        f: Rate(0),
        f_match: Rate(0),
        ..Params::default()
    };
    params.q0 = Tokens((params.subsidy_start().0 as f64 * share) as i64);
    params
}
