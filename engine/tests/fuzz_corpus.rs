//! The fuzzers' stored corpus, replayed on any compiler.

#![expect(clippy::unwrap_used, reason = "a test says what is wrong by panicking")]

#[path = "../fuzz/src/lib.rs"]
#[expect(unreachable_pub, reason = "public for the fuzzers' crate")]
mod targets;

#[path = "support/dice.rs"]
mod dice;
#[path = "support/seeds.rs"]
mod seeds;

use dice::Dice;
use std::{fs, path::Path};

/// Random inputs of a target.
const RANDOM: usize = 2_000;

/// Feeds every stored input of a target to it.
fn replay<T>(name: &str, target: fn(&[u8]) -> T) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(name);
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= 10, "the corpus of {name} is missing");
    for file in files {
        target(&fs::read(file).unwrap());
    }
}

#[test]
fn scenarios_are_refused_by_name_or_hold() {
    replay("scenario", targets::scenario);
}

#[test]
fn orders_are_rejected_alone_and_the_tick_goes_on() {
    replay("orders", targets::orders);
}

/// A little of what the fuzzers do, seeded.
#[test]
fn random_bytes_are_orders_too() {
    let mut dice = Dice::new(seeds::ANY);
    let (mut markets, mut inputs) = (0, 0);
    for _ in 0..RANDOM {
        let bytes: Vec<u8> = (0..400).map(|_| dice.below(256) as u8).collect();
        if let Some(taken) = targets::orders(&bytes) {
            (markets, inputs) = (markets + 1, inputs + taken);
        }
    }
    // Bytes that open no market, or say nothing to it, try nothing.
    assert!(markets >= RANDOM / 3, "{markets} of {RANDOM} were markets");
    assert!(inputs >= 5 * markets, "{inputs} inputs in {markets} markets");
}
