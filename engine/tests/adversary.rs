//! A small search for profitable manipulation in every preset; `examples/adversary.rs`
//! searches longer.
#![expect(clippy::unwrap_used, reason = "a test may stop")]

mod search;
#[path = "support/seeds.rs"]
mod seeds;

use outcry_engine::Rate;

/// Plans tried for each setting.
const TRIALS: u32 = 4_000;

/// Where κ is 0, one large trade and its return in pieces gain at the maker's cost: the
/// longer search prints by how much. What people play has a κ.
fn check(fees: bool) {
    for (name, mut params) in search::presets() {
        if params.kappa_start == Rate(0) {
            continue;
        }
        if !fees {
            (params.f, params.f_match) = (Rate(0), Rate(0));
        }
        let best = search::search(&params, seeds::ANY, TRIALS);
        assert!(best.gain.0 <= 0, "{name}: {} by {:?}", best.gain, best.actions);
    }
}

#[test]
fn no_plan_gains_cash_where_fees_are_taken() {
    check(true);
}

#[test]
fn no_plan_gains_cash_even_without_fees() {
    check(false);
}
