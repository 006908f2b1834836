//! The light floor without a browser: pages of views, and whole turns over a wire in memory.
#![expect(clippy::unwrap_used, reason = "what is not there is a failed test")]

#[path = "../../../desk/tests/floor/support/mod.rs"]
mod support;
#[path = "../../../desk/tests/floor/wires.rs"]
mod wires;

mod reader;
mod floor;
mod pages;
mod chart;
mod orders;
mod simple;
mod practice;
mod voice;
