//! Searches every preset, with fees and without, for plans of up to three colluding
//! accounts that end with more cash than they began with, and prints the best it finds.
//!
//! `cargo run --release --example adversary -- [trials] [seed]`
#![expect(clippy::print_stdout, reason = "the table is what it is for")]
#![expect(clippy::unwrap_used, reason = "a search may stop")]

#[path = "../tests/search/mod.rs"]
mod search;

use outcry_engine::Rate;

/// Plans tried for each setting when nothing is said.
const TRIALS: u32 = 100_000;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let trials = arguments.next().map_or(TRIALS, |text| text.parse().unwrap());
    let seed = arguments.next().map_or(1, |text| text.parse().unwrap());
    println!("{:<22} {:>5} {:>14}  actions", "preset", "fees", "best gain");
    for (name, params) in search::presets() {
        for fees in [false, true] {
            let mut params = params.clone();
            if !fees {
                (params.f, params.f_match) = (Rate(0), Rate(0));
            }
            let best = search::search(&params, seed, trials);
            println!("{name:<22} {:>5} {:>14}  {}", if fees { "on" } else { "off" }, best.gain, best.actions.len());
            if best.gain.0 > 0 {
                best.actions.iter().for_each(|action| println!("    {action:?}"));
            }
        }
    }
}
