//! The lap in a headless app: a clock moved by hand, a store in memory, links in memory.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod breaks;
mod browser;
mod faulty;
#[path = "../store_contract/granted.rs"]
mod granted;
mod guest;
mod hall;
mod host;
mod hostile;
mod phases;
mod recovery;
mod rehearsals;
mod fence;
mod pieces;
mod rights;
mod seats;
mod simulation;
mod stalls;
mod waiting;
mod tables;
mod trading;
mod trap;
