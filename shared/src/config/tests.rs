use super::*;
use crate::{
    codec::encode,
    limits::{CLIENT_MESSAGE_BYTES_MAX, OUTCOME_NAME_BYTES_MAX, SESSION_NAME_BYTES_MAX},
    message::{ClientMessage, HostAct, HostRequest},
    secret::HostGrant,
};
use outcry_engine::{OutcomeId, Price, Rate, Round, Tokens, Usdc};
use proptest::prelude::*;

fn party() -> SessionConfig {
    presets().swap_remove(0).config
}

#[track_caller]
fn violates(config: &SessionConfig, field: &str) {
    let found = config.validate();
    assert!(found.iter().any(|violation| violation.field == field), "{field} is not in {found:?}");
}

#[track_caller]
fn unreadable(text: &str, fields: &[&str]) {
    let found = SessionConfig::from_json(text).expect_err("is wrong");
    let named: Vec<_> = found.iter().map(|violation| violation.field.as_str()).collect();
    assert_eq!(named, fields, "{found:?}");
    assert!(found.iter().all(|violation| violation.value.chars().count() <= 70), "{found:?}");
}

#[test]
fn party_is_as_a_sweep_has_chosen_it_and_its_first_values_are_a_preset_of_their_own() {
    let config = party();
    let params = &config.params;
    assert_eq!((params.n_outcomes, params.z, params.total_duration), (5, Usdc::whole(5_000), 900));
    assert_eq!((params.q0, params.kappa_start, params.kappa_end), (Tokens::whole(550), Rate(500_000), Rate(500_000)));
    assert_eq!((params.zeta_start, params.zeta_end), (Rate(150_000_000), Rate(150_000_000)));
    assert_eq!(params.rounds, [300, 600].map(|at_s| Round { at_s, freeze_s: 15 }));
    assert_eq!(config.script.winner, Choice::Random);
    assert_eq!(config.script.eliminate, [Elimination::Random(1), Elimination::Random(1)]);
    let first = presets().into_iter().find(|preset| preset.id == "party-first").expect("is kept").config;
    assert_eq!(
        (first.params.q0, first.params.kappa_start, first.params.kappa_end),
        (Tokens::whole(500), Rate(100_000), Rate(50_000))
    );
    assert_eq!((first.params.zeta_start, first.params.zeta_end), (Rate(150_000_000), Rate(50_000_000)));
    let (z, rounds) = (first.params.z, first.params.rounds.clone());
    assert_eq!((first.params.n_outcomes, z, rounds, first.script), (5, params.z, params.rounds.clone(), config.script));
}

#[test]
fn an_empty_file_is_the_default() {
    let config = SessionConfig::from_json("{}").expect("valid");
    assert_eq!(config, SessionConfig::default());
    assert_eq!(config.validate(), []);
}

#[test]
fn rounds_without_a_script_eliminate_one_at_random() {
    let text = r#"{"params": {"mr_enabled": true, "rounds": [{"at_s": 60, "freeze_s": 5}]}}"#;
    let config = SessionConfig::from_json(text).expect("valid");
    assert_eq!(config.script.eliminate, [Elimination::Random(1)]);
    assert_eq!(config.validate(), []);
}

#[test]
fn scripts_are_read_and_written() {
    let text = r#"{"params": {"n_outcomes": 5, "mr_enabled": true, "rounds": [{"at_s": 60, "freeze_s": 5}, {"at_s": 90}]},
                   "script": {"winner": {"fixed": 2}, "eliminate": [{"fixed": [0, 1]}, {"random": 1}]}}"#;
    let config = SessionConfig::from_json(text).expect("valid");
    assert_eq!(config.script.winner, Choice::Fixed(OutcomeId(2)));
    assert_eq!(config.script.eliminate[0], Elimination::Fixed(vec![OutcomeId(0), OutcomeId(1)]));
    assert_eq!(SessionConfig::from_json(&config.to_json()), Ok(config.clone()));
    assert_eq!(config.validate(), []);
}

#[test]
fn files_name_everything_that_is_wrong() {
    unreadable("", &["file"]);
    unreadable("[1]", &["file"]);
    unreadable(&" ".repeat(1 << 20), &["file"]);
    unreadable(r#"{"name": 7, "default_slippage_percent": 300}"#, &["name", "default_slippage_percent"]);
    unreadable(r#"{"title": "x", "params": {"z": "many", "zz": 1}}"#, &["z", "zz", "title"]);
    unreadable(r#"{"script": {"winner": "anyone"}}"#, &["script"]);
    unreadable(r#"{"script": {"winners": "random"}}"#, &["script"]);
    unreadable(r#"{"params": []}"#, &["params"]);
    unreadable(r#"{"params": {"z": "NaN"}}"#, &["z"]);
    unreadable(&format!(r#"{{"name": ["{}"]}}"#, "x".repeat(5_000)), &["name"]);
}

#[test]
fn secrets_do_not_stand_among_public_parameters() {
    let rounds = r#""mr_enabled": true, "rounds": [{"at_s": 60, "freeze_s": 5, "eliminate": [1]}]"#;
    unreadable(&format!(r#"{{"params": {{"final_winner": 1, {rounds}}}}}"#), &["final_winner", "rounds[0].eliminate"]);
    let fixed = SessionConfig {
        script: ScriptPlan { winner: Choice::Fixed(OutcomeId(1)), eliminate: vec![] },
        ..SessionConfig::default()
    };
    let file: serde_json::Value = serde_json::from_str(&fixed.to_json()).expect("own output");
    assert!(!file["params"].to_string().contains("winner"));
}

#[test]
fn texts_have_limits_and_nothing_hidden() {
    for name in ["", "   ", &"x".repeat(61), &"字".repeat(41)] {
        violates(&SessionConfig { name: name.to_owned(), ..party() }, "name");
    }
    for name in ["a\u{202e}b", "a\nb", "a\u{200b}b"] {
        violates(&SessionConfig { name: name.to_owned(), ..party() }, "name");
        let mut config = party();
        config.params.outcome_names[3] = name.to_owned();
        violates(&config, "outcome_names[3]");
    }
    for percent in [0, 101] {
        violates(&SessionConfig { default_slippage_percent: percent, ..party() }, "default_slippage_percent");
    }
    let config = SessionConfig { name: "Finale – wer gewinnt? 🏆".to_owned(), ..party() };
    assert_eq!(config.validate(), []);
}

#[test]
fn a_question_is_optional_and_its_text_is_checked() {
    let asked = |question: &str| SessionConfig { question: question.to_owned(), ..party() };
    for question in ["", "Who wins the final?", "Wer holt den Pokal – 🏆?"] {
        let config = asked(question);
        assert_eq!(config.validate(), [], "{question}");
        assert_eq!(SessionConfig::from_json(&config.to_json()), Ok(config));
    }
    for question in ["?".repeat(81), "字".repeat(41), "a\nb".to_owned(), "a\u{202e}b".to_owned()] {
        violates(&asked(&question), "question");
    }
    unreadable(r#"{"question": 7}"#, &["question"]);
    let before = serde_json::to_string(&party()).expect("is written").replace(r#""question":"","#, "");
    assert_eq!(serde_json::from_str::<SessionConfig>(&before).ok(), Some(party()), "as it was stored before");
}

#[test]
fn scripts_leave_a_winner() {
    use Elimination::{Fixed, Random};
    let ids = |ids: &[u8]| ids.iter().copied().map(OutcomeId).collect::<Vec<_>>();
    let cases = [
        (Choice::Fixed(OutcomeId(5)), vec![Random(1), Random(1)], "script.winner"),
        (Choice::Random, vec![Random(1)], "script.eliminate"),
        (Choice::Random, vec![Random(0), Random(1)], "script.eliminate[0]"),
        (Choice::Random, vec![Random(1), Fixed(vec![])], "script.eliminate[1]"),
        (Choice::Random, vec![Random(3), Random(2)], "script.eliminate"),
        (Choice::Random, vec![Random(255), Random(255)], "script.eliminate"),
        (Choice::Random, vec![Fixed(ids(&[0, 1])), Fixed(ids(&[1]))], "script.eliminate[1]"),
        (Choice::Random, vec![Fixed(ids(&[9])), Random(1)], "script.eliminate[0]"),
        (Choice::Fixed(OutcomeId(2)), vec![Fixed(ids(&[2])), Random(1)], "script.eliminate[0]"),
    ];
    for (winner, eliminate, field) in cases {
        violates(&SessionConfig { script: ScriptPlan { winner, eliminate }, ..party() }, field);
    }
    let script = ScriptPlan { winner: Choice::Fixed(OutcomeId(4)), eliminate: vec![Random(2), Fixed(ids(&[0, 1]))] };
    assert_eq!(SessionConfig { script, ..party() }.validate(), []);
}

/// The largest configuration that validation lets pass.
fn largest() -> SessionConfig {
    let mut config = party();
    config.name = format!("{}ab", "é".repeat(58));
    config.question = format!("{}ab", "é".repeat(58));
    config.default_slippage_percent = 100;
    let params = &mut config.params;
    params.n_outcomes = 10;
    let name = |index: char| format!("{index}{}", "😀".repeat(14));
    params.outcome_names = ('a'..='j').map(name).collect();
    (params.z, params.q0) = (Usdc::whole(100_000_000), Tokens(9_899_999_999_999));
    params.gamma = Rate(999_999);
    for weight in [&mut params.mu_start, &mut params.mu_end, &mut params.nu_start, &mut params.nu_end] {
        *weight = Rate(1_000_000_000_000);
    }
    (params.kappa_start, params.kappa_end) = (Rate(1_000_000_000), Rate(1_000_000_000));
    (params.zeta_start, params.zeta_end) = (Rate(110_000_000), Rate(110_000_000));
    (params.f, params.f_match, params.eta) = (Rate(49_999_999), Rate(19_999_999), Rate(10_000_000_000));
    (params.sigma, params.af_cap_frac, params.af_max_surplus) =
        (Rate(1_000_000_000), Rate(200_000_000), Rate(1_000_000_000));
    (params.p_max, params.renorm_cap, params.p_min) = (Price(999_999), Price(999_999), Price(499_999));
    (params.gas_fee, params.starting_balance) = (Usdc::whole(10_000), Usdc::whole(1_000_000));
    (params.batch_interval_ms, params.total_duration) = (60_000, 86_400);
    params.rounds = (1..=9).map(|index| Round { at_s: 20_000 + index * 7_000, freeze_s: 3_000 }).collect();
    let leaves = |index| Elimination::Fixed(vec![OutcomeId(index)]);
    config.script = ScriptPlan { winner: Choice::Fixed(OutcomeId(9)), eliminate: (0..9).map(leaves).collect() };
    config
}

#[test]
fn the_largest_valid_configuration_fits_into_a_message() {
    let config = largest();
    assert!(config.params.outcome_names.iter().all(|name| name.len() > OUTCOME_NAME_BYTES_MAX - 4));
    assert!(config.name.len() > SESSION_NAME_BYTES_MAX - 4);
    assert_eq!(config.validate(), []);
    for act in [HostAct::Configure(Box::new(config.clone())), HostAct::Rehearse(Box::new(config))] {
        let request = HostRequest { grant: HostGrant([255; 24]), request_id: u32::MAX, session: u64::MAX, act };
        let bytes = encode(&ClientMessage::Host(Box::new(request))).len();
        assert!(bytes <= CLIENT_MESSAGE_BYTES_MAX, "{bytes} bytes");
    }
}

proptest! {
    #[test]
    fn reading_never_panics(text in "\\PC{0,200}|[\\[\\]{}\":,0-9a-z_]{0,200}") {
        let _ = SessionConfig::from_json(&text);
    }

    #[test]
    fn a_changed_value_is_read_back_or_named(index in 0..34_usize, value in "-?[0-9]{1,12}(\\.[0-9]{1,12})?|true|[a-z]{1,9}|1e-?[0-9]{1,2}") {
        let fields = outcry_engine::params::fields();
        let field = fields[index % fields.len()].name;
        let text = format!(r#"{{"params": {{"{field}": "{value}"}}}}"#);
        match SessionConfig::from_json(&text) {
            Ok(config) => prop_assert_eq!(SessionConfig::from_json(&config.to_json()), Ok(config)),
            Err(found) => prop_assert!(found.iter().any(|violation| violation.field.starts_with(field)), "{:?}", found),
        }
    }
}
