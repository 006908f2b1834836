//! Reads a scenario and prints one JSON object per step (§10).
fn main() {}
