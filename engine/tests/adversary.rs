//! A small search for profitable manipulation in every preset; `examples/adversary.rs`
//! searches longer.
#![expect(clippy::unwrap_used, reason = "a test may stop")]

mod search;

use outcry_engine::Rate;

/// Plans tried for each setting.
const TRIALS: u32 = 400;

#[test]
fn no_plan_gains_cash_where_fees_are_taken() {
    for (name, params) in search::presets() {
        let best = search::search(&params, 7, TRIALS);
        assert!(best.gain.0 <= 0, "{name}: {} by {:?}", best.gain, best.actions);
    }
}

#[test]
fn no_plan_gains_cash_where_trades_commute_even_without_fees() {
    for (name, mut params) in search::presets() {
        (params.f, params.f_match) = (Rate(0), Rate(0));
        if name.starts_with("skewed") || params.kappa_start == Rate(0) {
            // What these admit is stated in the documents.
            continue;
        }
        let best = search::search(&params, 7, TRIALS);
        assert!(best.gain.0 <= 0, "{name}: {} by {:?}", best.gain, best.actions);
    }
}
