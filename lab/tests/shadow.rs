//! Rivals beside a session: what they would have done with its orders, and that they say so of every rule alike.

use outcry_engine::{Input, Report, Usdc};
use outcry_lab::{
    grid::preset,
    mechanism::Mechanism,
    rivals::RivalKind,
    session::{Watch, play},
    setup::{Maker, Setup},
    shadow::Shadow,
};
use outcry_shared::message::ShadowRow;

/// A minute of a session, with one elimination in it.
fn minute() -> Setup {
    let mut setup = Setup::new(preset("party").expect("a preset"));
    let params = &mut setup.config.params;
    params.total_duration = 60;
    params.rounds.truncate(1);
    (params.rounds[0].at_s, params.rounds[0].freeze_s) = (30, 5);
    setup.config.script.eliminate.truncate(1);
    setup
}

/// Every input of a session.
#[derive(Default)]
struct Tape(Vec<Input>);

impl Watch for Tape {
    fn applied(&mut self, input: &Input, _report: &Report, _market: &dyn Mechanism) {
        self.0.push(input.clone());
    }
}

fn inputs(setup: &Setup) -> Vec<Input> {
    let mut tape = Tape::default();
    play(setup, 3, &mut tape).expect("a session");
    tape.0
}

fn follow(mut shadow: Shadow, inputs: &[Input]) -> Vec<ShadowRow> {
    inputs.iter().for_each(|input| shadow.follow(input));
    shadow.rows()
}

/// The session's own rule beside itself differs in nothing: what differs elsewhere is the rule.
#[test]
fn the_same_rule_casts_no_shadow() {
    let setup = minute();
    let open = || setup.open().expect("valid");
    let rows = follow(Shadow::new(open(), vec![(Maker::Engine, open())]), &inputs(&setup));
    let [row] = &rows[..] else { panic!("{rows:?}") };
    assert_eq!((row.executed, row.first_changed, row.dearer), (Some(1.0), None, Some(0.0)), "{row:?}");
}

#[test]
fn every_rule_follows_a_session_to_its_end() {
    let setup = minute();
    let shadow = Shadow::open(&setup.config, Usdc::whole(2_000)).expect("valid");
    let rows = follow(shadow, &inputs(&setup));
    assert_eq!(rows.len(), Maker::all().len() - 1);
    for row in &rows {
        assert_eq!(row.stopped, None, "{row:?}");
        let executed = row.executed.expect("orders were filled");
        assert!((0.0..=1.0).contains(&executed), "{row:?}");
        assert!(row.first_changed.is_some(), "another rule fills otherwise: {row:?}");
        let loss = row.worst_case_loss;
        assert!(loss <= Usdc::whole(2_000), "{row:?}");
    }
}

/// Who may lose more sells deeper: the same orders move the price less, and cost less.
#[test]
fn a_deeper_rival_sells_for_less() {
    let setup = minute();
    let inputs = inputs(&setup);
    let lmsr = |loss| {
        let rows = follow(Shadow::open(&setup.config, Usdc::whole(loss)).expect("valid"), &inputs);
        let row = rows.into_iter().find(|row| row.rule == RivalKind::Lmsr.name());
        row.and_then(|row| row.dearer).expect("some were filled by both")
    };
    let (shallow, deep) = (lmsr(200), lmsr(20_000));
    assert!(deep < shallow, "{shallow} {deep}");
}

/// An input of the record that its market never took is none.
#[test]
fn what_the_market_refused_changes_nothing() {
    let setup = minute();
    let inputs = inputs(&setup);
    let open = || Shadow::open(&setup.config, Usdc::whole(2_000)).expect("valid");
    let odd = Input::Extend { by_ms: 1, now_ms: 0 };
    let with_odd: Vec<Input> = [odd].into_iter().chain(inputs.iter().cloned()).collect();
    assert_eq!(follow(open(), &inputs), follow(open(), &with_odd));
}
