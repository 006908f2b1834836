//! One file per object of the properties.

mod depth;
mod place;
mod sessions;
mod shape;

use crate::seeds::{count, seeds};

/// How many cases to run: `OUTCRY_CASES`, or what CI takes.
fn cases() -> u64 {
    count("OUTCRY_CASES", 100_000)
}

/// Runs `check` on every seed; the first three that fail are told with their seeds.
fn for_all(cases: u64, check: impl Fn(u64) -> Result<(), String>) {
    let failures: Vec<String> = seeds("curve_properties", cases)
        .filter_map(|seed| check(seed).err().map(|what| format!("seed {seed}: {what}")))
        .take(3)
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// An error with a text unless something holds.
fn must(holds: bool, what: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(what()) }
}
