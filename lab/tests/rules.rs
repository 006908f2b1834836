//! Every rival rule against worked buys, its closed forms and what every maker must hold.

use outcry_engine::Side;
use outcry_lab::{
    rivals::{cpmm_multi::CpmmMulti, fpmm::Fpmm, lmsr::Lmsr, ls_lmsr::LsLmsr, pm_amm::PmAmm},
    rule::Rule,
};
use proptest::prelude::*;
use serde_json::Value;
use std::{fs, path::Path};

/// Outcomes exclude each other in every rule but `pm_amm`, whose pools know nothing of each other.
const RULES: [&str; 5] = ["lmsr", "ls_lmsr", "fpmm", "cpmm_multi", "pm_amm"];

fn rule(name: &str, loss: f64, n: usize) -> Box<dyn Rule> {
    match name {
        "lmsr" => Box::new(Lmsr::new(loss, &vec![1.0 / n as f64; n])),
        "ls_lmsr" => Box::new(LsLmsr::new(loss, n, 0.05)),
        "fpmm" => Box::new(Fpmm::new(loss, n)),
        "cpmm_multi" => Box::new(CpmmMulti::new(loss, n)),
        "pm_amm" => Box::new(PmAmm::new(loss, n)),
        other => panic!("there is no rule {other}"),
    }
}

fn prices(rule: &dyn Rule, n: usize) -> Vec<f64> {
    (0..n).map(|outcome| rule.price(outcome, Side::Yes)).collect()
}

fn near(a: f64, b: f64, within: f64) -> bool {
    (a - b).abs() <= within
}

#[test]
fn worked_buys() {
    let mut buys = 0;
    let files = fs::read_dir(Path::new("tests/rivals")).expect("the worked buys");
    for file in files {
        let text = fs::read_to_string(file.expect("a file").path()).expect("a text");
        let case: Value = serde_json::from_str(&text).expect("JSON");
        let (n, loss) = (case["n"].as_u64().expect("N") as usize, case["z"].as_f64().expect("Z"));
        for (name, worked) in case["rules"].as_object().expect("rules") {
            let mut rule = rule(name, loss, n);
            for buy in worked["buys"].as_array().expect("buys") {
                let outcome = buy["outcome"].as_u64().expect("an outcome") as usize;
                let side = if buy["side"] == "YES" { Side::Yes } else { Side::No };
                let cost = rule.buy(outcome, side, buy["tokens"].as_f64().expect("tokens"));
                let expected = buy["cost"].as_f64().expect("a cost");
                assert!(near(cost, expected, 1e-6), "{name}: {cost} for {buy}");
                for (price, expected) in prices(&*rule, n).iter().zip(buy["p_yes"].as_array().expect("prices")) {
                    assert!(near(*price, expected.as_f64().expect("a price"), 1e-8), "{name}: {price} after {buy}");
                }
                buys += 1;
            }
        }
    }
    assert_eq!(buys, 564, "every worked buy");
}

/// Manifold's own code, run by `manifold/make.mjs`, buys by money; what it got costs as much here.
#[test]
fn manifolds_own_code_agrees() {
    let table: Value =
        serde_json::from_str(&fs::read_to_string("tests/manifold/buys.json").expect("a table")).expect("JSON");
    let mut buys = 0;
    for game in table["games"].as_array().expect("games") {
        let n = game["n"].as_u64().expect("N") as usize;
        let mut rule = CpmmMulti::new(game["ante"].as_f64().expect("an ante"), n);
        for buy in game["buys"].as_array().expect("buys") {
            let side = if buy["side"] == "YES" { Side::Yes } else { Side::No };
            let figure = |name: &str| buy[name].as_f64().expect("a figure");
            let cost = rule.buy(buy["outcome"].as_u64().expect("an outcome") as usize, side, figure("tokens"));
            assert!(near(cost, figure("spent"), 1e-6), "{cost} for {buy}");
            for (price, expected) in prices(&rule, n).iter().zip(buy["p_yes"].as_array().expect("prices")) {
                assert!(near(*price, expected.as_f64().expect("a price"), 1e-8), "{price} after {buy}");
            }
            buys += 1;
        }
    }
    assert_eq!(buys, 80, "every buy");
}

/// The maximal loss is a supremum: large purchases come within 1 % of it, and none goes beyond.
#[test]
fn the_maximal_loss_is_reached_and_never_passed() {
    for name in RULES {
        for n in [3, 5, 10] {
            let loss = 5_000.0;
            let mut rule = rule(name, loss, n);
            let (mut owed, mut paid) = (0.0, 0.0);
            for step in 0..60 {
                let tokens = loss * f64::from(1 << (step / 6));
                paid += rule.buy(0, Side::Yes, tokens);
                owed += tokens;
                // Where the pools are apart, everyone else's NO pays as well.
                for other in (1..n).filter(|_| name == "pm_amm") {
                    paid += rule.buy(other, Side::No, tokens);
                    owed += tokens;
                }
                assert!(owed - paid <= loss * (1.0 + 1e-9), "{name}, {n}: lost {} of {loss}", owed - paid);
            }
            assert!(owed - paid >= 0.99 * loss, "{name}, {n}: lost only {} of {loss}", owed - paid);
        }
    }
}

#[test]
fn eliminations_keep_the_proportions_of_the_others() {
    for name in RULES {
        let mut rule = rule(name, 5_000.0, 5);
        rule.buy(1, Side::Yes, 700.0);
        rule.buy(3, Side::No, 300.0);
        let before = prices(&*rule, 5);
        rule.eliminate(0);
        let after = prices(&*rule, 5);
        assert_eq!((after[0], rule.price(0, Side::No)), (0.0, 1.0), "{name}");
        // LS-LMSR has no prices with sum 1 to keep: its liquidity shrinks with what was sold of the outcome.
        if name != "ls_lmsr" {
            let rest: f64 = before[1..].iter().sum();
            for outcome in 1..5 {
                assert!(near(after[outcome], before[outcome] / rest, 1e-12), "{name}: {before:?} to {after:?}");
            }
        }
    }
}

/// At 60 times its liquidity a token is as good as sure; nothing overflows on the way or back.
#[test]
fn extremes_stay_finite() {
    for name in RULES {
        let mut rule = rule(name, 1_000.0, 3);
        let paid = rule.buy(2, Side::Yes, 1e6);
        let price = rule.price(2, Side::Yes);
        assert!(price > 0.999 && price <= 1.0 + 1e-9 + 0.2 * f64::from(u8::from(name == "ls_lmsr")), "{name}: {price}");
        assert!(rule.price(0, Side::Yes) >= 0.0, "{name}");
        let back = rule.sell(2, Side::Yes, 1e6);
        assert!(near(back, paid, 1e-3), "{name}: {paid} and back {back}");
    }
}

/// Trades of one game: an outcome, a side, tokens.
fn trades() -> impl Strategy<Value = Vec<(usize, bool, f64)>> {
    prop::collection::vec((0_usize..5, any::<bool>(), 0.01_f64..2_000.0), 1..12)
}

fn side(yes: bool) -> Side {
    if yes { Side::Yes } else { Side::No }
}

proptest! {
    #[test]
    fn a_round_trip_brings_nothing(which in 0_usize..5, trades in trades()) {
        let mut rule = rule(RULES[which], 5_000.0, 5);
        let mut cash = 0.0;
        for (outcome, yes, tokens) in &trades {
            cash -= rule.buy(*outcome, side(*yes), *tokens);
        }
        for (outcome, yes, tokens) in trades.iter().rev() {
            cash += rule.sell(*outcome, side(*yes), *tokens);
        }
        prop_assert!(cash < 1e-6, "{} gained", cash);
    }

    #[test]
    fn a_purchase_costs_between_the_prices_before_and_after(which in 0_usize..5, trades in trades()) {
        let mut rule = rule(RULES[which], 5_000.0, 5);
        for (outcome, yes, tokens) in trades {
            let before = rule.price(outcome, side(yes));
            let cost = rule.buy(outcome, side(yes), tokens);
            let after = rule.price(outcome, side(yes));
            prop_assert!(before * tokens <= cost + 1e-7 && cost <= after * tokens + 1e-7, "{before} {after}: {cost} for {tokens}");
        }
    }

    #[test]
    fn prices_sum_to_one_where_the_rule_says_so(which in prop::sample::select(vec![0_usize, 2, 3]), trades in trades()) {
        let mut rule = rule(RULES[which], 5_000.0, 5);
        for (outcome, yes, tokens) in trades {
            rule.buy(outcome, side(yes), tokens);
            let sum: f64 = prices(&*rule, 5).iter().sum();
            prop_assert!(near(sum, 1.0, 1e-9), "{}", sum);
            let pair = rule.price(outcome, Side::Yes) + rule.price(outcome, Side::No);
            prop_assert!(near(pair, 1.0, 1e-9), "{}", pair);
        }
    }

    #[test]
    fn in_pieces_it_costs_the_same(which in 0_usize..5, yes: bool, tokens in 1.0_f64..3_000.0, share in 0.1_f64..0.9) {
        let mut whole = rule(RULES[which], 5_000.0, 5);
        let mut pieces = rule(RULES[which], 5_000.0, 5);
        let at_once = whole.buy(1, side(yes), tokens);
        let in_two = pieces.buy(1, side(yes), tokens * share) + pieces.buy(1, side(yes), tokens * (1.0 - share));
        prop_assert!(near(at_once, in_two, 1e-6), "{} and {}", at_once, in_two);
    }
}
