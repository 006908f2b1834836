//! Parameters: every violation at once, files that read back, warnings with their size.
use outcry_engine::{
    Direction, Input, Market, Order, OrderId, OrderKind, OutcomeId, Params, Rate, Round, Script, Side, Tokens, Usdc,
    UserId, amount::RATE_ONE, params::fields,
};
use serde_json::{Value, json};

/// Names of the fields that a JSON object violates, read and validated.
fn violated(value: &Value) -> Vec<String> {
    let found = match Params::from_json(value) {
        Err(found) => found,
        Ok((params, script)) => params.validate(Some(&script)),
    };
    found.into_iter().map(|violation| violation.field).collect()
}

#[test]
fn defaults_are_valid_and_read_back() {
    let params = Params::default();
    assert_eq!(params.validate(Some(&Script::default())), []);
    let json = params.to_json(None);
    assert_eq!(Params::from_json(&json).unwrap().0, params);
    assert_eq!(Params::from_json(&json!({})).unwrap().0, params);
}

#[test]
fn a_file_with_everything_reads_back() {
    let rounds = vec![Round { at_s: 300, freeze_s: 15 }, Round { at_s: 600, freeze_s: 0 }];
    let mut params = Params { mr_enabled: true, rounds, n_outcomes: 4, ..Params::default() };
    params.outcome_names = ["Ada", "Bo", "Cleo", "Dov"].map(str::to_owned).to_vec();
    let script =
        Script { final_winner: OutcomeId(2), eliminate: vec![vec![OutcomeId(0)], vec![OutcomeId(1), OutcomeId(3)]] };
    let json = params.to_json(Some(&script));
    assert_eq!(Params::from_json(&json).unwrap(), (params.clone(), script.clone()));
    assert_eq!(params.validate(Some(&script)), []);
    // What is secret stands in no file made without the script.
    let public = params.to_json(None).to_string();
    assert!(!public.contains("eliminate") && !public.contains("final_winner"), "{public}");
}

#[test]
fn every_field_reads_what_it_shows() {
    for field in fields() {
        let mut params =
            Params { mr_enabled: true, rounds: vec![Round { at_s: 10, freeze_s: 5 }], ..Params::default() };
        let before = params.clone();
        (field.set)(&mut params, &(field.get)(&before)).unwrap();
        assert_eq!(params, before, "{}", field.name);
    }
}

#[test]
fn defaults_depend_on_what_is_given() {
    let (params, _) =
        Params::from_json(&json!({"n_outcomes": 4, "z": 1000, "zeta_start": "0.05", "mu_start": 2})).unwrap();
    assert_eq!(params.q0, Tokens::whole(125));
    assert_eq!((params.zeta_end, params.mu_end), (params.zeta_start, params.mu_start));
    assert_eq!(params.outcome_names, ["A", "B", "C", "D"]);
    assert_eq!(params.subsidy_start(), Usdc::whole(250));
}

#[test]
fn numbers_may_be_written_as_numbers() {
    let texts = json!({"kappa_start": "0.00001", "kappa_end": "5e-06", "z": "10000"});
    let numbers = json!({"kappa_start": 1e-5, "kappa_end": 5e-6, "z": 10000});
    assert_eq!(Params::from_json(&texts).unwrap(), Params::from_json(&numbers).unwrap());
}

#[test]
fn what_is_out_of_range_is_named() {
    let cases: &[(Value, &[&str])] = &[
        (json!({"n_outcomes": 2}), &["n_outcomes"]),
        (json!({"n_outcomes": 11}), &["n_outcomes"]),
        (json!({"n_outcomes": 99}), &["n_outcomes"]),
        (json!({"n_outcomes": 0, "eta": 1}), &["n_outcomes", "eta"]),
        (json!({"z": 2}), &["z"]),
        (json!({"z": "100000000.000001"}), &["z"]),
        (json!({"gamma": "0.001"}), &["gamma"]),
        (json!({"q0": 0}), &["q0"]),
        (json!({"q0": 3300}), &["q0"]),
        (json!({"mu_start": 0, "nu_end": 1001}), &["mu_start", "mu_end", "nu_end"]),
        (json!({"kappa_start": -0.1}), &["kappa_start", "kappa_end"]),
        (json!({"zeta_start": 0.495}), &[]),
        (json!({"zeta_start": 0.4951}), &["zeta_start", "zeta_end"]),
        (json!({"f": 0.05}), &["f"]),
        (json!({"p_max": 1}), &["p_max"]),
        (json!({"p_max": 0.85}), &["renorm_cap"]),
        (json!({"p_min": 0}), &["p_min"]),
        (json!({"eta": 1}), &["eta"]),
        (json!({"tick_size": 0.03}), &["tick_size"]),
        (json!({"f_match": 0.02}), &["f_match"]),
        (json!({"sigma": 1.1}), &["sigma"]),
        (
            json!({"af_cap_frac": 0, "af_max_pools": 6, "af_max_surplus": 0}),
            &["af_cap_frac", "af_max_pools", "af_max_surplus"],
        ),
        (json!({"gas_fee": 10001, "starting_balance": 0}), &["gas_fee", "starting_balance"]),
        (json!({"batch_interval_ms": 49, "total_duration": 0}), &["total_duration", "batch_interval_ms"]),
        (json!({"rounds": [{"at_s": 10, "freeze_s": 5}]}), &["rounds"]),
        (json!({"mr_enabled": true, "rounds": [{"at_s": 10, "freeze_s": 5}, {"at_s": 14}]}), &["rounds[1].at_s"]),
        (json!({"mr_enabled": true, "rounds": [{"at_s": 890, "freeze_s": 10}]}), &["rounds[0].at_s"]),
        (json!({"mr_enabled": true, "rounds": [{"at_s": 9, "eliminate": [0]}]}), &["rounds[0].eliminate"]),
        (
            json!({"mr_enabled": true, "rounds": [{"at_s": 9, "eliminate": [1]}, {"at_s": 19, "eliminate": [1, 7]}]}),
            &["rounds[1].eliminate", "rounds[1].eliminate"],
        ),
        (json!({"final_winner": 3}), &["final_winner"]),
        (json!({"outcome_names": ["a", "b"]}), &["outcome_names"]),
        (json!({"outcome_names": ["a", " ", "a"]}), &["outcome_names[1]", "outcome_names[2]"]),
    ];
    for (value, fields) in cases {
        assert_eq!(violated(value), *fields, "{value}");
    }
}

#[test]
fn what_cannot_be_read_is_named() {
    let cases: &[(Value, &[&str])] = &[
        (json!([]), &["params"]),
        (json!({"zeta": 1}), &["zeta"]),
        (json!({"z": "NaN", "f": "inf", "eta": null}), &["eta", "f", "z"]),
        (json!({"z": "1.0000001"}), &["z"]),
        (json!({"cm_enabled": "maybe", "interpolation_mode": "jump"}), &["cm_enabled", "interpolation_mode"]),
        (
            json!({"rounds": [{"freeze_s": 5}, 7, {"at_s": "soon"}, {"at_s": 1, "why": 2}]}),
            &["rounds[0].at_s", "rounds[1]", "rounds[2].at_s", "rounds[3].why"],
        ),
    ];
    for (value, fields) in cases {
        let found: Vec<String> = Params::from_json(value).unwrap_err().into_iter().map(|found| found.field).collect();
        assert_eq!(found, *fields, "{value}");
    }
}

#[test]
fn a_violation_says_what_would_be_right() {
    let (params, _) = Params::from_json(&json!({"eta": "0.5"})).unwrap();
    let texts: Vec<String> = params.validate(None).iter().map(ToString::to_string).collect();
    assert_eq!(texts, ["eta is 0.5: must be above 1 and at most 10"]);
}

#[test]
fn warnings_name_what_costs_the_maker() {
    let warned = |value: Value| -> Vec<String> {
        let (params, _) = Params::from_json(&value).unwrap();
        params.warnings(&[]).into_iter().map(|warning| warning.field).collect()
    };
    // The basket of all NO stands in every market that starts at ½.
    assert_eq!(warned(json!({})), ["q0"]);
    assert_eq!(warned(json!({"mu_start": 2, "kappa_start": 0.00001})), ["mu_start", "mu_end", "q0"]);
    assert_eq!(warned(json!({"q0": 2000})), ["q0", "q0"]);
    let rounds = json!({"mr_enabled": true, "rounds": [{"at_s": 100}, {"at_s": 200}]});
    assert_eq!(warned(rounds.clone()), ["q0", "rounds[1].at_s", "rounds[1].freeze_s"]);
    let (params, _) = Params::from_json(&rounds).unwrap();
    let certain = params.warnings(&[2, 0]).into_iter().find(|warning| warning.field == "rounds[0].freeze_s").unwrap();
    assert!(certain.text.contains("one outcome while trading goes on for 800 s"), "{}", certain.text);
    for warning in Params::default().warnings(&[]) {
        assert!(warning.text.chars().any(|c| c.is_ascii_digit()), "{}", warning.text);
    }
}

/// What the warning says can be gained is gained, on the market itself.
#[test]
fn the_profit_of_a_certain_winner_is_what_is_warned_of() {
    let rounds = json!({"mr_enabled": true, "rounds": [{"at_s": 100, "freeze_s": 15}, {"at_s": 200, "freeze_s": 15}]});
    let (params, _) = Params::from_json(&rounds).unwrap();
    let warnings = params.warnings(&[1, 1]);
    let warning = warnings.iter().find(|warning| warning.field == "rounds[1].freeze_s").unwrap();
    let figures: Vec<&str> = warning.text.split([' ', ':']).filter(|word| word.contains('.')).collect();
    let (size, gain): (Tokens, Usdc) = (figures[1].parse().unwrap(), figures[2].parse().unwrap());
    let (mut market, user) = (Market::new(params).unwrap(), UserId(1));
    market.apply(&Input::Join { user, deposit: Usdc::whole(1_000_000) }).unwrap();
    for (round, outcome) in [(0, 1), (1, 2)] {
        let (outcomes, now_ms) = (vec![OutcomeId(outcome)], 100_000 * u64::from(round + 1));
        market.apply(&Input::Eliminate { outcomes, round: Some(round), now_ms, resume_ms: now_ms + 15_000 }).unwrap();
    }
    let kind = OrderKind::Market { max_slippage: Rate(1_000 * RATE_ONE) };
    let (id, outcome, side, direction) = (OrderId(1), OutcomeId(0), Side::Yes, Direction::Buy);
    let buy = Order { id, user, outcome, side, direction, kind, size, ts_ms: 0 };
    market.apply(&Input::Orders { now_ms: 215_000, orders: vec![buy] }).unwrap();
    market.apply(&Input::Final { winner: outcome, now_ms: 900_000 }).unwrap();
    let gained = market.account(user).unwrap().balance - Usdc::whole(1_000_000);
    assert!(gained.0 > 0 && (gained - gain).0.abs() <= 1_000_000, "{gained}, warned of {}", warning.text);
}
