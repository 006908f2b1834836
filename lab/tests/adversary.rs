//! The adversary finds, untold, every loss that docs/engine.md §12 lists, and nothing where there is none.
#![expect(clippy::unwrap_used, reason = "a test may stop")]

use outcry_engine::{
    Input, OutcomeId, Params, Price, Rate, Side, Tokens, Usdc, params::default_names, scenario::Runner,
};
use outcry_lab::{
    adversary::{
        Action, Attack, Found, Goal, Hold, Hunt, Moves, Setting, attained, hold, open, play, scenario, search,
    },
    rivals::RivalKind,
    setup::Maker,
};

const ONE: i64 = 1_000_000_000;
const SEED: u64 = 1;

/// The defaults without fees, with κ in millionths.
fn setting(kappa: i64, edit: impl FnOnce(&mut Params)) -> Setting {
    let (mut params, kappa) = (Params::default(), Rate(kappa * ONE / 1_000_000));
    (params.kappa_start, params.kappa_end) = (kappa, kappa);
    (params.f, params.f_match) = (Rate(0), Rate(0));
    edit(&mut params);
    Setting::new(params)
}

fn found(setting: &Setting, goal: Goal, trials: u32) -> Found {
    let moves = if setting.eliminated.is_some() { Moves::ANY_WITH_ELIMINATION } else { Moves::ANY };
    search(setting, &Hunt { goal, moves }, SEED, trials).unwrap()
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

/// Of a purchase that is small beside the pool, more comes back the faster the subsidy is withdrawn; nothing where κ is
/// as designed. (Of a large one cutting the order up gains more than that, and hides it.)
#[test]
fn the_subsidys_phase_out() {
    let gain = |gamma, kappa| {
        let phased = setting(kappa, |params| {
            (params.z, params.gamma) = (Usdc::whole(100_000_000), Rate(gamma));
            params.q0 = params.q0_default();
        });
        // A thousandth of S.
        let phased = Setting { accounts: 1, deposit: Usdc::whole(17_000), ..phased };
        search(&phased, &Attack::Splitting.hunt(&phased), SEED, 3_000).unwrap().played.gain
    };
    let [none, much] = [0, ONE * 9 / 10_000].map(|gamma| gain(gamma, 0));
    assert!(much.0 > none.0 + 3_000, "{none} {much}");
    assert_eq!(gain(ONE * 9 / 10_000, 1_000), Usdc::ZERO);
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

/// Who knows two that stay, and no more, buys them before and sells them after: by any moves, and by those of its name.
/// A cap at the price lifts nothing.
#[test]
fn renormalisation() {
    let lifted = |renorm_cap: u32| {
        let lifted = setting(1_000, |params| (params.mr_enabled, params.renorm_cap) = (true, Price(renorm_cap)));
        Attack::LastTick.setting(&lifted)
    };
    let any = Hunt { goal: Goal::Cash, moves: Moves { outcomes: Some(2), ..Moves::ANY_WITH_ELIMINATION } };
    for hunt in [any, Attack::LastTick.hunt(&lifted(900_000))] {
        let gain = |cap| search(&lifted(cap), &hunt, SEED, 1_000).unwrap().played.gain.as_f64();
        let [capped, lifted] = [510_000, 900_000].map(gain);
        assert!(lifted > 5.0 && capped < lifted / 4.0, "{capped} {lifted}");
    }
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
    let at_once = play(&setting, &*open(&setting).unwrap(), &whole, Goal::Loss, false).gain;
    let subsidy = setting.params.z;
    assert!(best.played.gain > at_once && best.played.gain.0 > subsidy.0 / 4, "{} {at_once}", best.played.gain);
    assert!(best.played.gain <= subsidy, "{}", best.played.gain);
}

/// What is found is found again: by the seed, and by anybody with the scenario; of every kind, others looking on too.
#[test]
fn a_plan_is_replayed_by_its_scenario() {
    let setting = setting(0, |params| params.mr_enabled = true);
    for attack in Attack::ALL {
        let there = attack.setting(&setting);
        let find = || search(&there, &attack.hunt(&there), SEED, 60).unwrap();
        let best = find();
        assert_eq!(best.actions, find().actions, "{attack:?}");
        assert_eq!(replayed(&there, &best.played.inputs), best.played.cash, "{attack:?}");
        assert!(best.played.gain.0 <= 0 || (best.played.capital.0 > 0 && best.played.ticks > 0), "{attack:?}");
    }
    let worst = attained(&setting, SEED, 5).unwrap();
    assert!(worst.actions.is_empty(), "a corner loses more than five plans");
    assert_eq!(replayed(&setting.without_fees(), &worst.played.inputs), worst.played.cash);
}

/// The cash of the adversary's accounts at a scenario's end, less what they began with.
fn replayed(setting: &Setting, inputs: &[Input]) -> Usdc {
    let mut runner = Runner::new(&scenario(setting, inputs)).unwrap();
    while runner.step().is_some() {}
    // They are named first.
    let own = runner.market().accounts().take(setting.accounts as usize);
    own.map(|(_, account)| account.balance - account.deposit).sum()
}

/// No rival gives cash away, and none loses more than its bound. But for one: where YES and NO together cost more than 1,
/// as of the LS-LMSR, pairs that two accounts make for 1 are sold to it, until nearly all that it can lose is gone.
#[test]
fn rivals_are_attacked_alike() {
    let params = setting(1_000, |params| {
        params.z = Usdc::whole(3_000);
        params.q0 = params.q0_default();
    })
    .params;
    for maker in Maker::all().into_iter().filter(|maker| *maker != Maker::Engine) {
        let mut rival = Setting { maker, ..Setting::new(params.clone()) };
        let (cash, loss) = (gain(&rival, Goal::Cash, 100), gain(&rival, Goal::Loss, 100));
        let most = if maker == Maker::Book { 0.0 } else { 3_000.0 };
        assert!(loss <= most && cash <= most, "{maker}: {cash} {loss}");
        if maker == Maker::Rival(RivalKind::LsLmsr) {
            assert!(cash > 1_000.0, "{cash}");
            rival.params.cm_enabled = false;
        }
        assert_eq!(gain(&rival, Goal::Cash, 100), 0.0, "{maker}");
    }
    let lmsr = Setting { maker: Maker::Rival(RivalKind::Lmsr), ..Setting::new(params) };
    assert_eq!(gain(&lmsr, Goal::Sure, 100), 0.0);
    assert!(attained(&lmsr, SEED, 5).unwrap().played.gain > Usdc::whole(2_900));
}

/// In a plain book what is shown is the price: those who follow it can be led. A pool's price is not moved by it.
#[test]
fn a_spoof_works_where_orders_are_the_price() {
    let params = setting(1_000, |_| ()).params;
    let gain = |maker: &str| {
        let there = Attack::Spoof.setting(&Setting { maker: maker.parse().unwrap(), ..Setting::new(params.clone()) });
        search(&there, &Attack::Spoof.hunt(&there), SEED, 1_500).unwrap().played.gain
    };
    let [book, pool] = ["book", "engine"].map(gain);
    assert!(book > Usdc::whole(20) && pool.0 <= 0, "{book} {pool}");
}

/// Ten points for a minute: cheaper where nobody pushes back, and more the harder they do.
#[test]
fn a_price_is_held_the_dearer_the_more_others_push_back() {
    // Also where p_yes + p_no is far from 1.
    let coherent = setting(1_000, |_| ());
    let fair = setting(1_000, |params| params.q0 = Tokens(params.subsidy_start().0 / 3));
    for setting in [coherent, fair] {
        is_dearer(&setting);
    }
}

fn is_dearer(setting: &Setting) {
    let cost = |against| {
        let held = Hold { outcome: OutcomeId(0), points: 0.1, for_ms: 60_000, against: Usdc::whole(against) };
        let held = hold(setting, &held).unwrap();
        assert_eq!(held.ticks, 60);
        held.cost
    };
    let [none, some, more] = [0, 2, 10].map(cost);
    assert!(none > 0.0 && some > none && more > some, "{none} {some} {more}");
}

/// A setting by outcomes, Z, μ:ν, κ and ζ; the rates in millionths.
fn designed(n: u8, z: i64, [mu, nu]: [i64; 2], kappa: i64, zeta: i64) -> Setting {
    let rate = |millionths: i64| Rate(millionths * ONE / 1_000_000);
    let mut setting = setting(kappa, |params| {
        (params.n_outcomes, params.outcome_names, params.z) = (n, default_names(n), Usdc::whole(z));
        (params.mu_start, params.mu_end) = (Rate(mu * ONE), Rate(mu * ONE));
        (params.nu_start, params.nu_end) = (Rate(nu * ONE), Rate(nu * ONE));
        (params.zeta_start, params.zeta_end) = (rate(zeta), rate(zeta));
    });
    setting.params.q0 = setting.params.q0_default();
    setting
}

/// Where κ is above 0, colluders have no cash before anybody has won, not even without fees.
#[test]
fn no_plan_gains_cash_where_there_is_convexity() {
    let settings = [
        designed(5, 5_000, [1, 1], 100, 150_000),
        designed(3, 10_000, [1, 1], 1_000, 100_000),
        designed(3, 10_000, [2, 1], 300, 100_000),
        designed(3, 10_000, [1, 2], 300, 100_000),
        designed(3, 10_000, [1, 1], 300, 400_000),
        designed(3, 10_000, [1, 1], 300, 50_000),
    ];
    let fees = Params::default();
    for mut setting in settings {
        assert_eq!(gain(&setting, Goal::Cash, 600), 0.0, "{:?}", setting.params);
        (setting.params.f, setting.params.f_match) = (fees.f, fees.f_match);
        assert_eq!(gain(&setting, Goal::Cash, 600), 0.0, "{:?}", setting.params);
    }
}
