//! What the fuzzers feed: each target takes bytes and panics where the engine is wrong.
//! The stored corpus is replayed by the engine's own tests on any compiler.

mod bytes;

use bytes::Bytes;
use outcry_engine::{Input, Market, Refusal, scenario::Runner};

/// The most steps one input may ask for; the rest is not played.
const STEPS_MAX: usize = 200;

/// Any text as a scenario: it is refused with the field's name, or it runs and holds.
pub fn scenario(bytes: &[u8]) {
    let Ok(json) = serde_json::from_slice(bytes) else { return };
    let Ok(mut runner) = Runner::new(&json) else { return };
    for _ in 0..STEPS_MAX {
        if runner.step().is_none() {
            break;
        }
        must_hold(runner.market());
    }
}

/// Any orders in any market: a bad one is rejected alone, the tick goes on. Returns how many inputs the market
/// took; `None` where there is no market with such parameters.
pub fn orders(bytes: &[u8]) -> Option<usize> {
    let mut bytes = Bytes::new(bytes);
    let mut market = Market::new(bytes.params()).ok()?;
    let mut taken = 0;
    for _ in 0..STEPS_MAX {
        let Some(input) = bytes.input() else { break };
        let done = market.apply(&input);
        if let Err(Refusal::Invariant(what)) = &done {
            panic!("{what} after {input:?}");
        }
        let settled = market.is_settled();
        assert!(settled || done.is_ok() || !matches!(input, Input::Orders { .. }), "a tick was refused: {done:?}");
        must_hold(&market);
        taken += usize::from(done.is_ok());
    }
    Some(taken)
}

fn must_hold(market: &Market) {
    if let Err(what) = market.audit() {
        panic!("{what}");
    }
}
