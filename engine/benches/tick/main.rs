//! Times of ticks and of the kinds of orders in them, each beside a plain price-time book
//! on the same orders in the same run: ratios repeat on shared machines, times do not.
//!
//! `cargo bench -p outcry-engine --bench tick -- [ticks]`: how many ticks the tail is
//! looked for in. `… -- [ticks] [orders]` only runs so many ticks of so many orders, for a
//! tool that counts instructions.
#![expect(clippy::print_stdout, reason = "the table is what it is for")]
#![expect(clippy::unwrap_used, reason = "a benchmark may stop")]
#![expect(clippy::disallowed_types, reason = "a benchmark has a clock")]

mod kinds;
mod plain;
mod work;

use plain::Plain;
use std::time::Instant;
use work::Work;

/// Ticks that the median and the tail are taken of when nothing is said.
const TICKS: usize = 2_000;
/// Ticks before anything is measured: until the book has its full age.
const WARM_UP: usize = 30;

/// Times of ticks, in µs: the market's, and the plain book's on the same orders.
struct Times {
    ours: Vec<f64>,
    plain: Vec<f64>,
}

fn main() {
    let mut numbers = std::env::args().skip(1).filter_map(|text| text.parse().ok());
    let ticks = numbers.next().unwrap_or(TICKS);
    if let Some(orders) = numbers.next() {
        let times = run(3, orders, ticks);
        return line(&format!("median tick of {orders} orders"), median(&times.ours), median(&times.plain));
    }
    println!("{:<44} {:>10} {:>10} {:>7}", "figure", "market µs", "plain µs", "ratio");
    for outcomes in [3, 5] {
        let times = run(outcomes, 200, ticks);
        line(&format!("P1 median tick of 200 orders, N = {outcomes}"), median(&times.ours), median(&times.plain));
        let slowest = times.ours.iter().copied().fold(0.0, f64::max);
        println!("{:<44} {slowest:>10.1} {:>10} {:>7.2}", "P3 slowest ÷ median", "", slowest / median(&times.ours));
    }
    let per_order = |orders: usize| median(&run(3, orders, 300).ours) / orders as f64;
    let (few, many) = (per_order(50), per_order(800));
    println!("{:<44} {many:>10.2} {few:>10.2} {:>7.2}", "P2 µs per order at 800 (ours) and at 50 ÷", many / few);
    let long = run(3, 200, 1_100).ours;
    let (early, late) = (median(&long[..100]), median(&long[1_000..]));
    println!("{:<44} {late:>10.1} {early:>10.1} {:>7.2}", "P2 tick 1000 and tick 10 at equal books", late / early);
    for (name, micros) in kinds::all() {
        println!("{:<44} {micros:>10.2}", format!("one {name}"));
    }
}

fn line(name: &str, ours: f64, plain: f64) {
    println!("{name:<44} {ours:>10.1} {plain:>10.1} {:>7.2}", ours / plain);
}

pub(crate) fn median(times: &[f64]) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}

pub(crate) fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed().as_secs_f64() * 1e6)
}

fn run(outcomes: u8, orders: usize, ticks: usize) -> Times {
    let (mut work, mut plain) = (Work::new(outcomes, 7), Plain::new(outcomes));
    let mut times = Times { ours: Vec::with_capacity(ticks), plain: Vec::with_capacity(ticks) };
    for tick in 0..WARM_UP + ticks {
        let input = work.tick(orders);
        let (report, ours) = timed(|| work.market.apply(&input).unwrap());
        work.note(&report);
        plain.age();
        let ((), theirs) = timed(|| plain.tick(&input));
        if tick >= WARM_UP {
            times.ours.push(ours);
            times.plain.push(theirs);
        }
    }
    times
}
