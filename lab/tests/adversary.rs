//! The adversary finds, untold, every loss that docs/engine.md §12 lists, and nothing where there is none.
#![expect(clippy::unwrap_used, reason = "a test may stop")]

use outcry_engine::{OutcomeId, Params, Rate, Side, Tokens, Usdc, scenario::Runner};
use outcry_lab::adversary::{Action, Found, Goal, Hold, Kind, Setting, hold, open, play, scenario, search};

const ONE: i64 = 1_000_000_000;
const SEED: u64 = 1;

/// The defaults without fees, with κ in millionths.
fn setting(kappa: i64, edit: impl FnOnce(&mut Params)) -> Setting {
    let (mut params, kappa) = (Params::default(), Rate(kappa * ONE / 1_000_000));
    (params.kappa_start, params.kappa_end) = (kappa, kappa);
    (params.f, params.f_match) = (Rate(0), Rate(0));
    edit(&mut params);
    Setting { params, accounts: 3, deposit: Usdc::whole(300_000), eliminated: None }
}

fn found(setting: &Setting, goal: Goal, trials: u32) -> Found {
    search(setting, goal, SEED, trials).unwrap()
}

/// In USDC.
fn gain(setting: &Setting, goal: Goal, trials: u32) -> f64 {
    found(setting, goal, trials).played.gain.as_f64()
}

#[test]
fn one_leg_whole_and_the_other_in_pieces() {
    let skewed = |kappa| {
        setting(kappa, |params| {
            (params.mu_start, params.mu_end, params.gamma) = (Rate(2 * ONE), Rate(2 * ONE), Rate(0));
        })
    };
    assert!(gain(&skewed(0), Goal::Cash, 800) > 100.0);
    // |μ − ν|/(2(μ + ν)) = 1/6 ≤ κS.
    assert_eq!(gain(&skewed(100), Goal::Cash, 300), 0.0);
}

#[test]
fn the_subsidys_phase_out() {
    let phased = |gamma| setting(0, |params| params.gamma = Rate(gamma));
    let [none, much] = [0, ONE * 9 / 10_000].map(|gamma| gain(&phased(gamma), Goal::Cash, 800));
    assert!(much > none + 1.0, "{none} {much}");
}

#[test]
fn a_basket_of_all_no() {
    let best = found(&setting(1_000, |_| ()), Goal::Sure, 800);
    assert!(best.played.gain.0 > Usdc::whole(20).0, "{}", best.played.gain);
    let mut bought: Vec<u8> =
        best.actions.iter().filter(|action| action.side == Side::No).map(|action| action.outcome).collect();
    bought.sort_unstable();
    bought.dedup();
    assert_eq!(bought, [0, 1, 2], "{:?}", best.actions);
}

/// Prices that sum to 1 are no remedy: where p_yes is q₀/S = 1/N, so is p_no, and both together cost 2/N and pay 1.
#[test]
fn pairs_of_yes_and_no_from_a_start_at_s_by_n() {
    let fair = setting(1_000, |params| params.q0 = Tokens(params.subsidy_start().0 / 3));
    assert!(gain(&fair, Goal::Sure, 800) > 20.0);
}

#[test]
fn overround() {
    let over = setting(1_000, |params| params.q0 = Tokens(params.subsidy_start().0 * 7 / 10));
    assert!(gain(&over, Goal::Cash, 800) > 10.0);
    assert_eq!(gain(&setting(1_000, |_| ()), Goal::Cash, 300), 0.0);
}

#[test]
fn renormalisation() {
    let lifted = Setting { eliminated: Some(OutcomeId(2)), ..setting(1_000, |params| params.mr_enabled = true) };
    let best = found(&lifted, Goal::Cash, 800);
    assert!(best.played.gain > Usdc::whole(5), "{}", best.played.gain);
    assert!(best.actions.iter().any(|action| action.kind == Kind::Elimination));
}

/// Orders cut over ticks pay less convexity: the largest loss is reached in pieces, and less of it by the same plan
/// in whole orders.
#[test]
fn orders_cut_over_ticks_and_the_largest_loss() {
    let setting = setting(1_000, |_| ());
    let best = found(&setting, Goal::Loss, 800);
    let whole = |action: &Action| Action {
        permille: (action.permille * i64::from(action.times)).min(1_000),
        times: 1,
        ..*action
    };
    let whole: Vec<Action> = best.actions.iter().map(whole).collect();
    let at_once = play(&setting, &open(&setting).unwrap(), &whole, Goal::Loss, false).gain;
    let subsidy = setting.params.z;
    assert!(best.played.gain > at_once && best.played.gain.0 > subsidy.0 / 4, "{} {at_once}", best.played.gain);
    assert!(best.played.gain <= subsidy, "{}", best.played.gain);
}

/// What is found is found again: by the seed, and by anybody with the scenario.
#[test]
fn a_plan_is_replayed_by_its_scenario() {
    let setting = Setting { eliminated: Some(OutcomeId(2)), ..setting(1_000, |params| params.mr_enabled = true) };
    let best = found(&setting, Goal::Cash, 300);
    assert_eq!(best.actions, found(&setting, Goal::Cash, 300).actions);
    let mut runner = Runner::new(&scenario(&setting, &best.played.inputs)).unwrap();
    while runner.step().is_some() {}
    let deposits = Usdc(setting.deposit.0 * i64::from(setting.accounts));
    let cash: Usdc = runner.market().accounts().map(|(_, account)| account.balance).sum();
    assert_eq!(cash - deposits, best.played.gain);
    assert!(best.played.gain.0 > 0 && best.played.capital.0 > 0 && best.played.ticks > 0);
}

/// Ten points for a minute: cheaper where nobody pushes back, and more the harder they do.
#[test]
fn a_price_is_held_the_dearer_the_more_others_push_back() {
    let setting = setting(1_000, |_| ());
    let cost = |against| {
        let held = Hold { outcome: OutcomeId(0), points: 0.1, for_ms: 60_000, against: Usdc::whole(against) };
        let held = hold(&setting, &held).unwrap();
        assert_eq!(held.ticks, 60);
        held.cost
    };
    let [none, some, more] = [0, 2, 10].map(cost);
    assert!(none > 0.0 && some > none && more > some, "{none} {some} {more}");
}
