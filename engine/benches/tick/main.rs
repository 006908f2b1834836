//! What ticks, and orders of each kind, take: in processor time and in instructions, beside
//! a plain price-time book on the same orders in the same run. Ratios and instructions repeat
//! on shared machines, times do not.
//!
//! `cargo bench -p outcry-engine --bench tick -- [ticks]`: among how many ticks the slowest
//! is looked for. Instructions need valgrind. `-- worst [part of a row's name]`
//! prints what refusals cost, alone.
#![expect(clippy::print_stdout, reason = "the table is what it is for")]
#![expect(clippy::unwrap_used, reason = "a benchmark may stop")]

mod clock;
#[path = "../../tests/support/dice.rs"]
mod dice;
mod instructions;
mod kinds;
mod plain;
#[path = "../../tests/support/seeds.rs"]
mod seeds;
mod step;
mod table;
mod tail;
mod work;
mod workload;
mod worst;

use workload::Workload;

/// Ticks among which the slowest is looked for when nothing is said.
const TICKS: usize = 100_000;

fn main() {
    // Cargo says --bench.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|text| !text.starts_with('-')).collect();
    match arguments.split_first() {
        Some((first, numbers)) if first == "count" => Workload::run_counted(numbers),
        Some((first, part)) if first == "worst" => worst::print(&part.join(" ")),
        Some((first, _)) => table::print(first.parse().unwrap()),
        None => table::print(TICKS),
    }
}
